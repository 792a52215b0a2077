#include "core/report/format.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <fmt/format.h>

namespace leeway::report {
namespace {

// A whole SHA-256 fits on one line of the columns below, so that it can be searched for and compared.
constexpr TextStyle hash_style{.size = 7, .leading = 1.8};

void draw_versions(Paper& paper, const Model& model)
{
    paper.heading(1, QStringLiteral("How the figures were made"));
    Table table(
        paper,
        {{QStringLiteral("Part"), 95}, {QStringLiteral("Version"), 105}, {QStringLiteral("SHA-256"), 287}});
    const auto row = [&](const char* part, const std::string& version, const std::string& hash) {
        table.row({table.cell(0, QString::fromLatin1(part), body.bold()), table.cell(1, shown(version)),
                   table.cell(2, hash.empty() ? QStringLiteral("—") : shown(hash), hash_style)});
    };
    row("Rule pack", model.pack, model.pack_sha256);
    row("Reading engine", model.engine, {});
    row("Index formula", model.scoring_formula, {});
    row("Cost formula", model.simulation_formula, {});
    row("Profile of weights", model.profile, {});
}

void draw_files(Paper& paper, const Model& model)
{
    paper.heading(1, QStringLiteral("Documents"));
    if (model.contracts.empty()) {
        paper.text(QStringLiteral("None."), body);
        return;
    }
    Table table(paper, {{QStringLiteral("Document"), 200}, {QStringLiteral("SHA-256"), 287}});
    for (const ContractPart& part : model.contracts) {
        Strips document = table.cell(0, shown(part.title), body.bold());
        append(document,
               table.cell(0, shown(fmt::format("{}, version {}", part.document, part.version)), small));
        table.row({std::move(document), table.cell(1, shown(part.sha256), hash_style)});
    }
    paper.space(8 * pt);
    paper.text(shown("Price sheet: " + model.prices), hash_style);
}

void draw_audit(Paper& paper, const Model& model)
{
    paper.heading(1, QStringLiteral("Audit trail"));
    if (model.audit.empty()) {
        paper.text(QStringLiteral("No entries."), body);
        return;
    }
    const TextStyle style{.size = 7.5, .leading = 1.4};
    Table table(paper, {{QStringLiteral("Time"), 2.2},
                        {QStringLiteral("Who"), 1.3},
                        {QStringLiteral("What"), 1.5},
                        {QStringLiteral("Detail"), 4.2}});
    for (const project::AuditEntry& entry : model.audit) {
        table.row({table.cell(0, shown(date(entry.time)), style), table.cell(1, shown(entry.author), style),
                   table.cell(2, shown(entry.action), style), table.cell(3, shown(entry.detail), style)});
    }
}

}

void draw_appendix(Paper& paper, const Model& model)
{
    paper.heading(0, QStringLiteral("Appendix"));
    draw_versions(paper, model);
    draw_files(paper, model);
    if (model.with_audit)
        draw_audit(paper, model);
}

}
