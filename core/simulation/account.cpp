#include "core/simulation/account.h"

#include <algorithm>
#include <utility>

namespace leeway::simulation {
namespace {

using base::Decimal;

Move begun(const Relocation& relocation)
{
    Move move;
    move.done = true;
    move.to = relocation.to;
    return move;
}

class Bookkeeper
{
public:
    Bookkeeper(const Frame& frame, const Ledger& ledger)
        : m_frame(frame),
          m_ledger(ledger),
          m_counted(ledger.commitments.size())
    {
        for (const Strand& strand : ledger.strands) {
            m_prices.push_back(charged(strand.prices, frame.plan.cpi_percent));
            PriceCourse uncapped = strand.prices;
            uncapped.cap.reset();
            m_account.held = m_account.held || charged(uncapped, 0) != m_prices.back();
        }
        if (ledger.second) {
            for (const Strand& strand : ledger.second->usage)
                m_second_prices.push_back(charged(strand.prices, frame.plan.cpi_percent));
            m_account.transfer = begun(ledger.second->move);
        }
        if (ledger.machines)
            m_account.fallback = begun(ledger.machines->move);
        m_account.notes = ledger.notes;
    }

    Account run()
    {
        m_account.months.resize(m_frame.months.size());
        for (std::size_t m = 0; m < m_frame.months.size(); ++m)
            book(m);
        return std::move(m_account);
    }

private:
    void book(std::size_t m)
    {
        const bool moved = m_ledger.second && m >= m_ledger.second->move.moves;
        const bool hosted = m_ledger.machines && m >= m_ledger.machines->move.begin;
        const Decimal volume = m_frame.volume[m];
        Decimal vendors;
        Decimal transferred;
        Decimal fallen_back;
        for (std::size_t s = 0; s < m_ledger.strands.size(); ++s) {
            const Strand& strand = m_ledger.strands[s];
            const Decimal cold = strand.lost[m] * m_ledger.cache_loss[m];
            const Decimal cost = (strand.list[m] + cold) * m_prices[s][m];
            if (strand.concerned)
                m_account.concerned += strand.list[m] * volume;
            if (std::ranges::any_of(strand.fees,
                                    [&](std::size_t f) { return m_ledger.fees[f].paid_in(m); })) {
                m_account.covered += cost * volume;
                continue;
            }
            m_account.cold += cold * m_prices[s][m] * volume;
            Decimal leaves;
            if (strand.transferred && moved) {
                leaves += cost * m_ledger.second->move.share;
                transferred += cost * m_ledger.second->move.share;
            }
            if (strand.fallen_back && hosted) {
                leaves += cost * m_ledger.machines->move.share;
                fallen_back += cost * m_ledger.machines->move.share;
            }
            vendors += cost;
            count(strand, (cost - leaves) * volume);
        }
        m_account.today += m_frame.whole[m] * volume;
        MonthSpend& spend = m_account.months[m];
        spend.vendors = ((vendors - transferred - fallen_back) * volume).rounded(shown_places);
        m_account.transfer.left += transferred * volume;
        m_account.fallback.left += fallen_back * volume;
        if (m_ledger.second && m >= m_ledger.second->move.begin)
            book_second(*m_ledger.second, m);
        if (hosted)
            book_machines(*m_ledger.machines, m);
        book_promises(m);
        spend.engineering += m_ledger.expenses[m].rounded(shown_places);
        m_account.expenses += m_ledger.expenses[m];
    }

    void book_second(const Second& second, std::size_t m)
    {
        Move& move = m_account.transfer;
        Decimal kept;
        Decimal cache;
        for (std::size_t s = 0; s < second.usage.size(); ++s) {
            const Strand& strand = second.usage[s];
            const Decimal scale = second.move.share * m_second_prices[s][m] * m_frame.volume[m];
            const Decimal of_cache = strand.lost[m] * second.cache_loss * scale;
            kept += strand.list[m] * scale;
            cache += of_cache;
            count(strand, strand.list[m] * scale + of_cache);
        }
        m_account.months[m].second = (kept + cache).rounded(shown_places);
        if (m >= second.move.moves) {
            move.paid += kept;
            move.cache += cache;
        } else {
            move.parallel += kept + cache;
        }
        book_engineering(m, second.move, move);
    }

    void book_machines(const Machines& machines, std::size_t m)
    {
        Move& move = m_account.fallback;
        const double share = machines.move.share.to_double();
        const double volume = m_frame.volume[m].to_double();
        const double running = machines_for(machines, share, volume);
        const Decimal cost = machines.price_per_hour * Decimal::from_double(hours_of_month) *
                             static_cast<std::int64_t>(running);
        m_account.months[m].machines = cost.rounded(shown_places);
        move.paid += cost;
        move.hours_needed += machines.seconds * share * volume / 3600;
        move.hours_paid += running * hours_of_month;
        book_engineering(m, machines.move, move);
    }

    void book_engineering(std::size_t m, const Relocation& to, Move& move)
    {
        const Decimal once = m == to.begin ? to.migration : Decimal();
        m_account.months[m].engineering += (to.upkeep + once).rounded(shown_places);
        move.upkeep += to.upkeep;
        move.migration += once;
    }

    void count(const Strand& strand, Decimal spend)
    {
        for (const std::size_t commitment : strand.commitments)
            m_counted[commitment] += spend;
    }

    // Flat fees, and at the end of a commitment's year what is short of it.
    void book_promises(std::size_t m)
    {
        MonthSpend& spend = m_account.months[m];
        for (std::size_t f = 0; f < m_ledger.fees.size(); ++f) {
            if (!m_ledger.fees[f].paid_in(m))
                continue;
            spend.vendors += m_ledger.fees[f].amount.rounded(shown_places);
            m_account.fees += m_ledger.fees[f].amount;
            for (std::size_t c = 0; c < m_ledger.commitments.size(); ++c) {
                if (std::ranges::find(m_ledger.commitments[c].fees, f) != m_ledger.commitments[c].fees.end())
                    m_counted[c] += m_ledger.fees[f].amount;
            }
        }
        for (std::size_t c = 0; c < m_ledger.commitments.size(); ++c) {
            const Promise& promise = m_ledger.commitments[c];
            const std::size_t due = promise.months_due(m);
            const Decimal owed = promise.amount * static_cast<std::int64_t>(due) / Decimal::from_integer(12);
            const Decimal shortfall = std::max(owed - m_counted[c], Decimal());
            spend.vendors += shortfall.rounded(shown_places);
            m_account.shortfall += shortfall;
            if (due > 0 || m < promise.begin)
                m_counted[c] = {};
        }
    }

    const Frame& m_frame;
    const Ledger& m_ledger;
    std::vector<std::vector<Decimal>> m_prices; // beside the strands
    std::vector<std::vector<Decimal>> m_second_prices;
    std::vector<Decimal> m_counted; // towards each commitment since its year began
    Account m_account;
};

}

Account account_of(const Frame& frame, const Scenario& scenario)
{
    const Ledger ledger = ledger_of(frame, scenario);
    return Bookkeeper(frame, ledger).run();
}

}
