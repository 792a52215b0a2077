#include "ui/costs/whatif/knobs.h"

#include "ui/costs/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace leeway::ui {

namespace {

using simulation::Fallback;
using simulation::ScenarioSet;
using simulation::Transfer;

const Transfer* firstTransfer(const ScenarioSet& set)
{
    for (const auto& scenario : set.scenarios) {
        if (scenario.transfer)
            return &*scenario.transfer;
    }
    return nullptr;
}

const Fallback* firstFallback(const ScenarioSet& set)
{
    for (const auto& scenario : set.scenarios) {
        if (scenario.fallback)
            return &*scenario.fallback;
    }
    return nullptr;
}

const simulation::PriceChange* firstChange(const ScenarioSet& set)
{
    for (const auto& scenario : set.scenarios) {
        if (!scenario.price_changes.empty())
            return &scenario.price_changes.front();
    }
    return nullptr;
}

template<typename Change>
void eachChange(ScenarioSet& set, Change change)
{
    for (auto& scenario : set.scenarios) {
        if (!scenario.price_changes.empty())
            change(scenario.price_changes.front());
    }
}

template<typename Change>
void eachTransfer(ScenarioSet& set, Change change)
{
    for (auto& scenario : set.scenarios) {
        if (scenario.transfer)
            change(*scenario.transfer);
    }
}

template<typename Change>
void eachFallback(ScenarioSet& set, Change change)
{
    for (auto& scenario : set.scenarios) {
        if (scenario.fallback)
            change(*scenario.fallback);
    }
}

template<typename Value, typename Part>
std::optional<double> member(const Part* part, Value Part::*field)
{
    if (!part)
        return std::nullopt;
    if constexpr (std::is_same_v<Value, base::Decimal>)
        return (part->*field).to_double();
    else
        return static_cast<double>(part->*field);
}

int whole(double value)
{
    return static_cast<int>(std::lround(value));
}

}

