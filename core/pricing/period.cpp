#include "core/pricing/period.h"

#include "core/base/months.h"

#include <algorithm>

namespace leeway::pricing {
namespace {

constexpr std::chrono::days one_day{1};

int months_of(Per per)
{
    return per == Per::Year ? 12 : per == Per::Quarter ? 3 : 1;
}

}

Days calendar_period(base::Date day, Per per)
{
    if (per == Per::Day)
        return {day, day};
    const base::Month month = base::Month::of(day);
    const int length = months_of(per);
    const base::Month first{month.index - month.index % length};
    return {first.first_day(), (first + length).first_day() - one_day};
}

std::vector<Days> periods_of_term(const Days& term, Per per)
{
    std::vector<Days> periods;
    base::Date first = term.first;
    for (int count = 1; first <= term.last; ++count) {
        const base::Date next = base::months_later(term.first, count * months_of(per));
        periods.push_back({first, std::min(next - one_day, term.last)});
        first = next;
    }
    return periods;
}

}
