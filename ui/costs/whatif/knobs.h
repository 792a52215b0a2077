#pragma once

#include "core/simulation/scenario.h"

#include <QString>
#include <optional>
#include <vector>

namespace leeway::ui {

/// A number of the scenario set that a person may move with a slider.
enum class Knob {
    Rise,         // percent, on every price change of the set
    RiseFrom,     // month of the term, 1-based
    MovedShare,   // percent of the traffic that goes to the second vendor
    MovedFrom,    // month of the term
    CacheLoss,    // percent of cache reads
    Upkeep,       // money a month
    Migration,    // money, once
    Parallel,     // months
    LocalShare,   // percent
    LocalFrom,    // month of the term
    MachinePrice, // money an hour
    TokensPerSecond,
    Utilisation,    // percent
    LocalUpkeep,    // money a month
    LocalMigration, // money, once
    Growth,         // percent a month
    LogOneIn,       // requests for each one in the log
    Term,           // months
    GateDays
};

enum class KnobUnit { Percent, MonthOfTerm, Months, Days, Money, MoneyPerHour, MoneyPerMonth, OneIn, Rate };

/// How a knob is shown: `minimum` to `maximum` is what the exact field takes, the slider covers the usual
/// part.
struct KnobInfo
{
    Knob knob = Knob::Rise;
    const char* label = ""; // to be translated in context "Knob"
    const char* tip = "";
    KnobUnit unit = KnobUnit::Percent;
    double minimum = 0;
    double maximum = 0;
    double sliderMinimum = 0;
    double sliderMaximum = 0;
    double step = 1; // of the slider
    int decimals = 0;
};

const std::vector<KnobInfo>& knobInfos();
const KnobInfo& knobInfo(Knob knob);

/// The value in the set, money in the project's currency; none when no scenario of the set has such a number.
std::optional<double> knobValue(const simulation::ScenarioSet& set, Knob knob);

/// Sets the number, within its limits, in every scenario that has it.
void setKnob(simulation::ScenarioSet& set, Knob knob, double value);

/// A vendor with one of its models; both empty: all vendors, model empty: all of the vendor's.
struct Target
{
    std::string vendor;
    std::string model;

    bool operator==(const Target&) const = default;
};

/// Whose prices rise; none without a price change in the set.
std::optional<Target> riseTarget(const simulation::ScenarioSet& set);
void setRiseTarget(simulation::ScenarioSet& set, const Target& target);

/// Where the moved traffic goes; none without a transfer in the set.
std::optional<Target> secondVendor(const simulation::ScenarioSet& set);
void setSecondVendor(simulation::ScenarioSet& set, const Target& target);

/// The name of a scenario for the chart and the matrix, with its main figure: "Spike +50 %", "Transfer 35 %".
QString scenarioName(const simulation::Scenario& scenario);

}
