#include "core/fallback/endpoints/protocol.h"

#include "core/base/text.h"
#include "core/fallback/jsonfind.h"

#include <cmath>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

void read_usage(const ordered_json& usage, Tokens& tokens)
{
    if (usage.empty())
        return;
    tokens.prompt = count_of(usage, "prompt_tokens");
    tokens.completion = count_of(usage, "completion_tokens");
    tokens.cached = count_of(object_of(usage, "prompt_tokens_details"), "cached_tokens");
    tokens.reasoning = count_of(object_of(usage, "completion_tokens_details"), "reasoning_tokens");
}

// What llama.cpp measures itself.
void read_timings(const ordered_json& timings, Heard& heard)
{
    const auto rate = timings.find("predicted_per_second");
    if (rate != timings.end() && rate->is_number() && std::isfinite(rate->get<double>()))
        heard.tokens_per_second = rate->get<double>();
    if (!heard.tokens.cached)
        heard.tokens.cached = count_of(timings, "cache_n");
}

void read_log_probabilities(const ordered_json& choice, Heard& heard)
{
    for (const ordered_json& token : array_of(object_of(choice, "logprobs"), "content")) {
        const auto found = token.is_object() ? token.find("logprob") : token.end();
        if (token.is_object() && found != token.end() && found->is_number())
            heard.answer.log_probabilities.push_back(found->get<double>());
    }
}

class OpenAiListener : public EventListener
{
public:
    using EventListener::EventListener;

protected:
    void chunk(const std::string& /*type*/, const ordered_json& value) override
    {
        read_head(value);
        for (const ordered_json& choice : array_of(value, "choices")) {
            if (!choice.is_object())
                continue;
            const ordered_json& delta = object_of(choice, "delta");
            read_message(delta.empty() ? object_of(choice, "message") : delta);
            read_log_probabilities(choice, m_heard);
            if (const std::string reason = text_of(choice, "finish_reason"); !reason.empty()) {
                m_heard.answer.finish_reason = reason;
                m_heard.ended = true;
            }
        }
    }

    void read_head(const ordered_json& value)
    {
        if (m_heard.model.empty())
            m_heard.model = text_of(value, "model");
        if (m_heard.fingerprint.empty())
            m_heard.fingerprint = text_of(value, "system_fingerprint");
        read_usage(object_of(value, "usage"), m_heard.tokens);
        read_timings(object_of(value, "timings"), m_heard);
    }

    void read_message(const ordered_json& message)
    {
        for (const char* thought : {"reasoning_content", "reasoning"}) {
            if (!text_of(message, thought).empty())
                m_heard.begun = true;
        }
        for (const char* spoken : {"content", "refusal"}) {
            if (message.contains(spoken))
                say(message[spoken]);
        }
        for (const ordered_json& call : array_of(message, "tool_calls"))
            add_call(call);
        if (const ordered_json& call = object_of(message, "function_call"); !call.empty()) {
            m_heard.begun = true;
            if (!m_heard.answer.calls || !m_heard.answer.calls->is_object())
                m_heard.answer.calls = ordered_json{{"name", ""}, {"arguments", ""}};
            append(*m_heard.answer.calls, call);
        }
    }

    // A call comes in pieces: its name first, its arguments bit by bit.
    void add_call(const ordered_json& piece)
    {
        constexpr std::int64_t most_calls = 256;
        if (!piece.is_object())
            return;
        m_heard.begun = true;
        if (!m_heard.answer.calls || !m_heard.answer.calls->is_array())
            m_heard.answer.calls = ordered_json::array();
        ordered_json& calls = *m_heard.answer.calls;
        const std::int64_t index = count_of(piece, "index").value_or(static_cast<std::int64_t>(calls.size()));
        if (index >= most_calls) {
            fault(Trouble::TooLarge);
            return;
        }
        while (static_cast<std::int64_t>(calls.size()) <= index)
            calls.push_back(ordered_json{
                {"id", ""}, {"type", "function"}, {"function", {{"name", ""}, {"arguments", ""}}}});
        ordered_json& call = calls[static_cast<std::size_t>(index)];
        if (const std::string id = text_of(piece, "id"); !id.empty())
            call["id"] = id;
        append(call["function"], object_of(piece, "function"));
    }

