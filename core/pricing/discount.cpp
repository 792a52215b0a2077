#include "core/pricing/discount.h"

#include <algorithm>
#include <iterator>

namespace leeway::pricing {
namespace {

using base::Decimal;

const Decimal hundred = Decimal::from_integer(100);

// What comes off the first `spend` of a period when each step is for the spend above it.
Decimal off_step_by_step(const Discount& discount, Decimal spend)
{
    Decimal off;
    for (std::size_t i = 0; i < discount.steps.size() && discount.steps[i].from < spend; ++i) {
        const Decimal end =
            i + 1 < discount.steps.size() ? std::min(spend, discount.steps[i + 1].from) : spend;
        off += (end - discount.steps[i].from) * discount.steps[i].percent;
    }
    return off / hundred;
}

}

Decimal discount_on(const Discount& discount, Decimal amount, Decimal before, Decimal total)
{
    if (discount.marginal)
        return off_step_by_step(discount, before + amount) - off_step_by_step(discount, before);
    const auto next = std::ranges::upper_bound(discount.steps, total, {}, &DiscountStep::from);
    return next == discount.steps.begin() ? Decimal() : amount * std::prev(next)->percent / hundred;
}

}
