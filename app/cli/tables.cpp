#include "app/cli/tables.h"

#include "app/cli/output.h"
#include "core/report/calendar.h"
#include "core/report/format.h"

#include <fmt/format.h>

namespace leeway::cli {
namespace {

std::string signed_amount(base::Decimal amount, int digits)
{
    return (amount.is_negative() ? "" : "+") + amount.to_fixed(digits);
}

void print_contract(const report::ContractPart& contract)
{
    fmt::print("\n{} ({}), version {}: {}\n", contract.title, contract.vendor, contract.version,
               contract.document);
    if (contract.has_index())
        fmt::print("Lock-in index {:.1f} of 100 (range {:.1f} to {:.1f}), {} of {} reviewed\n",
                   contract.index.value / 10.0, contract.index.low / 10.0, contract.index.high / 10.0,
                   contract.index.reviewed, report::plural(contract.index.checks, "check", "checks"));
    else
        fmt::print("{} {} of {} reviewed\n", contract.no_index_reason(), contract.index.reviewed,
                   report::plural(contract.index.checks, "check", "checks"));
    for (const scoring::Gate& gate : contract.index.gates) {
        const report::ChecklistRow* row = contract.row(gate.check);
        const bool unread = row != nullptr && contract.is_unread(*row);
        fmt::print("Gate {}: {}\n", gate.check,
                   unread        ? "not read, not decided"
                   : gate.passed ? "passed"
                                 : "NOT MET");
    }
    print_line("");
    Table table({"Check", "Verdict", "By", "Where", "Points", "Index if met"},
                {Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Right});
    for (const report::ChecklistRow& row : contract.checklist) {
        const std::string where = row.evidence.empty() ? "—" : report::place(row.evidence.front());
        if (contract.is_unread(row)) {
            table.add({row.title, "—", "nobody yet", "—", "—", "—"});
            continue;
        }
        const auto points = [&](scoring::Tenths value) {
            return contract.has_index() ? fmt::format("{:.1f}", value / 10.0) : std::string("—");
        };
        table.add({row.title, std::string(clauses::to_string(row.verdict)),
                   row.reviewed ? (row.text_changed ? "person, text changed since" : "person")
                                : fmt::format("engine, {:.0f} % sure", row.confidence * 100),
                   where, points(row.points), points(row.index_if_met)});
    }
    table.print();
}

void print_list(std::string_view title, const std::vector<std::string>& sentences)
{
    if (sentences.empty())
        return;
    fmt::print("\n{}\n", title);
    for (const std::string& sentence : sentences)
        fmt::print("  - {}\n", sentence);
}

}

void print_matrix(const simulation::Matrix& matrix)
{
    const int digits = base::minor_digits(matrix.currency);
    Table table(
        {"Scenario",
         fmt::format("{}, {}",
                     report::plural(static_cast<std::int64_t>(matrix.months.size()), "month", "months"),
                     matrix.currency),
         "Against base", "Break-even", "What decides it"},
        {Align::Left, Align::Right, Align::Right, Align::Left, Align::Left});
    for (const simulation::Outcome& outcome : matrix.outcomes)
        table.add({outcome.title, outcome.total.to_fixed(digits),
                   outcome.against_base.is_zero() ? "—" : signed_amount(outcome.against_base, digits),
                   outcome.break_even ? base::to_string(*outcome.break_even) : "—", outcome.decides});
    table.print();
    if (matrix.gate)
        fmt::print("\nDecision gate: decide by {}, {} before the budget lock of {}\n",
                   base::to_string(matrix.gate->decide_by),
                   report::plural(matrix.gate->days_before, "day", "days"),
                   base::to_string(matrix.gate->budget_lock));
    for (const std::string& note : matrix.notes)
        fmt::print("Note: {}\n", note);
}

void print_model(const report::Model& model)
{
    fmt::print("{}\n", model.project);
    fmt::print("Pack {} · engine {} · index formula {} · profile {}\n", model.pack, model.engine,
               model.scoring_formula, model.profile);
    for (const report::ContractPart& contract : model.contracts)
        print_contract(contract);
    if (model.contracts.empty())
        print_line("\nNo contract yet: add one with “leeway-cli add PROJECT FILE”.");
    print_list("What stands out", model.stands_out);
    if (model.matrix) {
        fmt::print("\nScenarios over {}\n\n", model.traffic);
        print_matrix(*model.matrix);
    }
    if (!model.dates.empty()) {
        print_line("\nDates");
        for (const report::KeyDate& date : model.dates)
            fmt::print("  {}  {} ({})\n", base::to_string(date.date), date.what, report::place(date.source));
    }
    print_list("Dates that are missing", model.missing_dates);
    print_list("Do next", model.do_next);
}

}
