#include "core/simulation/ledger.h"

#include "core/simulation/selection.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace leeway::simulation {
namespace {

using base::Decimal;

const Decimal one = Decimal::from_integer(1);

bool any(const std::vector<bool>& values)
{
    return std::ranges::find(values, true) != values.end();
}

class Writer
{
public:
    Writer(const Frame& frame, const Scenario& scenario)
        : m_frame(frame),
          m_scenario(scenario),
          m_lines(frame.traffic.lines),
          m_months(frame.months.size()),
          m_transferred(m_lines.size()),
          m_fallen_back(m_lines.size())
    {
        for (const PriceChange& change : scenario.price_changes)
            m_changes.emplace_back(frame.traffic.sheet, change.vendor, change.model);
    }

    Ledger run()
    {
        m_ledger.fees = fees_of(m_frame, m_scenario, m_notes);
        m_ledger.commitments = promises_of(m_frame, m_scenario, m_notes);
        m_ledger.expenses = expenses_of(m_frame, m_scenario, m_notes);
        set_second();
        set_machines();
        set_successors();
        set_strands();
        set_cache_loss();
        for (const std::string& text : m_notes)
            add_note(m_ledger.notes, fmt::format("{}: {}", m_scenario.title, text));
        return std::move(m_ledger);
    }

private:
    void note(std::string text) { add_note(m_notes, std::move(text)); }

    void set_second()
    {
        if (!m_scenario.transfer || clamped(m_scenario.transfer->share_percent, 0, 100) == 0)
            return;
        const Transfer& transfer = *m_scenario.transfer;
        const Traffic& traffic = m_frame.traffic;
        const pricing::Model* target = traffic.sheet.find(transfer.to_vendor, transfer.to_model);
        if (target == nullptr) {
            note(fmt::format(
                "“{}/{}” is not in the price sheet, so nothing is moved there; choose another model",
                transfer.to_vendor, transfer.to_model));
            return;
        }
        // A change without a vendor is about today's vendors, so it leaves the second one alone.
        Strands::Who who;
        who.model = target;
        for (std::size_t i = 0; i < m_changes.size(); ++i)
            who.concerns.push_back(!m_scenario.price_changes[i].vendor.empty() && m_changes[i].has(*target));
        const MovedTraffic& moved = traffic.moved_to(*target);
        const Selection from(traffic.sheet, transfer.from_vendor, {});
        Strands strands(m_frame, m_scenario);
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const pricing::Model& own = *m_lines[i].model;
            if (!moved.lines[i].priced || &own == target || !from.has(own) ||
                !allows(transfer.rule, m_lines[i], traffic))
                continue;
            m_transferred[i] = true;
            strands.add(who, {&moved.lines[i].kept, &moved.lines[i].lost, nullptr, nullptr, 0});
        }
        if (!any(m_transferred)) {
            note(fmt::format("there is no traffic that {} could take over", name_of(*target)));
            return;
        }
        for (const std::string& text : moved.notes)
            note(text);
        Second& second = m_ledger.second.emplace();
        second.usage = strands.take();
        for (Strand& strand : second.usage)
            tie(strand, *target, true);
        const std::size_t begin = index_of(transfer.from_month);
        second.move = {name_of(*target),
                       part_of(clamped(transfer.share_percent, 0, 100)),
                       begin,
                       begin + static_cast<std::size_t>(std::clamp(transfer.parallel_months, 0, 1'000)),
                       transfer.upkeep_per_month,
                       transfer.migration_once};
        second.cache_loss = part_of(clamped(transfer.cache_hit_loss_percent, 0, 100));
    }

    void set_machines()
    {
        if (!m_scenario.fallback || clamped(m_scenario.fallback->share_percent, 0, 100) == 0)
            return;
        const Fallback& fallback = *m_scenario.fallback;
        const Traffic& traffic = m_frame.traffic;
        const Selection from(traffic.sheet, fallback.from_vendor, {});
        double output_tokens = 0;
        double input_tokens = 0;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const Line& line = m_lines[i];
            if (!is_chat(*line.model) || !from.has(*line.model) || !allows(fallback.rule, line, traffic))
                continue;
            m_fallen_back[i] = true;
            output_tokens += traffic.in_average_month(line.counts.all_output());
            input_tokens += traffic.in_average_month(line.counts.all_input());
        }
        if (!any(m_fallen_back)) {
            note("there is no chat traffic that a self-hosted model could take over");
            return;
        }
        if (!(fallback.tokens_per_second > 0))
            note("a machine's tokens a second are not set, so only the minimum of machines is counted");
        Machines& machines = m_ledger.machines.emplace();
        const std::size_t begin = index_of(fallback.from_month);
        machines.move = {fallback.model,
                         part_of(clamped(fallback.share_percent, 0, 100)),
                         begin,
                         begin,
                         fallback.upkeep_per_month,
                         fallback.migration_once};
        if (m_ledger.second && m_ledger.second->move.share + machines.move.share > one) {
            machines.move.share = one - m_ledger.second->move.share;
            note("the shares that move add up to more than 100 %: the self-hosted model takes what is left");
        }
        if (fallback.tokens_per_second > 0)
            machines.seconds += output_tokens / fallback.tokens_per_second;
        if (fallback.input_tokens_per_second > 0)
            machines.seconds += input_tokens / fallback.input_tokens_per_second;
        machines.usable = clamped(fallback.utilisation_percent, 1, 100) / 100;
        machines.least = std::clamp(fallback.minimum_machines, 0, 1'000'000);
        machines.price_per_hour = fallback.price_per_hour;
    }

