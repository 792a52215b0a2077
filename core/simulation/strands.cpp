#include "core/simulation/strands.h"

#include "core/simulation/selection.h"

#include <algorithm>

namespace leeway::simulation {
namespace {

using base::Decimal;
using pricing::Component;

PriceCourse prices_of(const Scenario& scenario, const std::vector<bool>& concerns,
                      std::optional<std::size_t> successor, const Frame& frame)
{
    PriceCourse prices = unchanged_prices(frame.months.size());
    for (std::size_t i = 0; i < concerns.size(); ++i) {
        if (concerns[i])
            apply(prices, scenario.price_changes[i], frame.plan.start);
    }
    if (successor) {
        const Successor& next = scenario.successors[*successor];
        PriceChange change{"", "", next.price_percent, next.from_month};
        change.capped = next.capped;
        apply(prices, change, frame.plan.start);
        change.percent = next.tokens_percent;
        change.capped = false;
        apply(prices, change, frame.plan.start);
    }
    return prices;
}

void add_to(std::vector<Decimal>& sums, const std::vector<Decimal>& amounts)
{
    for (std::size_t m = 0; m < sums.size(); ++m)
        sums[m] += amounts[m];
}

// What `cost` says of the course in force, by month; it gets the course with the cache kept and the one with
// the cache lost.
template<typename Cost>
void add_by_month(std::vector<Decimal>& sums, const Usage& usage, Cost cost)
{
    for (std::size_t m = 0; m < sums.size(); ++m) {
        if (usage.replaced_in(m))
            sums[m] += cost(*usage.next_kept, usage.next_lost, m);
        else
            sums[m] += cost(*usage.kept, usage.lost, m);
    }
}

}

Strand& Strands::strand_for(const Who& who, const std::vector<bool>& concerns)
{
    const auto [at, added] = m_known.try_emplace(
        {who.model->vendor, concerns, who.successor, who.transferred, who.fallen_back}, m_strands.size());
    if (added) {
        Strand& strand = m_strands.emplace_back();
        strand.vendor = who.model->vendor;
        strand.list.resize(m_frame.months.size());
        strand.lost.resize(m_frame.months.size());
        strand.prices = prices_of(m_scenario, concerns, who.successor, m_frame);
        strand.concerned = std::ranges::find(concerns, true) != concerns.end();
        strand.transferred = who.transferred;
        strand.fallen_back = who.fallen_back;
    }
    return m_strands[at->second];
}

void Strands::add(const Who& who, const Usage& usage, const std::vector<Decimal>* list,
                  const std::vector<Decimal>* cold)
{
    const std::vector<base::Month>& months = m_frame.months;
    bool by_component = false;
    for (std::size_t i = 0; i < who.concerns.size(); ++i)
        by_component = by_component || (who.concerns[i] && !m_scenario.price_changes[i].component.empty());
    if (!by_component) {
        Strand& strand = strand_for(who, who.concerns);
        if (list != nullptr && usage.next_kept == nullptr) {
            add_to(strand.list, *list);
            if (cold != nullptr) {
                for (std::size_t m = 0; m < months.size(); ++m)
                    strand.lost[m] += (*cold)[m] - (*list)[m];
            }
            return;
        }
        add_by_month(strand.list, usage, [&](const Course& kept, const Course*, std::size_t m) {
            return cost_in(kept, months[m]);
        });
        add_by_month(strand.lost, usage, [&](const Course& kept, const Course* lost, std::size_t m) {
            return lost == nullptr ? Decimal() : cost_in(*lost, months[m]) - cost_in(kept, months[m]);
        });
        return;
    }
    for (std::size_t c = 0; c < pricing::component_count; ++c) {
        const auto component = static_cast<Component>(c);
        const auto has = [component](const Course* course) {
            return course != nullptr && std::ranges::any_of(*course, [component](const Step& step) {
                       return std::ranges::find(step.parts, component,
                                                &std::pair<Component, Decimal>::first) != step.parts.end();
                   });
        };
        if (!has(usage.kept) && !has(usage.lost) && !has(usage.next_kept) && !has(usage.next_lost))
            continue;
        const std::string_view name = pricing::to_string(charged_as(*who.model, component));
        std::vector<bool> concerns = who.concerns;
        for (std::size_t i = 0; i < concerns.size(); ++i) {
            const std::string& wanted = m_scenario.price_changes[i].component;
            concerns[i] = concerns[i] && (wanted.empty() || wanted == name);
        }
        Strand& strand = strand_for(who, concerns);
        add_by_month(strand.list, usage, [&](const Course& kept, const Course*, std::size_t m) {
            return cost_in(kept, months[m], component);
        });
        add_by_month(strand.lost, usage, [&](const Course& kept, const Course* lost, std::size_t m) {
            return lost == nullptr
                       ? Decimal()
                       : cost_in(*lost, months[m], component) - cost_in(kept, months[m], component);
        });
    }
}

}
