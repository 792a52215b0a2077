#include "core/base/months.h"

namespace leeway::base {

Date months_later(Date day, int months)
{
    const std::chrono::year_month_day moved = std::chrono::year_month_day(day) + std::chrono::months(months);
    return moved.ok() ? Date(moved) : Date(moved.year() / moved.month() / std::chrono::last);
}

Date last_day_of(Date first, int months)
{
    const std::chrono::year_month_day next = std::chrono::year_month_day(first) + std::chrono::months(months);
    return next.ok() ? Date(next) - std::chrono::days(1) : months_later(first, months);
}

}
