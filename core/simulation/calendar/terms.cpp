#include "core/simulation/calendar/terms.h"

#include "core/base/months.h"

#include <algorithm>

namespace leeway::simulation {
namespace {

constexpr int most_renewals = 1200;

}

std::optional<base::Date> running_end(const ContractTerm& contract, base::Date today)
{
    if (!contract.ends || contract.renewal_months <= 0)
        return contract.ends;
    // Counted from the first day of the first renewal, so that ends of short months do not creep.
    const base::Date renewal = *contract.ends + std::chrono::days(1);
    base::Date end = *contract.ends;
    for (int i = 1; end < today && i <= most_renewals; ++i)
        end = base::last_day_of(renewal, i * contract.renewal_months);
    return end;
}

base::Date last_notice_day(base::Date end, const NoticeTime& notice)
{
    const base::Date by_days = end - std::chrono::days(notice.days);
    return notice.months > 0 ? std::min(by_days, base::months_later(end, -notice.months)) : by_days;
}

std::optional<base::Date> next_review(const ContractTerm& contract, base::Date today)
{
    if (!contract.price_review || !contract.begins)
        return std::nullopt;
    base::Date day = *contract.begins;
    for (int year = 1; day < today || year == 1; ++year) {
        day = base::months_later(*contract.begins, 12 * year);
        if (year > 300)
            return std::nullopt;
    }
    if (contract.ends && !contract.renews_itself() && day > *contract.ends)
        return std::nullopt;
    return day;
}

}
