#pragma once

#include "core/fallback/policy/player.h"
#include "core/fallback/policy/policy.h"
#include "core/pricing/context.h"
#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leeway::fallback {

/// Exact costs of requests at one model of a sheet: as pricing::cost_of, with the rates kept that were looked
/// up before.
class RequestPrices
{
public:
    explicit RequestPrices(const pricing::Model& model);
    /// False when the sheet has no price for it.
    bool price(const pricing::Usage& usage, base::Decimal& cost);

private:
    struct Rate
    {
        enum class State : std::uint8_t { Unknown, Known, Missing } state = State::Unknown;
        base::Decimal each;
    };
    struct Rates
    {
        std::array<Rate, pricing::component_count> of;
    };
    struct Key
    {
        std::int64_t day = 0;
        std::int64_t bucket = 0;
        std::uint32_t open = 0;
        bool operator==(const Key&) const = default;
    };
    struct Hash
    {
        std::size_t operator()(const Key& key) const;
    };
    Rates& rates_of(const Key& key);
    void look_up(Rate& rate, pricing::Component component, const pricing::Usage& usage, const Key& key) const;

    const pricing::Model& m_model;
    pricing::Borders m_borders;
    std::unordered_map<Key, Rates, Hash> m_rates;
    Key m_last_key;
    Rates* m_last = nullptr;
};

/// The share of requests in each category by the policy's rules, 0…1. A line of several requests counts by
/// their average length. All 0 without requests.
std::array<double, category_count> category_shares(const Policy& policy,
                                                   std::span<const pricing::Usage> traffic);

/// Turns usage lines into requests: category, route and cost at each target. Several policies may share it
/// when they differ in thresholds alone.
class Intake
{
public:
    /// Both must outlive it. `unknown` models of the sheet are noted.
    Intake(const Policy& policy, const pricing::Sheet& sheet);

    /// `request.luck` is left alone.
    void read(const pricing::Usage& usage, Request& request);
    /// What could not be priced and why; in the order of the targets.
    [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }

private:
    // What requests of one model, tag, service tier and region have in common.
    struct Kind
    {
        std::vector<std::uint8_t> categories;           // rules whose model and tag fit
        std::vector<std::uint8_t> routes;               // … of routes
        std::array<std::size_t, most_targets> prices{}; // places + 1 in m_prices; 0: none
        std::array<bool, most_targets> unpriced{};      // the sheet does not know the model
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    Kind& kind_of(const pricing::Usage& usage);
    Kind made(const pricing::Usage& usage);
    std::size_t prices_of(const pricing::Model& model, const pricing::Usage& usage);

    const Policy& m_policy;
    const pricing::Sheet& m_sheet;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_places;
    std::vector<Kind> m_kinds;
    std::unordered_map<std::string, std::size_t> m_price_places; // model, tier, region
    std::vector<RequestPrices> m_prices;
    std::vector<std::string> m_notes;
    std::string m_key;
};

}
