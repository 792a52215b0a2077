#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/pricing/period.h"
#include "core/usage/reconcile.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace leeway::usage {

/// A line of a reconciliation with what its explanations rest on.
struct MatchedLine
{
    ReconciledLine line;
    std::vector<pricing::Days> billed_days;           // ascending, apart from each other
    std::map<base::Month, base::Decimal> replayed_in; // by the month of use
    base::Decimal quantity;                           // tokens billed
    bool has_quantity = true;                         // every line of the bill says one
    std::int64_t tokens = 0;                          // of the log, on days of the bill
    std::int64_t unpriced = 0;                        // requests of the log
    bool used = false;                                // the log has usage there
    int places = 0;                                   // most decimal places of the amounts billed
    base::Decimal outside_log;                        // billed for days that the log does not reach
    base::Decimal outside_bill;                       // replayed on days that the bill does not reach
    bool vendor_billed = false;                       // the bill has lines of the vendor

    void add_billed_days(const pricing::Days& days);
    [[nodiscard]] bool is_billed_on(base::Date day) const;
    /// What rounding may make of it: half of the last place for each line of the bill.
    [[nodiscard]] base::Decimal tolerance() const;
    /// Does nothing for an amount of zero.
    void add(Cause cause, base::Decimal amount, std::string why);
};

/// Period, missing usage, not billed, unpriced, quantity, discount lines and tax. Comes after the terms of
/// the agreement.
void explain(MatchedLine& line);
/// The same share off every one of a vendor's lines is a discount that the agreement does not have.
void explain_same_share(std::span<MatchedLine* const> lines_of_vendor);
void explain_rounding(MatchedLine& line);

}
