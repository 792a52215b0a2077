#include "core/fallback/judge/verdict.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <optional>
#include <utility>

namespace leeway::fallback {
namespace {

tl::unexpected<base::Error> not_a_verdict(std::string_view how)
{
    return base::fail(base::ErrorCode::Unreadable,
                      fmt::format("The judge gave no verdict in the form that was asked for: {}.", how));
}

// The inside of a code fence that is the whole of the text; else the text.
std::string_view without_fence(std::string_view text)
{
    constexpr std::string_view fence = "```";
    if (text.size() < 2 * fence.size() || !text.starts_with(fence) || !text.ends_with(fence))
        return text;
    const auto first_line = text.find('\n');
    if (first_line == std::string_view::npos)
        return text;
    const std::string_view language = base::trimmed(text.substr(fence.size(), first_line - fence.size()));
    if (!language.empty() && language != "json")
        return text;
    text.remove_suffix(fence.size());
    return text.size() > first_line ? base::trimmed(text.substr(first_line)) : std::string_view();
}

std::optional<Choice> choice_from(const std::string& word)
{
    if (word == "first")
        return Choice::First;
    if (word == "second")
        return Choice::Second;
    return word == "tie" ? std::optional(Choice::Tie) : std::nullopt;
}

}

base::Result<Verdict> parse_verdict(std::string_view answer)
{
    const std::string_view text = without_fence(base::trimmed(answer));
    const auto json = base::parse_json("verdict", text);
    if (!json)
        return not_a_verdict("it is not one JSON object");
    const nlohmann::json& value = json->value;
    if (!value.is_object() || value.size() != 2 || !value.contains("preferred") || !value.contains("reason"))
        return not_a_verdict("it is not an object of “reason” and “preferred” alone");
    const nlohmann::json& preferred = value["preferred"];
    const nlohmann::json& reason = value["reason"];
    const auto choice = preferred.is_string() ? choice_from(preferred.get<std::string>()) : std::nullopt;
    if (!choice)
        return not_a_verdict("“preferred” is not “first”, “second” or “tie”");
    if (!reason.is_string() || base::trimmed(reason.get_ref<const std::string&>()).empty())
        return not_a_verdict("it has no reason");
    return Verdict{*choice, reason.get<std::string>()};
}

Preference preference_of(Choice choice, JudgeOrder order)
{
    if (choice == Choice::Tie)
        return Preference::Tie;
    const bool candidate = (choice == Choice::First) == (order == JudgeOrder::CandidateFirst);
    return candidate ? Preference::Candidate : Preference::Reference;
}

}
