#include "core/usage/cubebuilder.h"

#include "core/usage/examples.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace leeway::usage {
namespace {

ComponentSet components_of(pricing::Side side)
{
    ComponentSet set = 0;
    for (std::size_t i = 0; i < pricing::component_count; ++i) {
        const auto component = static_cast<pricing::Component>(i);
        set |= pricing::side_of(component) == side ? set_of(component) : 0;
    }
    return set;
}
const ComponentSet input_components = components_of(pricing::Side::Input);
const ComponentSet output_components = components_of(pricing::Side::Output);

std::int64_t sum_of(const pricing::Counts& counts, ComponentSet components)
{
    std::int64_t sum = 0;
    for_each_component(components, [&](std::size_t i) { sum = pricing::saturated_sum(sum, counts.of[i]); });
    return sum;
}

template<typename T>
void append_bytes(std::string& key, T value)
{
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template<typename Word>
Word word_at(const char* at)
{
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// Names are short and of many lengths: two words that overlap are compared instead of byte after byte.
bool same(const std::string& a, const std::string& b)
{
    const std::size_t size = a.size();
    if (size != b.size())
        return false;
    const auto same_words = [&](auto word) {
        using Word = decltype(word);
        const std::size_t last = size - sizeof(Word);
        return word_at<Word>(a.data()) == word_at<Word>(b.data()) &&
               word_at<Word>(a.data() + last) == word_at<Word>(b.data() + last);
    };
    if (size > 16)
        return a == b;
    if (size >= 8)
        return same_words(std::uint64_t{});
    if (size >= 4)
        return same_words(std::uint32_t{});
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

bool same_key(const CellKey& key, base::Date day, const pricing::Usage& usage, std::int64_t bucket,
              std::uint32_t open)
{
    return key.day == day && key.bucket == bucket && key.open == open && same(key.model, usage.model) &&
           same(key.vendor, usage.vendor) && same(key.tag, usage.tag) &&
           same(key.service_tier, usage.service_tier) && same(key.region, usage.region);
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
    constexpr std::array<std::uint64_t, 6> odd{0x9e3779b97f4a7c15ULL, 0xbf58476d1ce4e5b9ULL,
                                               0x94d049bb133111ebULL, 0xd6e8feb86659fd93ULL,
                                               0xc2b2ae3d27d4eb4fULL, 0x165667b19e3779f9ULL};
    // The products do not wait for each other.
    std::uint64_t hash = static_cast<std::uint64_t>(day.time_since_epoch().count()) * odd[0] +
                         static_cast<std::uint64_t>(bucket) * odd[1];
    std::size_t next = 2;
    for (const std::string* text : {&usage.vendor, &usage.model, &usage.tag, &usage.region}) {
        const auto at = [text](std::size_t i) {
            return std::uint64_t{static_cast<unsigned char>((*text)[i])};
        };
        const std::size_t size = text->size();
        hash +=
            (size == 0 ? 0 : size << 24U | at(0) << 16U | at(size / 2) << 8U | at(size - 1)) * odd[next++];
    }
    return m_near[(hash ^ hash >> 32U) * odd[0] >> 52U];
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

void CubeBuilder::add_load(std::size_t cell, const pricing::HourLoad& added)
{
    const std::size_t load = m_load_of_cell[cell];
    std::vector<pricing::HourLoad>& hours = m_cube.loads[load].hours;
    pricing::HourLoad* sum = !hours.empty() && hours.back().hour == added.hour ? &hours.back() : nullptr;
    if (sum == nullptr) {
        const std::uint64_t key = std::uint64_t{load} << 32U | static_cast<std::uint32_t>(added.hour);
        const auto [place, is_new] = m_hours.emplace(key, hours.size());
        if (is_new)
            hours.push_back({added.hour, 0, 0, 0, 0});
        sum = &hours[place->second];
    }
    *sum = summed(*sum, added);
    m_with_hours = m_hours.size() <= most_hours;
}

void CubeBuilder::add(const pricing::Usage& usage)
{
    if (!usage.request_id.empty() && !m_ids.insert(usage.request_id))
        ++m_cube.duplicates;
    else
        sum(usage);
}

void CubeBuilder::sum(const pricing::Usage& usage, ComponentSet components)
{
    add_counts(usage, components, 1);
}

void CubeBuilder::take_back(const pricing::Usage& usage)
{
    add_counts(usage, set_of(usage.counts), -1);
}

// Adds the counts of `usage` to its cell, or takes them off for `lines` of −1.
void CubeBuilder::add_counts(const pricing::Usage& usage, ComponentSet components, std::int64_t lines)
{
    const pricing::Counts& counts = usage.counts;
    const std::int64_t input = sum_of(counts, components & input_components);
    const bool is_long = !m_borders.whole.empty() && input > m_borders.whole.front();
    Cell* found = cell(std::chrono::floor<std::chrono::days>(usage.time), usage,
                       is_long ? pricing::bucket_of(counts, m_borders) : 0, open_at(usage.time));
    if (found == nullptr)
        return;
    if (m_with_hours) {
        const auto hour = std::chrono::floor<std::chrono::hours>(usage.time.time_since_epoch()).count();
        add_load(static_cast<std::size_t>(found - m_cube.cells.data()),
                 {static_cast<std::int32_t>(hour), lines * counts.requests(), lines * input,
                  lines * counts.all_cached(), lines * sum_of(counts, components & output_components)});
    }
    for_each_component(components, [&](std::size_t i) {
        found->counts.of[i] = pricing::saturated_sum(found->counts.of[i], lines * counts.of[i]);
    });
    for (std::size_t i = 0; i < found->above.size(); ++i) {
        if (input <= m_borders.marginal[i])
            continue;
        const pricing::Counts above = pricing::input_above(counts, m_borders.marginal[i]);
        for (std::size_t j = 0; j < above.of.size(); ++j)
            found->above[i].of[j] = pricing::saturated_sum(found->above[i].of[j], lines * above.of[j]);
    }
    m_cube.requests = pricing::saturated_sum(m_cube.requests, lines * counts.requests());
    m_cube.averaged += counts.requests() > 1 ? lines : 0;
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
    m_cube.requests = pricing::saturated_sum(m_cube.requests, counts.requests());
}

void CubeBuilder::add_bad(BadLine line)
{
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
