#include "core/simulation/account.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace leeway::simulation {
namespace {

using base::Decimal;

const Decimal one = Decimal::from_integer(1);

Decimal part_of(double percent)
{
    return Decimal::from_double(percent) / Decimal::from_integer(100);
}

// The models that a vendor (empty: any) and a model (empty: any) name.
class Selection
{
public:
    Selection(const pricing::Sheet& sheet, const std::string& vendor, const std::string& model)
        : m_vendor(base::lowered(base::trimmed(vendor))),
          m_model(base::lowered(base::trimmed(model))),
          m_found(m_model.empty() ? nullptr : sheet.find(vendor, model))
    {
    }

    [[nodiscard]] bool has(const pricing::Model& model) const
    {
        if (&model == m_last)
            return m_last_has;
        m_last = &model;
        m_last_has = (m_vendor.empty() || pricing::is_vendor(m_vendor, model)) &&
                     (m_model.empty() || m_found == &model || m_model == base::lowered(model.model));
        return m_last_has;
    }

private:
    std::string m_vendor;
    std::string m_model;
    const pricing::Model* m_found;
    mutable const pricing::Model* m_last = nullptr; // lines of one model follow one another
    mutable bool m_last_has = false;
};

Decimal factor_of(const PriceChange& change)
{
    return one + part_of(clamped(change.percent, -100, 1000));
}

// The product of the changes, by month.
std::vector<Decimal> factors_of(const std::vector<PriceChange>& changes, const std::vector<bool>& concerns,
                                std::size_t months)
{
    std::vector<Decimal> factors(months, one);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (!concerns[i])
            continue;
        const Decimal factor = factor_of(changes[i]);
        for (auto m = static_cast<std::size_t>(std::max(changes[i].from_month, 1)) - 1; m < months; ++m)
            factors[m] = factors[m] * factor;
    }
    return factors;
}

// Lines that the scenario treats alike, so that money is summed before it is multiplied.
struct Group
{
    std::vector<Decimal> today;   // by month, at the sheet's prices
    std::vector<Decimal> factors; // of price changes
    bool transferred = false;
    bool fallen_back = false;
};

struct Second
{
    std::vector<Decimal> kept; // by month: the moved lines at the second vendor
    std::vector<Decimal> lost;
    std::vector<Decimal> factors;
};

// A share that moves: from which month, how much.
struct Relocation
{
    Decimal share;
    std::size_t begin = 0; // first month in which the new place is paid
    std::size_t moves = 0; // first month in which the old place is not
};

class Bookkeeper
{
public:
    Bookkeeper(const Frame& frame, const Scenario& scenario)
        : m_frame(frame),
          m_scenario(scenario),
          m_months(frame.months.size())
    {
        const std::size_t lines = frame.traffic.lines.size();
        m_transferred.assign(lines, false);
        m_fallen_back.assign(lines, false);
    }

    Account run()
    {
        set_transfer();
        set_fallback();
        set_groups();
        m_account.months.resize(m_months);
        for (std::size_t m = 0; m < m_months; ++m)
            book(m);
        return std::move(m_account);
    }

private:
    void note(std::string text) { add_note(m_account.notes, fmt::format("{}: {}", m_scenario.title, text)); }

