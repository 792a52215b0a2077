#include "core/fallback/endpoints/listener.h"

#include "core/fallback/endpoints/overflow.h"
#include "core/fallback/jsonfind.h"

#include <cmath>

namespace leeway::fallback {

using nlohmann::ordered_json;

void Listener::fault(Trouble trouble, std::string code)
{
    if (m_heard.trouble != Trouble::None)
        return;
    m_heard.trouble = trouble;
    m_heard.code = std::move(code);
}

void Listener::reported_fault(const ordered_json& error)
{
    Refusal refusal = refusal_from(error.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    fault(refusal.context_full ? Trouble::ContextOverflow : Trouble::ServerFault, std::move(refusal.code));
}

void Listener::say(const ordered_json& text)
{
    if (!text.is_string() || text.get_ref<const std::string&>().empty())
        return;
    m_heard.begun = true;
    m_heard.answer.text += text.get_ref<const std::string&>();
}

void Listener::end_of_stream()
{
    if (!m_heard.ended)
        fault(m_understood ? Trouble::Reset : Trouble::BrokenStream);
}

void EventListener::take(std::string_view bytes)
{
    if (m_heard.trouble != Trouble::None)
        return;
    m_decoder.take(bytes, [this](const ServerEvent& one) { event(one); });
    if (m_decoder.broken())
        fault(Trouble::TooLarge);
}

void EventListener::finish()
{
    if (m_heard.trouble == Trouble::None)
        m_decoder.finish([this](const ServerEvent& one) { event(one); });
    end_of_stream();
}

void EventListener::event(const ServerEvent& event)
{
    if (m_heard.trouble != Trouble::None)
        return;
    if (event.data == "[DONE]") {
        m_heard.ended = true;
        return;
    }
    const auto value = parse_ordered_json(event.data);
    if (!value || !value->is_object()) {
        fault(Trouble::BrokenStream);
    } else if (value->contains("error") && !(*value)["error"].is_null()) {
        reported_fault(*value);
    } else {
        m_understood = true;
        chunk(event.type, *value);
    }
}

std::optional<std::int64_t> count_of(const ordered_json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number())
        return std::nullopt;
    constexpr double most = 1e15;
    const double value = found->get<double>();
    if (!(value >= 0 && value <= most))
        return std::nullopt;
    return std::llround(value);
}

std::string text_of(const ordered_json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const ordered_json& object_of(const ordered_json& object, const char* name)
{
    static const ordered_json none = ordered_json::object();
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? *found : none;
}

const ordered_json& array_of(const ordered_json& object, const char* name)
{
    static const ordered_json none = ordered_json::array();
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : none;
}

}
