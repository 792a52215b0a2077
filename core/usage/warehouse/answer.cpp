#include "core/usage/warehouse/answer.h"

#include "core/base/text.h"
#include "core/usage/examples.h"
#include "core/usage/fields.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace leeway::usage::warehouse {
namespace {

using Role = Output::Role;

// A whole number of any length; beyond 64 bits it saturates, as sums of counts do.
std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size())
        return std::nullopt;
    if (error == std::errc::result_out_of_range)
        return text.starts_with('-') ? std::numeric_limits<std::int64_t>::min()
                                     : std::numeric_limits<std::int64_t>::max();
    return error == std::errc{} ? std::optional(value) : std::nullopt;
}

void add_up(std::int64_t& sum, std::int64_t count)
{
    if (__builtin_add_overflow(sum, count, &sum))
        sum = std::numeric_limits<std::int64_t>::max();
}

std::string plain(std::string_view text)
{
    return base::to_valid_utf8(base::trimmed(text));
}

}

struct Answer::Group
{
    CellKey key;
    base::Instant begin;
    std::string problem;
    std::int64_t rows = 0;
    std::int64_t copies = 0;
    std::int64_t averaged = 0;
    std::string first;
    std::string last;
    pricing::Counts counts;
    std::vector<pricing::Counts> above;
};

base::Status Answer::read(Row row, Group& group) const
{
    const auto refuse = [&](std::string_view why) {
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("The warehouse's answer does not fit the query: {}.", why));
    };
    if (row.size() != m_query.outputs.size())
        return refuse(fmt::format("a row has {} values instead of {}", row.size(), m_query.outputs.size()));
    std::optional<std::int64_t> copies;
    std::int64_t slot = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Output& output = m_query.outputs[i];
        std::int64_t number = 0;
        const bool text = output.role == Role::Text || output.role == Role::Problem ||
                          output.role == Role::FirstExample || output.role == Role::LastExample;
        if (!text) {
            const auto value = whole_number(row[i]);
            if (!value || *value < 0)
                return refuse(fmt::format("“{}” is not a sum of counts",
                                          base::shortened(base::to_valid_utf8(row[i].substr(0, 80)), 40)));
            number = *value;
        }
        switch (output.role) {
        case Role::Slot:
            slot = number;
            break;
        case Role::Text:
            switch (usage_fields()[output.field].kind) {
            case Field::Kind::Vendor:
                group.key.vendor = plain(row[i]);
                break;
            case Field::Kind::Model:
                group.key.model = plain(row[i]);
                break;
            case Field::Kind::ServiceTier:
                group.key.service_tier = pricing::canonical_tier(plain(row[i]));
                break;
            case Field::Kind::Region:
                group.key.region = plain(row[i]);
                break;
            default:
                group.key.tag = plain(row[i]);
            }
            break;
        case Role::Bucket:
            group.key.bucket = number;
            break;
        case Role::Problem:
            group.problem = plain(row[i]);
            break;
        case Role::Rows:
            group.rows = number;
            break;
        case Role::Copies:
            copies = number;
            break;
        case Role::Averaged:
            group.averaged = number;
            break;
        case Role::FirstExample:
            group.first = plain(row[i]);
            break;
        case Role::LastExample:
            group.last = plain(row[i]);
            break;
        case Role::Sum:
            group.counts[output.component] = number;
            break;
        case Role::Above:
            group.above[output.border][output.component] = number;
            break;
        }
    }
    constexpr std::int64_t minutes_to_2201 = 7'289'654'400 / 60;
    if (group.rows < 1 || copies.value_or(group.rows) < group.rows)
        return refuse("a group has no rows");
    if (slot >= minutes_to_2201 / m_query.slot_minutes)
        return refuse("a time is after 2200");
    group.copies = copies.value_or(group.rows);
    group.begin = base::Instant(std::chrono::minutes(slot * m_query.slot_minutes));
    return {};
}

