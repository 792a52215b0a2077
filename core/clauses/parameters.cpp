#include "core/clauses/parameters.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t reach = 12;

std::string number(double value)
{
    return fmt::format("{:.6g}", std::round(value * 100) / 100);
}

Parameter parameter(const ParameterRule& rule, const document::Document& document, const Token& token)
{
    switch (rule.kind) {
    case TokenKind::Duration:
        return {rule.name, number(token.value), "days"};
    case TokenKind::Percent:
        return {rule.name, number(token.value), "percent"};
    default:
        return {rule.name, std::string(document.slice(token.begin, token.end)), "money"};
    }
}

std::uint32_t distance(const Hit& hit, std::uint32_t token)
{
    return token < hit.first ? hit.first - token : token > hit.last ? token - hit.last : 0;
}

// How far the token stands from the rule's concept, `reach` + 1 when too far; 0 where none is asked.
std::uint32_t distance_to_concept(const Reading& reading, const Phrase& phrase, const ParameterRule& rule,
                                  std::uint32_t token)
{
    if (rule.near < 0)
        return 0;
    std::uint32_t best = reach + 1;
    const Span around{token > reach ? token - reach : 0, token + reach + 1};
    const Span near_by = hits_near(reading.hits, phrase.hits, around);
    for (std::uint32_t h = near_by.begin; h < near_by.end; ++h) {
        if (reading.hits[h].concept_id == rule.near)
            best = std::min(best, distance(reading.hits[h], token));
    }
    return best;
}

}

std::vector<Parameter> read_parameters(const document::Document& document, const Reading& reading,
                                       const CheckRules& rules, const std::vector<std::uint32_t>& sentences)
{
    std::vector<Parameter> result;
    for (const ParameterRule& rule : rules.parameters) {
        std::optional<Parameter> found;
        std::uint32_t best = reach + 1;
        for (const std::uint32_t s : sentences) {
            const Phrase& phrase = reading.sentences[s];
            if (rule.kind == TokenKind::Word) {
                if (!found && rule.near >= 0 && reading.has(s, static_cast<ConceptId>(rule.near)))
                    found = Parameter{rule.name, rule.value, ""};
                continue;
            }
            for (std::uint32_t i = phrase.tokens.begin; i < phrase.tokens.end && best > 0; ++i) {
                const Token& token = reading.tokens.tokens[i];
                if (token.kind != rule.kind)
                    continue;
                const std::uint32_t apart = distance_to_concept(reading, phrase, rule, i);
                if (apart < best) {
                    best = apart;
                    found = parameter(rule, document, token);
                }
            }
        }
        if (found)
            result.push_back(std::move(*found));
    }
    return result;
}

}
