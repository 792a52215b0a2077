#include "core/simulation/obligations.h"

#include "core/simulation/prices.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace leeway::simulation {
namespace {

using base::Decimal;

// The month after the last one, which a person counts from 1; 0 is the end of the term.
std::size_t end_of(int until_month, std::size_t months)
{
    return until_month <= 0 ? months : std::min(months, static_cast<std::size_t>(until_month));
}

Decimal cost_of_reading(const Frame& frame, const Expense& expense, std::size_t m,
                        std::vector<std::string>& notes)
{
    if (expense.tokens <= 0)
        return {};
    const pricing::Model* model = frame.traffic.sheet.find(expense.vendor, expense.model);
    pricing::Counts counts;
    counts[pricing::Component::Input] = expense.tokens;
    std::string why = "the model is not in the price sheet";
    std::vector<std::string> assumed;
    pricing::Terms terms;
    terms.day = frame.months[m].first_day();
    const auto course =
        model == nullptr ? std::nullopt : course_of(counts, terms, *model, {}, {}, assumed, why);
    if (course)
        return cost_in(*course, frame.months[m]);
    add_note(notes, fmt::format("{} by {}/{} has no price and is left out: {}", expense.title, expense.vendor,
                                expense.model, why));
    return {};
}

// How often a period is in a year, and its months.
std::pair<int, std::size_t> year_of(pricing::Per per)
{
    switch (per) {
    case pricing::Per::Day:
        return {365, 1};
    case pricing::Per::Month:
        return {12, 1};
    case pricing::Per::Quarter:
        return {4, 3};
    case pricing::Per::Year:
        break;
    }
    return {1, 12};
}

// A scenario's commitment, in months of the plan; none outside of its term.
std::optional<Promise> promise_of(const Commitment& commitment, std::size_t months)
{
    Promise promise{commitment.vendor,
                    commitment.amount_per_year,
                    index_of(commitment.from_month),
                    end_of(commitment.until_month, months),
                    {},
                    12,
                    0};
    return promise.begin < promise.end ? std::optional(std::move(promise)) : std::nullopt;
}

// A scenario may try another commitment to a vendor than the one agreed.
bool is_replaced(const pricing::Commitment& commitment, const std::vector<Promise>& own)
{
    return std::ranges::any_of(own, [&](const Promise& promise) {
        return promise.vendor.empty() || commitment.scope.vendor.empty() ||
               pricing::canonical_vendor(promise.vendor) ==
                   pricing::canonical_vendor(commitment.scope.vendor);
    });
}

// By whole months; none outside of the term.
std::optional<Promise> promise_of(const pricing::Commitment& commitment, base::Month start, int months)
{
    const int from = base::Month::of(commitment.from) - start;
    const int end = base::Month::of(commitment.until) + 1 - start;
    if (end <= 0 || from >= months)
        return std::nullopt;
    const auto [times, period] = year_of(commitment.per);
    Promise promise{commitment.scope.vendor,
                    commitment.amount * std::int64_t{times},
                    static_cast<std::size_t>(std::max(from, 0)),
                    static_cast<std::size_t>(std::min(end, months)),
                    {},
                    commitment.settled_at_end ? 0 : period,
                    0};
    if (from < 0)
        promise.passed = static_cast<std::size_t>(-from) % period;
    return promise;
}

void note_what_is_left_out(const pricing::Commitment& commitment, std::vector<std::string>& notes)
{
    if (!commitment.scope.models.empty() || !commitment.scope.tiers.empty())
        add_note(notes,
                 fmt::format("the agreement's commitment “{}” counts all usage of {} here", commitment.title,
                             commitment.scope.vendor.empty() ? "today's vendors" : commitment.scope.vendor));
    if (commitment.carry != pricing::Carry::Nothing)
        add_note(notes, fmt::format("the agreement's commitment “{}” is settled here without carrying "
                                    "anything over",
                                    commitment.title));
}

// Those of the scenario and of the agreement that fall into the plan, with what they come from.
struct Promises
{
    std::vector<Promise> all;
    std::vector<const pricing::Commitment*> agreed;
};

Promises promises_in(const Plan& plan, const pricing::Sheet& sheet, const Scenario& scenario)
{
    Promises promises;
    for (const Commitment& commitment : scenario.commitments) {
        if (auto promise = promise_of(commitment, static_cast<std::size_t>(plan.months)))
            promises.all.push_back(std::move(*promise));
    }
    const std::vector<Promise> own = promises.all;
    for (const pricing::Commitment& commitment : sheet.agreement.commitments) {
        if (is_replaced(commitment, own))
            continue;
        if (auto promise = promise_of(commitment, plan.start, plan.months)) {
            promises.agreed.push_back(&commitment);
            promises.all.push_back(std::move(*promise));
        }
    }
    return promises;
}

}

