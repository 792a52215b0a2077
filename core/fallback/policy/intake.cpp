#include "core/fallback/policy/intake.h"

#include "core/base/text.h"
#include "core/pricing/cost.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using base::Decimal;
using pricing::Component;

bool names_model(const std::string& wanted, const pricing::Usage& usage)
{
    const std::string name = base::lowered(wanted);
    const std::string model = base::lowered(usage.model);
    return name == model || name == base::lowered(usage.vendor) + "/" + model;
}

bool fits_kind(const Match& match, const pricing::Usage& usage)
{
    const bool model =
        match.models.empty() || std::ranges::any_of(match.models, [&](const std::string& wanted) {
            return names_model(wanted, usage);
        });
    return model && (match.tags.empty() || std::ranges::find(match.tags, usage.tag) != match.tags.end());
}

bool fits_length(const Match& match, std::int64_t prompt)
{
    return prompt >= match.min_prompt_tokens &&
           (match.max_prompt_tokens == 0 || prompt <= match.max_prompt_tokens);
}

Decimal per_token(const std::optional<Decimal>& per_million)
{
    return per_million.value_or(Decimal()) / Decimal::from_integer(1'000'000);
}

}

RequestPrices::RequestPrices(const pricing::Model& model)
    : m_model(model),
      m_borders(pricing::borders_of(model))
{
}

std::size_t RequestPrices::Hash::operator()(const Key& key) const
{
    const auto day = static_cast<std::size_t>(key.day);
    return (day * 1'000'003 + static_cast<std::size_t>(key.bucket)) * 1'000'003 + key.open;
}

RequestPrices::Rates& RequestPrices::rates_of(const Key& key)
{
    if (m_last == nullptr || !(m_last_key == key)) {
        m_last = &m_rates[key]; // the map never moves its values
        m_last_key = key;
    }
    return *m_last;
}

void RequestPrices::look_up(Rate& rate, Component component, const pricing::Usage& usage,
                            const Key& key) const
{
    pricing::Counts one;
    one[component] = 1;
    const pricing::Terms terms{base::Date(std::chrono::days(key.day)),
                               usage.service_tier,
                               usage.region,
                               key.bucket,
                               m_borders.schedules,
                               key.open};
    const pricing::Cost cost = pricing::cost_of(one, terms, m_model);
    rate.state = cost.priced ? Rate::State::Known : Rate::State::Missing;
    rate.each = cost.total;
}

bool RequestPrices::price(const pricing::Usage& usage, Decimal& cost)
{
    if (m_model.marginal_tiers) {
        const pricing::Cost exact = pricing::cost_of(usage, m_model);
        cost = exact.total;
        return exact.priced;
    }
    const Key key{std::chrono::floor<std::chrono::days>(usage.time).time_since_epoch().count(),
                  pricing::bucket_of(usage.counts, m_borders),
                  m_borders.schedules.empty() ? 0 : pricing::open_at(usage.time, m_borders.schedules)};
    Rates& rates = rates_of(key);
    cost = {};
    for (std::size_t i = 0; i < pricing::component_count; ++i) {
        const std::int64_t count = usage.counts.of[i];
        if (count == 0)
            continue;
        const auto component = static_cast<Component>(i);
        Rate& rate = rates.of[i];
        if (rate.state == Rate::State::Unknown)
            look_up(rate, component, usage, key);
        if (rate.state == Rate::State::Known)
            cost += rate.each * count;
        else if (pricing::side_of(component) != pricing::Side::Unit)
            return false;
    }
    return true;
}

std::array<double, category_count> category_shares(const Policy& policy,
                                                   std::span<const pricing::Usage> traffic)
{
    std::array<double, category_count> shares{};
    double all = 0;
    for (const pricing::Usage& usage : traffic) {
        const std::int64_t requests = usage.counts.requests();
        if (requests <= 0)
            continue;
        const std::int64_t prompt = usage.counts.all_input() / requests;
        const auto rule = std::ranges::find_if(policy.categories, [&](const CategoryRule& each) {
            return fits_kind(each.when, usage) && fits_length(each.when, prompt);
        });
        const Category category = rule == policy.categories.end() ? Category::Routine : rule->category;
        shares[static_cast<std::size_t>(category)] += static_cast<double>(requests);
        all += static_cast<double>(requests);
    }
    for (double& share : shares)
        share = all > 0 ? share / all : 0;
    return shares;
}

