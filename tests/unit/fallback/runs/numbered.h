#pragma once

#include "core/fallback/runs/runner.h"
#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <string>

/// What the tests of runs share: a suite whose right answers are the cases' names, and servers that say them.
namespace numbered_suite {

using namespace leeway;
using namespace leeway::fallback;

// Cases c0 … whose right answer is their own name.
inline Suite numbered(int count)
{
    Suite suite;
    suite.name = "numbered";
    suite.sha256 = "0123";
    for (int i = 0; i < count; ++i) {
        Case c;
        c.id = "c" + std::to_string(i);
        c.messages = {{"user", "Say " + c.id + "."}};
        c.category = i % 2 == 0 ? Category::Routine : Category::Critical;
        Assertion assertion;
        assertion.type = "equals";
        assertion.value = c.id;
        c.assertions = {assertion};
        suite.cases.push_back(std::move(c));
    }
    return suite;
}

inline std::string asked_case(const HttpRequest& request)
{
    const auto body = nlohmann::json::parse(request.body.toStdString());
    const std::string text = body["messages"][0]["content"];
    return text.substr(4, text.size() - 5);
}

inline void say(HttpAnswer& answer, const std::string& text)
{
    answer.begin();
    answer.chunk(said('"' + QByteArray::fromStdString(text) + '"') + ended(1000, 100));
    answer.end();
}

// Says the case's name, but “wrong” for c1.
inline void answer_numbered(const HttpRequest& request, HttpAnswer answer)
{
    if (answer_as_llama(request, answer))
        return;
    const std::string id = asked_case(request);
    say(answer, id == "c1" ? "wrong" : id);
}

inline Endpoint at(const ScriptedServer& server)
{
    Endpoint endpoint;
    endpoint.url = server.url();
    return endpoint;
}

inline RunOptions quick()
{
    RunOptions options;
    options.warm_up = false;
    options.retry.most = 0;
    return options;
}

inline pricing::Sheet priced()
{
    pricing::Model model;
    model.vendor = "own";
    model.model = "tiny";
    pricing::DatedRates rates;
    const auto rate = [&](pricing::Component component, const char* price) {
        rates.rates.push_back({component, *base::Decimal::parse(price), "standard", 0});
    };
    rate(pricing::Component::Input, "0.000001");
    rate(pricing::Component::CacheRead, "0.0000001");
    rate(pricing::Component::Output, "0.000004");
    model.prices = {rates};
    pricing::Sheet sheet;
    sheet.currency = "EUR";
    sheet.models = {model};
    return sheet;
}

}
