#include "core/simulation/montecarlo/evaluator.h"

#include <algorithm>
#include <cmath>

namespace leeway::simulation {
namespace {

using base::Decimal;

std::vector<double> doubles(const std::vector<Decimal>& amounts)
{
    std::vector<double> values;
    values.reserve(amounts.size());
    for (const Decimal amount : amounts)
        values.push_back(amount.to_double());
    return values;
}

bool under_fee(const Strand& strand, const Ledger& ledger, std::size_t month)
{
    return std::ranges::any_of(strand.fees, [&](std::size_t f) { return ledger.fees[f].paid_in(month); });
}

// The share of a strand that is billed by usage where it is.
double billed(const Strand& strand, const Ledger& ledger, std::size_t month)
{
    if (under_fee(strand, ledger, month))
        return 0;
    double share = 1;
    if (strand.transferred && ledger.second && month >= ledger.second->move.moves)
        share -= ledger.second->move.share.to_double();
    if (strand.fallen_back && ledger.machines && month >= ledger.machines->move.begin)
        share -= ledger.machines->move.share.to_double();
    return share;
}

}

Evaluator::Evaluator(const Frame& frame, const Ledger& ledger, const std::vector<std::string>& vendors)
    : m_months(frame.months.size()),
      m_fixed(m_months),
      m_once(doubles(ledger.expenses)),
      m_machines(ledger.machines)
{
    const auto add_work = [this](const Relocation& to) {
        for (std::size_t m = to.begin; m < m_months; ++m)
            m_fixed[m] += to.upkeep.to_double();
        if (to.begin < m_months)
            m_once[to.begin] += to.migration.to_double();
    };
    const std::vector<double> cache_loss = doubles(ledger.cache_loss);
    for (const Strand& strand : ledger.strands) {
        Flow& flow = add_flow_of(strand, vendors);
        flow.cache_loss = cache_loss;
        for (std::size_t m = 0; m < m_months; ++m)
            flow.share.push_back(billed(strand, ledger, m));
    }
    if (ledger.second) {
        for (const Strand& strand : ledger.second->usage) {
            Flow& flow = add_flow_of(strand, vendors);
            flow.cache_loss.assign(m_months, ledger.second->cache_loss.to_double());
            for (std::size_t m = 0; m < m_months; ++m)
                flow.share.push_back(m < ledger.second->move.begin ? 0
                                                                   : ledger.second->move.share.to_double());
        }
        add_work(ledger.second->move);
    }
    if (m_machines)
        add_work(m_machines->move);
    for (const Fee& fee : ledger.fees) {
        for (std::size_t m = fee.begin; m < std::min(fee.end, m_months); ++m)
            m_fixed[m] += fee.amount.to_double();
    }
    for (const Promise& promise : ledger.commitments) {
        Debt& debt = m_debts.emplace_back(Debt{promise, std::vector<double>(m_months)});
        for (const std::size_t f : promise.fees) {
            for (std::size_t m = ledger.fees[f].begin; m < std::min(ledger.fees[f].end, m_months); ++m)
                debt.fees[m] += ledger.fees[f].amount.to_double();
        }
    }
}

Evaluator::Flow& Evaluator::add_flow_of(const Strand& strand, const std::vector<std::string>& vendors)
{
    Flow& flow = m_flows.emplace_back();
    flow.list = doubles(strand.list);
    flow.lost = doubles(strand.lost);
    flow.wanted = doubles(strand.prices.wanted);
    flow.free = doubles(strand.prices.free);
    flow.cap = strand.prices.cap;
    flow.commitments = strand.commitments;
    const auto at = std::ranges::find(vendors, strand.vendor);
    flow.vendor = at == vendors.end() ? vendors.size() - 1 : static_cast<std::size_t>(at - vendors.begin());
    return flow;
}

void Evaluator::evaluate(const Draws& draws, Scratch& scratch, std::vector<double>& spend) const
{
    const std::size_t paths = draws.paths;
    spend.resize(m_months * block_paths);
    scratch.level.assign(m_flows.size() * block_paths, 1.0);
    scratch.before.assign(m_flows.size() * block_paths, 1.0);
    scratch.counted.assign(m_debts.size() * block_paths, 0.0);
    scratch.cost.resize(block_paths);
    for (std::size_t m = 0; m < m_months; ++m) {
        double* const total = spend.data() + m * block_paths;
        for (std::size_t p = 0; p < paths; ++p)
            total[p] = m_fixed[m] + m_once[m] * draws.migration[p];
        for (std::size_t f = 0; f < m_flows.size(); ++f) {
            set_level(f, m, draws, scratch);
            if (m_flows[f].share[m] != 0)
                add_usage(f, m, draws, scratch, total);
        }
        if (m_machines && m >= m_machines->move.begin)
            add_machines(m, draws, total);
        for (std::size_t d = 0; d < m_debts.size(); ++d)
            settle(d, m, paths, scratch, total);
    }
}

// What the vendor charges this month, as a factor on the list price.
void Evaluator::set_level(std::size_t f, std::size_t m, const Draws& draws, Scratch& scratch) const
{
    const Flow& flow = m_flows[f];
    double* const level = scratch.level.data() + f * block_paths;
    const double* const jumps = draws.prices[flow.vendor].data() + m * block_paths;
    const double wanted = flow.wanted[m];
    if (!flow.cap) {
        for (std::size_t p = 0; p < draws.paths; ++p)
            level[p] = wanted * jumps[p];
        return;
    }
    double* const before = scratch.before.data() + f * block_paths;
    if (m % 12 == 0 && m > 0)
        std::copy(level, level + draws.paths, before);
    for (std::size_t p = 0; p < draws.paths; ++p)
        level[p] = std::min(wanted * jumps[p], before[p] * (1 + allowed_rise(*flow.cap, draws.cpi[p])));
}

void Evaluator::add_usage(std::size_t f, std::size_t m, const Draws& draws, Scratch& scratch,
                          double* total) const
{
    const Flow& flow = m_flows[f];
    const double* const level = scratch.level.data() + f * block_paths;
    const double* const volume = draws.volume.data() + m * block_paths;
    const double* const exchange = draws.exchange.data() + m * block_paths;
    const double list = flow.list[m] * flow.free[m] * flow.share[m];
    const double lost = flow.lost[m] * flow.free[m] * flow.share[m];
    const double planned = flow.cache_loss[m];
    double* const cost = scratch.cost.data();
    for (std::size_t p = 0; p < draws.paths; ++p) {
        const double loss = std::min(planned + draws.cache_loss[p], 1.0);
        cost[p] = (list + lost * loss) * level[p] * volume[p] * exchange[p];
        total[p] += cost[p];
    }
    for (const std::size_t debt : flow.commitments) {
        double* const counted = scratch.counted.data() + debt * block_paths;
        for (std::size_t p = 0; p < draws.paths; ++p)
            counted[p] += cost[p];
    }
}

void Evaluator::add_machines(std::size_t m, const Draws& draws, double* total) const
{
    const double* const volume = draws.volume.data() + m * block_paths;
    const double* const exchange = draws.exchange.data() + m * block_paths;
    const double share = m_machines->move.share.to_double();
    const double price = m_machines->price_per_hour.to_double() * hours_of_month;
    for (std::size_t p = 0; p < draws.paths; ++p) {
        total[p] +=
            machines_for(*m_machines, share, volume[p]) * price * draws.machine_price[p] * exchange[p];
    }
}

// Pays what a commitment is short of at the end of its year.
void Evaluator::settle(std::size_t d, std::size_t m, std::size_t paths, Scratch& scratch, double* total) const
{
    const Debt& debt = m_debts[d];
    double* const counted = scratch.counted.data() + d * block_paths;
    const std::size_t due = debt.promise.months_due(m);
    const double owed = debt.promise.amount.to_double() * static_cast<double>(due) / 12;
    for (std::size_t p = 0; p < paths; ++p)
        counted[p] += debt.fees[m];
    if (due > 0) {
        for (std::size_t p = 0; p < paths; ++p)
            total[p] += std::max(owed - counted[p], 0.0);
    }
    if (due > 0 || m < debt.promise.begin)
        std::fill_n(counted, paths, 0.0);
}

}
