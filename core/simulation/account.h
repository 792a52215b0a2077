#pragma once

#include "core/simulation/ledger.h"

#include <string>
#include <vector>

namespace leeway::simulation {

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
    base::Decimal cold;      // cache reads that today's traffic loses
    base::Decimal fees;      // flat fees
    base::Decimal covered;   // what the usage under flat fees would cost by usage
    base::Decimal shortfall; // of commitments
    base::Decimal expenses;
    bool held = false; // a cap holds what a vendor wants
    Move transfer;
    Move fallback;
    std::vector<std::string> notes;
};

Account account_of(const Frame& frame, const Scenario& scenario);

}
