#include "core/pricing/bill.h"

#include "core/pricing/capacityload.h"
#include "core/pricing/discount.h"
#include "core/pricing/exchange.h"
#include "core/pricing/scope.h"
#include "core/pricing/settlement.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace leeway::pricing {
namespace {

using base::Decimal;

constexpr std::array<std::string_view, 7> kinds{
    "list price", "allowance", "covered by capacity", "capacity", "discount", "shortfall", "credit"};

bool holds(base::Date day, const std::optional<base::Date>& from, const std::optional<base::Date>& until)
{
    return (!from || *from <= day) && (!until || day <= *until);
}

class Biller
{
public:
    Biller(const Sheet& sheet, std::vector<PricedLine> lines, std::span<const ModelLoad> loads,
           const std::optional<Days>& known)
        : m_agreement(sheet.agreement),
          m_sheet(sheet),
          m_lines(std::move(lines)),
          m_loads(loads)
    {
        std::erase_if(m_lines, [&](const PricedLine& line) {
            return line.model == nullptr || (known && !known->contains(line.day));
        });
        std::ranges::stable_sort(m_lines, {}, &PricedLine::day);
        if (known)
            m_known = *known;
        else if (!m_lines.empty())
            m_known = {m_lines.front().day, m_lines.back().day};
    }

    base::Result<Bill> run()
    {
        m_bill.currency = m_agreement.currency.empty() ? m_sheet.currency : m_agreement.currency;
        if (m_lines.empty())
            return std::move(m_bill);
        for (const PricedLine& line : m_lines) {
            Decimal cost;
            for (const Decimal& component : line.components)
                cost += component;
            add(line.day, BillKind::ListPrice, line.model->vendor + "/" + line.model->model, cost);
        }
        for (const Allowance& allowance : m_agreement.allowances)
            apply(allowance);
        apply_capacities();
        apply_discounts();
        for (const Commitment& commitment : m_agreement.commitments)
            apply(commitment);
        return finished();
    }

private:
    using Place = std::tuple<base::Month, BillKind, std::string>;

    void add(base::Date day, BillKind kind, const std::string& title, Decimal amount,
             std::string explanation = {})
    {
        BillItem& item = m_items[{base::Month::of(day), kind, title}];
        item.amount += amount;
        if (!explanation.empty())
            item.explanation = std::move(explanation);
    }

    void concerns_nothing(const std::string& title)
    {
        m_bill.notes.push_back(fmt::format("“{}” concerns no usage.", title));
    }

    static Decimal left_of(const PricedLine& line)
    {
        Decimal sum;
        for (const Decimal& component : line.components)
            sum += component;
        return sum;
    }

    void apply(const Allowance& allowance)
    {
        std::map<base::Date, std::int64_t> used;
        bool any = false;
        for (PricedLine& line : m_lines) {
            if (!concerns(allowance.scope, *line.model, line.service_tier))
                continue;
            any = true;
            std::int64_t& gone = used[calendar_period(line.day, allowance.per).first];
            for (const Component component : allowance.components) {
                const std::int64_t count = line.counts[component];
                const std::int64_t free = std::min(count, allowance.quantity - gone);
                if (free <= 0)
                    continue;
                gone += free;
                Decimal& cost = line.components[static_cast<std::size_t>(component)];
                const Decimal off = cost * free / Decimal::from_integer(count);
                cost -= off;
                add(line.day, BillKind::Allowance, allowance.title, -off,
                    fmt::format("{} free a {}", allowance.quantity, to_string(allowance.per)));
            }
        }
        if (!any)
            concerns_nothing(allowance.title);
    }

    // The hours of the models and tiers that `mine` names.
    template<typename Mine>
    std::vector<HourLoad> hours_of(const Mine& mine) const
    {
        std::vector<HourLoad> hours;
        for (const ModelLoad& load : m_loads) {
            const Model* model = m_sheet.find(load.vendor, load.model);
            if (model != nullptr && mine(*model, load.service_tier))
                hours.insert(hours.end(), load.hours.begin(), load.hours.end());
        }
        for (const PricedLine& line : m_lines) {
            if (m_loads.empty() && mine(*line.model, line.service_tier))
                spread(line, hours);
        }
        return hours;
    }