    void set_strands()
    {
        Strands strands(m_frame, m_scenario);
        const std::vector<Course>* cold = m_frame.cold.empty() ? nullptr : &m_frame.traffic.without_cache();
        bool concerned = false;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            Strands::Who who;
            who.model = m_lines[i].model;
            for (const Selection& change : m_changes)
                who.concerns.push_back(change.has(*who.model));
            concerned = concerned || any(who.concerns);
            who.transferred = m_transferred[i];
            who.fallen_back = m_fallen_back[i];
            Usage usage{&m_lines[i].today, cold == nullptr ? nullptr : &(*cold)[i], nullptr, nullptr, 0};
            who.successor = succeed(i, usage);
            strands.add(who, usage, &m_frame.today[i], cold == nullptr ? nullptr : &m_frame.cold[i]);
        }
        m_ledger.strands = strands.take();
        for (Strand& strand : m_ledger.strands) {
            const auto line = std::ranges::find_if(
                m_lines, [&](const Line& of) { return of.model->vendor == strand.vendor; });
            tie(strand, *line->model, false);
        }
        if (!concerned && !m_scenario.price_changes.empty() && !m_lines.empty())
            note("the price change concerns no model of this traffic");
    }

    void set_successors()
    {
        const pricing::Sheet& sheet = m_frame.traffic.sheet;
        for (const Successor& next : m_scenario.successors) {
            m_old_models.emplace_back(sheet, next.vendor, next.model);
            m_moved.push_back(nullptr);
            if (next.to_model.empty())
                continue;
            if (const pricing::Model* target = sheet.find(next.to_vendor, next.to_model)) {
                m_moved.back() = &m_frame.traffic.moved_to(*target);
                for (const std::string& text : m_moved.back()->notes)
                    note(text);
            } else {
                note(fmt::format("“{}/{}” is not in the price sheet, so it succeeds nothing; choose another "
                                 "model",
                                 next.to_vendor, next.to_model));
            }
        }
    }

    // Sets the successor's courses; none when the line keeps its model.
    std::optional<std::size_t> succeed(std::size_t i, Usage& usage) const
    {
        for (std::size_t s = 0; s < m_old_models.size(); ++s) {
            if (!m_old_models[s].has(*m_lines[i].model))
                continue;
            const Successor& next = m_scenario.successors[s];
            if (next.to_model.empty())
                return s;
            if (m_moved[s] == nullptr || !m_moved[s]->lines[i].priced)
                return std::nullopt;
            usage.next_kept = &m_moved[s]->lines[i].kept;
            usage.next_lost = usage.lost == nullptr ? nullptr : &m_moved[s]->lines[i].lost;
            usage.next_from = index_of(next.from_month);
            return s;
        }
        return std::nullopt;
    }

    // What the contract with the strand's vendor says. A limit or fee of any vendor is about today's.
    void tie(Strand& strand, const pricing::Model& model, bool second) const
    {
        const auto holds = [&](const std::string& vendor) {
            return is_sold_by(vendor, model) && !(second && vendor.empty());
        };
        for (const PriceCap& cap : m_scenario.caps) {
            if (!strand.prices.cap && holds(cap.vendor) && (cap.percent || cap.cpi_points))
                strand.prices.cap = cap;
        }
        for (std::size_t f = 0; f < m_scenario.flat_fees.size(); ++f) {
            if (!second && holds(m_scenario.flat_fees[f].vendor))
                strand.fees.push_back(f);
        }
        for (std::size_t c = 0; c < m_ledger.commitments.size(); ++c) {
            if (holds(m_ledger.commitments[c].vendor))
                strand.commitments.push_back(c);
        }
    }

    void set_cache_loss()
    {
        m_ledger.cache_loss.resize(m_months);
        if (!m_scenario.cache_loss)
            return;
        for (std::size_t m = index_of(m_scenario.cache_loss->from_month); m < m_months; ++m)
            m_ledger.cache_loss[m] = part_of(clamped(m_scenario.cache_loss->percent, 0, 100));
    }

    const Frame& m_frame;
    const Scenario& m_scenario;
    const std::vector<Line>& m_lines;
    const std::size_t m_months;
    std::vector<Selection> m_changes;         // beside the price changes
    std::vector<Selection> m_old_models;      // beside the successors
    std::vector<const MovedTraffic*> m_moved; // beside the successors; nullptr: at the old model's prices
    std::vector<bool> m_transferred;
    std::vector<bool> m_fallen_back;
    std::vector<std::string> m_notes;
    Ledger m_ledger;
};

}

Ledger ledger_of(const Frame& frame, const Scenario& scenario)
{
    return Writer(frame, scenario).run();
}

double machines_for(const Machines& machines, double share, double volume)
{
    const double seconds = machines.seconds * share * volume;
    const double needed = std::ceil(seconds / (3600 * hours_of_month * machines.usable) - 1e-9);
    return clamped(needed, static_cast<double>(machines.least), 1e9);
}

}
