#include "core/base/text.h"
#include "core/fallback/editdistance.h"
#include "core/fallback/gradeparts.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jstext.h"
#include "core/fallback/numbers.h"
#include "core/fallback/overlap.h"

#include <cmath>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

json setting(const Grading& g, const char* key)
{
    return g.assertion.config.is_object() && g.assertion.config.contains(key) ? g.assertion.config[key]
                                                                              : json();
}

std::string word_setting(const Grading& g, const char* key, std::string other)
{
    const json value = setting(g, key);
    return value.is_string() ? value.get<std::string>() : std::move(other);
}

double number_setting(const Grading& g, const char* key)
{
    const json value = setting(g, key);
    return value.is_number() ? value.get<double>() : 0;
}

// The numbers of the answer among which the right one may be.
std::vector<FoundNumber> candidates(const std::string& answer, const std::string& pick)
{
    std::vector<FoundNumber> numbers = numbers_in(answer);
    if (numbers.empty() || pick == "any")
        return numbers;
    if (pick == "only")
        return numbers.size() == 1 ? numbers : std::vector<FoundNumber>();
    return {pick == "first" ? numbers.front() : numbers.back()};
}

// A number in the answer within a tolerance of the value: config.tolerance (absolute), config.relative (share
// of the value), config.pick (any, first, last, only).
Verdict number(const Grading& g)
{
    const json& value = g.wanted();
    const double wanted = value.is_number()   ? value.get<double>()
                          : value.is_string() ? js_to_number(value.get_ref<const std::string&>())
                                              : std::nan("");
    const std::string pick = word_setting(g, "pick", "any");
    if (std::isnan(wanted))
        return cannot("needs a number as its value");
    if (pick != "any" && pick != "first" && pick != "last" && pick != "only")
        return cannot("“pick” must be any, first, last or only");
    const double allowed =
        std::max(number_setting(g, "tolerance"), std::abs(wanted) * number_setting(g, "relative"));
    const double rounding = 1e-9 * std::max(1.0, std::abs(wanted)); // 0.1 + 0.2 is 0.3
    for (const FoundNumber& found : candidates(g.output, pick)) {
        for (const double reading : found.readings) {
            if (std::abs(reading - wanted) <= allowed + rounding)
                return yes_or_no(true, g,
                                 fmt::format("the answer holds {}, within {} of {}", js_number(reading),
                                             js_number(allowed), js_number(wanted)));
        }
    }
    return yes_or_no(false, g,
                     fmt::format("no number of the answer ({}) is within {} of {}", pick, js_number(allowed),
                                 js_number(wanted)));
}

std::string plain(std::string_view text)
{
    std::string result;
    for (const std::string& part : js_split_blanks(js_trimmed(lowered_unicode(text))))
        result += (result.empty() ? "" : " ") + part;
    while (result.ends_with('.') || result.ends_with('!'))
        result.pop_back();
    return result;
}

Verdict similar_text(const Grading& g, const std::string& theirs)
{
    const std::u16string a = to_utf16(plain(g.output));
    const std::u16string b = to_utf16(plain(theirs));
    const auto longer = static_cast<double>(std::max(a.size(), b.size()));
    const auto distance = edit_distance(a, b, longer);
    if (!distance)
        return cannot(distance.error().message);
    const double score = longer == 0 ? 1 : 1 - static_cast<double>(distance->value) / longer;
    return by_score("the likeness to the incumbent's answer", score, g.threshold_or(0.75), g);
}

// Agreement with the incumbent's recorded answer; config.method: rouge-n (default), text, similarity, json.
Verdict agreement(const Grading& g)
{
    if (!g.c.incumbent)
        return cannot("the case holds no recorded answer of the incumbent");
    const std::string& theirs = *g.c.incumbent;
    const std::string method = word_setting(g, "method", "rouge-n");
    if (method == "rouge-n")
        return by_score("ROUGE-1 against the incumbent's answer", rouge_1(g.output, theirs),
                        g.threshold_or(0.75), g);
    if (method == "similarity")
        return similar_text(g, theirs);
    if (method != "text" && method != "json")
        return cannot("“method” must be rouge-n, text, similarity or json");
    bool same = plain(g.output) == plain(theirs);
    if (method == "json") {
        const auto our_json = parse_json_text(g.output);
        const auto their_json = parse_json_text(theirs);
        same = our_json && their_json && *our_json == *their_json;
    }
    return yes_or_no(same, g,
                     same ? "the answer agrees with the incumbent's"
                          : "the incumbent answered " + in_quotes(theirs));
}

}

void add_own_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"number", number}, {"agreement", agreement}});
}

}
