#include "core/usage/matchedline.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace leeway::usage {
namespace {

using base::Decimal;

Decimal absolute(Decimal value)
{
    return value.is_negative() ? -value : value;
}

// What is paid of a list price after the agreement's terms.
Decimal net_share(const ReconciledLine& line)
{
    Decimal net = line.replayed;
    for (const Explanation& explanation : line.explained)
        net += explanation.amount;
    return line.replayed.is_zero() ? Decimal() : net / line.replayed;
}

void explain_discount(MatchedLine& line)
{
    if (line.line.lines == 0)
        line.add(Cause::NotBilled, line.line.unexplained(),
                 "By the agreement, but the bill has no such line.");
    else if (line.line.replayed.is_zero())
        line.add(Cause::Discount, line.line.unexplained(),
                 "Discounts and credits of the bill; the agreement has none for this month.");
}

// What more or fewer tokens than the log's cost at the log's average price.
void explain_quantity(MatchedLine& line, Decimal paid)
{
    if (!line.has_quantity || line.tokens <= 0 || paid.is_zero())
        return;
    const Decimal tokens = Decimal::from_integer(line.tokens);
    const Decimal more = line.quantity - tokens;
    if (more.is_zero() || absolute(more) > tokens * 10)
        return;
    line.add(Cause::Quantity, paid / tokens * more,
             fmt::format("The bill counts {} {} tokens, the log {}.", line.quantity.to_string(),
                         line.line.part, line.tokens));
}

}

void MatchedLine::add_billed_days(const pricing::Days& days)
{
    pricing::Days whole = days;
    const auto ends_before = [&](const pricing::Days& other) {
        return other.last + std::chrono::days(1) < whole.first;
    };
    const auto first = std::ranges::find_if_not(billed_days, ends_before);
    auto behind = first;
    for (; behind != billed_days.end() && behind->first <= whole.last + std::chrono::days(1); ++behind)
        whole = {std::min(whole.first, behind->first), std::max(whole.last, behind->last)};
    billed_days.insert(billed_days.erase(first, behind), whole);
}

bool MatchedLine::is_billed_on(base::Date day) const
{
    const auto behind = std::ranges::upper_bound(billed_days, day, {}, &pricing::Days::first);
    return behind != billed_days.begin() && std::prev(behind)->contains(day);
}

Decimal MatchedLine::tolerance() const
{
    Decimal half = Decimal::from_integer(1) / Decimal::from_integer(2);
    for (int i = 0; i < std::clamp(places, 2, 12); ++i)
        half = half / Decimal::from_integer(10);
    return half * std::max<std::int64_t>(line.lines, 1);
}

void MatchedLine::add(Cause cause, Decimal amount, std::string why)
{
    if (!amount.is_zero())
        line.explained.push_back({cause, amount, std::move(why)});
}

void explain(MatchedLine& line)
{
    if (line.line.part == "tax")
        return line.add(Cause::Tax, line.line.unexplained(), "A tax, which no price sheet has.");
    if (line.line.part == "discount")
        return explain_discount(line);
    const Decimal net = net_share(line.line);
    line.add(Cause::Period, line.outside_log, "Billed for days that the log does not reach.");
    line.add(line.vendor_billed ? Cause::Period : Cause::NotBilled, -(line.outside_bill * net),
             "Used on days that the bill does not reach.");
    const Decimal rest = line.line.unexplained();
    if (!line.used)
        line.add(Cause::MissingUsage, rest, "Billed, but the log has no such usage.");
    else if (line.line.lines == 0)
        line.add(Cause::NotBilled, rest, "In the log, but the bill has no such line.");
    else if (line.unpriced == 0)
        explain_quantity(line, (line.line.replayed - line.outside_bill) * net);
    else if (line.line.replayed.is_zero() && !rest.is_negative())
        line.add(Cause::Unpriced, rest, "The log has usage here that the price sheet has no price for.");
}

void explain_same_share(std::span<MatchedLine* const> lines_of_vendor)
{
    Decimal rest;
    Decimal list;
    for (const MatchedLine* line : lines_of_vendor) {
        rest += line->line.unexplained();
        list += line->line.replayed;
    }
    if (lines_of_vendor.size() < 2 || !rest.is_negative() || list.is_zero())
        return;
    const Decimal share = rest / list;
    const bool same = std::ranges::all_of(lines_of_vendor, [&](const MatchedLine* line) {
        return absolute(line->line.unexplained() - line->line.replayed * share) <= line->tolerance() * 2;
    });
    if (!same)
        return;
    for (MatchedLine* line : lines_of_vendor)
        line->add(Cause::Discount, line->line.replayed * share,
                  fmt::format("Every line of {} is {} % below the sheet: it looks like a discount that the "
                              "agreement does not have.",
                              line->line.vendor.empty() ? "the bill" : line->line.vendor,
                              (-share * 100).to_fixed(1)));
}

void explain_rounding(MatchedLine& line)
{
    const Decimal rest = line.line.unexplained();
    if (line.line.lines > 0 && absolute(rest) <= line.tolerance())
        line.add(Cause::Rounding, rest, "Each line of the bill is rounded.");
}

}