std::size_t Promise::months_due(std::size_t month) const
{
    if (month < begin || month >= end)
        return 0;
    const std::size_t run = month - begin + 1;
    const std::size_t of_period = period == 0 ? run : (run - 1 + passed) % period + 1;
    return of_period == period || month + 1 == end ? std::min(of_period, run) : 0;
}

std::vector<Fee> fees_of(const Frame& frame, const Scenario& scenario, std::vector<std::string>& notes)
{
    std::vector<Fee> fees;
    for (const FlatFee& flat : scenario.flat_fees) {
        Fee fee{flat.amount_per_month, index_of(flat.from_month),
                end_of(flat.until_month, frame.months.size())};
        const Decimal share = part_of(clamped(flat.percent_of_usage, 0, 1000));
        bool known = false;
        for (std::size_t i = 0; i < frame.today.size(); ++i) {
            if (!is_sold_by(flat.vendor, *frame.traffic.lines[i].model))
                continue;
            known = true;
            fee.amount += frame.today[i].front() * frame.volume.front() * share;
        }
        if (!known)
            add_note(notes, fmt::format("a flat fee replaces no usage: {} has none", flat.vendor));
        fees.push_back(fee);
    }
    return fees;
}

std::vector<Promise> promises_of(const Frame& frame, const Scenario& scenario,
                                 std::vector<std::string>& notes)
{
    auto [promises, agreed] = promises_in(frame.plan, frame.traffic.sheet, scenario);
    for (const pricing::Commitment* commitment : agreed)
        note_what_is_left_out(*commitment, notes);
    for (Promise& promise : promises) {
        for (std::size_t f = 0; f < scenario.flat_fees.size(); ++f) {
            if (promise.vendor.empty() || promise.vendor == scenario.flat_fees[f].vendor)
                promise.fees.push_back(f);
        }
    }
    return promises;
}

bool has_promises(const Plan& plan, const pricing::Sheet& sheet, const Scenario& scenario)
{
    return !promises_in(in_range(plan), sheet, scenario).all.empty();
}

std::vector<Decimal> expenses_of(const Frame& frame, const Scenario& scenario,
                                 std::vector<std::string>& notes)
{
    const std::size_t months = frame.months.size();
    std::vector<Decimal> expenses(months);
    for (const Expense& expense : scenario.expenses) {
        const std::size_t begin = index_of(expense.from_month);
        if (begin >= months)
            continue;
        expenses[begin] += expense.once + cost_of_reading(frame, expense, begin, notes);
        const std::size_t end =
            expense.months <= 0 ? months : std::min(months, begin + static_cast<std::size_t>(expense.months));
        const Decimal people = Decimal::from_double(clamped(expense.people, 0, 10'000));
        for (std::size_t m = begin; m < end; ++m)
            expenses[m] += expense.rate_per_month * people;
    }
    return expenses;
}

bool is_sold_by(const std::string& vendor, const pricing::Model& model)
{
    return vendor.empty() || pricing::is_vendor(vendor, model);
}

}
