#include "core/pricing/exchange.h"

#include <fmt/format.h>

namespace leeway::pricing {

base::Result<base::Decimal> exchange_rate(const std::string& from, const std::string& to, base::Date day,
                                          std::span<const ExchangeRate> rates)
{
    if (from == to)
        return base::Decimal::from_integer(1);
    const ExchangeRate* last = nullptr;
    for (const ExchangeRate& rate : rates) {
        const bool direct = rate.from == from && rate.to == to;
        const bool inverse = rate.from == to && rate.to == from;
        if ((direct || inverse) && rate.date <= day && (last == nullptr || rate.date > last->date))
            last = &rate;
    }
    if (last == nullptr)
        return base::fail(
            base::ErrorCode::NotFound,
            fmt::format("There is no exchange rate from {} to {} for {}. Add one with that date or "
                        "an earlier one to “exchange_rates” of the agreement.",
                        from, to, base::to_string(day)));
    return last->from == from ? last->rate : base::Decimal::from_integer(1) / last->rate;
}

}
