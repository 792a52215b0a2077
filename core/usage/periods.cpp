#include "core/usage/periods.h"

#include <algorithm>
#include <set>

namespace leeway::usage {
namespace {

constexpr int months_in_quarter = 3;

base::Date day_of(const pricing::HourLoad& load)
{
    const std::chrono::sys_time<std::chrono::hours> hour{std::chrono::hours(load.hour)};
    return std::chrono::floor<std::chrono::days>(hour);
}

// Which months have usage, and whether any has more than one day of it.
struct Calendar
{
    pricing::Days days;
    std::set<base::Month> months;
    bool by_month = true;
};

Calendar calendar_of(const Cube& cube)
{
    Calendar calendar{days_of(cube), {}, true};
    std::set<base::Date> days;
    for (const Cell& cell : cube.cells)
        days.insert(cell.key.day);
    for (const base::Date day : days) {
        if (!calendar.months.insert(base::Month::of(day)).second)
            calendar.by_month = false;
    }
    return calendar;
}

bool is_whole(const Calendar& calendar, const pricing::Days& quarter)
{
    const base::Month first = base::Month::of(quarter.first);
    for (int i = 0; i < months_in_quarter; ++i) {
        if (!calendar.months.contains(first + i))
            return false;
    }
    const std::chrono::days slack(slack_days);
    return calendar.by_month ||
           (calendar.days.first <= quarter.first + slack && calendar.days.last >= quarter.last - slack);
}

}

pricing::Days days_of(const Cube& cube)
{
    if (cube.empty())
        return {};
    const auto [first, last] =
        std::ranges::minmax_element(cube.cells, {}, [](const Cell& cell) { return cell.key.day; });
    return {first->key.day, last->key.day};
}

Cube cut(const Cube& cube, const pricing::Days& days)
{
    Cube part;
    part.thresholds = cube.thresholds;
    part.marginal = cube.marginal;
    part.schedules = cube.schedules;
    part.sources = cube.sources;
    for (const Cell& cell : cube.cells) {
        if (!days.contains(cell.key.day))
            continue;
        part.cells.push_back(cell);
        part.requests += cell.counts.requests();
    }
    for (const pricing::ModelLoad& load : cube.loads) {
        pricing::ModelLoad kept{load.vendor, load.model, load.service_tier, {}};
        std::ranges::copy_if(load.hours, std::back_inserter(kept.hours),
                             [&](const pricing::HourLoad& hour) { return days.contains(day_of(hour)); });
        if (!kept.hours.empty())
            part.loads.push_back(std::move(kept));
    }
    return part;
}

std::optional<Quarters> newest_quarters(const Cube& cube)
{
    if (cube.empty())
        return std::nullopt;
    const Calendar calendar = calendar_of(cube);
    pricing::Days after = pricing::calendar_period(calendar.days.last, pricing::Per::Quarter);
    const auto quarter_before = [](const pricing::Days& quarter) {
        return pricing::calendar_period(quarter.first - std::chrono::days(1), pricing::Per::Quarter);
    };
    if (!is_whole(calendar, after))
        after = quarter_before(after);
    const pricing::Days before = quarter_before(after);
    if (!is_whole(calendar, after) || !is_whole(calendar, before))
        return std::nullopt;
    return Quarters{before, after};
}

}
