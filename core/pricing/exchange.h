#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/pricing/agreement.h"

#include <span>
#include <string>

namespace leeway::pricing {

/// How many units of `to` one unit of `from` is on a day: the last rate on or before it, or the inverse of
/// the last one in the other direction, rounded at the 18th place; the later of both. NotFound without one.
base::Result<base::Decimal> exchange_rate(const std::string& from, const std::string& to, base::Date day,
                                          std::span<const ExchangeRate> rates);

}
