#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::simulation {

/// A factor or a number of points that lies between `low` and `high` and most often near `likely`: PERT, the
/// beta distribution with mean (low + 4 likely + high) / 6.
struct Range
{
    double low = 0;
    double likely = 0;
    double high = 0;

    bool operator==(const Range&) const = default;
};

/// A price change that has happened to somebody: one of the sizes that a jump may have.
struct PriceEvent
{
    double percent = 0; // −99…1000
    std::string event{};
    std::string source{};

    bool operator==(const PriceEvent&) const = default;
};

/// What varies from path to path. Prices of each vendor are a driver of their own.
enum class Driver {
    Prices,       // jumps of a vendor's prices
    Growth,       // of volume
    Cpi,          // consumer prices, as far as a cap follows them
    ExchangeRate, // of what vendors and machines cost
    CacheLoss,    // cache reads that become plain input
    Migration,    // effort of all one-off work
    MachinePrice
};
inline constexpr int driver_kinds = 7;
std::string_view to_string(Driver driver); // "prices", "growth", …

/// Of two drivers' normal scores, −0.95…0.95. Prices with prices: of any two vendors.
struct Correlation
{
    Driver a = Driver::Prices;
    Driver b = Driver::Prices;
    double value = 0;

    bool operator==(const Correlation&) const = default;
};

/// How sure the assumptions of a scenario set are: what it leaves at the values below is certain.
struct Uncertainty
{
    double jumps_per_year = 0;        // of a vendor's prices, 0…12, at any time of the term (Poisson)
    std::vector<PriceEvent> events{}; // the sizes, each as likely as another
    bool fitted_sizes = false;        // sizes are lognormal, fitted to the events, instead of one of them
    double growth_spread = 0;         // standard deviation around the plan's growth, points a month, 0…20
    double cpi_spread = 0;            // standard deviation around the plan's inflation, points a year, 0…20
    double exchange_volatility = 0;   // percent a year, 0…100: a random walk by month
    Range cache_loss{0, 0, 0};        // more points of the cache reads lost, 0…100
    Range migration{1, 1, 1};         // factor, 0…10
    Range machine_price{1, 1, 1};     // factor, 0…10
    std::vector<Correlation> correlations{};
    std::string source{}; // where the figures come from

    bool operator==(const Uncertainty&) const = default;
};

}
