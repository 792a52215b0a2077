#pragma once

#include "core/simulation/ledger.h"
#include "core/simulation/montecarlo/draws.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace leeway::simulation {

/// One scenario in binary fractions, evaluated for a block of paths at a time. It agrees with the account of
/// the same ledger, month by month, when nothing varies.
class Evaluator
{
public:
    /// `vendors` are those that the draws have prices for, at least one; any other vendor's prices follow the
    /// last one's.
    Evaluator(const Frame& frame, const Ledger& ledger, const std::vector<std::string>& vendors);

    /// What the evaluation of a block needs for itself; may be used again.
    struct Scratch
    {
        std::vector<double> level;   // flow, path: the price charged, over the list price
        std::vector<double> before;  // flow, path: at the end of the year before
        std::vector<double> counted; // commitment, path: towards it since its year began
        std::vector<double> cost;    // path
    };

    /// The spend of each month and path, at [month × block_paths + path].
    void evaluate(const Draws& draws, Scratch& scratch, std::vector<double>& spend) const;

private:
    // Usage that is billed alike, at one of today's vendors or at the second one.
    struct Flow
    {
        std::vector<double> list; // as in Strand
        std::vector<double> lost;
        std::vector<double> wanted;
        std::vector<double> free;
        std::optional<PriceCap> cap;
        std::size_t vendor = 0;         // of Draws::prices
        std::vector<double> share;      // by month: what is billed here
        std::vector<double> cache_loss; // by month, planned
        std::vector<std::size_t> commitments;
    };
    struct Debt
    {
        Promise promise;
        std::vector<double> fees; // by month, that count towards it
    };

    Flow& add_flow_of(const Strand& strand, const std::vector<std::string>& vendors);
    void set_level(std::size_t f, std::size_t m, const Draws& draws, Scratch& scratch) const;
    void add_usage(std::size_t f, std::size_t m, const Draws& draws, Scratch& scratch, double* total) const;
    void add_machines(std::size_t m, const Draws& draws, double* total) const;
    void settle(std::size_t d, std::size_t m, std::size_t paths, Scratch& scratch, double* total) const;

    std::size_t m_months;
    std::vector<Flow> m_flows;
    std::vector<double> m_fixed; // by month: flat fees and upkeep
    std::vector<double> m_once;  // by month: migration and expenses
    std::vector<Debt> m_debts;
    std::optional<Machines> m_machines;
};

}
