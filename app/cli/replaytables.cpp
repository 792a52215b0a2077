#include "app/cli/replaytables.h"

#include "app/cli/output.h"

#include <fmt/format.h>

namespace leeway::cli {
namespace {

constexpr std::size_t shown_models = 20;

std::string amount(base::Decimal value, int digits)
{
    return value.to_fixed(digits);
}

std::string change(base::Decimal value, int digits)
{
    return (value.is_negative() ? "" : "+") + value.to_fixed(digits);
}

void print_period(std::string_view title, const pricing::Days& days, const usage::DriftSide& side, int digits,
                  const std::string& currency)
{
    fmt::print("{}: {} to {}, {} requests, {:.1f} % of the input read from a cache, {} {}\n", title,
               base::to_string(days.first), base::to_string(days.last), side.requests,
               side.cached_share() * 100, amount(side.cost, digits), currency);
}

}

void print_reconciliation(const usage::Reconciliation& reconciliation)
{
    const int digits = base::minor_digits(reconciliation.currency);
    Table table({"Month", "Vendor", "Model", "Part", "Billed", "Replayed", "Difference", "Unexplained"},
                {Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Right,
                 Align::Right});
    for (const usage::ReconciledLine& line : reconciliation.lines)
        table.add({base::to_string(line.month), line.vendor, line.model, line.part,
                   amount(line.billed, digits), amount(line.replayed, digits),
                   change(line.difference(), digits), amount(line.unexplained(), digits)});
    table.add({"Total", "", "", "", amount(reconciliation.billed, digits),
               amount(reconciliation.replayed, digits),
               change(reconciliation.billed - reconciliation.replayed, digits),
               amount(reconciliation.unexplained(), digits)});
    table.print();
    print_line("");
    for (const usage::ReconciledLine& line : reconciliation.lines) {
        for (const usage::Explanation& explanation : line.explained)
            fmt::print("{}  {}{}{}: {} {} ({}) – {}\n", base::to_string(line.month), line.vendor,
                       line.model.empty() ? "" : "/" + line.model, line.part.empty() ? "" : ", " + line.part,
                       change(explanation.amount, digits), reconciliation.currency,
                       usage::to_string(explanation.cause), explanation.why);
    }
    for (const std::string& text : reconciliation.notes)
        note("note: " + text);
}

void print_drift(const usage::UsageDrift& drift)
{
    const int digits = base::minor_digits(drift.currency);
    print_period("Before", drift.before_days, drift.before, digits, drift.currency);
    print_period("Now", drift.after_days, drift.after, digits, drift.currency);
    fmt::print("\nThe difference of {} {} comes from:\n",
               change(drift.after.cost - drift.before.cost, digits), drift.currency);
    const auto add = [&](Table& table, const std::string& name, const usage::DriftParts& parts) {
        table.add({name, change(parts.volume, digits), change(parts.mix, digits),
                   change(parts.length, digits), change(parts.cache, digits), change(parts.price, digits),
                   change(parts.sum(), digits)});
    };
    Table table(
        {"Model", "Volume", "Mix of models", "Length", "Cache reads", "Prices", "Together"},
        {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    for (std::size_t i = 0; i < std::min(shown_models, drift.models.size()); ++i) {
        const usage::ModelDrift& model = drift.models[i];
        add(table, model.vendor.empty() ? model.model : model.vendor + "/" + model.model, model.parts);
    }
    if (drift.models.size() > shown_models)
        table.add({fmt::format("… and {} more models", drift.models.size() - shown_models)});
    add(table, "All", drift.parts);
    table.print();
    for (const auto& [model, requests] : drift.unpriced)
        note(fmt::format("no price for {} ({} requests of both periods): left out.", model, requests));
    for (const std::string& text : drift.notes)
        note("note: " + text);
}

}