    static void spread(const PricedLine& line, std::vector<HourLoad>& hours)
    {
        constexpr std::int64_t in_day = 24;
        const auto first = static_cast<std::int32_t>(line.day.time_since_epoch().count() * in_day);
        const auto share = [](std::int64_t count, std::int64_t hour) {
            __extension__ using Wide = __int128;
            return static_cast<std::int64_t>(Wide{count} * (hour + 1) / in_day - Wide{count} * hour / in_day);
        };
        for (std::int32_t hour = 0; hour < in_day; ++hour)
            hours.push_back({first + hour, share(line.counts.requests(), hour),
                             share(line.counts.all_input(), hour), share(line.counts.all_cached(), hour),
                             share(line.counts.all_output(), hour)});
    }

    void apply_capacities()
    {
        if (m_loads.empty() && !m_agreement.capacities.empty())
            m_bill.notes.emplace_back("The hours of the usage are not known: each day's is taken as even.");
        for (std::size_t i = 0; i < m_agreement.capacities.size(); ++i)
            apply(i);
    }

    void apply(std::size_t index)
    {
        const Capacity& capacity = m_agreement.capacities[index];
        // Of several capacities, the first that concerns a model has its usage.
        const auto mine = [&](const Model& model, std::string_view tier) {
            const auto first = std::ranges::find_if(
                m_agreement.capacities, [&](const Capacity& other) { return concerns(other, model, tier); });
            return first - m_agreement.capacities.begin() == static_cast<std::ptrdiff_t>(index);
        };
        const CapacityUse use = use_of(capacity, hours_of(mine));
        if (use.days.empty())
            concerns_nothing(capacity.title);
        else
            m_bill.notes.push_back(fmt::format("“{}”: the busiest hour needs {} {}; there are {}.",
                                               capacity.title, use.peak_units, capacity.unit,
                                               capacity.units));
        std::map<base::Month, Coverage> months;
        for (const auto& [day, coverage] : use.days) {
            months[base::Month::of(day)].load += coverage.load;
            months[base::Month::of(day)].served += coverage.served;
        }
        for (PricedLine& line : m_lines) {
            const auto day = use.days.find(line.day);
            if (day == use.days.end() || !mine(*line.model, line.service_tier))
                continue;
            const Decimal share = capacity.overflows ? day->second.share() : Decimal::from_integer(1);
            for (std::size_t i = 0; i < component_count; ++i) {
                if (side_of(static_cast<Component>(i)) == Side::Unit)
                    continue;
                const Decimal off = line.components[i] * share;
                line.components[i] -= off;
                add(line.day, BillKind::Covered, capacity.title, -off);
            }
        }
        for (base::Date day = m_known.first; day <= m_known.last; day += std::chrono::days(1)) {
            if (!holds(day, capacity.from, capacity.until))
                continue;
            const Decimal served = months[base::Month::of(day)].share() * 100;
            add(day, BillKind::Capacity, capacity.title, capacity.price_per_hour * (capacity.units * 24),
                fmt::format("{} {}; {} % of the load served{}", capacity.units, capacity.unit,
                            served.rounded(1).to_string(),
                            capacity.overflows ? ", the rest paid as it goes" : ", the rest refused"));
        }
    }

    void apply_discounts()
    {
        std::vector<std::vector<PricedLine*>> lines_of(m_agreement.discounts.size());
        for (PricedLine& line : m_lines) {
            const auto first = std::ranges::find_if(m_agreement.discounts, [&](const Discount& discount) {
                return holds(line.day, discount.from, discount.until) &&
                       concerns(discount.scope, *line.model, line.service_tier);
            });
            if (first != m_agreement.discounts.end())
                lines_of[static_cast<std::size_t>(first - m_agreement.discounts.begin())].push_back(&line);
        }
        for (std::size_t i = 0; i < lines_of.size(); ++i) {
            const Discount& discount = m_agreement.discounts[i];
            if (lines_of[i].empty())
                concerns_nothing(discount.title);
            std::map<base::Date, std::vector<PricedLine*>> periods;
            for (PricedLine* line : lines_of[i])
                periods[calendar_period(line->day, discount.per).first].push_back(line);
            for (const auto& [first, lines] : periods)
                apply(discount, lines);
        }
    }

