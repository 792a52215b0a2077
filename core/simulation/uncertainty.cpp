#include "core/simulation/uncertainty.h"

#include <array>

namespace leeway::simulation {

std::string_view to_string(Driver driver)
{
    constexpr std::array<std::string_view, driver_kinds> names{
        "prices", "growth", "cpi", "exchange_rate", "cache_loss", "migration", "machine_price"};
    return names.at(static_cast<std::size_t>(driver));
}

}
