#pragma once

#include "core/simulation/scenario.h"
#include "core/usage/reader.h"

/// A small price sheet and traffic whose costs are easy to work out by hand.
namespace sampletraffic {

inline leeway::base::Decimal decimal(const char* text)
{
    return *leeway::base::Decimal::parse(text);
}

inline leeway::pricing::Model model(const std::string& vendor, const std::string& name, const char* input,
                                    const char* cached, const char* output)
{
    using leeway::pricing::Component;
    const auto rate = [](Component component, const char* price) {
        leeway::pricing::Rate rate_of;
        rate_of.component = component;
        rate_of.price = decimal(price);
        return rate_of;
    };
    leeway::pricing::Model made;
    made.vendor = vendor;
    made.model = name;
    leeway::pricing::DatedRates rates;
    rates.rates = {rate(Component::Input, input), rate(Component::CacheRead, cached),
                   rate(Component::Output, output)};
    rates.source = "a test";
    made.prices = {rates};
    return made;
}

/// In euros; "aurora" is twice as dear as "borealis".
inline leeway::pricing::Sheet sheet()
{
    leeway::pricing::Sheet made;
    made.id = "test";
    made.title = "Test prices";
    made.currency = "EUR";
    made.as_of = *leeway::base::parse_date("2026-11-01");
    made.models = {model("aurora", "aurora-large", "0.000002", "0.0000002", "0.00001"),
                   model("borealis", "borealis-large", "0.000001", "0.0000001", "0.000005")};
    made.ignored = {"aurora-voice: no price", "borealis-old: retired"};
    return made;
}

/// One month of 10,000 M tokens in and 1,000 M out at aurora: € 20,000 + € 10,000 = € 30,000 a month.
inline std::vector<leeway::usage::MonthlyVolume> volumes()
{
    using leeway::pricing::Component;
    leeway::usage::MonthlyVolume volume;
    volume.month = leeway::base::Month::of(2026, 11);
    volume.vendor = "aurora";
    volume.model = "aurora-large";
    volume.counts[Component::Input] = 10'000'000'000;
    volume.counts[Component::Output] = 1'000'000'000;
    volume.counts[Component::Request] = 5'000'000;
    return {volume};
}

inline leeway::usage::Cube cube()
{
    return leeway::usage::cube_of_volumes(volumes(), sheet());
}

/// Base; prices +50 % from month 13; as that, with half of the traffic at borealis from month 13; as that,
/// with 40 % on a machine at € 4 an hour. A term of 24 months from January 2027, no growth.
inline leeway::simulation::ScenarioSet scenarios()
{
    leeway::simulation::ScenarioSet set;
    set.id = "test";
    set.title = "Test";
    set.plan.start = leeway::base::Month::of(2027, 1);
    set.plan.months = 24;
    set.plan.budget_lock = *leeway::base::parse_date("2028-01-01");
    leeway::simulation::PriceChange rise;
    rise.vendor = "aurora";
    rise.percent = 50;
    rise.from_month = 13;
    set.scenarios.resize(4);
    set.scenarios[0].id = "base";
    set.scenarios[0].title = "Base";
    set.scenarios[1].id = "spike";
    set.scenarios[1].title = "Spike +50 %";
    set.scenarios[2].id = "transfer";
    set.scenarios[2].title = "Transfer 50 %";
    set.scenarios[3].id = "fallback";
    set.scenarios[3].title = "Fallback 40 %";
    for (std::size_t i = 1; i < 4; ++i)
        set.scenarios[i].price_changes = {rise};
    leeway::simulation::Transfer transfer;
    transfer.from_vendor = "aurora";
    transfer.to_vendor = "borealis";
    transfer.to_model = "borealis-large";
    transfer.share_percent = 50;
    transfer.from_month = 13;
    transfer.upkeep_per_month = decimal("9000");
    transfer.migration_once = decimal("12000");
    set.scenarios[2].transfer = transfer;
    leeway::simulation::Fallback fallback;
    fallback.from_vendor = "aurora";
    fallback.model = "llama-3.1-8b";
    fallback.share_percent = 40;
    fallback.from_month = 13;
    fallback.price_per_hour = decimal("4");
    fallback.tokens_per_second = 3400;
    fallback.utilisation_percent = 40;
    set.scenarios[3].fallback = fallback;
    return set;
}

}
