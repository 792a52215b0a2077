#include "core/pricing/settlement.h"

#include <algorithm>

namespace leeway::pricing {
namespace {

using base::Decimal;

Decimal spend_in(const std::map<base::Date, Decimal>& by_day, const Days& period)
{
    Decimal sum;
    const auto end = by_day.upper_bound(period.last);
    for (auto day = by_day.lower_bound(period.first); day != end; ++day)
        sum += day->second;
    return sum;
}

}

std::vector<Settlement> settle(const Commitment& commitment, const Days& known,
                               const std::map<base::Date, Decimal>& spend_by_day)
{
    const Days term{commitment.from, commitment.until};
    const std::vector<Days> parts = periods_of_term(term, commitment.per);
    const Decimal in_term = commitment.amount * static_cast<std::int64_t>(parts.size());
    std::vector<Settlement> settlements;
    Decimal credit;
    Decimal excess;
    for (const Days& period : commitment.settled_at_end ? std::vector{term} : parts) {
        if (period.last < known.first || known.last < period.first)
            continue;
        Settlement entry{.period = period,
                         .committed = commitment.settled_at_end ? in_term : commitment.amount,
                         .spend = spend_in(spend_by_day, period),
                         .carried = excess,
                         .credit_used = {},
                         .shortfall = {},
                         .settled = known.first <= period.first && period.last <= known.last};
        entry.credit_used = std::min(credit, entry.spend);
        const Decimal counted = entry.spend - entry.credit_used + entry.carried;
        credit = excess = Decimal();
        if (entry.settled && counted < entry.committed) {
            entry.shortfall = entry.committed - counted;
            if (commitment.carry == Carry::Unused)
                credit = entry.shortfall;
        } else if (entry.settled && commitment.carry == Carry::Excess) {
            excess = counted - entry.committed;
        }
        settlements.push_back(entry);
    }
    return settlements;
}

}