Intake::Intake(const Policy& policy, const pricing::Sheet& sheet) : m_policy(policy), m_sheet(sheet) {}

std::size_t Intake::prices_of(const pricing::Model& model, const pricing::Usage& usage)
{
    const std::string key =
        fmt::format("{}\x1f{}\x1f{}\x1f{}", model.vendor, model.model, usage.service_tier, usage.region);
    const auto [at, is_new] = m_price_places.try_emplace(key, m_prices.size());
    if (is_new)
        m_prices.emplace_back(model);
    return at->second;
}

Intake::Kind Intake::made(const pricing::Usage& usage)
{
    Kind kind;
    for (std::size_t i = 0; i < m_policy.categories.size(); ++i) {
        if (fits_kind(m_policy.categories[i].when, usage))
            kind.categories.push_back(static_cast<std::uint8_t>(i));
    }
    for (std::size_t i = 0; i < m_policy.routes.size(); ++i) {
        if (fits_kind(m_policy.routes[i].when, usage))
            kind.routes.push_back(static_cast<std::uint8_t>(i));
    }
    for (std::size_t t = 0; t < m_policy.targets.size(); ++t) {
        const RouteTarget& target = m_policy.targets[t];
        if (target.input_per_million || target.output_per_million || target.model.empty())
            continue;
        const pricing::Model* model = target.model == "logged" ? m_sheet.find(usage.vendor, usage.model)
                                                               : m_sheet.find("", target.model);
        if (model != nullptr) {
            kind.prices[t] = prices_of(*model, usage) + 1;
            continue;
        }
        kind.unpriced[t] = true;
        std::string note =
            fmt::format("“{}” is not in the price sheet: what {} serves of it costs nothing here",
                        target.model == "logged" ? usage.model : target.model, target.title);
        if (std::ranges::find(m_notes, note) == m_notes.end())
            m_notes.push_back(std::move(note));
    }
    return kind;
}

Intake::Kind& Intake::kind_of(const pricing::Usage& usage)
{
    m_key.clear();
    for (const std::string* part : {&usage.vendor, &usage.model, &usage.tag, &usage.service_tier}) {
        m_key += *part;
        m_key += '\x1f';
    }
    m_key += usage.region;
    if (const auto found = m_places.find(std::string_view(m_key)); found != m_places.end())
        return m_kinds[found->second];
    m_places.emplace(m_key, m_kinds.size());
    m_kinds.push_back(made(usage));
    return m_kinds.back();
}

void Intake::read(const pricing::Usage& usage, Request& request)
{
    const Kind& kind = kind_of(usage);
    request.at = usage.time.time_since_epoch().count();
    request.prompt = usage.counts.all_input();
    request.answer = usage.counts.all_output();
    request.category = static_cast<std::uint8_t>(Category::Routine);
    for (const std::uint8_t i : kind.categories) {
        if (fits_length(m_policy.categories[i].when, request.prompt)) {
            request.category = static_cast<std::uint8_t>(m_policy.categories[i].category);
            break;
        }
    }
    request.route = 0;
    const auto category = static_cast<Category>(request.category);
    for (const std::uint8_t i : kind.routes) {
        const Match& when = m_policy.routes[i].when;
        const bool wanted =
            when.categories.empty() || std::ranges::find(when.categories, category) != when.categories.end();
        if (wanted && fits_length(when, request.prompt)) {
            request.route = static_cast<std::uint8_t>(i + 1);
            break;
        }
    }
    request.unpriced = 0;
    for (std::size_t t = 0; t < m_policy.targets.size(); ++t) {
        const RouteTarget& target = m_policy.targets[t];
        Decimal& cost = request.cost[t];
        cost = {};
        bool priced = !kind.unpriced[t];
        if (target.input_per_million || target.output_per_million)
            cost = per_token(target.input_per_million) * request.prompt +
                   per_token(target.output_per_million) * request.answer;
        else if (kind.prices[t] > 0)
            priced = m_prices[kind.prices[t] - 1].price(usage, cost);
        if (!priced)
            request.unpriced = static_cast<std::uint8_t>(request.unpriced | 1U << t);
    }
}

}
