#include "core/simulation/traffic.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace leeway::simulation {
namespace {

using base::Date;
using base::Decimal;

std::int64_t covered_parts(Date first, Date last)
{
    std::int64_t parts = 0;
    for (base::Month month = base::Month::of(first); month <= base::Month::of(last); month = month + 1) {
        const Date begin = std::max(first, month.first_day());
        const Date end = std::min(last + std::chrono::days(1), (month + 1).first_day());
        parts += (end - begin).count() * Traffic::parts_of_month /
                 ((month + 1).first_day() - month.first_day()).count();
    }
    return parts;
}

Course averaged(const Traffic& traffic, Course course)
{
    for (Step& step : course) {
        step.cost = traffic.in_average_month(step.cost);
        for (auto& [component, cost] : step.parts)
            cost = traffic.in_average_month(cost);
    }
    return course;
}

// Prices `lines`; those without a price are left out with a note.
void price_lines(Traffic& traffic, std::vector<Line> lines)
{
    std::map<std::string, std::pair<std::int64_t, std::string>> unpriced;
    for (Line& line : lines) {
        std::string why;
        auto course = course_of(line.counts, traffic.terms_of(line, traffic.last_day), *line.model,
                                traffic.marginal, line.above, traffic.notes, why);
        if (course) {
            line.today = averaged(traffic, std::move(*course));
            traffic.lines.push_back(std::move(line));
        } else {
            auto& [requests, reason] = unpriced[name_of(*line.model)];
            requests += line.counts.requests();
            reason = why;
        }
    }
    for (const auto& [name, entry] : unpriced)
        leave_out(traffic.notes, name, entry.first, entry.second);
}

// The course of a line at `target` if all cache reads were lost.
std::optional<Course> course_without_cache(const Traffic& traffic, const Line& line,
                                           const pricing::Model& target, std::vector<std::string>& notes,
                                           std::string& why)
{
    const pricing::Terms terms = traffic.terms_of(line, line.today.front().from);
    std::vector<pricing::Counts> above;
    for (const pricing::Counts& counts : line.above)
        above.push_back(all_as_input(counts));
    return course_of(all_as_input(line.counts), terms, target, traffic.marginal, above, notes, why);
}

// Names in the order of what they cost.
std::vector<std::string> by_cost(const Traffic& traffic, std::string (*name)(const pricing::Model&))
{
    std::vector<std::pair<std::string, Decimal>> costs;
    for (const Line& line : traffic.lines) {
        auto at = std::ranges::find(costs, name(*line.model), &std::pair<std::string, Decimal>::first);
        if (at == costs.end())
            at = costs.insert(costs.end(), {name(*line.model), Decimal()});
        at->second += line.today.back().cost;
    }
    std::ranges::stable_sort(costs, std::ranges::greater(), &std::pair<std::string, Decimal>::second);
    std::vector<std::string> names;
    for (auto& [text, cost] : costs)
        names.push_back(std::move(text));
    return names;
}

}

pricing::Terms Traffic::terms_of(const Line& line, Date day) const
{
    return {day, line.service_tier, line.region, line.bucket, schedules, line.open};
}

Decimal Traffic::in_average_month(Decimal of_cube) const
{
    return covered == 0 ? Decimal() : of_cube * parts_of_month / Decimal::from_integer(covered);
}

double Traffic::in_average_month(std::int64_t of_cube) const
{
    return covered == 0 ? 0
                        : static_cast<double>(of_cube) * static_cast<double>(parts_of_month) /
                              static_cast<double>(covered);
}

namespace {

// What the bill of the imported usage counts and scenarios do not; empty without such terms.
std::string terms_left_out(const pricing::Agreement& agreement)
{
    std::vector<std::string> terms;
    if (!agreement.allowances.empty())
        terms.emplace_back("free allowances");
    if (!agreement.capacities.empty())
        terms.emplace_back("provisioned capacity");
    if (!agreement.discounts.empty())
        terms.emplace_back("discounts");
    if (terms.empty())
        return {};
    return fmt::format("Scenarios count list prices: the agreement's {} are not in these figures, only in "
                       "the bill of the imported usage.",
                       fmt::join(terms, ", "));
}

}