base::Status Answer::add(Row row)
{
    Group group;
    group.key = m_query.fixed;
    group.above.resize(m_builder.borders().marginal.size());
    const bool counts_requests = std::ranges::any_of(m_query.outputs, [](const Output& output) {
        return output.role == Role::Sum && output.component == pricing::Component::Request;
    });
    if (auto status = read(row, group); !status)
        return status;
    if (!counts_requests)
        group.counts[pricing::Component::Request] = group.rows;
    if (!group.problem.empty()) {
        add_bad(group, group.problem);
        return {};
    }
    if (group.key.model.empty()) {
        add_bad(group, "has no model");
        return {};
    }
    group.key.day = std::chrono::floor<std::chrono::days>(group.begin);
    group.key.open = pricing::open_at(group.begin, m_builder.borders().schedules);
    m_builder.add(group.key, group.counts, group.above);
    if (m_builder.too_many_cells())
        return base::fail(
            base::ErrorCode::TooLarge,
            fmt::format("“{}” has more than {} different combinations of day, model, tag and region; "
                        "leave the column for the tag unmapped.",
                        m_query.table, CubeBuilder::most_cells));
    add_load(group);
    add_up(m_good_rows, group.copies);
    add_up(m_duplicates, group.copies - group.rows);
    add_up(m_averaged, group.averaged);
    return {};
}

void Answer::add_bad(const Group& group, const std::string& problem)
{
    constexpr std::size_t most_problems = 1000;
    add_up(m_bad_rows, group.rows);
    if (m_bad.size() >= most_problems && !m_bad.contains(problem))
        return;
    Bad& bad = m_bad[problem];
    add_up(bad.rows, group.rows);
    if (bad.first.empty() || group.first < bad.first)
        bad.first = group.first;
    bad.last = std::max(bad.last, group.last);
}

void Answer::add_load(const Group& group)
{
    const auto hour = static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::hours>(group.begin.time_since_epoch()).count());
    const pricing::Counts& counts = group.counts;
    auto& hours = m_loads[{group.key.vendor, group.key.model, group.key.service_tier}];
    pricing::HourLoad& load = hours.try_emplace(hour, pricing::HourLoad{hour, 0, 0, 0, 0}).first->second;
    load = pricing::summed(
        load, {hour, counts.requests(), counts.all_input(), counts.all_cached(), counts.all_output()});
}

std::vector<pricing::ModelLoad> Answer::loads() const
{
    std::vector<pricing::ModelLoad> loads;
    std::size_t hours = 0;
    for (const auto& [key, by_hour] : m_loads) {
        const auto& [vendor, model, tier] = key;
        loads.push_back({vendor, model, tier, {}});
        pricing::ModelLoad& load = loads.back();
        for (const auto& [hour, sums] : by_hour)
            load.hours.push_back(sums);
        hours += by_hour.size();
    }
    if (hours > CubeBuilder::most_hours)
        loads.clear();
    return loads;
}

base::Result<Cube> Answer::take(const std::string& source)
{
    const auto problem_text = [&](const std::string& problem, const Bad& bad) {
        std::string examples;
        if (!bad.last.empty())
            examples = fmt::format(", {} “{}”", m_query.example, bad.last);
        if (!bad.first.empty() && bad.first != bad.last)
            examples += fmt::format(" and “{}”", bad.first);
        return fmt::format("{} {}: {}{}", bad.rows, bad.rows == 1 ? "row" : "rows", problem, examples);
    };
    std::int64_t rows = m_good_rows;
    add_up(rows, m_bad_rows);
    if (rows == 0)
        return base::fail(
            base::ErrorCode::Empty,
            fmt::format("“{}” has no rows in this period; nothing was imported.", m_query.table));
    const auto worst = std::ranges::max_element(m_bad, {}, [](const auto& bad) { return bad.second.rows; });
    constexpr std::int64_t judged_from = 1000;
    if (m_good_rows == 0 || (rows >= judged_from && m_bad_rows > rows / 5))
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("{} of the {} rows of “{}” are bad; nothing was imported. Check the mapping "
                        "of the columns. {}.",
                        m_bad_rows, rows, m_query.table, problem_text(worst->first, worst->second)));
    Cube cube = m_builder.take({source});
    cube.loads = loads();
    cube.averaged = m_averaged;
    cube.duplicates = m_duplicates;
    cube.bad_lines = m_bad_rows;
    for (const auto& [problem, bad] : m_bad) {
        if (cube.examples.size() < most_examples)
            cube.examples.push_back({m_query.table, 0, problem_text(problem, bad)});
    }
    return cube;
}

}
