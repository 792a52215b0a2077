#include "core/simulation/obligations.h"

#include "core/simulation/prices.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::simulation {
namespace {

using base::Decimal;

// The month after the last one, which a person counts from 1; 0 is the end of the term.
std::size_t end_of(int until_month, const Frame& frame)
{
    const std::size_t months = frame.months.size();
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

}

std::size_t Promise::months_due(std::size_t month) const
{
    if (month < begin || month >= end)
        return 0;
    const std::size_t passed = (month - begin) % 12 + 1;
    return passed == 12 || month + 1 == end ? passed : 0;
}

std::vector<Fee> fees_of(const Frame& frame, const Scenario& scenario, std::vector<std::string>& notes)
{
    std::vector<Fee> fees;
    for (const FlatFee& flat : scenario.flat_fees) {
        Fee fee{flat.amount_per_month, index_of(flat.from_month), end_of(flat.until_month, frame)};
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

std::vector<Promise> promises_of(const Frame& frame, const Scenario& scenario)
{
    std::vector<Promise> promises;
    for (const Commitment& commitment : scenario.commitments) {
        Promise& promise = promises.emplace_back(Promise{commitment.amount_per_year,
                                                         index_of(commitment.from_month),
                                                         end_of(commitment.until_month, frame),
                                                         {}});
        for (std::size_t f = 0; f < scenario.flat_fees.size(); ++f) {
            if (commitment.vendor.empty() || commitment.vendor == scenario.flat_fees[f].vendor)
                promise.fees.push_back(f);
        }
    }
    return promises;
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