std::shared_ptr<const Traffic> traffic_of(const usage::Cube& cube, const pricing::Sheet& sheet)
{
    auto traffic = std::make_shared<Traffic>();
    traffic->sheet = sheet;
    traffic->thresholds = cube.thresholds;
    traffic->marginal = cube.marginal;
    traffic->schedules = cube.schedules;
    if (cube.cells.empty()) {
        traffic->notes.emplace_back("There is no usage yet: import a log or type monthly volumes.");
        return traffic;
    }
    const auto [first, last] =
        std::minmax_element(cube.cells.begin(), cube.cells.end(),
                            [](const usage::Cell& a, const usage::Cell& b) { return a.key.day < b.key.day; });
    traffic->last_day = last->key.day;
    traffic->covered = covered_parts(first->key.day, last->key.day);
    traffic->notes.push_back(
        fmt::format("An average month is the traffic from {} to {} divided by {:.2f} months.",
                    base::to_string(first->key.day), base::to_string(last->key.day),
                    static_cast<double>(traffic->covered) / static_cast<double>(Traffic::parts_of_month)));
    if (std::string left_out = terms_left_out(sheet.agreement); !left_out.empty())
        traffic->notes.push_back(std::move(left_out));
    traffic->tagged = tagged_lines_of(cube, traffic->sheet, traffic->notes);
    price_lines(*traffic, without_tags(traffic->tagged));
    return traffic;
}

const MovedTraffic& Traffic::moved_to(const pricing::Model& target) const
{
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<const MovedTraffic>& known = m_moved[&target];
    if (known)
        return *known;
    auto moved = std::make_unique<MovedTraffic>();
    for (const Line& line : lines) {
        MovedLine& at = moved->lines.emplace_back();
        if (!same_kind(*line.model, target))
            continue;
        const pricing::Terms terms = terms_of(line, line.today.front().from);
        std::string why;
        auto kept = course_of(line.counts, terms, target, marginal, line.above, moved->notes, why);
        auto lost = course_without_cache(*this, line, target, moved->notes, why);
        at.priced = kept && lost;
        if (at.priced) {
            at.kept = averaged(*this, std::move(*kept));
            at.lost = averaged(*this, std::move(*lost));
        } else {
            add_note(moved->notes, fmt::format("{} stays where it is: {}", name_of(*line.model), why));
        }
    }
    known = std::move(moved);
    return *known;
}

const std::vector<Course>& Traffic::without_cache() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_without_cache) {
        m_without_cache.emplace();
        for (const Line& line : lines) {
            std::vector<std::string> known;
            std::string why;
            auto lost = course_without_cache(*this, line, *line.model, known, why);
            m_without_cache->push_back(lost ? averaged(*this, std::move(*lost)) : line.today);
        }
    }
    return *m_without_cache;
}

const Traffic& Traffic::by_tag() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_by_tag) {
        auto told_apart = std::make_unique<Traffic>();
        told_apart->sheet = sheet;
        told_apart->thresholds = thresholds;
        told_apart->marginal = marginal;
        told_apart->schedules = schedules;
        told_apart->covered = covered;
        told_apart->last_day = last_day;
        told_apart->notes = notes;
        std::vector<Line> own = tagged;
        for (Line& line : own)
            line.model = told_apart->sheet.models.data() + (line.model - sheet.models.data());
        price_lines(*told_apart, std::move(own));
        m_by_tag = std::move(told_apart);
    }
    return *m_by_tag;
}

std::vector<std::string> vendors_of(const Traffic& traffic)
{
    return by_cost(traffic, [](const pricing::Model& model) { return model.vendor; });
}

std::vector<std::string> models_of(const Traffic& traffic)
{
    return by_cost(traffic, name_of);
}

bool is_chat(const pricing::Model& model)
{
    return model.mode == "chat" || model.mode == "responses" || model.mode == "completion";
}

bool same_kind(const pricing::Model& a, const pricing::Model& b)
{
    return a.mode == b.mode || (is_chat(a) && is_chat(b));
}

}