const std::vector<KnobInfo>& knobInfos()
{
    using enum Knob;
    using enum KnobUnit;
    static const std::vector<KnobInfo> infos{
        {Rise, QT_TRANSLATE_NOOP("Knob", "Price rise"),
         QT_TRANSLATE_NOOP("Knob", "Change of list prices, a cut when negative"), Percent, -100, 1000, -80,
         320, 1, 1},
        {RiseFrom, QT_TRANSLATE_NOOP("Knob", "From month"),
         QT_TRANSLATE_NOOP("Knob", "The month of the term in which the new prices begin"), MonthOfTerm, 1,
         120, 1, 36, 1, 0},
        {MovedShare, QT_TRANSLATE_NOOP("Knob", "Moved to second vendor"),
         QT_TRANSLATE_NOOP("Knob", "Share of the traffic that goes to the second vendor"), Percent, 0, 100, 0,
         100, 1, 1},
        {MovedFrom, QT_TRANSLATE_NOOP("Knob", "From month"),
         QT_TRANSLATE_NOOP("Knob", "From this month of the term on the second vendor is paid"), MonthOfTerm,
         1, 120, 1, 36, 1, 0},
        {CacheLoss, QT_TRANSLATE_NOOP("Knob", "Cache hits lost"),
         QT_TRANSLATE_NOOP("Knob", "Share of the moved traffic's cache reads that is paid as plain input"),
         Percent, 0, 100, 0, 100, 1, 1},
        {Upkeep, QT_TRANSLATE_NOOP("Knob", "Dual-vendor upkeep"),
         QT_TRANSLATE_NOOP("Knob", "Engineering that two vendors need, a month"), MoneyPerMonth, 0,
         10'000'000, 0, 50'000, 250, 2},
        {Migration, QT_TRANSLATE_NOOP("Knob", "One-off migration"),
         QT_TRANSLATE_NOOP("Knob", "Paid once, in the month of the move"), Money, 0, 100'000'000, 0, 500'000,
         1'000, 2},
        {Parallel, QT_TRANSLATE_NOOP("Knob", "Both run side by side"),
         QT_TRANSLATE_NOOP("Knob",
                           "Months after the move in which both vendors are paid for the moved share"),
         Months, 0, 24, 0, 12, 1, 0},
        {LocalShare, QT_TRANSLATE_NOOP("Knob", "Moved to local model"),
         QT_TRANSLATE_NOOP("Knob", "Share of the traffic that your own model answers"), Percent, 0, 100, 0,
         100, 1, 1},
        {LocalFrom, QT_TRANSLATE_NOOP("Knob", "From month"),
         QT_TRANSLATE_NOOP("Knob", "The month of the term in which the local model takes over"), MonthOfTerm,
         1, 120, 1, 36, 1, 0},
        {MachinePrice, QT_TRANSLATE_NOOP("Knob", "Machine"),
         QT_TRANSLATE_NOOP("Knob", "Price of one machine for an hour"), MoneyPerHour, 0, 1000, 0, 15, 0.05,
         4},
        {TokensPerSecond, QT_TRANSLATE_NOOP("Knob", "Tokens a second"),
         QT_TRANSLATE_NOOP("Knob", "Output tokens of one machine, fully loaded"), Rate, 0, 1'000'000, 0,
         10'000, 50, 0},
        {Utilisation, QT_TRANSLATE_NOOP("Knob", "Utilisation"),
         QT_TRANSLATE_NOOP("Knob", "Share of a machine's hours that is in use"), Percent, 1, 100, 1, 100, 1,
         1},
        {LocalUpkeep, QT_TRANSLATE_NOOP("Knob", "Local model upkeep"),
         QT_TRANSLATE_NOOP("Knob", "Engineering that your own model needs, a month"), MoneyPerMonth, 0,
         10'000'000, 0, 50'000, 250, 2},
        {LocalMigration, QT_TRANSLATE_NOOP("Knob", "One-off set-up"),
         QT_TRANSLATE_NOOP("Knob", "Paid once, in the month in which the local model takes over"), Money, 0,
         100'000'000, 0, 500'000, 1'000, 2},
        {Growth, QT_TRANSLATE_NOOP("Knob", "Volume growth a month"),
         QT_TRANSLATE_NOOP("Knob", "Compounds from the first month of the term"), Percent, -50, 100, -5, 15,
         0.1, 2},
        {LogOneIn, QT_TRANSLATE_NOOP("Knob", "The log holds one in"),
         QT_TRANSLATE_NOOP("Knob", "1 when the usage log is complete; volumes are multiplied by it"), OneIn,
         1, 1'000'000, 1, 1'000, 1, 0},
        {Term, QT_TRANSLATE_NOOP("Knob", "Term"), QT_TRANSLATE_NOOP("Knob", "Months that the matrix covers"),
         Months, 1, 120, 6, 60, 1, 0},
        {GateDays, QT_TRANSLATE_NOOP("Knob", "Decide before the lock"),
         QT_TRANSLATE_NOOP("Knob", "Days between the decision gate and the budget lock"), Days, 0, 1000, 0,
         365, 1, 0},
    };
    return infos;
}

const KnobInfo& knobInfo(Knob knob)
{
    return knobInfos().at(static_cast<std::size_t>(knob));
}

std::optional<double> knobValue(const ScenarioSet& set, Knob knob)
{
    const auto* change = firstChange(set);
    const auto* transfer = firstTransfer(set);
    const auto* fallback = firstFallback(set);
    switch (knob) {
    case Knob::Rise:
        return member(change, &simulation::PriceChange::percent);
    case Knob::RiseFrom:
        return member(change, &simulation::PriceChange::from_month);
    case Knob::MovedShare:
        return member(transfer, &Transfer::share_percent);
    case Knob::MovedFrom:
        return member(transfer, &Transfer::from_month);
    case Knob::CacheLoss:
        return member(transfer, &Transfer::cache_hit_loss_percent);
    case Knob::Upkeep:
        return member(transfer, &Transfer::upkeep_per_month);
    case Knob::Migration:
        return member(transfer, &Transfer::migration_once);
    case Knob::Parallel:
        return member(transfer, &Transfer::parallel_months);
    case Knob::LocalShare:
        return member(fallback, &Fallback::share_percent);
    case Knob::LocalFrom:
        return member(fallback, &Fallback::from_month);
    case Knob::MachinePrice:
        return member(fallback, &Fallback::price_per_hour);
    case Knob::TokensPerSecond:
        return member(fallback, &Fallback::tokens_per_second);
    case Knob::Utilisation:
        return member(fallback, &Fallback::utilisation_percent);
    case Knob::LocalUpkeep:
        return member(fallback, &Fallback::upkeep_per_month);
    case Knob::LocalMigration:
        return member(fallback, &Fallback::migration_once);
    case Knob::Growth:
        return set.plan.growth_percent;
    case Knob::LogOneIn:
        return set.plan.log_one_in;
    case Knob::Term:
        return set.plan.months;
    case Knob::GateDays:
        return set.plan.gate_days;
    }
    return std::nullopt;
}

void setKnob(ScenarioSet& set, Knob knob, double value)
{
    const KnobInfo& info = knobInfo(knob);
    value = std::clamp(value, info.minimum, info.maximum);
    const auto money = base::Decimal::from_double(value);
    switch (knob) {
    case Knob::Rise:
        return eachChange(set, [&](auto& c) { c.percent = value; });
    case Knob::RiseFrom:
        return eachChange(set, [&](auto& c) { c.from_month = whole(value); });
    case Knob::MovedShare:
        return eachTransfer(set, [&](auto& t) { t.share_percent = value; });
    case Knob::MovedFrom:
        return eachTransfer(set, [&](auto& t) { t.from_month = whole(value); });
    case Knob::CacheLoss:
        return eachTransfer(set, [&](auto& t) { t.cache_hit_loss_percent = value; });
    case Knob::Upkeep:
        return eachTransfer(set, [&](auto& t) { t.upkeep_per_month = money; });
    case Knob::Migration:
        return eachTransfer(set, [&](auto& t) { t.migration_once = money; });
    case Knob::Parallel:
        return eachTransfer(set, [&](auto& t) { t.parallel_months = whole(value); });
    case Knob::LocalShare:
        return eachFallback(set, [&](auto& f) { f.share_percent = value; });
    case Knob::LocalFrom:
        return eachFallback(set, [&](auto& f) { f.from_month = whole(value); });
    case Knob::MachinePrice:
        return eachFallback(set, [&](auto& f) { f.price_per_hour = money; });
    case Knob::TokensPerSecond:
        return eachFallback(set, [&](auto& f) { f.tokens_per_second = value; });
    case Knob::Utilisation:
        return eachFallback(set, [&](auto& f) { f.utilisation_percent = value; });
    case Knob::LocalUpkeep:
        return eachFallback(set, [&](auto& f) { f.upkeep_per_month = money; });
    case Knob::LocalMigration:
        return eachFallback(set, [&](auto& f) { f.migration_once = money; });
    case Knob::Growth:
        set.plan.growth_percent = value;
        return;
    case Knob::LogOneIn:
        set.plan.log_one_in = whole(value);
        return;
    case Knob::Term:
        set.plan.months = whole(value);
        return;
    case Knob::GateDays:
        set.plan.gate_days = whole(value);
        return;
    }
}

std::optional<Target> riseTarget(const ScenarioSet& set)
{
    const auto* change = firstChange(set);
    return change ? std::optional(Target{change->vendor, change->model}) : std::nullopt;
}

void setRiseTarget(ScenarioSet& set, const Target& target)
{
    eachChange(set, [&](auto& change) {
        change.vendor = target.vendor;
        change.model = target.model;
    });
    // What leaves is the traffic whose price rises.
    eachTransfer(set, [&](auto& transfer) { transfer.from_vendor = target.vendor; });
    eachFallback(set, [&](auto& fallback) { fallback.from_vendor = target.vendor; });
}

std::optional<Target> secondVendor(const ScenarioSet& set)
{
    const auto* transfer = firstTransfer(set);
    return transfer ? std::optional(Target{transfer->to_vendor, transfer->to_model}) : std::nullopt;
}

void setSecondVendor(ScenarioSet& set, const Target& target)
{
    eachTransfer(set, [&](auto& transfer) {
        transfer.to_vendor = target.vendor;
        transfer.to_model = target.model;
    });
}

QString scenarioName(const simulation::Scenario& scenario)
{
    // A title such as "Spike +50 %" carries a figure of its own, which the slider may have left behind.
    const QString title = withoutFigure(str(scenario.title));
    if (scenario.fallback)
        return title + u' ' + percentText(scenario.fallback->share_percent);
    if (scenario.transfer)
        return title + u' ' + percentText(scenario.transfer->share_percent);
    if (!scenario.price_changes.empty())
        return title + u' ' + signedPercentText(scenario.price_changes.front().percent);
    return title;
}

}
