#pragma once

#include "core/base/date.h"
#include "core/clauses/expression.h"
#include "core/clauses/matching.h"
#include "core/clauses/review.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// A condition over what an engine already found out: signals, verdicts, figures and the day.
///
/// `name` holds where that signal fired; `check:partial` where the finding of `check` has the verdict, and
/// `check:found` where it is met or partial; `check.notice>=30` compares a parameter of that finding, and
/// `notice>=30` one of the reader's own, never true where the figure is absent; `date>=2027-01-12` compares
/// the day. All are joined as in core/clauses/expression.h, except `~`.
struct Fact
{
    enum class Kind { Signal, Verdict, Found, Figure, Day };
    Kind kind = Kind::Signal;
    std::uint32_t signal = 0; // index for Kind::Signal
    std::string check;        // empty for the reader's own figures
    std::string figure;
    Verdict verdict = Verdict::Missing;
    double least = 0;
    double most = 0; // figures and days (since 1970) lie between both
};

struct Condition
{
    Expression when;
    std::vector<Fact> facts;

    [[nodiscard]] bool empty() const { return when.nodes().empty(); }
};

/// Compiles a condition over the given signals; `check` is whose verdict `:met` alone speaks of, and may be
/// empty. The message of an error says what is wrong; the caller adds the place.
base::Result<Condition> parse_condition(std::string_view text, const std::vector<Signal>& signals,
                                        const std::string& check);

/// What conditions are held against.
struct Facts
{
    const std::vector<std::vector<Match>>* matches = nullptr; // of the signals; may be null
    const std::vector<Finding>* findings = nullptr;
    const std::vector<Parameter>* figures = nullptr; // the reader's own
    base::Date day{};
};

/// An empty condition holds.
bool holds(const Condition& condition, const Facts& facts);

/// The facts that stand under no `!` and hold: those that speak for the condition.
std::vector<const Fact*> speaking(const Condition& condition, const Facts& facts);

const Finding* find_finding(const std::vector<Finding>& findings, std::string_view check);

/// The value of a parameter as a number: days, percent or the first number of a sum of money; NaN without
/// one.
double figure_value(const Parameter& parameter);

}
