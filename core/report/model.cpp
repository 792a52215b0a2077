#include "core/report/model.h"

#include "core/report/calendar.h"
#include "core/report/findings.h"
#include "core/report/format.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace leeway::report {
namespace {

std::string traffic_of(const usage::Cube& cube)
{
    if (cube.empty())
        return {};
    std::set<std::pair<std::string, std::string>> models;
    auto first = cube.cells.front().key.day;
    auto last = first;
    for (const usage::Cell& cell : cube.cells) {
        models.emplace(cell.key.vendor, cell.key.model);
        first = std::min(first, cell.key.day);
        last = std::max(last, cell.key.day);
    }
    return fmt::format("{} · {} · {}", months(base::Month::of(first), base::Month::of(last)),
                       plural(cube.requests, "request", "requests"),
                       plural(static_cast<std::int64_t>(models.size()), "model", "models"));
}

std::string prices_of(const pricing::Sheet& sheet)
{
    std::string text = sheet.title.empty() ? sheet.id : sheet.title;
    if (sheet.as_of)
        text += " · as of " + date(*sheet.as_of);
    if (!sheet.sha256.empty())
        text += " · SHA-256 " + sheet.sha256;
    return text;
}

std::string engine_of(const std::vector<project::Contract>& contracts)
{
    std::set<std::string> engines;
    for (const project::Contract& contract : contracts)
        engines.insert(contract.newest().review.engine);
    if (engines.empty())
        return std::string(clauses::engine_version);
    return fmt::format("{}", fmt::join(engines, ", "));
}

// Whether a scenario moves traffic away from today's vendors.
bool leaves(const simulation::Outcome& outcome)
{
    return std::any_of(outcome.months.begin(), outcome.months.end(), [](const simulation::MonthSpend& month) {
        return !month.second.is_zero() || !month.machines.is_zero();
    });
}

// The outcomes that decide; nullptr where there is none of the kind.
struct Ways
{
    const simulation::Outcome* dearest_stay = nullptr; // dearer than base
    const simulation::Outcome* first_out = nullptr;    // with the earliest break-even
    const simulation::Outcome* cheapest_out = nullptr;
};

Ways ways_of(const simulation::Matrix& matrix)
{
    Ways ways;
    for (const simulation::Outcome& outcome : matrix.outcomes) {
        if (leaves(outcome)) {
            if (outcome.break_even &&
                (ways.first_out == nullptr || *outcome.break_even < *ways.first_out->break_even))
                ways.first_out = &outcome;
            if (ways.cheapest_out == nullptr || outcome.total < ways.cheapest_out->total)
                ways.cheapest_out = &outcome;
        } else if (outcome.against_base > base::Decimal{} &&
                   (ways.dearest_stay == nullptr || outcome.total > ways.dearest_stay->total)) {
            ways.dearest_stay = &outcome;
        }
    }
    return ways;
}

}

const ChecklistRow* ContractPart::row(std::string_view check) const
{
    const auto it = std::find_if(checklist.begin(), checklist.end(),
                                 [&](const ChecklistRow& row) { return row.check == check; });
    return it == checklist.end() ? nullptr : &*it;
}

std::string ContractPart::no_index_reason() const
{
    return has_index() ? std::string() : "No lock-in index. " + clauses::outside_message(outside);
}

Model assemble(const project::Snapshot& snapshot, const clauses::Pack& pack, base::Date today)
{
    const project::Settings& settings = snapshot.settings;
    Model model;
    model.project = settings.title;
    model.date = today;
    model.currency = settings.currency;
    model.pack = fmt::format("{} {}", pack.id, pack.version);
    model.pack_sha256 = pack.sha256;
    model.engine = engine_of(snapshot.contracts);
    model.scoring_formula = scoring::formula_version;
    model.simulation_formula = simulation::formula_version;
    model.profile = settings.profile.title.empty() ? settings.profile.id : settings.profile.title;
    for (const project::Contract& contract : snapshot.contracts)
        model.contracts.push_back(part_of(contract, pack, settings.profile));
    model.matrix = matrix_of(snapshot);
    if (model.matrix)
        model.currency = model.matrix->currency;
    model.requests = snapshot.cube.requests;
    model.traffic = traffic_of(snapshot.cube);
    model.prices = prices_of(snapshot.sheet);
    model.audit = snapshot.audit;
    std::vector<simulation::ContractTerm> terms;
    const simulation::CalendarFacts facts = calendar_facts(model, snapshot, terms);
    model.dates = simulation::calendar_of(facts, today);
    model.missing_dates = simulation::missing_dates(facts);
    model.stands_out = stands_out(model);
    model.do_next = do_next(model, snapshot);
    return model;
}

