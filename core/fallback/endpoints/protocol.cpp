#include "core/fallback/endpoints/protocol.h"

#include <re2/re2.h>

namespace leeway::fallback {

const Protocol& protocol_of(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::OpenAi:
        return openai_protocol();
    case EndpointKind::Ollama:
        return ollama_protocol();
    case EndpointKind::Anthropic:
        return anthropic_protocol();
    }
    return openai_protocol();
}

nlohmann::json all_tools(const Question& question)
{
    nlohmann::json tools = question.tools.is_array() ? question.tools : nlohmann::json::array();
    for (const nlohmann::json& function : question.functions)
        tools.push_back({{"type", "function"}, {"function", function}});
    return tools;
}

std::size_t prompt_bytes(const Question& question)
{
    std::size_t bytes = 0;
    for (const Message& message : question.messages)
        bytes += message.content.size();
    for (const nlohmann::json* offered : {&question.tools, &question.functions}) {
        if (!offered->empty())
            bytes += offered->dump().size();
    }
    return bytes;
}

std::string quantisation_in(std::string_view file_name)
{
    static const re2::RE2 pattern(
        R"((?i)(?:^|[-_./])((?:IQ|TQ|Q)[1-8](?:_(?:K|[01]))?(?:_(?:XXS|XS|S|M|L|XL|NL))?|BF16|F16|F32|MXFP4)(?:[-_.]|$))");
    std::string found;
    re2::RE2::PartialMatch({file_name.data(), file_name.size()}, pattern, &found);
    for (char& c : found)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return found;
}

}
