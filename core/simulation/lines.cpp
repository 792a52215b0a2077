#include "core/simulation/lines.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

namespace leeway::simulation {

namespace {

std::string logged_name(const usage::CellKey& key)
{
    return key.vendor.empty() ? key.model : key.vendor + "/" + key.model;
}

// Lines are found by a total order, so the result never depends on the order of the cells.
class Collector
{
public:
    Collector(const usage::Cube& cube, const pricing::Sheet& sheet, std::vector<std::string>& notes)
        : m_cube(cube),
          m_sheet(sheet),
          m_notes(notes)
    {
    }

    void add(const usage::Cell& cell)
    {
        const pricing::Model* model = find(cell.key);
        if (model == nullptr) {
            m_unknown[logged_name(cell.key)] += cell.counts.requests();
            return;
        }
        Line& line = m_lines[{model->vendor, model->model, cell.key.service_tier, cell.key.region,
                              cell.key.bucket, cell.key.open, cell.key.tag}];
        if (line.model == nullptr) {
            line.model = model;
            line.service_tier = cell.key.service_tier;
            line.region = cell.key.region;
            line.bucket = cell.key.bucket;
            line.open = cell.key.open;
            line.tag = cell.key.tag;
            line.above.resize(m_cube.marginal.size());
        }
        line.counts += cell.counts;
        for (std::size_t i = 0; i < std::min(line.above.size(), cell.above.size()); ++i)
            line.above[i] += cell.above[i];
    }

    std::vector<Line> take()
    {
        std::vector<Line> lines;
        for (auto& [key, line] : m_lines)
            lines.push_back(std::move(line));
        for (const auto& [name, requests] : m_unknown)
            leave_out(m_notes, name, requests, "the model is not in the price sheet");
        return lines;
    }

private:
    using Key = std::tuple<std::string, std::string, std::string, std::string, std::int64_t, std::uint32_t,
                           std::string>;

    const pricing::Model* find(const usage::CellKey& key)
    {
        const auto [at, added] = m_found.try_emplace({key.vendor, key.model});
        if (added) {
            at->second = m_sheet.find(key.vendor, key.model);
            if (at->second != nullptr) {
                if (std::string note = pricing::vendor_note(key.vendor, *at->second); !note.empty())
                    add_note(m_notes, std::move(note));
            }
        }
        return at->second;
    }

    const usage::Cube& m_cube;
    const pricing::Sheet& m_sheet;
    std::vector<std::string>& m_notes;
    std::map<std::pair<std::string, std::string>, const pricing::Model*> m_found;
    std::map<Key, Line> m_lines;
    std::map<std::string, std::int64_t> m_unknown;
};

}

bool same_terms(const Line& a, const Line& b)
{
    return a.service_tier == b.service_tier && a.region == b.region && a.bucket == b.bucket &&
           a.open == b.open;
}

void add_counts(Line& line, const Line& more)
{
    line.counts += more.counts;
    line.above.resize(std::max(line.above.size(), more.above.size()));
    for (std::size_t i = 0; i < more.above.size(); ++i)
        line.above[i] += more.above[i];
}

std::vector<Line> tagged_lines_of(const usage::Cube& cube, const pricing::Sheet& sheet,
                                  std::vector<std::string>& notes)
{
    Collector collector(cube, sheet, notes);
    for (const usage::Cell& cell : cube.cells)
        collector.add(cell);
    return collector.take();
}

std::vector<Line> without_tags(const std::vector<Line>& tagged)
{
    std::vector<Line> lines;
    for (const Line& line : tagged) {
        if (!lines.empty() && lines.back().model == line.model && same_terms(lines.back(), line)) {
            add_counts(lines.back(), line);
        } else {
            lines.push_back(line);
            lines.back().tag.clear();
        }
    }
    return lines;
}

pricing::Counts all_as_input(pricing::Counts counts)
{
    for (const pricing::Component read : {pricing::Component::CacheRead, pricing::Component::CacheReadAudio,
                                          pricing::Component::CacheReadImage}) {
        counts[pricing::whole_of(read)] += counts[read];
        counts[read] = 0;
    }
    return counts;
}

std::string grouped(std::string digits)
{
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

void leave_out(std::vector<std::string>& notes, std::string_view name, std::int64_t requests,
               std::string_view why)
{
    add_note(notes, fmt::format("{} requests of {} have no price and are in no scenario: {}",
                                grouped(std::to_string(requests)), name, why));
}

}
