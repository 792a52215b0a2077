#include "core/simulation/course.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace leeway::simulation {
namespace {

using base::Date;
using base::Decimal;

constexpr std::chrono::days one_day{1};

// The days on which the prices of a model may change.
std::set<Date> borders_in_time(const pricing::Model& model)
{
    std::set<Date> days;
    for (const pricing::DatedRates& dated : model.prices) {
        if (dated.from)
            days.insert(*dated.from);
        if (dated.until)
            days.insert(*dated.until + one_day);
    }
    return days;
}

// What `amount` says of the steps in a month; a change within it counts by days.
template<typename Amount>
Decimal in_month(const Course& course, base::Month month, Amount amount)
{
    if (course.size() == 1)
        return amount(course.front());
    const Date first = month.first_day();
    const Date end = (month + 1).first_day();
    auto next = std::upper_bound(course.begin() + 1, course.end(), first,
                                 [](Date day, const Step& step) { return day < step.from; });
    Decimal cost = amount(*(next - 1));
    if (next == course.end() || next->from >= end)
        return cost;
    Decimal by_days;
    Date day = first;
    for (; next != course.end() && next->from < end; ++next) {
        by_days += cost * (next->from - day).count();
        day = next->from;
        cost = amount(*next);
    }
    by_days += cost * (end - day).count();
    return by_days / Decimal::from_integer((end - first).count());
}

}

std::optional<Course> course_of(const pricing::Counts& counts, pricing::Terms terms,
                                const pricing::Model& model, std::span<const std::int64_t> marginal,
                                std::span<const pricing::Counts> above, std::vector<std::string>& notes,
                                std::string& why)
{
    std::set<Date> days = borders_in_time(model);
    days.insert(days.empty() ? terms.day : *days.begin() - one_day);
    Course course;
    bool ended = false;
    for (const Date day : days) {
        terms.day = day;
        const pricing::Cost cost = pricing::cost_of(counts, terms, model, marginal, above);
        ended = !cost.priced && !course.empty();
        if (!cost.priced) {
            why = cost.why;
            continue;
        }
        Step step{day, cost.total, {}};
        for (std::size_t i = 0; i < pricing::component_count; ++i) {
            if (!cost.components.at(i).is_zero())
                step.parts.emplace_back(static_cast<pricing::Component>(i), cost.components.at(i));
        }
        if (course.empty() || course.back().cost != step.cost || course.back().parts != step.parts)
            course.push_back(std::move(step));
        for (const std::string& note : cost.notes)
            add_note(notes, fmt::format("{}: {}", name_of(model), note));
    }
    if (course.empty())
        return std::nullopt;
    if (ended)
        add_note(notes, fmt::format("{}: the price sheet has no price from {} on; the last one is kept",
                                    name_of(model), base::to_string(*days.rbegin())));
    return course;
}

Decimal cost_in(const Course& course, base::Month month)
{
    return in_month(course, month, [](const Step& step) { return step.cost; });
}

Decimal cost_in(const Course& course, base::Month month, pricing::Component component)
{
    return in_month(course, month, [component](const Step& step) {
        for (const auto& [at, cost] : step.parts) {
            if (at == component)
                return cost;
        }
        return Decimal();
    });
}

std::string name_of(const pricing::Model& model)
{
    return model.vendor.empty() ? model.model : model.vendor + "/" + model.model;
}

void add_note(std::vector<std::string>& notes, std::string note)
{
    if (std::find(notes.begin(), notes.end(), note) == notes.end())
        notes.push_back(std::move(note));
}

}