    // The lines of one period, by day.
    void apply(const Discount& discount, const std::vector<PricedLine*>& lines)
    {
        Decimal spend;
        for (const PricedLine* line : lines)
            spend += left_of(*line);
        Decimal before;
        for (PricedLine* line : lines) {
            const Decimal cost = left_of(*line);
            const Decimal off = discount_on(discount, cost, before, spend);
            before += cost;
            if (off.is_zero())
                continue;
            m_discounted[line] = off;
            add(line->day, BillKind::Discount, discount.title, -off,
                fmt::format("on {} spent in the {}", spend.rounded(2).to_string(), to_string(discount.per)));
        }
    }

    void apply(const Commitment& commitment)
    {
        std::map<base::Date, Decimal> spend;
        for (const PricedLine& line : m_lines) {
            if (!concerns(commitment.scope, *line.model, line.service_tier))
                continue;
            const auto off = m_discounted.find(&line);
            spend[line.day] += left_of(line) - (off == m_discounted.end() ? Decimal() : off->second);
        }
        const auto settlements = settle(commitment, m_known, spend);
        if (settlements.empty())
            concerns_nothing(commitment.title);
        for (const Settlement& s : settlements) {
            const std::string account = fmt::format(
                "{} of {} spent from {} to {}", s.spend.rounded(2).to_string(), s.committed.to_string(),
                base::to_string(s.period.first), base::to_string(s.period.last));
            if (!s.settled)
                m_bill.notes.push_back(
                    fmt::format("“{}”: {}, not settled because the usage holds only a part of the period.",
                                commitment.title, account));
            if (!s.credit_used.is_zero())
                add(std::min(s.period.last, m_known.last), BillKind::Credit, commitment.title, -s.credit_used,
                    "paid with the last period's shortfall");
            if (!s.shortfall.is_zero())
                add(s.period.last, BillKind::Shortfall, commitment.title, s.shortfall, account);
        }
    }

    base::Result<Bill> finished()
    {
        std::map<base::Month, Decimal> rates;
        for (auto& [place, item] : m_items) {
            std::tie(item.month, item.kind, item.title) = place;
            const auto [rate, added] = rates.try_emplace(item.month);
            if (added) {
                const base::Date end = (item.month + 1).first_day() - std::chrono::days(1);
                const auto found = exchange_rate(m_sheet.currency, m_bill.currency,
                                                 std::min(end, m_known.last), m_agreement.exchange_rates);
                if (!found)
                    return tl::unexpected(found.error());
                rate->second = *found;
            }
            item.amount = item.amount * rate->second;
            m_bill.total += item.amount;
            m_bill.items.push_back(std::move(item));
        }
        if (m_bill.currency != m_sheet.currency) {
            for (const auto& [month, rate] : rates)
                m_bill.notes.push_back(fmt::format("{}: 1 {} = {} {}.", base::to_string(month),
                                                   m_sheet.currency, rate.to_string(), m_bill.currency));
        }
        return std::move(m_bill);
    }

    const Agreement& m_agreement;
    const Sheet& m_sheet;
    std::vector<PricedLine> m_lines; // by day; `components` shrink as amounts are taken off
    std::span<const ModelLoad> m_loads;
    Days m_known;
    std::map<const PricedLine*, Decimal> m_discounted;
    std::map<Place, BillItem> m_items;
    Bill m_bill;
};

}

std::string_view to_string(BillKind kind)
{
    return kinds[static_cast<std::size_t>(kind)];
}

base::Result<Bill> bill_of(const Sheet& sheet, std::vector<PricedLine> lines,
                           std::span<const ModelLoad> loads, const std::optional<Days>& known)
{
    return Biller(sheet, std::move(lines), loads, known).run();
}

}
