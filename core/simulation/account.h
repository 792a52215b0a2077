#pragma once

#include "core/simulation/matrix.h"
#include "core/simulation/traffic.h"

#include <string>
#include <vector>

namespace leeway::simulation {

/// A plan with its values brought into range, and what all scenarios share.
struct Frame
{
    Frame(const Traffic& traffic, const Plan& wanted);

    const Traffic& traffic;
    Plan plan;
    std::vector<base::Month> months;
    std::vector<base::Decimal> growth; // of volume over the log's, by month; compounds from the first
    std::vector<std::vector<base::Decimal>>
        today; // line, month: at the sheet's prices, volume of the average month
};

/// What moving traffic brings and takes, over the term: each amount is positive.
struct Move
{
    bool done = false;
    std::string to;         // "mistral/mistral-large", "llama-3.1-8b"
    base::Decimal left;     // no longer paid to today's vendors
    base::Decimal paid;     // instead, without what follows
    base::Decimal cache;    // cache reads that are lost
    base::Decimal parallel; // paid while today's vendors are still paid for the same traffic
    base::Decimal upkeep;
    base::Decimal migration;
    double hours_needed = 0; // of machines
    double hours_paid = 0;
};

/// The figures of one scenario with what explains them.
struct Account
{
    std::vector<MonthSpend> months;
    base::Decimal today;     // the traffic at the sheet's prices, nothing changed
    base::Decimal concerned; // the part of it that price changes concern
    Move transfer;
    Move fallback;
    std::vector<std::string> notes;
};

Account account_of(const Frame& frame, const Scenario& scenario);

/// Amounts of a month are rounded half to even to this many places before anything is summed, so that a total
/// is the sum of what is shown.
inline constexpr int shown_places = 6;

/// Hours of an average month: 365.25 × 24 / 12.
inline constexpr double hours_of_month = 730.5;

/// 0 for NaN.
double clamped(double value, double low, double high);

}
