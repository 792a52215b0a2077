#include "core/report/chart.h"
#include "core/report/format.h"
#include "core/report/sections.h"
#include "core/report/table.h"
#include "core/report/waterfallchart.h"

#include <fmt/format.h>

namespace leeway::report {
namespace {

void draw_matrix(Paper& paper, const simulation::Matrix& matrix)
{
    paper.heading(1, QStringLiteral("Scenario matrix"));
    const QString term = shown(plural(static_cast<std::int64_t>(matrix.months.size()), "month", "months"));
    Table table(paper, {{QStringLiteral("Scenario"), 2},
                        {term, 1.8, true},
                        {QStringLiteral("Against base"), 1.9, true},
                        {QStringLiteral("Break-even"), 1.4, true},
                        {QStringLiteral("What decides it"), 3.6}});
    for (std::size_t i = 0; i < matrix.outcomes.size(); ++i) {
        const simulation::Outcome& outcome = matrix.outcomes[i];
        const std::string even = outcome.break_even ? month(*outcome.break_even) : "—";
        table.row(
            {table.cell(0, shown(outcome.title), body.bold().in(line_look(i).colour)),
             table.cell(1, shown(money(outcome.total, matrix.currency))),
             table.cell(2, shown(i == 0 ? "—" : money_difference(outcome.against_base, matrix.currency))),
             table.cell(3, shown(even)), table.cell(4, shown(outcome.decides), body.in(ink::muted))});
    }
}

std::string saving_text(const Prospect::Leaving& leaving, std::string_view currency)
{
    const auto amount = [&](base::Decimal value) {
        return money(value.is_negative() ? -value : value, currency);
    };
    if (!leaving.p10.is_negative())
        return fmt::format("saves {} to {} against {}", amount(leaving.p10), amount(leaving.p90),
                           leaving.against);
    if (leaving.p90.is_negative())
        return fmt::format("costs {} to {} more than {}", amount(leaving.p90), amount(leaving.p10),
                           leaving.against);
    return fmt::format("{} dearer to {} cheaper than {}", amount(leaving.p10), amount(leaving.p90),
                       leaving.against);
}

void draw_prospects(Paper& paper, const Prospects& prospects, const simulation::Matrix& matrix)
{
    paper.heading(1, QStringLiteral("How sure that is"));
    paper.text(
        shown(fmt::format("One path in ten costs less than P10, one in ten more than P90. {} paths, seed {}: "
                          "always the same figures.",
                          count(prospects.paths), prospects.seed)),
        body.in(ink::muted));
    paper.space(7 * pt);
    Table table(paper, {{QStringLiteral("Scenario"), 1.8},
                        {QStringLiteral("P10"), 1.6, true},
                        {QStringLiteral("P50"), 1.6, true},
                        {QStringLiteral("P90"), 1.6, true},
                        {QStringLiteral("Leaving pays"), 1.5, true},
                        {QStringLiteral("P10 to P90 against staying"), 3.4}});
    for (std::size_t i = 0; i < prospects.rows.size(); ++i) {
        const Prospect& row = prospects.rows[i];
        const auto amount = [&](std::size_t column, base::Decimal value) {
            return table.cell(column, shown(money(value, matrix.currency)));
        };
        const std::string likely = row.leaving ? chance(row.leaving->chance) : "—";
        const std::string saving = row.leaving ? saving_text(*row.leaving, matrix.currency) : "—";
        table.row({table.cell(0, shown(row.title), body.bold().in(line_look(i).colour)), amount(1, row.p10),
                   amount(2, row.p50), amount(3, row.p90),
                   table.cell(4, shown(likely), row.leaving ? body.bold() : body),
                   table.cell(5, shown(saving), body.in(ink::muted))});
    }
    draw_waterfall(paper, prospects, matrix.currency);
}

void draw_spending(Paper& paper, const simulation::Matrix& matrix)
{
    paper.heading(1, QStringLiteral("Where the money goes over the term"));
    Table table(paper, {{QStringLiteral("Scenario"), 2},
                        {QStringLiteral("Today's vendors"), 1.6, true},
                        {QStringLiteral("Second vendor"), 1.6, true},
                        {QStringLiteral("Machines"), 1.6, true},
                        {QStringLiteral("Engineering"), 1.6, true},
                        {QStringLiteral("Total"), 1.7, true}});
    for (std::size_t i = 0; i < matrix.outcomes.size(); ++i) {
        const simulation::Outcome& outcome = matrix.outcomes[i];
        simulation::MonthSpend sum;
        for (const simulation::MonthSpend& month : outcome.months) {
            sum.vendors += month.vendors;
            sum.second += month.second;
            sum.machines += month.machines;
            sum.engineering += month.engineering;
        }
        const auto amount = [&](std::size_t column, base::Decimal value, const TextStyle& style = body) {
            return table.cell(column, shown(value.is_zero() ? "—" : money(value, matrix.currency)), style);
        };
        table.row({table.cell(0, shown(outcome.title), body.bold().in(line_look(i).colour)),
                   amount(1, sum.vendors), amount(2, sum.second), amount(3, sum.machines),
                   amount(4, sum.engineering), amount(5, outcome.total, body.bold())});
    }
}

void draw_assumptions(Paper& paper, const Model& model, const simulation::Matrix& matrix)
{
    paper.heading(1, QStringLiteral("Behind the figures"));
    std::vector<std::string> lines;
    lines.push_back("Prices: " + model.prices.substr(0, model.prices.find(" · SHA-256")) +
                    "."); // hash: appendix
    if (!matrix.months.empty())
        lines.push_back(fmt::format("Term: {}, volume grows by {} a month.",
                                    months(matrix.months.front(), matrix.months.back()),
                                    percent(matrix.plan.growth_percent)));
    if (model.prospects)
        lines.push_back(model.prospects->varies);
    lines.insert(lines.end(), matrix.notes.begin(), matrix.notes.end());
    paper.items(lines, body);
}

}

void draw_costs(Paper& paper, const Model& model)
{
    paper.heading(0, QStringLiteral("What staying and leaving cost"));
    if (!model.matrix) {
        paper.text(
            model.requests > 0
                ? QStringLiteral(
                      "Usage is imported, but no scenario has been chosen. Choose scenarios on the "
                      "Costs page, and this section shows what a price rise and a way out would cost.")
                : QStringLiteral(
                      "No usage has been imported. Import usage logs or type monthly volumes on the "
                      "Costs page, and this section shows what a price rise and a way out would cost."),
            TextStyle{.size = 10, .colour = ink::muted, .leading = 1.45});
        return;
    }
    paper.text(shown(model.traffic), body.in(ink::muted));
    paper.space(10 * pt);
    draw_spend_chart(paper, *model.matrix);
    draw_matrix(paper, *model.matrix);
    if (model.prospects)
        draw_prospects(paper, *model.prospects, *model.matrix);
    draw_spending(paper, *model.matrix);
    draw_assumptions(paper, model, *model.matrix);
}

}
