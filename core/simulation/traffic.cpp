#include "core/simulation/traffic.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace leeway::simulation {
namespace {

using base::Date;
using base::Decimal;
using pricing::Component;

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

std::string grouped(std::int64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3)
        text.insert(at - 3, ",");
    return text;
}

std::string logged_name(const usage::CellKey& key)
{
    return key.vendor.empty() ? key.model : key.vendor + "/" + key.model;
}

Course averaged(const Traffic& traffic, Course course)
{
    for (Step& step : course)
        step.cost = traffic.in_average_month(step.cost);
    return course;
}

// Sums up what does not change the price. Lines are found by a total order, so the result never depends on
// the order of the cells.
class Collector
{
public:
    Collector(const usage::Cube& cube, Traffic& traffic) : m_cube(cube), m_traffic(traffic) {}

    void add(const usage::Cell& cell)
    {
        const pricing::Model* model = find(cell.key);
        if (model == nullptr) {
            m_unknown[logged_name(cell.key)] += cell.counts.requests();
            return;
        }
        Line& line =
            m_lines[{model->vendor, model->model, cell.key.service_tier, cell.key.region, cell.key.bucket}];
        if (line.model == nullptr) {
            line.model = model;
            line.service_tier = cell.key.service_tier;
            line.region = cell.key.region;
            line.bucket = cell.key.bucket;
            line.above.resize(m_cube.marginal.size());
        }
        line.counts += cell.counts;
        for (std::size_t i = 0; i < std::min(line.above.size(), cell.above.size()); ++i)
            line.above[i] += cell.above[i];
    }

    void finish(Date day)
    {
        std::map<std::string, std::pair<std::int64_t, std::string>> unpriced;
        for (auto& [key, line] : m_lines) {
            std::string why;
            auto course = course_of(line.counts, {day, line.service_tier, line.region, line.bucket},
                                    *line.model, m_cube.marginal, line.above, m_traffic.notes, why);
            if (course) {
                line.today = averaged(m_traffic, std::move(*course));
                m_traffic.lines.push_back(std::move(line));
            } else {
                auto& [requests, reason] = unpriced[name_of(*line.model)];
                requests += line.counts.requests();
                reason = why;
            }
        }
        for (const auto& [name, requests] : m_unknown)
            leave_out(name, requests, "the model is not in the price sheet");
        for (const auto& [name, entry] : unpriced)
            leave_out(name, entry.first, entry.second);
    }

private:
    using Key = std::tuple<std::string, std::string, std::string, std::string, std::int64_t>;

    const pricing::Model* find(const usage::CellKey& key)
    {
        const auto [at, added] = m_found.try_emplace({key.vendor, key.model});
        if (added) {
            at->second = m_traffic.sheet.find(key.vendor, key.model);
            if (at->second != nullptr) {
                if (std::string note = pricing::vendor_note(key.vendor, *at->second); !note.empty())
                    add_note(m_traffic.notes, std::move(note));
            }
        }
        return at->second;
    }

    void leave_out(const std::string& name, std::int64_t requests, const std::string& why)
    {
        add_note(m_traffic.notes, fmt::format("{} requests of {} have no price and are in no scenario: {}",
                                              grouped(requests), name, why));
    }

    const usage::Cube& m_cube;
    Traffic& m_traffic;
    std::map<std::pair<std::string, std::string>, const pricing::Model*> m_found;
    std::map<Key, Line> m_lines;
    std::map<std::string, std::int64_t> m_unknown;
};

// Cache reads become what they were read from the cache for.
pricing::Counts without_cache(pricing::Counts counts)
{
    for (const Component read :
         {Component::CacheRead, Component::CacheReadAudio, Component::CacheReadImage}) {
        counts[pricing::whole_of(read)] += counts[read];
        counts[read] = 0;
    }
    return counts;
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

std::shared_ptr<const Traffic> traffic_of(const usage::Cube& cube, const pricing::Sheet& sheet)
{
    auto traffic = std::make_shared<Traffic>();
    traffic->sheet = sheet;
    traffic->marginal = cube.marginal;
    if (cube.cells.empty()) {
        traffic->notes.emplace_back("There is no usage yet: import a log or type monthly volumes.");
        return traffic;
    }
    const auto [first, last] =
        std::minmax_element(cube.cells.begin(), cube.cells.end(),
                            [](const usage::Cell& a, const usage::Cell& b) { return a.key.day < b.key.day; });
    traffic->covered = covered_parts(first->key.day, last->key.day);
    traffic->notes.push_back(
        fmt::format("An average month is the traffic from {} to {} divided by {:.2f} months.",
                    base::to_string(first->key.day), base::to_string(last->key.day),
                    static_cast<double>(traffic->covered) / static_cast<double>(Traffic::parts_of_month)));
    Collector collector(cube, *traffic);
    for (const usage::Cell& cell : cube.cells)
        collector.add(cell);
    collector.finish(last->key.day);
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
        const pricing::Terms terms{line.today.front().from, line.service_tier, line.region, line.bucket};
        std::string why;
        auto kept = course_of(line.counts, terms, target, marginal, line.above, moved->notes, why);
        std::vector<pricing::Counts> above;
        for (const pricing::Counts& counts : line.above)
            above.push_back(without_cache(counts));
        auto lost = course_of(without_cache(line.counts), terms, target, marginal, above, moved->notes, why);
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
