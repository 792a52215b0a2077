#include "core/fallback/endpoints/protocol.h"

#include "core/fallback/jsonfind.h"

#include <map>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

// The graders know the reasons by OpenAI's names.
std::string reason_of(const std::string& reason)
{
    static const std::map<std::string, std::string> names{{"end_turn", "stop"},
                                                          {"stop_sequence", "stop"},
                                                          {"max_tokens", "length"},
                                                          {"tool_use", "tool_calls"},
                                                          {"refusal", "content_filter"}};
    const auto found = names.find(reason);
    return found == names.end() ? reason : found->second;
}

class AnthropicListener : public EventListener
{
public:
    using EventListener::EventListener;

protected:
    void chunk(const std::string& /*event*/, const ordered_json& value) override
    {
        const std::string type = text_of(value, "type");
        if (type == "message_start") {
            const ordered_json& message = object_of(value, "message");
            m_heard.model = text_of(message, "model");
            read_usage(object_of(message, "usage"));
        } else if (type == "content_block_start") {
            start_block(object_of(value, "content_block"));
        } else if (type == "content_block_delta") {
            add(object_of(value, "delta"));
        } else if (type == "content_block_stop") {
            end_block();
        } else if (type == "message_delta") {
            read_usage(object_of(value, "usage"));
            end(text_of(object_of(value, "delta"), "stop_reason"));
        } else if (type == "message_stop") {
            m_heard.ended = true;
        }
    }

private:
    void read_usage(const ordered_json& usage)
    {
        if (const auto fresh = count_of(usage, "input_tokens")) {
            const std::int64_t cached = count_of(usage, "cache_read_input_tokens").value_or(0);
            m_heard.tokens.cached = cached;
            m_heard.tokens.prompt =
                *fresh + cached + count_of(usage, "cache_creation_input_tokens").value_or(0);
        }
        if (const auto output = count_of(usage, "output_tokens"))
            m_heard.tokens.completion = output;
    }

    void start_block(const ordered_json& block)
    {
        m_input.clear();
        m_in_call = text_of(block, "type") == "tool_use";
        if (m_in_call) {
            m_heard.begun = true;
            if (!m_heard.answer.calls)
                m_heard.answer.calls = ordered_json::array();
            m_heard.answer.calls->push_back(block);
        } else if (block.contains("text")) {
            say(block["text"]);
        }
    }

    void add(const ordered_json& delta)
    {
        const std::string type = text_of(delta, "type");
        if (type == "text_delta" && delta.contains("text"))
            say(delta["text"]);
        else if (type == "input_json_delta")
            m_input += text_of(delta, "partial_json");
        else if (type == "thinking_delta" && !text_of(delta, "thinking").empty())
            m_heard.begun = true;
    }

    void end_block()
    {
        if (m_in_call && !m_input.empty()) {
            const auto input = parse_ordered_json(m_input);
            m_heard.answer.calls->back()["input"] = input ? *input : ordered_json(m_input);
        }
        m_in_call = false;
    }

    void end(const std::string& reason)
    {
        if (reason == "model_context_window_exceeded")
            fault(Trouble::ContextOverflow);
        m_heard.answer.finish_reason = reason_of(reason);
    }

    std::string m_input; // of the call that is being read
    bool m_in_call = false;
};

class Anthropic : public Protocol
{
public:
    [[nodiscard]] std::string_view chat_route() const override { return "/v1/messages"; }
    [[nodiscard]] std::string_view models_route() const override { return "/v1/models"; }

    [[nodiscard]] std::string body_of(const Endpoint& endpoint, const Question& question) const override
    {
        ordered_json body{{"model", endpoint.model},
                          {"max_tokens", question.sampling.max_tokens},
                          {"temperature", question.sampling.temperature},
                          {"stream", true},
                          {"messages", ordered_json::array()}};
        std::string system;
        for (const Message& message : question.messages) {
            if (message.role == "system" || message.role == "developer")
                system += (system.empty() ? "" : "\n\n") + message.content;
            else
                body["messages"].push_back({{"role", message.role}, {"content", message.content}});
        }
        if (!system.empty())
            body["system"] = system;
        const nlohmann::json tools = all_tools(question);
        for (const nlohmann::json& tool : tools)
            body["tools"].push_back(tool_of(tool));
        return body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    headers(const std::string& key) const override
    {
        std::vector<std::pair<std::string, std::string>> all{{"anthropic-version", "2023-06-01"}};
        if (!key.empty())
            all.emplace_back("x-api-key", key);
        return all;
    }

    [[nodiscard]] std::unique_ptr<Listener> listener(std::string_view /*media_type*/,
                                                     std::size_t most) const override
    {
        return std::make_unique<AnthropicListener>(most);
    }

    [[nodiscard]] std::optional<std::vector<ModelInfo>> models_in(std::string_view body) const override
    {
        return openai_protocol().models_in(body);
    }

private:
    // OpenAI's {"type": "function", "function": {…}} as Anthropic's.
    static ordered_json tool_of(const nlohmann::json& tool)
    {
        if (!tool.is_object() || !tool.contains("function") || !tool["function"].is_object())
            return tool;
        const nlohmann::json& function = tool["function"];
        return {{"name", function.value("name", nlohmann::json(""))},
                {"description", function.value("description", nlohmann::json(""))},
                {"input_schema", function.value("parameters", nlohmann::json{{"type", "object"}})}};
    }
};

}

const Protocol& anthropic_protocol()
{
    static const Anthropic protocol;
    return protocol;
}

}
