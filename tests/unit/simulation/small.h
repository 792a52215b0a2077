#pragma once

#include "core/simulation/matrix.h"

#include <QtTest/QtTest>
#include <string>

// A small price sheet and usage, so that every expected amount can be worked out by hand.
namespace small {

using leeway::base::Date;
using leeway::base::Decimal;
using leeway::base::Month;
using leeway::pricing::Component;

inline Decimal dec(const std::string& text)
{
    const auto parsed = Decimal::parse(text);
    if (!parsed)
        qFatal("%s", parsed.error().message.c_str());
    return *parsed;
}

inline Date day(const std::string& text)
{
    const auto parsed = leeway::base::parse_date(text);
    if (!parsed)
        qFatal("%s", parsed.error().message.c_str());
    return *parsed;
}

inline leeway::pricing::DatedRates rates(const std::string& input, const std::string& output,
                                         const std::string& read = {})
{
    leeway::pricing::DatedRates dated;
    dated.rates.push_back({Component::Input, dec(input), "standard", 0});
    dated.rates.push_back({Component::Output, dec(output), "standard", 0});
    if (!read.empty())
        dated.rates.push_back({Component::CacheRead, dec(read), "standard", 0});
    return dated;
}

inline leeway::pricing::Model model(const std::string& vendor, const std::string& name,
                                    leeway::pricing::DatedRates dated)
{
    leeway::pricing::Model result;
    result.vendor = vendor;
    result.model = name;
    result.prices.push_back(std::move(dated));
    return result;
}

/// acme/large 2 and 10 a million tokens, cache reads 0.2; acme/tiny 0.5 and 1; rival/big 1 and 5, cache reads
/// 0.5; rival/dear 4 and 20; rival/embed 0.1 for embeddings; acme/promo 1 and 2 until 31 Aug 2027, then 2
/// and 4.
inline leeway::pricing::Sheet sheet()
{
    leeway::pricing::Sheet result;
    result.id = "small";
    result.currency = "EUR";
    result.models = {model("acme", "large", rates("0.000002", "0.00001", "0.0000002")),
                     model("acme", "tiny", rates("0.0000005", "0.000001")),
                     model("rival", "big", rates("0.000001", "0.000005", "0.0000005")),
                     model("rival", "dear", rates("0.000004", "0.00002")),
                     model("rival", "embed", rates("0.0000001", "0")),
                     model("acme", "promo", rates("0.000001", "0.000002"))};
    result.models[4].mode = "embedding";
    auto later = rates("0.000002", "0.000004");
    later.from = day("2027-09-01");
    result.models[5].prices.front().until = day("2027-08-31");
    result.models[5].prices.push_back(later);
    return result;
}

struct Tokens
{
    std::int64_t input = 0;
    std::int64_t read = 0;
    std::int64_t output = 0;
    std::int64_t requests = 1'000;
};

inline void add(leeway::usage::Cube& cube, const std::string& when, const std::string& vendor,
                const std::string& name, Tokens tokens)
{
    leeway::usage::Cell cell;
    cell.key.day = day(when);
    cell.key.vendor = vendor;
    cell.key.model = name;
    cell.counts[Component::Input] = tokens.input;
    cell.counts[Component::CacheRead] = tokens.read;
    cell.counts[Component::Output] = tokens.output;
    cell.counts[Component::Request] = tokens.requests;
    cube.requests += tokens.requests;
    cube.cells.push_back(cell);
}

/// Two whole months: acme/large with 20 M input, 40 M cache reads and 6 M output, which is 40 + 8 + 60 = 108,
/// so 54 a month.
inline leeway::usage::Cube cube()
{
    leeway::usage::Cube result;
    add(result, "2026-09-01", "acme", "large", {12'000'000, 40'000'000, 2'000'000});
    add(result, "2026-10-31", "acme", "large", {8'000'000, 0, 4'000'000});
    return result;
}

inline leeway::simulation::Scenario scenario(const std::string& id, double percent = 0, int from_month = 1)
{
    leeway::simulation::Scenario result;
    result.id = id;
    result.title = id;
    if (percent != 0)
        result.price_changes.push_back({"", "", percent, from_month});
    return result;
}

inline leeway::simulation::ScenarioSet set(std::vector<leeway::simulation::Scenario> scenarios,
                                           int months = 4)
{
    leeway::simulation::ScenarioSet result;
    result.id = "set";
    result.title = "Set";
    result.plan.start = Month::of(2027, 1);
    result.plan.months = months;
    result.scenarios = std::move(scenarios);
    return result;
}

inline std::string totals(const leeway::simulation::Outcome& outcome)
{
    std::string text;
    for (const auto& month : outcome.months)
        text += (text.empty() ? "" : " ") + month.total().to_string();
    return text;
}

inline bool has_note(const leeway::simulation::Matrix& matrix, const std::string& part)
{
    for (const std::string& note : matrix.notes) {
        if (note.find(part) != std::string::npos)
            return true;
    }
    return false;
}

}