pricing::Sheet sheet_in_project_currency(const pricing::Sheet& sheet, const project::Settings& settings)
{
    pricing::Sheet converted = sheet;
    if (sheet.currency == settings.currency || sheet.currency != "USD")
        return converted;
    converted.currency = settings.currency;
    for (pricing::Model& model : converted.models) {
        for (pricing::DatedRates& dated : model.prices) {
            for (pricing::Rate& rate : dated.rates)
                rate.price = rate.price * settings.currency_per_usd;
            for (pricing::WeekRates& hours : dated.off_peak) {
                for (pricing::Rate& rate : hours.rates)
                    rate.price = rate.price * settings.currency_per_usd;
            }
        }
    }
    for (pricing::Commitment& commitment : converted.agreement.commitments)
        commitment.amount = commitment.amount * settings.currency_per_usd;
    for (pricing::Capacity& capacity : converted.agreement.capacities)
        capacity.price_per_hour = capacity.price_per_hour * settings.currency_per_usd;
    for (pricing::Discount& discount : converted.agreement.discounts) {
        for (pricing::DiscountStep& step : discount.steps)
            step.from = step.from * settings.currency_per_usd;
    }
    return converted;
}

std::string currency_note(const pricing::Sheet& sheet, const project::Settings& settings)
{
    if (sheet.currency == settings.currency)
        return {};
    if (sheet.currency != "USD")
        return fmt::format("Prices are in {}, for which the project has no exchange rate to {}.",
                           sheet.currency, settings.currency);
    return fmt::format("List prices in USD at {} {} for a dollar{}.", settings.currency,
                       settings.currency_per_usd.to_string(),
                       settings.rate_source.empty() ? ", a rate without a source"
                                                    : " (" + settings.rate_source + ")");
}

std::optional<simulation::Matrix> matrix_of(const project::Snapshot& snapshot)
{
    if (snapshot.cube.empty() || snapshot.scenarios.scenarios.empty())
        return std::nullopt;
    const pricing::Sheet sheet = sheet_in_project_currency(snapshot.sheet, snapshot.settings);
    simulation::Matrix matrix = simulation::Baseline(snapshot.cube, sheet).simulate(snapshot.scenarios);
    if (std::string note = currency_note(snapshot.sheet, snapshot.settings); !note.empty())
        matrix.notes.push_back(std::move(note));
    return matrix;
}

std::size_t most_telling(const simulation::Matrix& matrix)
{
    const Ways ways = ways_of(matrix);
    for (const simulation::Outcome* outcome : {ways.first_out, ways.cheapest_out, ways.dearest_stay}) {
        if (outcome != nullptr)
            return static_cast<std::size_t>(outcome - matrix.outcomes.data());
    }
    return 0;
}

std::string answer_of(const simulation::Matrix& matrix)
{
    if (matrix.outcomes.empty())
        return "No scenarios";
    const auto& base_case = matrix.outcomes.front();
    const std::string term = plural(static_cast<std::int64_t>(matrix.months.size()), "month", "months");
    const Ways ways = ways_of(matrix);
    const simulation::Outcome* dearest = ways.dearest_stay;
    const simulation::Outcome* way_out = ways.first_out;
    std::string answer;
    if (dearest != nullptr)
        answer = fmt::format("{} costs {} more than {} over {}", dearest->title,
                             money_short(dearest->against_base, matrix.currency), base_case.title, term);
    else
        answer = fmt::format("{} costs {} over {}", base_case.title,
                             money_short(base_case.total, matrix.currency), term);
    if (way_out != nullptr)
        answer += fmt::format("; {} pays from {}", way_out->title, month(*way_out->break_even));
    else if (ways.cheapest_out != nullptr)
        answer += "; leaving does not pay within the term";
    return answer;
}

}
