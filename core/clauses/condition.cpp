#include "core/clauses/condition.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <string>

namespace leeway::clauses {
namespace {

constexpr double hair = 1e-6;

struct Comparison
{
    std::string_view name;
    std::string_view sign;
    std::string_view value;
};

// "notice>=30" in its parts; no sign without a comparison.
Comparison take_apart(std::string_view text)
{
    const std::size_t sign = text.find_first_of("<>=");
    if (sign == std::string_view::npos)
        return {text, {}, {}};
    const std::size_t value = text.find_first_not_of("<>=", sign);
    return {text.substr(0, sign), text.substr(sign, value == std::string_view::npos ? value : value - sign),
            value == std::string_view::npos ? std::string_view() : text.substr(value)};
}

base::Status bound(Fact& fact, std::string_view sign, double value)
{
    fact.least = std::numeric_limits<double>::lowest();
    fact.most = std::numeric_limits<double>::max();
    if (sign == ">=")
        fact.least = value - hair;
    else if (sign == ">")
        fact.least = value + hair;
    else if (sign == "<=")
        fact.most = value + hair;
    else if (sign == "<")
        fact.most = value - hair;
    else if (sign == "=")
        fact.least = value - hair, fact.most = value + hair;
    else
        return base::fail(base::ErrorCode::Invalid, fmt::format("“{}” is no comparison", sign));
    return {};
}

double days(base::Date date)
{
    return static_cast<double>(date.time_since_epoch().count());
}

base::Result<Fact> compare_fact(const Comparison& parts)
{
    Fact fact;
    if (parts.name == "date") {
        const auto date = base::parse_date(parts.value);
        if (!date)
            return tl::unexpected(date.error());
        fact.kind = Fact::Kind::Day;
        if (const auto bounded = bound(fact, parts.sign, days(*date)); !bounded)
            return tl::unexpected(bounded.error());
        return fact;
    }
    double value = 0;
    const auto read = std::from_chars(parts.value.data(), parts.value.data() + parts.value.size(), value);
    if (read.ec != std::errc() || read.ptr != parts.value.data() + parts.value.size())
        return base::fail(base::ErrorCode::Invalid, fmt::format("“{}{}{}” compares with no number",
                                                                parts.name, parts.sign, parts.value));
    fact.kind = Fact::Kind::Figure;
    const std::size_t dot = parts.name.find('.');
    if (dot != std::string_view::npos)
        fact.check = parts.name.substr(0, dot);
    fact.figure = parts.name.substr(dot == std::string_view::npos ? 0 : dot + 1);
    if (fact.figure.empty())
        return base::fail(base::ErrorCode::Invalid, "a figure is missing before the comparison");
    if (const auto bounded = bound(fact, parts.sign, value); !bounded)
        return tl::unexpected(bounded.error());
    return fact;
}

base::Result<Fact> verdict_fact(std::string_view name, const std::string& check)
{
    Fact fact;
    const std::size_t colon = name.find(':');
    fact.check = colon == 0 ? check : std::string(name.substr(0, colon));
    if (fact.check.empty())
        return base::fail(base::ErrorCode::Invalid, fmt::format("“{}” names no check", name));
    const std::string_view verdict = name.substr(colon + 1);
    if (verdict == "found") {
        fact.kind = Fact::Kind::Found;
        return fact;
    }
    const auto parsed = parse_verdict(verdict);
    if (!parsed)
        return tl::unexpected(parsed.error());
    fact.kind = Fact::Kind::Verdict;
    fact.verdict = *parsed;
    return fact;
}

base::Result<Fact> parse_fact(std::string_view name, const std::vector<Signal>& signals,
                              const std::string& check)
{
    if (const Comparison parts = take_apart(name); !parts.sign.empty())
        return compare_fact(parts);
    if (name.find(':') != std::string_view::npos)
        return verdict_fact(name, check);
    const auto found = std::find_if(signals.begin(), signals.end(),
                                    [&](const Signal& signal) { return signal.name == name; });
    if (found == signals.end())
        return base::fail(base::ErrorCode::Invalid, fmt::format("there is no signal “{}” here", name));
    Fact fact;
    fact.signal = static_cast<std::uint32_t>(found - signals.begin());
    return fact;
}

bool in_range(const Fact& fact, const std::vector<Parameter>& figures)
{
    return std::any_of(figures.begin(), figures.end(), [&](const Parameter& figure) {
        const double value = figure.name == fact.figure ? figure_value(figure) : std::nan("");
        return value >= fact.least && value <= fact.most;
    });
}

bool holds(const Fact& fact, const Facts& facts)
{
    switch (fact.kind) {
    case Fact::Kind::Signal:
        return facts.matches != nullptr && !(*facts.matches)[fact.signal].empty();
    case Fact::Kind::Day:
        return days(facts.day) >= fact.least && days(facts.day) <= fact.most;
    default:
        break;
    }
    if (fact.kind == Fact::Kind::Figure && fact.check.empty())
        return facts.figures != nullptr && in_range(fact, *facts.figures);
    const Finding* finding = facts.findings == nullptr ? nullptr : find_finding(*facts.findings, fact.check);
    if (finding == nullptr)
        return false;
    if (fact.kind == Fact::Kind::Figure)
        return in_range(fact, finding->parameters);
    return fact.kind == Fact::Kind::Found
               ? finding->verdict == Verdict::Met || finding->verdict == Verdict::Partial
               : finding->verdict == fact.verdict;
}

}

base::Result<Condition> parse_condition(std::string_view text, const std::vector<Signal>& signals,
                                        const std::string& check)
{
    Condition condition;
    auto when = Expression::parse(text, [&](std::string_view name) -> base::Result<std::uint32_t> {
        auto fact = parse_fact(name, signals, check);
        if (!fact)
            return tl::unexpected(fact.error());
        condition.facts.push_back(std::move(*fact));
        return static_cast<std::uint32_t>(condition.facts.size() - 1);
    });
    if (!when)
        return tl::unexpected(when.error());
    for (const Expression::Node& node : when->nodes()) {
        if (node.op == Expression::Op::Near)
            return base::fail(base::ErrorCode::Invalid,
                              "“~” counts words and has no meaning here: put it into a signal");
    }
    condition.when = std::move(*when);
    return condition;
}

bool holds(const Condition& condition, const Facts& facts)
{
    return condition.empty() ||
           condition.when.evaluate([&](std::uint32_t fact) { return holds(condition.facts[fact], facts); },
                                   [](std::uint32_t, std::uint32_t, std::uint32_t) { return false; });
}

std::vector<const Fact*> speaking(const Condition& condition, const Facts& facts)
{
    std::vector<const Fact*> result;
    for (const std::uint32_t index : condition.when.positive()) {
        if (holds(condition.facts[index], facts))
            result.push_back(&condition.facts[index]);
    }
    return result;
}

const Finding* find_finding(const std::vector<Finding>& findings, std::string_view check)
{
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& finding) { return finding.check == check; });
    return found == findings.end() ? nullptr : &*found;
}

double figure_value(const Parameter& parameter)
{
    const std::string& text = parameter.value;
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit == std::string::npos)
        return std::nan("");
    std::string digits; // "USD 1,000.50" without the separators of thousands
    for (std::size_t i = digit; i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) != 0 ||
                                                    text[i] == '.' || text[i] == ',');
         ++i) {
        if (text[i] != ',')
            digits += text[i];
    }
    double value = 0;
    return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc()
               ? value
               : std::nan("");
}

}
