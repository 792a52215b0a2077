#pragma once

#include "core/clauses/review.h"
#include "core/report/model.h"
#include "core/simulation/matrix.h"

#include <QString>
#include <functional>
#include <optional>

namespace leeway::ui {

using Simulate = std::function<simulation::Matrix(const simulation::ScenarioSet&)>;

/// What a scenario is in the matrix, told by its content: the first with price changes alone is the spike,
/// the first with a transfer is the transfer, the first with a fallback the fallback; −1 when there is none.
struct Roles
{
    int base = -1;
    int spike = -1;
    int transfer = -1;
    int fallback = -1;
};
Roles rolesOf(const simulation::ScenarioSet& set);

/// In what the chart counts money, so that its axis needs few digits.
struct ChartUnit
{
    double divisor = 1;
    QString word; // "€", "€ thousand", "€ million"
};
ChartUnit chartUnit(const simulation::Matrix& matrix);

/// The chart's title, which answers what the scenarios ask: "Monthly spend, € thousand: a 50 % rise costs 1.6
/// M over the term; leaving pays from March 2028".
QString chartTitle(const simulation::ScenarioSet& set, const simulation::Matrix& matrix);

/// What the contract says about price rises, and what that does to the spike.
struct ContractSays
{
    bool known = false; // there is a contract with the check
    clauses::Verdict verdict = clauses::Verdict::Missing;
    bool reviewed = false;
    QString section;           // "§5.3"; may be empty
    QString meaning;           // a sentence about the spike
    std::optional<double> cap; // percent, to try out
};
inline constexpr double askedCap = 3; // percent a year: what the check's ask proposes

/// `row` and `finding` may be nullptr.
ContractSays contractSays(const report::ChecklistRow* row, const clauses::Finding* finding,
                          const simulation::ScenarioSet& set, const simulation::Matrix& matrix,
                          const Simulate& simulate);

}
