#include "core/fallback/editdistance.h"
#include "core/fallback/gradeparts.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jsregex.h"
#include "core/fallback/jstext.h"
#include "core/fallback/refusal.h"

#include <cmath>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

bool holds(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

Verdict equals(const Grading& g)
{
    const bool structured = g.value && (g.value->is_structured() || g.value->is_null());
    const std::string wanted = !g.value ? "undefined" : structured ? js_json(*g.value) : js_string(*g.value);
    bool same = false;
    if (structured) {
        const auto parsed = parse_json_text(g.output);
        same = parsed && *parsed == *g.value;
    } else {
        same = wanted == g.output;
    }
    return yes_or_no(same, g,
                     fmt::format("the answer {} {}", same ? "equals" : "does not equal", in_quotes(wanted)));
}

Verdict contains_in(const Grading& g, bool fold)
{
    const json& value = g.wanted();
    if (!(value.is_string() && !value.get_ref<const std::string&>().empty()) && !value.is_number())
        return cannot("needs a text or a number as its value");
    const std::string wanted = js_string(value);
    const bool found =
        fold ? holds(lowered_unicode(g.output), lowered_unicode(wanted)) : holds(g.output, wanted);
    return yes_or_no(
        found, g,
        fmt::format("the answer {} {}", found ? "contains" : "does not contain", in_quotes(wanted)));
}

Verdict contains(const Grading& g)
{
    return contains_in(g, false);
}

Verdict icontains(const Grading& g)
{
    return contains_in(g, true);
}

base::Result<std::vector<std::string>> list_of(const Grading& g)
{
    const json& value = g.wanted();
    if (value.is_string() && !value.get_ref<const std::string&>().empty())
        return split_values(value.get_ref<const std::string&>());
    if (!value.is_array())
        return base::fail(base::ErrorCode::Invalid, "needs a list of texts as its value");
    std::vector<std::string> texts;
    for (const json& item : value)
        texts.push_back(js_string(item));
    return texts;
}

Verdict contains_list(const Grading& g, bool fold, bool all)
{
    const auto wanted = list_of(g);
    if (!wanted)
        return cannot(wanted.error().message);
    const std::string output = fold ? lowered_unicode(g.output) : g.output;
    std::string missing;
    std::string found;
    for (const std::string& text : *wanted) {
        std::string& list = holds(output, fold ? lowered_unicode(text) : text) ? found : missing;
        list += (list.empty() ? "" : ", ") + in_quotes(text);
    }
    const bool right = all ? missing.empty() : !found.empty();
    if (all)
        return yes_or_no(right, g,
                         right ? "the answer contains all of the texts" : "the answer lacks " + missing);
    return yes_or_no(right, g,
                     right ? "the answer contains " + found : "the answer contains none of " + missing);
}

Verdict contains_any(const Grading& g)
{
    return contains_list(g, false, false);
}

Verdict contains_all(const Grading& g)
{
    return contains_list(g, false, true);
}

Verdict icontains_any(const Grading& g)
{
    return contains_list(g, true, false);
}

Verdict icontains_all(const Grading& g)
{
    return contains_list(g, true, true);
}

Verdict starts_with(const Grading& g)
{
    const json& value = g.wanted();
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        return cannot("needs a text as its value");
    const auto& wanted = value.get_ref<const std::string&>();
    const bool right = g.output.starts_with(wanted);
    return yes_or_no(
        right, g,
        fmt::format("the answer {} with {}", right ? "starts" : "does not start", in_quotes(wanted)));
}

Verdict regex(const Grading& g)
{
    const json& value = g.wanted();
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        return cannot("needs a regular expression as its value");
    const auto pattern = compile_pattern(value.get_ref<const std::string&>());
    if (!pattern)
        return cannot(pattern.error().message);
    if (!pattern->fault.empty())
        return {false, 0, "the regular expression is not valid: " + pattern->fault, false};
    const bool right = pattern->found_in(g.output);
    return yes_or_no(right, g,
                     fmt::format("the answer {} {}", right ? "matches" : "does not match",
                                 in_quotes(value.get_ref<const std::string&>())));
}

Verdict levenshtein(const Grading& g)
{
    if (!g.wanted().is_string())
        return cannot("needs a text as its value");
    const double threshold = g.threshold_or(5);
    const auto distance =
        edit_distance(to_utf16(g.output), to_utf16(g.wanted().get_ref<const std::string&>()), threshold);
    if (!distance)
        return cannot(distance.error().message);
    const bool near = distance->exact && static_cast<double>(distance->value) <= threshold;
    return yes_or_no(near, g,
                     fmt::format("the edit distance is {}{}, {} the threshold {}",
                                 distance->exact ? "" : "at least ", distance->value,
                                 near ? "within" : "above", js_number(threshold)));
}

std::size_t words_in(std::string_view text)
{
    const auto words = js_split_blanks(js_trimmed(text));
    return words.front().empty() ? 0 : words.size();
}

Verdict word_count(const Grading& g)
{
    const json& value = g.wanted();
    const auto count = static_cast<double>(words_in(g.output));
    std::string wanted;
    bool right = false;
    if (value.is_object()) {
        const auto limit = [&](const char* key) {
            return value.contains(key) && value[key].is_number() ? value[key].get<double>() : std::nan("");
        };
        const double low = limit("min");
        const double high = limit("max");
        if ((std::isnan(low) && std::isnan(high)) || low > high)
            return cannot("needs “min”, “max” or both, in order, as its value");
        right = !(count < low) && !(count > high);
        wanted = std::isnan(high)  ? fmt::format("at least {}", js_number(low))
                 : std::isnan(low) ? fmt::format("at most {}", js_number(high))
                                   : fmt::format("{} to {}", js_number(low), js_number(high));
    } else {
        const double exact = value.is_number()   ? value.get<double>()
                             : value.is_string() ? js_to_number(value.get_ref<const std::string&>())
                                                 : std::nan("");
        if (std::isnan(exact))
            return cannot("needs a number of words, or “min” and “max”, as its value");
        right = count == exact;
        wanted = js_number(exact);
    }
    return yes_or_no(right, g,
                     fmt::format("the answer has {} words, asked for: {}", js_number(count), wanted));
}

Verdict is_refusal(const Grading& g)
{
    if (g.answer.calls || js_trimmed(g.output).empty()) // nothing said counts as a refusal, with a score of 0
        return {!g.inverse(), 0,
                g.answer.calls ? "a call of a tool instead of text counts as a refusal"
                               : "an empty answer counts as a refusal",
                false};
    const bool refused = reads_as_refusal(g.output);
    return yes_or_no(refused, g,
                     refused ? "the answer reads as a refusal" : "the answer does not read as a refusal");
}

}

void add_text_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"equals", equals},
                    {"contains", contains},
                    {"icontains", icontains},
                    {"contains-any", contains_any},
                    {"contains-all", contains_all},
                    {"icontains-any", icontains_any},
                    {"icontains-all", icontains_all},
                    {"starts-with", starts_with},
                    {"regex", regex},
                    {"levenshtein", levenshtein},
                    {"word-count", word_count},
                    {"is-refusal", is_refusal}});
}

}
