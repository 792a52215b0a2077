#include "core/usage/cube.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace leeway::usage {
namespace {

using nlohmann::json;
using pricing::Counts;

constexpr int version = 2; // 1 had neither off-peak hours nor loads

json to_value(const Counts& counts)
{
    json value = json::object();
    for (std::size_t i = 0; i < pricing::component_count; ++i) {
        if (counts.of[i] != 0)
            value[std::string(pricing::to_string(static_cast<pricing::Component>(i)))] = counts.of[i];
    }
    return value;
}

json to_value(const Cell& cell)
{
    json value{{"day", base::to_string(cell.key.day)},
               {"vendor", cell.key.vendor},
               {"model", cell.key.model},
               {"counts", to_value(cell.counts)}};
    if (!cell.key.tag.empty())
        value["tag"] = cell.key.tag;
    if (cell.key.service_tier != "standard")
        value["tier"] = cell.key.service_tier;
    if (!cell.key.region.empty())
        value["region"] = cell.key.region;
    if (cell.key.bucket != 0)
        value["bucket"] = cell.key.bucket;
    if (cell.key.open != 0)
        value["open"] = cell.key.open;
    for (const Counts& above : cell.above)
        value["above"].push_back(to_value(above));
    return value;
}

json to_value(const pricing::Schedule& schedule)
{
    json value = json::array();
    for (const pricing::WeekSpan& span : schedule.spans)
        value.push_back({span.begin, span.end});
    return value;
}

json to_value(const pricing::ModelLoad& load)
{
    json hours = json::array();
    for (const pricing::HourLoad& hour : load.hours)
        hours.push_back({hour.hour, hour.requests, hour.input, hour.cached, hour.output});
    return {{"vendor", load.vendor}, {"model", load.model}, {"tier", load.service_tier}, {"hours", hours}};
}

// Reads a value that may be anything: the first thing that does not fit is kept as the complaint.
class Reader
{
public:
    Cube read(const json& top)
    {
        Cube cube;
        expect(top.is_object() && top.value("format", json()) == "leeway-cube", "is not a usage cube");
        if (!complaint.empty())
            return cube;
        const std::int64_t written = integer(top, "version", 0);
        expect(written >= 1 && written <= version, "was written by another version of Leeway");
        cube.thresholds = integers(top, "thresholds");
        cube.marginal = integers(top, "marginal");
        for (const json& value : list(top, "schedules"))
            cube.schedules.push_back(schedule(value));
        expect(std::ranges::is_sorted(cube.schedules) && cube.schedules.size() <= pricing::most_schedules,
               "has bad off-peak hours");
        for (const json& value : list(top, "loads"))
            cube.loads.push_back(load(value));
        expect(std::ranges::is_sorted(cube.loads), "has loads out of order");
        cube.requests = integer(top, "requests", 0);
        cube.averaged = integer(top, "averaged", 0);
        cube.duplicates = integer(top, "duplicates", 0);
        cube.bad_lines = integer(top, "bad_lines", 0);
        for (const json& line : list(top, "examples"))
            cube.examples.push_back({text(line, "file"), integer(line, "line", 0), text(line, "reason")});
        for (const json& source : list(top, "sources"))
            cube.sources.push_back(source.is_string() ? source.get<std::string>() : std::string());
        const json& cells = list(top, "cells");
        cube.cells.reserve(cells.size());
        for (const json& value : cells) {
            cube.cells.push_back(cell(value));
            expect(cube.cells.back().above.size() == cube.marginal.size(),
                   "has a cell without its context tiers");
        }
        expect(std::ranges::is_sorted(cube.cells, {}, &Cell::key), "has cells out of order");
        return cube;
    }

    std::string complaint;

private:
    void expect(bool condition, std::string_view what)
    {
        if (!condition && complaint.empty())
            complaint = what;
    }

    const json& list(const json& value, const char* name)
    {
        static const json none = json::array();
        const auto found = value.is_object() ? value.find(name) : value.end();
        if (!value.is_object() || found == value.end())
            return none;
        expect(found->is_array(), fmt::format("has no list “{}”", name));
        return found->is_array() ? *found : none;
    }

    std::int64_t integer(const json& value, const char* name, std::int64_t absent)
    {
        if (!value.is_object() || !value.contains(name))
            return absent;
        const json& number = value.at(name);
        expect(number.is_number_integer(), fmt::format("has no whole number “{}”", name));
        return number.is_number_integer() ? number.get<std::int64_t>() : absent;
    }

    std::string text(const json& value, const char* name)
    {
        if (!value.is_object() || !value.contains(name))
            return {};
        const json& found = value.at(name);
        expect(found.is_string(), fmt::format("has no text “{}”", name));
        return found.is_string() ? found.get<std::string>() : std::string();
    }

