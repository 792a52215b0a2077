#pragma once

#include "core/pricing/agreement.h"
#include "core/pricing/period.h"

#include <map>
#include <vector>

namespace leeway::pricing {

/// The end of one period of a commitment (or of its whole term).
struct Settlement
{
    Days period;
    base::Decimal committed;
    base::Decimal spend;       // in the scope, at what is paid
    base::Decimal carried;     // excess of the period before that counts for this one
    base::Decimal credit_used; // paid and not used before, that pays for usage now
    base::Decimal shortfall;   // to be paid on top
    bool settled = true;       // false: the period has not ended, or began before the usage is known

    bool operator==(const Settlement&) const = default;
};

/// Settles the periods of a commitment that touch `known`, the days of which all spend is known. Spend that a
/// credit pays for does not count for the commitment again; a credit holds for one period.
std::vector<Settlement> settle(const Commitment& commitment, const Days& known,
                               const std::map<base::Date, base::Decimal>& spend_by_day);

}
