#include "core/base/file.h"
#include "core/base/text.h"
#include "core/fallback/finetune/trainingset.h"
#include "core/fallback/jsonfind.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

constexpr std::size_t largest_log = std::size_t{1} << 30;

std::string text_of(const json& object, const char* name)
{
    return object.contains(name) && object[name].is_string() ? object[name].get<std::string>()
                                                             : std::string();
}

// Every message or none: an example with a gap would teach something else.
std::vector<Message> messages_of(const json& line)
{
    const json list = line.value("messages", json());
    if (!list.is_array()) {
        const std::string prompt = text_of(line, "prompt");
        return prompt.empty() ? std::vector<Message>() : std::vector<Message>{{"user", prompt}};
    }
    constexpr std::array<std::string_view, 4> roles{"system", "developer", "user", "assistant"};
    std::vector<Message> messages;
    for (const json& item : list) {
        if (!item.is_object())
            return {};
        Message message{text_of(item, "role"), text_of(item, "content")};
        if (std::ranges::find(roles, message.role) == roles.end() || message.content.empty())
            return {};
        messages.push_back(std::move(message));
    }
    return messages;
}

std::string conversation_of(const json& line)
{
    for (const char* name : {"conversation", "conversation_id", "session_id"}) {
        if (line.contains(name) && line[name].is_number_integer())
            return line[name].dump();
        if (std::string text = text_of(line, name); !text.empty())
            return text;
    }
    return {};
}

}

base::Result<ApprovedLog> parse_approved(const std::string& name, std::string_view bytes)
{
    ApprovedLog log;
    const std::string valid = base::to_valid_utf8(bytes);
    int number = 0;
    for (std::string_view rest = valid; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view row = base::trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (row.empty())
            continue;
        const auto line = parse_json_text(row);
        if (!line || !line->is_object()) {
            ++log.incomplete;
            continue;
        }
        if (!line->contains("approved") || line->at("approved") != json(true)) {
            ++log.not_approved;
            continue;
        }
        Approved example{messages_of(*line), text_of(*line, "answer"), conversation_of(*line), number};
        if (example.messages.empty() || example.answer.empty())
            ++log.incomplete;
        else
            log.examples.push_back(std::move(example));
    }
    if (log.examples.empty())
        return base::fail(
            base::ErrorCode::Empty,
            fmt::format("{}: no line holds a question, an answer and “\"approved\": true”. Only answers "
                        "that a person approved may be learned from.",
                        name));
    return log;
}

base::Result<ApprovedLog> load_approved(const std::filesystem::path& path)
{
    const auto bytes = base::read_file(path, largest_log);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return parse_approved(path.filename().string(), *bytes);
}

}
