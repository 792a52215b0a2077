#include "ui/costs/matrix/answers.h"

#include "ui/costs/whatif/knobs.h"
#include "ui/costs/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

using base::Decimal;
using simulation::Matrix;
using simulation::ScenarioSet;

QString tr(const char* text)
{
    return QCoreApplication::translate("CostAnswers", text);
}

const simulation::Outcome* outcome(const Matrix& matrix, int index)
{
    return index >= 0 && index < static_cast<int>(matrix.outcomes.size())
               ? &matrix.outcomes[static_cast<std::size_t>(index)]
               : nullptr;
}

QString spikeClause(const ScenarioSet& set, const Matrix& matrix, int spike)
{
    const auto* spiked = outcome(matrix, spike);
    const auto& changes = set.scenarios[static_cast<std::size_t>(spike)].price_changes;
    const double percent = changes.front().percent;
    const QString amount = percentText(std::abs(percent));
    const Decimal more = spiked->against_base;
    if (more.rounded(0).is_zero())
        return (percent < 0 ? tr("a %1 cut changes nothing within the term")
                            : tr("a %1 rise changes nothing within the term"))
            .arg(amount);
    if (more.is_negative())
        return (percent < 0 ? tr("a %1 cut saves %2 over the term")
                            : tr("a %1 rise ends up %2 cheaper over the term"))
            .arg(amount, shortAmount(-more));
    return (percent < 0 ? tr("a %1 cut still costs %2 more over the term")
                        : tr("a %1 rise costs %2 over the term"))
        .arg(amount, shortAmount(more));
}

QString leavingClause(const Matrix& matrix, const Roles& roles)
{
    const auto* transfer = outcome(matrix, roles.transfer);
    const auto* fallback = outcome(matrix, roles.fallback);
    // The way out that pays first, as in the report.
    const bool transferPays = transfer && transfer->break_even;
    const bool fallbackPays = fallback && fallback->break_even;
    if (fallbackPays && (!transferPays || *fallback->break_even < *transfer->break_even))
        return tr("a local model pays from %1").arg(longMonthText(*fallback->break_even));
    if (transferPays)
        return tr("leaving pays from %1").arg(longMonthText(*transfer->break_even));
    if (transfer)
        return tr("leaving does not pay within the term");
    if (fallback)
        return tr("a local model does not pay within the term");
    return {};
}

std::optional<double> capOf(const clauses::Finding* finding)
{
    if (!finding)
        return std::nullopt;
    for (const auto& parameter : finding->parameters) {
        if (parameter.name != "cap" || parameter.unit != "percent")
            continue;
        if (const auto value = Decimal::parse(parameter.value); value && !value->is_negative())
            return value->to_double();
    }
    return std::nullopt;
}

QString sectionOf(const report::ChecklistRow& row)
{
    for (const auto& evidence : row.evidence) {
        if (!evidence.section.empty())
            return sectionSign(evidence.section);
    }
    return {};
}

/// The cost of the spike when its rise is held to `cap`, and what that is less than now.
std::optional<Decimal> savedBy(double cap, const ScenarioSet& set, const Matrix& matrix, int spike,
                               const Simulate& simulate)
{
    const auto rise = knobValue(set, Knob::Rise);
    if (!rise || *rise <= cap)
        return std::nullopt;
    ScenarioSet capped = set;
    setKnob(capped, Knob::Rise, cap);
    const Matrix held = simulate(capped);
    const auto* before = outcome(matrix, spike);
    const auto* after = outcome(held, spike);
    if (!before || !after)
        return std::nullopt;
    return before->total - after->total;
}

}

Roles rolesOf(const ScenarioSet& set)
{
    Roles roles;
    for (int i = 0; i < static_cast<int>(set.scenarios.size()); ++i) {
        const auto& scenario = set.scenarios[static_cast<std::size_t>(i)];
        int& role = scenario.fallback                 ? roles.fallback
                    : scenario.transfer               ? roles.transfer
                    : !scenario.price_changes.empty() ? roles.spike
                                                      : roles.base;
        if (role < 0)
            role = i;
    }
    return roles;
}

ChartUnit chartUnit(const Matrix& matrix)
{
    double most = 0;
    for (const auto& line : matrix.outcomes) {
        for (const auto& month : line.months)
            most = std::max(most, month.total().to_double());
    }
    const QString sign = currencySign(matrix.currency);
    if (most >= 10'000'000)
        return {1e6, tr("%1 million").arg(sign)};
    if (most >= 10'000)
        return {1e3, tr("%1 thousand").arg(sign)};
    return {1, sign};
}

QString chartTitle(const ScenarioSet& set, const Matrix& matrix)
{
    const Roles roles = rolesOf(set);
    QStringList clauses;
    if (outcome(matrix, roles.spike))
        clauses << spikeClause(set, matrix, roles.spike);
    else if (const auto* base = outcome(matrix, roles.base))
        clauses << tr("%1 over the term as things are").arg(shortAmount(base->total));
    if (const QString leaving = leavingClause(matrix, roles); !leaving.isEmpty())
        clauses << leaving;
    const QString head = tr("Monthly spend, %1").arg(chartUnit(matrix).word);
    return clauses.isEmpty() ? head : head + u": "_s + clauses.join(u"; "_s);
}

ContractSays contractSays(const report::ChecklistRow* row, const clauses::Finding* finding,
                          const ScenarioSet& set, const Matrix& matrix, const Simulate& simulate)
{
    ContractSays says;
    if (!row)
        return says;
    says.known = true;
    says.verdict = row->verdict;
    says.reviewed = row->reviewed;
    says.section = sectionOf(*row);
    const int spike = rolesOf(set).spike;
    const auto* spiked = outcome(matrix, spike);
    const Decimal more = spiked ? spiked->against_base : Decimal();
    const bool costs = !more.is_negative() && !more.rounded(0).is_zero();
    if (!costs) {
        says.meaning = str(row->meaning);
        return says;
    }
    const QString amount = currencySign(matrix.currency) + u'\u00A0' + shortAmount(more);
    const auto stated = row->verdict == clauses::Verdict::Met || row->verdict == clauses::Verdict::Partial
                            ? capOf(finding)
                            : std::nullopt;
    const double cap = stated.value_or(askedCap);
    const auto saved = savedBy(cap, set, matrix, spike, simulate);
    const QString less = saved ? currencySign(matrix.currency) + u'\u00A0' + shortAmount(*saved) : QString();
    if (stated) {
        says.cap = saved ? stated : std::nullopt;
        says.meaning =
            saved ? tr("The cap of %1 holds the rise: the spike costs %2 less.").arg(percentText(cap), less)
                  : tr("The rise stays within the cap of %1: the spike’s %2 may be charged.")
                        .arg(percentText(cap), amount);
        return says;
    }
    switch (row->verdict) {
    case clauses::Verdict::Met:
        says.meaning = tr("A limit or a way out is agreed: check it against the spike’s %1.").arg(amount);
        return says;
    case clauses::Verdict::Partial:
        says.meaning = tr("Bounded in part: after that nothing stops the spike’s %1.").arg(amount);
        break;
    case clauses::Verdict::Missing:
        says.meaning = tr("Silent on prices: nothing stops the spike’s %1.").arg(amount);
        break;
    case clauses::Verdict::Adverse:
        says.meaning = tr("The vendor may raise prices: the spike’s %1 is allowed.").arg(amount);
        break;
    }
    if (saved) {
        says.cap = cap;
        says.meaning += u' ' + tr("With a cap of %1 it costs %2 less.").arg(percentText(cap), less);
    }
    return says;
}

}
