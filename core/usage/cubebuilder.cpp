#include "core/usage/cubebuilder.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace leeway::usage {
namespace {

template<typename T>
void append_bytes(std::string& key, T value)
{
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

bool same_key(const CellKey& key, base::Date day, const pricing::Usage& usage, std::int64_t bucket,
              std::uint32_t open)
{
    return key.day == day && key.bucket == bucket && key.open == open && key.model == usage.model &&
           key.vendor == usage.vendor && key.tag == usage.tag && key.service_tier == usage.service_tier &&
           key.region == usage.region;
}

}

CubeBuilder::CubeBuilder(const pricing::Sheet& sheet) : m_borders(pricing::borders_of(sheet))
{
    m_cube.thresholds = m_borders.whole;
    m_cube.marginal = m_borders.marginal;
    m_cube.schedules = m_borders.schedules;
}

Cell* CubeBuilder::cell(base::Date day, const pricing::Usage& usage, std::int64_t bucket, std::uint32_t open)
{
    std::size_t& near = near_place(day, usage, bucket);
    if (near != 0 && same_key(m_cube.cells[near - 1].key, day, usage, bucket, open))
        return &m_cube.cells[near - 1];
    m_key.clear();
    append_bytes(m_key, day.time_since_epoch().count());
    append_bytes(m_key, bucket);
    append_bytes(m_key, open);
    for (const std::string* text :
         {&usage.vendor, &usage.model, &usage.tag, &usage.service_tier, &usage.region}) {
        append_bytes(m_key, text->size());
        m_key += *text;
    }
    if (const auto known = m_places.find(std::string_view(m_key)); known != m_places.end()) {
        near = known->second + 1;
        return &m_cube.cells[known->second];
    }
    m_too_many = m_too_many || m_cube.cells.size() >= most_cells;
    if (m_too_many)
        return nullptr;
    m_places.emplace(m_key, m_cube.cells.size());
    Cell& cell = m_cube.cells.emplace_back();
    cell.key = {day, usage.vendor, usage.model, usage.tag, usage.service_tier, usage.region, bucket, open};
    cell.above.resize(m_borders.marginal.size());
    m_load_of_cell.push_back(load_of(usage));
    near = m_cube.cells.size();
    return &cell;
}

// Where a line of that kind is remembered; others may share the place.
std::size_t& CubeBuilder::near_place(base::Date day, const pricing::Usage& usage, std::int64_t bucket)
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL;
    const auto mixed = [](std::uint64_t hash, std::uint64_t value) { return (hash ^ value) * odd; };
    std::uint64_t hash =
        mixed(static_cast<std::uint64_t>(day.time_since_epoch().count()), static_cast<std::uint64_t>(bucket));
    for (const std::string* text : {&usage.vendor, &usage.model, &usage.tag, &usage.region}) {
        const auto at = [text](std::size_t i) {
            return std::uint64_t{static_cast<unsigned char>((*text)[i])};
        };
        const std::size_t size = text->size();
        hash = mixed(hash, size == 0 ? 0 : size << 24U | at(0) << 16U | at(size / 2) << 8U | at(size - 1));
    }
    return m_near[hash >> 52U];
}

// Off-peak hours begin and end with a minute, and most lines are of the minute of the line before.
std::uint32_t CubeBuilder::open_at(base::Instant time)
{
    const auto minute = std::chrono::floor<std::chrono::minutes>(time);
    if (m_minute != minute) {
        m_minute = minute;
        m_open = pricing::open_at(time, m_borders.schedules);
    }
    return m_open;
}

std::size_t CubeBuilder::load_of(const pricing::Usage& usage)
{
    std::string key;
    for (const std::string* text : {&usage.vendor, &usage.model, &usage.service_tier})
        key.append(*text).append(1, '\0');
    const auto [place, added] = m_loads.emplace(std::move(key), m_cube.loads.size());
    if (added)
        m_cube.loads.push_back({usage.vendor, usage.model, usage.service_tier, {}});
    return place->second;
}

