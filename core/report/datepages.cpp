#include "core/report/calendar.h"
#include "core/report/format.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <fmt/format.h>

namespace leeway::report {
namespace {

void draw_gates(Paper& paper, const Model& model)
{
    paper.heading(1, QStringLiteral("Gates"));
    paper.text(shown(fmt::format("What must be met in the profile “{}” before the contract is signed.",
                                 model.profile)),
               body.in(ink::muted));
    paper.space(4 * pt);
    bool any = false;
    for (const ContractPart& part : model.contracts)
        any = any || !part.index.gates.empty();
    if (!any) {
        paper.text(QStringLiteral("The profile has no gates."), body);
        return;
    }
    Table table(paper, {{QStringLiteral("Gate"), 3},
                        {QStringLiteral("Now"), 1.4},
                        {QStringLiteral("Where"), 1.6},
                        {QStringLiteral("Result"), 1.6}});
    for (const ContractPart& part : model.contracts) {
        if (model.contracts.size() > 1 && !part.index.gates.empty())
            table.group(shown(part.title));
        for (const scoring::Gate& gate : part.index.gates) {
            const ChecklistRow* row = part.row(gate.check);
            if (row == nullptr)
                continue;
            if (part.is_unread(*row)) {
                table.row({table.cell(0, shown(row->title), body.bold()), table.cell(1, QStringLiteral("—")),
                           table.cell(2, QStringLiteral("—")),
                           table.cell(3, QStringLiteral("not read, not decided"), body.in(ink::muted))});
                continue;
            }
            const std::string where = places(row->evidence);
            const QRgb colour = tint_of(gate.passed ? clauses::Verdict::Met : clauses::Verdict::Adverse).ink;
            table.row({table.cell(0, shown(row->title), body.bold()), Strips{verdict_strip(row->verdict)},
                       table.cell(2, where.empty() ? QStringLiteral("—") : shown(where)),
                       table.cell(3, gate.passed ? QStringLiteral("passed") : QStringLiteral("not passed"),
                                  body.bold().in(colour))});
        }
    }
}

void draw_dates(Paper& paper, const Model& model)
{
    paper.heading(1, QStringLiteral("Dates to keep"));
    if (model.dates.empty()) {
        paper.text(QStringLiteral(
                       "No dates are known yet. Enter the date of the budget lock on the Costs page to get "
                       "the decision gate."),
                   body.in(ink::muted));
        return;
    }
    Table table(paper, {{QStringLiteral("Date"), 1.3},
                        {QStringLiteral("What"), 4.2},
                        {QStringLiteral("From"), 2.2},
                        {QStringLiteral("From today"), 1.1, true}});
    for (const KeyDate& key : model.dates) {
        const auto days = (key.date - model.date).count();
        const std::string distance = days < 0    ? plural(-days, "day", "days") + " ago"
                                     : days == 0 ? "today"
                                                 : plural(days, "day", "days");
        const TextStyle style = key.decision ? body.bold() : body;
        table.row({table.cell(0, shown(date(key.date)), style), table.cell(1, shown(key.what), style),
                   table.cell(2, shown(place(key.source)), body.in(ink::muted)),
                   table.cell(3, shown(distance), style)});
    }
}

}

void draw_gates_and_dates(Paper& paper, const Model& model)
{
    paper.heading(0, QStringLiteral("Gates and dates"));
    if (!model.contracts.empty())
        draw_gates(paper, model);
    draw_dates(paper, model);
}

}