    std::size_t index_of(int from_month) const
    {
        return static_cast<std::size_t>(std::clamp(from_month, 1, 1'000)) - 1;
    }

    void set_transfer()
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
        const MovedTraffic& moved = traffic.moved_to(*target);
        m_second.kept.assign(m_months, {});
        m_second.lost.assign(m_months, {});
        const Selection from(traffic.sheet, transfer.from_vendor, {});
        for (std::size_t i = 0; i < traffic.lines.size(); ++i) {
            const pricing::Model& own = *traffic.lines[i].model;
            if (!moved.lines[i].priced || &own == target || !from.has(own))
                continue;
            m_transferred[i] = true;
            for (std::size_t m = 0; m < m_months; ++m) {
                m_second.kept[m] += cost_in(moved.lines[i].kept, m_frame.months[m]);
                m_second.lost[m] += cost_in(moved.lines[i].lost, m_frame.months[m]);
            }
        }
        if (std::ranges::find(m_transferred, true) == m_transferred.end()) {
            note(fmt::format("there is no traffic that {} could take over", name_of(*target)));
            return;
        }
        for (const std::string& text : moved.notes)
            note(text);
        // A change without a vendor is about today's vendors, so it leaves the second one alone.
        std::vector<bool> concerns;
        for (const PriceChange& change : m_scenario.price_changes)
            concerns.push_back(!change.vendor.empty() &&
                               Selection(traffic.sheet, change.vendor, change.model).has(*target));
        m_second.factors = factors_of(m_scenario.price_changes, concerns, m_months);
        m_transfer.share = part_of(clamped(transfer.share_percent, 0, 100));
        m_transfer.begin = index_of(transfer.from_month);
        m_transfer.moves =
            m_transfer.begin + static_cast<std::size_t>(std::clamp(transfer.parallel_months, 0, 1'000));
        m_account.transfer.done = true;
        m_account.transfer.to = name_of(*target);
    }

    void set_fallback()
    {
        if (!m_scenario.fallback || clamped(m_scenario.fallback->share_percent, 0, 100) == 0)
            return;
        const Fallback& fallback = *m_scenario.fallback;
        const Traffic& traffic = m_frame.traffic;
        const Selection from(traffic.sheet, fallback.from_vendor, {});
        for (std::size_t i = 0; i < traffic.lines.size(); ++i) {
            const Line& line = traffic.lines[i];
            if (!is_chat(*line.model) || !from.has(*line.model))
                continue;
            m_fallen_back[i] = true;
            m_output_tokens += traffic.in_average_month(line.counts.all_output());
            m_input_tokens += traffic.in_average_month(line.counts.all_input());
        }
        if (std::ranges::find(m_fallen_back, true) == m_fallen_back.end()) {
            note("there is no chat traffic that a self-hosted model could take over");
            return;
        }
        if (!(fallback.tokens_per_second > 0))
            note("a machine's tokens a second are not set, so only the minimum of machines is counted");
        m_fallback.share = part_of(clamped(fallback.share_percent, 0, 100));
        m_fallback.begin = m_fallback.moves = index_of(fallback.from_month);
        if (m_account.transfer.done && m_transfer.share + m_fallback.share > one) {
            m_fallback.share = one - m_transfer.share;
            note("the shares that move add up to more than 100 %: the self-hosted model takes what is left");
        }
        m_account.fallback.done = true;
        m_account.fallback.to = fallback.model;
    }

    void set_groups()
    {
        const Traffic& traffic = m_frame.traffic;
        std::map<std::tuple<std::vector<bool>, bool, bool>, std::size_t> known;
        bool any = false;
        std::vector<Selection> changed;
        for (const PriceChange& change : m_scenario.price_changes)
            changed.emplace_back(traffic.sheet, change.vendor, change.model);
        for (std::size_t i = 0; i < traffic.lines.size(); ++i) {
            std::vector<bool> concerns;
            for (const Selection& selection : changed)
                concerns.push_back(selection.has(*traffic.lines[i].model));
            const bool concerned = std::ranges::find(concerns, true) != concerns.end();
            any = any || concerned;
            const auto [at, added] =
                known.try_emplace({concerns, m_transferred[i], m_fallen_back[i]}, m_groups.size());
            if (added) {
                m_groups.push_back({std::vector<Decimal>(m_months),
                                    factors_of(m_scenario.price_changes, concerns, m_months),
                                    m_transferred[i], m_fallen_back[i]});
                m_concerned.push_back(concerned);
            }
            for (std::size_t m = 0; m < m_months; ++m)
                m_groups[at->second].today[m] += m_frame.today[i][m];
        }
        if (!any && !m_scenario.price_changes.empty() && !traffic.lines.empty())
            note("the price change concerns no model of this traffic");
    }

    void book(std::size_t m)
    {
        const bool second_paid = m_account.transfer.done && m >= m_transfer.begin;
        const bool second_only = m_account.transfer.done && m >= m_transfer.moves;
        const bool machines_paid = m_account.fallback.done && m >= m_fallback.begin;
        MonthSpend& spend = m_account.months[m];
        Decimal vendors;
        Decimal transferred;
        Decimal fallen_back;
        for (std::size_t g = 0; g < m_groups.size(); ++g) {
            const Group& group = m_groups[g];
            m_account.today += group.today[m] * m_frame.growth[m];
            if (m_concerned[g])
                m_account.concerned += group.today[m] * m_frame.growth[m];
            const Decimal cost = group.today[m] * group.factors[m];
            vendors += cost;
            if (group.transferred && second_only)
                transferred += cost * m_transfer.share;
            if (group.fallen_back && machines_paid)
                fallen_back += cost * m_fallback.share;
        }
        spend.vendors = ((vendors - transferred - fallen_back) * m_frame.growth[m]).rounded(shown_places);
        m_account.transfer.left += transferred * m_frame.growth[m];
        m_account.fallback.left += fallen_back * m_frame.growth[m];
        if (second_paid)
            book_second(m, second_only);
        if (machines_paid)
            book_machines(m);
    }

    void book_second(std::size_t m, bool only)
    {
        const Transfer& transfer = *m_scenario.transfer;
        Move& move = m_account.transfer;
        const Decimal scale = m_transfer.share * m_second.factors[m] * m_frame.growth[m];
        const Decimal loss = part_of(clamped(transfer.cache_hit_loss_percent, 0, 100));
        const Decimal kept = m_second.kept[m] * scale;
        const Decimal cache = (m_second.lost[m] - m_second.kept[m]) * loss * scale;
        MonthSpend& spend = m_account.months[m];
        spend.second = (kept + cache).rounded(shown_places);
        if (only) {
            move.paid += kept;
            move.cache += cache;
        } else {
            move.parallel += kept + cache;
        }
        book_engineering(m, m_transfer.begin, transfer.upkeep_per_month, transfer.migration_once, move);
    }

    void book_machines(std::size_t m)
    {
        const Fallback& fallback = *m_scenario.fallback;
        Move& move = m_account.fallback;
        const double share = (m_fallback.share * m_frame.growth[m]).to_double();
        double seconds = 0;
        if (fallback.tokens_per_second > 0)
            seconds += m_output_tokens * share / fallback.tokens_per_second;
        if (fallback.input_tokens_per_second > 0)
            seconds += m_input_tokens * share / fallback.input_tokens_per_second;
        const double utilisation = clamped(fallback.utilisation_percent, 1, 100) / 100;
        const double needed = std::ceil(seconds / (3600 * hours_of_month * utilisation) - 1e-9);
        const auto machines = static_cast<std::int64_t>(
            clamped(needed, static_cast<double>(std::clamp(fallback.minimum_machines, 0, 1'000'000)), 1e9));
        const Decimal cost = fallback.price_per_hour * Decimal::from_double(hours_of_month) * machines;
        m_account.months[m].machines = cost.rounded(shown_places);
        move.paid += cost;
        move.hours_needed += seconds / 3600;
        move.hours_paid += static_cast<double>(machines) * hours_of_month;
        book_engineering(m, m_fallback.begin, fallback.upkeep_per_month, fallback.migration_once, move);
    }

    void book_engineering(std::size_t m, std::size_t begin, Decimal upkeep, Decimal migration, Move& move)
    {
        const Decimal once = m == begin ? migration : Decimal();
        m_account.months[m].engineering += (upkeep + once).rounded(shown_places);
        move.upkeep += upkeep;
        move.migration += once;
    }

    const Frame& m_frame;
    const Scenario& m_scenario;
    const std::size_t m_months;
    std::vector<bool> m_transferred;
    std::vector<bool> m_fallen_back;
    std::vector<Group> m_groups;
    std::vector<bool> m_concerned; // beside m_groups
    Second m_second;
    Relocation m_transfer;
    Relocation m_fallback;
    double m_output_tokens = 0; // of an average month, of the lines that may fall back
    double m_input_tokens = 0;
    Account m_account;
};

}

double clamped(double value, double low, double high)
{
    return std::isnan(value) ? std::clamp(0.0, low, high) : std::clamp(value, low, high);
}

Frame::Frame(const Traffic& of, const Plan& wanted) : traffic(of), plan(wanted)
{
    plan.months = std::clamp(plan.months, 1, 120);
    plan.growth_percent = clamped(plan.growth_percent, -100, 100);
    plan.gate_days = std::clamp(plan.gate_days, 0, 3650);
    plan.log_one_in = std::clamp(plan.log_one_in, 1, 1'000'000);
    for (int m = 0; m < plan.months; ++m) {
        months.push_back(plan.start + m);
        growth.push_back(m == 0 ? Decimal::from_integer(plan.log_one_in)
                                : growth.back() * (one + part_of(plan.growth_percent)));
    }
    today.reserve(traffic.lines.size());
    for (const Line& line : traffic.lines) {
        std::vector<Decimal>& costs = today.emplace_back();
        costs.reserve(months.size());
        for (const base::Month month : months)
            costs.push_back(cost_in(line.today, month));
    }
}

Account account_of(const Frame& frame, const Scenario& scenario)
{
    return Bookkeeper(frame, scenario).run();
}

}