    std::vector<std::int64_t> integers(const json& value, const char* name)
    {
        std::vector<std::int64_t> numbers;
        for (const json& number : list(value, name)) {
            expect(number.is_number_integer(), fmt::format("has something else than numbers in “{}”", name));
            numbers.push_back(number.is_number_integer() ? number.get<std::int64_t>() : 0);
        }
        expect(std::ranges::is_sorted(numbers), fmt::format("has “{}” out of order", name));
        return numbers;
    }

    Counts counts(const json& value)
    {
        Counts result;
        expect(value.is_object(), "has a cell without counts");
        if (!value.is_object())
            return result;
        for (const auto& [name, count] : value.items()) {
            const auto component = pricing::component_from(name);
            expect(component.has_value() && count.is_number_integer() && count.get<std::int64_t>() >= 0,
                   fmt::format("has a bad count “{}”", name));
            if (component && count.is_number_integer())
                result[*component] = count.get<std::int64_t>();
        }
        return result;
    }

    // `count` whole numbers, whatever the list holds.
    std::vector<std::int64_t> row(const json& value, std::size_t count)
    {
        std::vector<std::int64_t> numbers(count);
        const bool fits = value.is_array() && value.size() == count &&
                          std::ranges::all_of(value, [](const json& n) { return n.is_number_integer(); });
        expect(fits, "has a row of hours that is none");
        for (std::size_t i = 0; fits && i < count; ++i)
            numbers[i] = value[i].get<std::int64_t>();
        return numbers;
    }

    pricing::Schedule schedule(const json& value)
    {
        pricing::Schedule schedule;
        expect(value.is_array(), "has bad off-peak hours");
        std::int64_t before = -1;
        for (const json& span : value.is_array() ? value : json::array()) {
            const auto ends = row(span, 2);
            expect(ends[0] > before && ends[1] > ends[0] && ends[1] <= pricing::week_minutes,
                   "has bad off-peak hours");
            before = ends[1];
            schedule.spans.push_back({static_cast<int>(ends[0]), static_cast<int>(ends[1])});
        }
        return schedule;
    }

    pricing::ModelLoad load(const json& value)
    {
        pricing::ModelLoad load{text(value, "vendor"), text(value, "model"), text(value, "tier"), {}};
        for (const json& hour : list(value, "hours")) {
            const auto n = row(hour, 5);
            const bool rises = load.hours.empty() || n[0] > load.hours.back().hour;
            expect(rises && n[0] > -10'000'000 && n[0] < 10'000'000 &&
                       std::ranges::all_of(n.begin() + 1, n.end(), [](std::int64_t sum) { return sum >= 0; }),
                   "has hours out of order");
            load.hours.push_back({static_cast<std::int32_t>(n[0]), n[1], n[2], n[3], n[4]});
        }
        return load;
    }

    Cell cell(const json& value)
    {
        Cell cell;
        const auto day = base::parse_date(text(value, "day"));
        expect(day.has_value(), "has a cell without a day");
        if (!day)
            return cell;
        cell.key = {*day,
                    text(value, "vendor"),
                    text(value, "model"),
                    text(value, "tag"),
                    text(value, "tier"),
                    text(value, "region"),
                    integer(value, "bucket", 0),
                    static_cast<std::uint32_t>(integer(value, "open", 0))};
        if (cell.key.service_tier.empty())
            cell.key.service_tier = "standard";
        cell.counts = counts(value.value("counts", json()));
        for (const json& above : list(value, "above"))
            cell.above.push_back(counts(above));
        return cell;
    }
};

}

std::string to_json(const Cube& cube)
{
    json top{{"format", "leeway-cube"},       {"version", version},          {"thresholds", cube.thresholds},
             {"marginal", cube.marginal},     {"requests", cube.requests},   {"averaged", cube.averaged},
             {"duplicates", cube.duplicates}, {"bad_lines", cube.bad_lines}, {"sources", cube.sources},
             {"examples", json::array()},     {"cells", json::array()}};
    for (const BadLine& line : cube.examples)
        top["examples"].push_back({{"file", line.file}, {"line", line.line}, {"reason", line.reason}});
    for (const Cell& cell : cube.cells)
        top["cells"].push_back(to_value(cell));
    for (const pricing::Schedule& schedule : cube.schedules)
        top["schedules"].push_back(to_value(schedule));
    for (const pricing::ModelLoad& load : cube.loads)
        top["loads"].push_back(to_value(load));
    return top.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<Cube> cube_from_json(std::string_view text)
{
    const json top = json::parse(text, nullptr, false);
    Reader reader;
    Cube cube = reader.read(top);
    if (!reader.complaint.empty())
        return base::fail(base::ErrorCode::Invalid, "The stored usage " + reader.complaint + ".");
    return cube;
}

}