    static void append(ordered_json& function, const ordered_json& piece)
    {
        for (const char* name : {"name", "arguments"})
            function[name] = text_of(function, name) + text_of(piece, name);
    }
};

// A server that answers in one piece although a stream was asked for.
class WholeListener : public OpenAiListener
{
public:
    explicit WholeListener(std::size_t most) : OpenAiListener(most), m_most(most) {}

    void take(std::string_view bytes) override
    {
        if (m_body.size() + bytes.size() > m_most)
            fault(Trouble::TooLarge);
        else
            m_body += bytes;
    }

    void finish() override
    {
        const auto value = parse_ordered_json(m_body);
        if (value && value->is_object() && value->contains("error") && !(*value)["error"].is_null())
            reported_fault(*value);
        else if (value && value->is_object())
            chunk({}, *value);
        if (!m_heard.ended)
            fault(Trouble::BrokenStream);
    }

private:
    std::size_t m_most;
    std::string m_body;
};

class OpenAi : public Protocol
{
public:
    [[nodiscard]] std::string_view chat_route() const override { return "/v1/chat/completions"; }
    [[nodiscard]] std::string_view models_route() const override { return "/v1/models"; }

    [[nodiscard]] std::string body_of(const Endpoint& endpoint, const Question& question) const override
    {
        ordered_json body{{"model", endpoint.model},
                          {"messages", ordered_json::array()},
                          {"stream", true},
                          {"stream_options", {{"include_usage", true}}},
                          {"temperature", question.sampling.temperature},
                          {"max_tokens", question.sampling.max_tokens}};
        for (const Message& message : question.messages)
            body["messages"].push_back({{"role", message.role}, {"content", message.content}});
        if (question.sampling.seed)
            body["seed"] = *question.sampling.seed;
        if (!question.tools.empty())
            body["tools"] = question.tools;
        if (!question.functions.empty())
            body["functions"] = question.functions;
        if (question.log_probabilities)
            body["logprobs"] = true;
        return body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    headers(const std::string& key) const override
    {
        if (key.empty())
            return {};
        return {{"Authorization", "Bearer " + key}};
    }

    [[nodiscard]] std::unique_ptr<Listener> listener(std::string_view media_type,
                                                     std::size_t most) const override
    {
        if (base::lowered(media_type).starts_with("application/json"))
            return std::make_unique<WholeListener>(most);
        return std::make_unique<OpenAiListener>(most);
    }

    [[nodiscard]] std::optional<std::vector<ModelInfo>> models_in(std::string_view body) const override
    {
        const auto json = parse_ordered_json(body);
        if (!json || !json->is_object() || !json->contains("data") || !(*json)["data"].is_array())
            return std::nullopt;
        std::vector<ModelInfo> models;
        for (const ordered_json& entry : (*json)["data"]) {
            if (!entry.is_object() || text_of(entry, "id").empty())
                continue;
            ModelInfo model;
            model.id = text_of(entry, "id");
            const ordered_json& meta = object_of(entry, "meta");
            model.bytes = count_of(meta, "size");
            model.parameters = count_of(meta, "n_params");
            for (const auto& context :
                 {count_of(meta, "n_ctx"), count_of(entry, "max_model_len"), count_of(meta, "n_ctx_train")}) {
                if (!model.context)
                    model.context = context;
            }
            model.quantisation = text_of(meta, "ftype");
            if (model.quantisation.empty())
                model.quantisation = quantisation_in(model.id);
            models.push_back(std::move(model));
        }
        return models;
    }
};

}

const Protocol& openai_protocol()
{
    static const OpenAi protocol;
    return protocol;
}

std::optional<std::string> without_parameter(const std::string& body, std::string_view parameter)
{
    auto json = parse_ordered_json(body);
    const std::string name(parameter);
    if (!json || !json->contains(name))
        return std::nullopt;
    if (name == "max_tokens")
        (*json)["max_completion_tokens"] = (*json)[name];
    else if (name != "stream_options" && name != "logprobs")
        return std::nullopt;
    json->erase(name);
    return json->dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}
