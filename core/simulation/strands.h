#pragma once

#include "core/simulation/frame.h"
#include "core/simulation/prices.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace leeway::simulation {

/// Usage that a scenario treats alike, so that money is summed before it is multiplied. Amounts are by month,
/// at list prices, of the average month's volume.
struct Strand
{
    std::string vendor;
    std::vector<base::Decimal> list;
    std::vector<base::Decimal> lost; // what it costs more if all cache reads become plain input
    PriceCourse prices;
    std::vector<std::size_t> fees;        // of Ledger::fees, any of which replaces it
    std::vector<std::size_t> commitments; // of Ledger::commitments that it counts towards
    bool concerned = false;               // by price changes
    bool transferred = false;
    bool fallen_back = false;
};

/// Usage by its courses: today's, and those of a successor from a month on. `lost` as in MovedLine; nullptr
/// when nobody asks.
struct Usage
{
    const Course* kept = nullptr;
    const Course* lost = nullptr;
    const Course* next_kept = nullptr;
    const Course* next_lost = nullptr;
    std::size_t next_from = 0;

    [[nodiscard]] bool replaced_in(std::size_t month) const { return next_kept && month >= next_from; }
};

/// Gathers usage into strands. What is the same for a strand: vendor, successor, moves, and the changes of
/// price that concern it; a change that names a component cuts the usage by component.
class Strands
{
public:
    Strands(const Frame& frame, const Scenario& scenario) : m_frame(frame), m_scenario(scenario) {}

    struct Who
    {
        const pricing::Model* model = nullptr;
        std::vector<bool> concerns; // beside Scenario::price_changes, before components are looked at
        std::optional<std::size_t> successor;
        bool transferred = false;
        bool fallen_back = false;
    };
    /// `list` and `cold` are what `usage.kept` and `usage.lost` cost by month, where that is known already.
    void add(const Who& who, const Usage& usage, const std::vector<base::Decimal>* list = nullptr,
             const std::vector<base::Decimal>* cold = nullptr);

    std::vector<Strand> take() { return std::move(m_strands); }

private:
    using Key = std::tuple<std::string, std::vector<bool>, std::optional<std::size_t>, bool, bool>;

    Strand& strand_for(const Who& who, const std::vector<bool>& concerns);

    const Frame& m_frame;
    const Scenario& m_scenario;
    std::map<Key, std::size_t> m_known;
    std::vector<Strand> m_strands;
};

}
