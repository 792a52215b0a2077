#pragma once

#include "core/pricing/sheet.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// Traffic for the tests of policies.
namespace leeway::fallback::testing {

inline base::Instant at(double seconds)
{
    return *base::parse_instant("2026-10-05T09:00:00Z") +
           std::chrono::milliseconds(std::llround(seconds * 1000));
}

inline pricing::Usage request(double seconds, std::int64_t prompt, std::int64_t answer,
                              const std::string& tag = {})
{
    pricing::Usage usage;
    usage.time = at(seconds);
    usage.vendor = "openai";
    usage.model = "gpt-5.4";
    usage.tag = tag;
    usage.counts[pricing::Component::Input] = prompt;
    usage.counts[pricing::Component::Output] = answer;
    usage.counts[pricing::Component::Request] = 1;
    return usage;
}

/// One a second, of all sorts: cached parts, long contexts, service tiers, models that no sheet knows.
inline std::vector<pricing::Usage> varied(int count)
{
    std::vector<pricing::Usage> all;
    for (int i = 0; i < count; ++i) {
        pricing::Usage usage = request(i, 50 + i * 37 % 4000, 20 + i * 53 % 700);
        usage.model = i % 3 == 0 ? "gpt-5.4-mini" : i % 7 == 1 ? "no-such-model" : "gpt-5.4";
        if (i % 5 == 0)
            usage.counts[pricing::Component::CacheRead] = i * 11 % 2000;
        if (i % 40 == 0)
            usage.counts[pricing::Component::Input] = 300'000;
        if (i % 6 == 0)
            usage.service_tier = "flex";
        all.push_back(std::move(usage));
    }
    return all;
}

inline std::shared_ptr<const pricing::Sheet> sheet()
{
    static const auto bundled = std::make_shared<const pricing::Sheet>(*pricing::bundled_sheet());
    return bundled;
}

}
