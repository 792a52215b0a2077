#pragma once

#include "core/base/decimal.h"
#include "core/pricing/agreement.h"

namespace leeway::pricing {

/// What a discount takes off `amount`, which is spent after `before` in a period in which `total` is spent in
/// all. The parts of a period add up to the whole.
base::Decimal discount_on(const Discount& discount, base::Decimal amount, base::Decimal before,
                          base::Decimal total);

}