void CubeBuilder::add_load(std::size_t cell, const pricing::Usage& usage, const pricing::Counts& counts)
{
    const std::size_t load = m_load_of_cell[cell];
    const auto hour = static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::hours>(usage.time.time_since_epoch()).count());
    std::vector<pricing::HourLoad>& hours = m_cube.loads[load].hours;
    pricing::HourLoad* sum = !hours.empty() && hours.back().hour == hour ? &hours.back() : nullptr;
    if (sum == nullptr) {
        const std::uint64_t key = std::uint64_t{load} << 32U | static_cast<std::uint32_t>(hour);
        const auto [place, added] = m_hours.emplace(key, hours.size());
        if (added)
            hours.push_back({hour, 0, 0, 0, 0});
        sum = &hours[place->second];
    }
    *sum =
        summed(*sum, {hour, counts.requests(), counts.all_input(), counts.all_cached(), counts.all_output()});
    m_with_hours = m_hours.size() <= most_hours;
}

void CubeBuilder::add(const pricing::Usage& usage)
{
    if (!usage.request_id.empty() && !m_ids.insert(usage.request_id))
        ++m_cube.duplicates;
    else
        sum(usage);
}

void CubeBuilder::sum(const pricing::Usage& usage)
{
    add_counts(usage, usage.counts, 1);
}

void CubeBuilder::take_back(const pricing::Usage& usage)
{
    pricing::Counts counts;
    std::ranges::transform(usage.counts.of, counts.of.begin(), std::negate());
    add_counts(usage, counts, -1);
}

// Adds `counts`, which are those of `usage` or their negatives, to its cell.
void CubeBuilder::add_counts(const pricing::Usage& usage, const pricing::Counts& counts, std::int64_t lines)
{
    Cell* found = cell(std::chrono::floor<std::chrono::days>(usage.time), usage,
                       pricing::bucket_of(usage.counts, m_borders), open_at(usage.time));
    if (found == nullptr)
        return;
    if (m_with_hours)
        add_load(static_cast<std::size_t>(found - m_cube.cells.data()), usage, counts);
    found->counts += counts;
    for (std::size_t i = 0; i < found->above.size(); ++i) {
        const pricing::Counts above = pricing::input_above(usage.counts, m_borders.marginal[i]);
        for (std::size_t j = 0; j < above.of.size(); ++j)
            found->above[i].of[j] = pricing::saturated_sum(found->above[i].of[j], lines * above.of[j]);
    }
    m_cube.requests += counts.requests();
    m_cube.averaged += usage.counts.requests() > 1 ? lines : 0;
}

void CubeBuilder::add(const CellKey& key, const pricing::Counts& counts,
                      const std::vector<pricing::Counts>& above)
{
    pricing::Usage usage;
    usage.vendor = key.vendor;
    usage.model = key.model;
    usage.tag = key.tag;
    usage.service_tier = key.service_tier;
    usage.region = key.region;
    Cell* found = cell(key.day, usage, key.bucket, key.open);
    if (found == nullptr)
        return;
    found->counts += counts;
    for (std::size_t i = 0; i < std::min(found->above.size(), above.size()); ++i)
        found->above[i] += above[i];
    m_cube.requests += counts.requests();
}

void CubeBuilder::add_bad(BadLine line)
{
    constexpr std::size_t most_examples = 20;
    ++m_cube.bad_lines;
    if (m_cube.examples.size() < most_examples)
        m_cube.examples.push_back(std::move(line));
}

Cube CubeBuilder::take(std::vector<std::string> sources)
{
    std::ranges::sort(m_cube.cells, {}, &Cell::key);
    if (!m_with_hours)
        m_cube.loads.clear();
    std::erase_if(m_cube.loads, [](const pricing::ModelLoad& load) { return load.hours.empty(); });
    for (pricing::ModelLoad& load : m_cube.loads)
        std::ranges::sort(load.hours, {}, &pricing::HourLoad::hour);
    std::ranges::sort(m_cube.loads);
    m_cube.sources = std::move(sources);
    return std::move(m_cube);
}

}
