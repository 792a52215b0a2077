#include "core/usage/cubebuilder.h"

#include <algorithm>

namespace leeway::usage {
namespace {

template<typename T>
void append_bytes(std::string& key, T value)
{
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}

CubeBuilder::CubeBuilder(const pricing::Sheet& sheet) : m_borders(pricing::borders_of(sheet))
{
    m_cube.thresholds = m_borders.whole;
    m_cube.marginal = m_borders.marginal;
}

Cell* CubeBuilder::cell(base::Date day, const pricing::Usage& usage, std::int64_t bucket)
{
    m_key.clear();
    append_bytes(m_key, day.time_since_epoch().count());
    append_bytes(m_key, bucket);
    for (const std::string* text :
         {&usage.vendor, &usage.model, &usage.tag, &usage.service_tier, &usage.region}) {
        append_bytes(m_key, text->size());
        m_key += *text;
    }
    if (const auto known = m_places.find(std::string_view(m_key)); known != m_places.end())
        return &m_cube.cells[known->second];
    m_too_many = m_too_many || m_cube.cells.size() >= most_cells;
    if (m_too_many)
        return nullptr;
    m_places.emplace(m_key, m_cube.cells.size());
    Cell& cell = m_cube.cells.emplace_back();
    cell.key = {day, usage.vendor, usage.model, usage.tag, usage.service_tier, usage.region, bucket};
    cell.above.resize(m_borders.marginal.size());
    return &cell;
}

void CubeBuilder::add(const pricing::Usage& usage)
{
    if (!usage.request_id.empty() && !m_ids.insert(usage.request_id)) {
        ++m_cube.duplicates;
        return;
    }
    Cell* found = cell(std::chrono::floor<std::chrono::days>(usage.time), usage,
                       pricing::bucket_of(usage.counts, m_borders));
    if (found == nullptr)
        return;
    found->counts += usage.counts;
    for (std::size_t i = 0; i < found->above.size(); ++i)
        found->above[i] += pricing::input_above(usage.counts, m_borders.marginal[i]);
    m_cube.requests += usage.counts.requests();
    m_cube.averaged += usage.counts.requests() > 1 ? 1 : 0;
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
    Cell* found = cell(key.day, usage, key.bucket);
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
    m_cube.sources = std::move(sources);
    return std::move(m_cube);
}

}
