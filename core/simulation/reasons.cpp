#include "core/simulation/reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace leeway::simulation {
namespace {

using base::Decimal;

// "12 %", "3.4 %", "0 %"; never more digits than the assumptions carry.
std::string percent(double share)
{
    const double value = std::abs(share) * 100;
    const double rounded = std::round(value * 10) / 10;
    return rounded >= 10 || rounded == std::round(rounded) ? fmt::format("{:.0f} %", value)
                                                           : fmt::format("{:.1f} %", value);
}

double ratio(Decimal part, Decimal whole)
{
    return whole.is_zero() ? 0 : part.to_double() / whole.to_double();
}

std::string month_name(base::Month month)
{
    constexpr std::array names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{} {}", names.at(static_cast<std::size_t>(month.month() - 1)), month.year());
}

std::string signed_percent(double value)
{
    return fmt::format("{}{:g} %", value < 0 ? "−" : "+", std::abs(value));
}

// "costs 3.4 times what is saved" or "takes back 38 % of that".
std::string against(Decimal cost, Decimal saving)
{
    const double times = ratio(cost, saving);
    if (times < 2)
        return percent(times) + " of";
    return times < 10 ? fmt::format("{:.1f} times", times) : fmt::format("{:.0f} times", times);
}

std::string base_reason(const Frame& frame)
{
    std::string text;
    if (frame.plan.growth_percent != 0) {
        text = fmt::format("volume {} {:g} % a month", frame.plan.growth_percent > 0 ? "grows" : "shrinks",
                           std::abs(frame.plan.growth_percent));
    }
    // Changes of list prices that the sheet already knows.
    for (std::size_t m = 1; m < frame.months.size(); ++m) {
        const Decimal before = frame.whole[m - 1];
        const Decimal now = frame.whole[m];
        if (before == now)
            continue;
        text += fmt::format("{}the price sheet already has {} {} in {}", text.empty() ? "" : "; ",
                            now > before ? "a rise of" : "a cut of", percent(ratio(now - before, before)),
                            month_name(frame.months[m]));
        break;
    }
    if (!text.empty())
        return text;
    const std::optional<base::Date>& as_of = frame.traffic.sheet.as_of;
    return "today's traffic at the prices of the sheet" +
           (as_of ? fmt::format(" of {}", base::to_string(*as_of)) : std::string());
}

std::string concerned_by(const PriceChange& change)
{
    std::string who = change.vendor.empty() && change.model.empty() ? "all prices of today's vendors"
                      : change.model.empty()                        ? change.vendor
                      : change.vendor.empty()                       ? change.model
                                                                    : change.vendor + "/" + change.model;
    if (!change.component.empty())
        who += fmt::format(" ({})", change.component);
    return who;
}

std::string change_reason(const Frame& frame, const Scenario& scenario, const Account& account)
{
    if (account.concerned.is_zero())
        return "the change concerns none of this traffic";
    const PriceChange& change = scenario.price_changes.front();
    Decimal changed;
    for (const MonthSpend& spend : account.months)
        changed += spend.vendors;
    const Decimal difference =
        changed - account.shortfall - account.cold - account.fees + account.covered - account.today;
    const std::string who = concerned_by(change);
    const base::Month from = change.from_date ? base::Month::of(*change.from_date)
                                              : frame.plan.start + (std::max(change.from_month, 1) - 1);
    if (from > frame.months.back() && scenario.price_changes.size() == 1)
        return "the change comes after the term";
    std::string text = fmt::format("{} on {} {} {}", signed_percent(change.percent), who,
                                   change.yearly ? "each year from" : "from", month_name(from));
    if (scenario.price_changes.size() > 1)
        text += fmt::format(" and {} more", scenario.price_changes.size() - 1);
    if (account.held)
        text += ", held by the contract's cap,";
    const double share = ratio(account.concerned, account.today);
    text += fmt::format(" {} {} {} the term", difference.is_negative() ? "takes" : "adds",
                        percent(ratio(difference, account.today)), difference.is_negative() ? "off" : "to");
    if (share < 0.995)
        text += fmt::format("; it concerns {} of the bill", percent(share));
    return text;
}

std::string successor_reason(const Frame& frame, const Successor& next)
{
    std::string text =
        fmt::format("{} gives way to {} from {}", next.model.empty() ? "each model" : next.model,
                    next.to_model.empty() ? "a successor" : next.to_model,
                    month_name(frame.plan.start + (std::max(next.from_month, 1) - 1)));
    if (next.price_percent != 0)
        text += fmt::format(", {} on its price", signed_percent(next.price_percent));
    if (next.tokens_percent != 0)
        text += fmt::format(", {} tokens", signed_percent(next.tokens_percent));
    return text;
}

// What else happens to those who stay, one sentence each.
std::vector<std::string> other_reasons(const Frame& frame, const Scenario& scenario, const Account& account)
{
    std::vector<std::string> reasons;
    for (const Successor& next : scenario.successors)
        reasons.push_back(successor_reason(frame, next));
    if (!account.fees.is_zero())
        reasons.push_back(fmt::format("flat fees cover usage worth {} of them",
                                      percent(ratio(account.covered, account.fees))));
    if (!account.cold.is_zero())
        reasons.push_back(
            fmt::format("lost cache reads add {} to the term", percent(ratio(account.cold, account.today))));
    if (!account.shortfall.is_zero())
        reasons.push_back(fmt::format("the shortfall of commitments adds {} to the term",
                                      percent(ratio(account.shortfall, account.today))));
    if (!account.expenses.is_zero())
        reasons.push_back(fmt::format("work and fees beside usage add {} to the term",
                                      percent(ratio(account.expenses, account.today))));
    return reasons;
}

struct Effect
{
    Decimal cost;
    std::string name; // "upkeep of two vendors"
};

const Effect& largest(const std::vector<Effect>& effects)
{
    return *std::max_element(effects.begin(), effects.end(),
                             [](const Effect& a, const Effect& b) { return a.cost < b.cost; });
}

// `saving` is what the new place costs less than the old one (negative: more), `price` says so in words,
// `name` is what saves ("the lower price", "the machines").
std::string move_reason(Decimal saving, const std::string& price, const std::string& name,
                        const std::vector<Effect>& costs)
{
    const Effect& worst = largest(costs);
    if (saving.is_negative() || saving.is_zero()) {
        if (worst.cost > -saving)
            return fmt::format("{} weighs most; {}", worst.name, price);
        return price;
    }
    if (worst.cost.is_zero())
        return price;
    if (worst.cost > saving)
        return fmt::format("{} costs {} what {} saves", worst.name, against(worst.cost, saving), name);
    return fmt::format("{}; {} takes back {} that", price, worst.name, against(worst.cost, saving));
}

std::string transfer_reason(const Move& move)
{
    if (move.left.is_zero())
        return "both vendors are paid to the end of the term";
    const double dearer = ratio(move.paid - move.left, move.left);
    const std::string price = std::abs(dearer) < 0.0005
                                  ? fmt::format("{} costs the same for the moved share", move.to)
                                  : fmt::format("{} is {} {} for the moved share", move.to, percent(dearer),
                                                dearer < 0 ? "cheaper" : "dearer");
    return move_reason(move.left - move.paid, price, "the lower price",
                       {{move.upkeep, "upkeep of two vendors"},
                        {move.cache, "loss of cache reads"},
                        {move.parallel, "paying both vendors at first"},
                        {move.migration, "the migration"}});
}

std::string fallback_reason(const Move& move)
{
    const double used = move.hours_paid > 0 ? move.hours_needed / move.hours_paid : 0;
    const double dearer = ratio(move.paid - move.left, move.left);
    std::string price = fmt::format("machines are {} used", percent(used));
    if (move.left.is_zero())
        price += " and replace nothing that is paid today";
    else if (dearer >= 1)
        price += fmt::format(" and cost {} what the moved share costs today", against(move.paid, move.left));
    else
        price += fmt::format(" and cost {} {} than the moved share does today", percent(dearer),
                             dearer < 0 ? "less" : "more");
    return move_reason(move.left - move.paid, price, "self-hosting",
                       {{move.upkeep, "upkeep of the machines"}, {move.migration, "the migration"}});
}

}

std::string reason_of(const Frame& frame, const Scenario& scenario, const Account& account)
{
    if (frame.traffic.lines.empty())
        return "there is no priced usage";
    std::vector<std::string> reasons;
    if (account.transfer.done)
        reasons.push_back(transfer_reason(account.transfer));
    if (account.fallback.done)
        reasons.push_back(fallback_reason(account.fallback));
    if (reasons.empty() && !moves_nothing(scenario))
        return "nothing is moved";
    if (reasons.empty()) {
        if (!scenario.price_changes.empty())
            reasons.push_back(change_reason(frame, scenario, account));
        for (std::string& reason : other_reasons(frame, scenario, account))
            reasons.push_back(std::move(reason));
    }
    return reasons.empty() ? base_reason(frame) : fmt::format("{}", fmt::join(reasons, "; "));
}

}
