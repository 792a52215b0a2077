#include "core/report/prospects.h"
#include "ui/costs/outlook/outlookwords.h"
#include "ui/costs/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace leeway::ui {

namespace {

using base::Decimal;

QString tr(const char* text)
{
    return QCoreApplication::translate("CostOutlook", text);
}

}

ExplainedBars explainSteps(const Subject& subject)
{
    ExplainedBars explained;
    if (std::size_t(subject.chosen) >= subject.outlook.waterfalls.size())
        return explained;
    const auto& fall = subject.outlook.waterfalls[std::size_t(subject.chosen)];
    const QString from = subject.names.value(0);
    const QString to = subject.names.value(subject.chosen);
    const Decimal more = fall.to - fall.from;
    if (subject.chosen == 0)
        explained.title =
            tr("%1 is what the others are compared with: %2").arg(from, subject.money(fall.from));
    else if (more.is_zero())
        explained.title = tr("%1 costs what %2 costs").arg(to, from);
    else
        explained.title = (more.is_negative() ? tr("Why %1 costs %2 less than %3 over the term")
                                              : tr("Why %1 costs %2 more than %3 over the term"))
                              .arg(to, subject.money(more.is_negative() ? -more : more), from);
    auto& bars = explained.bars.bars;
    explained.bars.joined = true;
    bars.push_back({from, 0, fall.from.to_double(), subject.money(fall.from), u"control"_s, {}, true});
    Decimal at = fall.from;
    for (const auto& step : fall.steps) {
        const Decimal next = at + step.amount;
        bars.push_back({capitalised(str(step.title)), at.to_double(), next.to_double(),
                        (step.amount.is_negative() ? QString() : u"+"_s) + subject.money(step.amount),
                        step.amount.is_negative() ? u"met"_s : u"adverse"_s,
                        differenceText(step.amount, subject.outlook.forecast.currency), false});
        at = next;
    }
    if (subject.chosen != 0)
        bars.push_back({to, 0, fall.to.to_double(), subject.money(fall.to), u"control"_s, {}, true});
    explained.source =
        tr("Each step is the term simulated once more with one part of the scenario put in place. "
           "The steps add up to the cent.");
    return explained;
}

ExplainedBars explainDrivers(const Subject& subject)
{
    ExplainedBars explained;
    const auto& prospects = subject.outlook.forecast.prospects;
    if (std::size_t(subject.chosen) >= prospects.size())
        return explained;
    const auto& prospect = prospects[std::size_t(subject.chosen)];
    const QString name = subject.names.value(subject.chosen);
    const auto& swings = prospect.chance ? prospect.chance->swings : prospect.swings;
    const auto driverName = [](const simulation::Axis& axis) {
        using simulation::Driver;
        switch (axis.driver) {
        case Driver::Prices:
            return tr("Prices of %1").arg(str(axis.vendor));
        case Driver::Growth:
            return tr("Volume growth");
        case Driver::Cpi:
            return tr("Consumer prices");
        case Driver::ExchangeRate:
            return tr("Exchange rate");
        case Driver::CacheLoss:
            return tr("Cache hits lost");
        case Driver::Migration:
            return tr("Effort of moving");
        case Driver::MachinePrice:
            return tr("Price of machines");
        }
        return QString();
    };
    if (swings.empty()) {
        explained.title = tr("Nothing that varies moves %1").arg(name);
        return explained;
    }
    explained.title =
        prospect.chance
            ? tr("What %1 saves against %2 turns on: %3 most")
                  .arg(name, subject.name(prospect.chance->against), driverName(swings.front().axis))
            : tr("What moves the cost of %1: %2 most").arg(name, driverName(swings.front().axis));
    constexpr std::size_t most = 7;
    for (std::size_t i = 0; i < std::min(most, swings.size()); ++i) {
        const auto& swing = swings[i];
        explained.bars.bars.push_back(
            {driverName(swing.axis), swing.low.to_double(), swing.high.to_double(),
             tr("%1 to %2").arg(subject.money(swing.low), subject.money(swing.high)), u"accent"_s,
             tr("Where it is lowest (a tenth of the paths) the mean is %1, where it is highest %2. Rank "
                "correlation "
                "%3.")
                 .arg(moneyText(swing.low, subject.outlook.forecast.currency),
                      moneyText(swing.high, subject.outlook.forecast.currency),
                      QString::number(swing.rank_correlation, 'f', 2)),
             false});
    }
    if (prospect.chance) {
        explained.bars.reference = 0;
        explained.bars.referenceName = tr("leaving pays right of this line");
    } else {
        explained.bars.reference = prospect.mean.to_double();
        explained.bars.referenceName = tr("mean %1").arg(subject.money(prospect.mean));
    }
    explained.source =
        tr("From the mean of the tenth of the paths where a driver is lowest to that of the tenth "
           "where it is highest. %1.")
            .arg(subject.paths());
    return explained;
}

QString samplingText(const Subject& subject)
{
    const auto& prospects = subject.outlook.forecast.prospects;
    if (std::size_t(subject.chosen) >= prospects.size())
        return {};
    const auto& prospect = prospects[std::size_t(subject.chosen)];
    QString text = tr("%1. Half of the totals of %2 lie below %3")
                       .arg(subject.paths(), subject.names.value(subject.chosen),
                            moneyText(prospect.total[simulation::at_p50], subject.outlook.forecast.currency));
    const auto first = std::ranges::find_if(
        prospect.convergence, [](const auto& checkpoint) { return !checkpoint.standard_error.is_zero(); });
    if (first != prospect.convergence.end()) {
        const auto& last = prospect.convergence.back();
        text += tr(", known to ± %1 (after %2 paths ± %3)")
                    .arg(moneyText(last.standard_error, subject.outlook.forecast.currency),
                         countText(first->paths),
                         moneyText(first->standard_error, subject.outlook.forecast.currency));
    }
    return text + tr("; the dearest 5 % cost %1 on average.")
                      .arg(moneyText(prospect.worst, subject.outlook.forecast.currency));
}

QString assumptionsText(const simulation::Uncertainty& uncertainty)
{
    return str(report::what_varies(uncertainty));
}

}
