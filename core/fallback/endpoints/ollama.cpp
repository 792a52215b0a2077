#include "core/fallback/endpoints/protocol.h"

#include "core/fallback/jsonfind.h"

#include <charconv>
#include <cmath>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

class OllamaListener : public Listener
{
public:
    explicit OllamaListener(std::size_t most) : m_lines(most) {}

    void take(std::string_view bytes) override
    {
        if (m_heard.trouble != Trouble::None)
            return;
        m_lines.take(bytes, [this](std::string_view one) { line(one); });
        if (m_lines.broken())
            fault(Trouble::TooLarge);
    }

    void finish() override
    {
        if (m_heard.trouble == Trouble::None)
            m_lines.finish([this](std::string_view one) { line(one); });
        end_of_stream();
    }

private:
    void line(std::string_view line)
    {
        if (line.empty() || m_heard.trouble != Trouble::None)
            return;
        const auto value = parse_ordered_json(line);
        if (!value || !value->is_object()) {
            fault(Trouble::BrokenStream);
        } else if (value->contains("error")) {
            reported_fault(*value);
        } else {
            m_understood = true;
            chunk(*value);
        }
    }

    void chunk(const ordered_json& value)
    {
        if (m_heard.model.empty())
            m_heard.model = text_of(value, "model");
        const ordered_json& message = object_of(value, "message");
        if (!text_of(message, "thinking").empty())
            m_heard.begun = true;
        if (message.contains("content"))
            say(message["content"]);
        for (const ordered_json& call : array_of(message, "tool_calls"))
            add_call(object_of(call, "function"));
        for (const ordered_json& token : array_of(value, "logprobs")) {
            if (token.is_object() && token.contains("logprob") && token["logprob"].is_number())
                m_heard.answer.log_probabilities.push_back(token["logprob"].get<double>());
        }
        if (value.value("done", ordered_json(false)) == true)
            end(value);
    }

    // In OpenAI's form, which the graders know: arguments are text there.
    void add_call(const ordered_json& function)
    {
        m_heard.begun = true;
        if (!m_heard.answer.calls)
            m_heard.answer.calls = ordered_json::array();
        m_heard.answer.calls->push_back(ordered_json{
            {"type", "function"},
            {"function",
             {{"name", text_of(function, "name")}, {"arguments", object_of(function, "arguments").dump()}}}});
    }

    void end(const ordered_json& value)
    {
        m_heard.ended = true;
        m_heard.answer.finish_reason = text_of(value, "done_reason");
        m_heard.tokens.prompt = count_of(value, "prompt_eval_count");
        m_heard.tokens.completion = count_of(value, "eval_count");
        const auto nanoseconds = count_of(value, "eval_duration");
        if (m_heard.tokens.completion && nanoseconds && *nanoseconds > 0)
            m_heard.tokens_per_second =
                static_cast<double>(*m_heard.tokens.completion) * 1e9 / static_cast<double>(*nanoseconds);
    }

    LineDecoder m_lines;
};

// "8.0B", "135M"
std::optional<std::int64_t> parameters_in(const std::string& text)
{
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || value <= 0 || value > 1e6 || end == text.data() + text.size())
        return std::nullopt;
    const double factor = *end == 'B' ? 1e9 : *end == 'M' ? 1e6 : *end == 'K' ? 1e3 : 0;
    return factor > 0 ? std::optional<std::int64_t>(std::llround(value * factor)) : std::nullopt;
}

class Ollama : public Protocol
{
public:
    [[nodiscard]] std::string_view chat_route() const override { return "/api/chat"; }
    [[nodiscard]] std::string_view models_route() const override { return "/api/tags"; }

    [[nodiscard]] std::string body_of(const Endpoint& endpoint, const Question& question) const override
    {
        ordered_json body{{"model", endpoint.model},
                          {"messages", ordered_json::array()},
                          {"stream", true},
                          {"options",
                           {{"num_ctx", endpoint.context},
                            {"num_predict", question.sampling.max_tokens},
                            {"temperature", question.sampling.temperature}}}};
        for (const Message& message : question.messages)
            body["messages"].push_back({{"role", message.role}, {"content", message.content}});
        if (question.sampling.seed)
            body["options"]["seed"] = *question.sampling.seed;
        if (const auto tools = all_tools(question); !tools.empty())
            body["tools"] = tools;
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

    [[nodiscard]] std::unique_ptr<Listener> listener(std::string_view /*media_type*/,
                                                     std::size_t most) const override
    {
        return std::make_unique<OllamaListener>(most);
    }

    [[nodiscard]] std::optional<std::vector<ModelInfo>> models_in(std::string_view body) const override
    {
        const auto json = parse_ordered_json(body);
        if (!json || !json->is_object() || !json->contains("models") || !(*json)["models"].is_array())
            return std::nullopt;
        std::vector<ModelInfo> models;
        for (const ordered_json& entry : (*json)["models"]) {
            if (!entry.is_object() || text_of(entry, "name").empty())
                continue;
            ModelInfo model;
            model.id = text_of(entry, "name");
            model.bytes = count_of(entry, "size");
            model.digest = text_of(entry, "digest");
            const ordered_json& details = object_of(entry, "details");
            model.parameters = parameters_in(text_of(details, "parameter_size"));
            model.quantisation = text_of(details, "quantization_level");
            models.push_back(std::move(model));
        }
        return models;
    }
};

}

const Protocol& ollama_protocol()
{
    static const Ollama protocol;
    return protocol;
}

}
