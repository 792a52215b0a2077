#include "core/base/text.h"
#include "core/report/format.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::report {
namespace {

void draw_index(Paper& paper, const ContractPart& part)
{
    if (!part.has_index()) {
        paper.text(shown(part.no_index_reason()), body.bold());
        paper.space(12 * pt);
        return;
    }
    QPainter& painter = paper.painter();
    paper.need(70 * pt);
    const TextStyle number{
        .size = 30, .weight = QFont::DemiBold, .colour = tint_of_index(part.index.value).ink};
    const QString value = shown(index(part.index.value));
    const qreal baseline = paper.y() + 32 * pt;
    draw_line(painter, QPointF(paper.left(), baseline), value, number);
    const qreal x = paper.left() + width_of(value, number) + 10 * pt;
    draw_line(painter, QPointF(x, baseline - 13 * pt), shown("of 100 · " + standing(part.index.value)),
              body.bold());
    draw_line(painter, QPointF(x, baseline),
              shown(fmt::format("range {} · {} of {} reviewed", index_range(part.index.low, part.index.high),
                                part.index.reviewed, plural(part.index.checks, "check", "checks"))),
              body.in(ink::muted));
    const qreal scale = paper.left() + paper.width() * 0.62;
    draw_scale(painter, QRectF(scale, baseline - 14 * pt, paper.left() + paper.width() - scale, 8 * pt),
               part.index);
    paper.move_to(paper.y() + 52 * pt);
}

// A bar for each category, two to a row.
void draw_categories(Paper& paper, const ContractPart& part)
{
    if (part.index.categories.empty() || !part.has_index())
        return;
    paper.heading(1, QStringLiteral("Where the lock-in comes from"));
    const qreal gap = 28 * pt;
    const qreal width = (paper.width() - gap) / 2;
    const qreal name_width = width * 0.44;
    QPainter& painter = paper.painter();
    for (std::size_t i = 0; i < part.index.categories.size(); i += 2) {
        std::vector<Strips> names;
        qreal height = 0;
        for (std::size_t j = i; j < std::min(i + 2, part.index.categories.size()); ++j) {
            names.push_back(text_strips(shown(part.index.categories[j].category), body, name_width - 8 * pt));
            height = std::max(height, height_of(names.back()));
        }
        paper.need(height + 4 * pt);
        for (std::size_t j = 0; j < names.size(); ++j) {
            const scoring::SubScore& score = part.index.categories[i + j];
            const qreal x = paper.left() + static_cast<qreal>(j) * (width + gap);
            qreal y = paper.y();
            for (const Strip& strip : names[j]) {
                strip.draw(painter, QPointF(x, y));
                y += strip.height;
            }
            const QRectF bar(x + name_width, paper.y() + 3.5 * pt, width - name_width - 34 * pt, 6 * pt);
            painter.setPen(Qt::NoPen);
            painter.setBrush(QColor(ink::line));
            painter.drawRoundedRect(bar, 3 * pt, 3 * pt);
            painter.setBrush(QColor(tint_of_index(score.value).ink));
            if (score.value > 0)
                painter.drawRoundedRect(
                    QRectF(bar.topLeft(),
                           QSizeF(std::max(6 * pt, bar.width() * score.value / 1000.0), bar.height())),
                    3 * pt, 3 * pt);
            const Strips figure = figure_strips(shown(index(score.value)), body, 30 * pt);
            figure.front().draw(painter, QPointF(x + width - 30 * pt, paper.y()));
        }
        paper.move_to(paper.y() + height + 4 * pt);
    }
}

Strips check_cell(const Table& table, const ChecklistRow& row, const ContractPart& part)
{
    Strips strips = table.cell(0, shown(row.title), body.bold());
    strips.push_back(gap_strip(2 * pt));
    if (!part.is_unread(row)) {
        strips.push_back(verdict_strip(row.verdict));
        strips.push_back(gap_strip(2 * pt));
    }
    if (part.is_unread(row))
        append(strips, table.cell(0, QStringLiteral("Not read, not decided"), small));
    else if (row.reviewed)
        append(strips,
               table.cell(0,
                          shown(fmt::format("Decided by {}, {}", row.author,
                                            date(std::chrono::floor<std::chrono::days>(row.decided)))),
                          small));
    else
        append(strips,
               table.cell(0,
                          shown(fmt::format("Suggested, {} sure", percent(std::round(row.confidence * 100)))),
                          small));
    if (row.text_changed)
        append(strips, table.cell(0, QStringLiteral("Its text has changed since"),
                                  small.bold().in(tint_of(clauses::Verdict::Adverse).ink)));
    if (row.points > 0 && part.has_index())
        append(strips, table.cell(0,
                                  shown(fmt::format("{} points · index {} if met", index(row.points),
                                                    index(row.index_if_met))),
                                  small));
    const bool gate = std::any_of(part.index.gates.begin(), part.index.gates.end(),
                                  [&](const scoring::Gate& g) { return g.check == row.check; });
    if (gate)
        append(strips, table.cell(0, QStringLiteral("Gate: must be met"), small.bold()));
    return strips;
}

Strips evidence_cell(const Table& table, const ChecklistRow& row, const ContractPart& part)
{
    const qreal width = table.inner_width(1);
    Strips strips = table.cell(1, shown(row.meaning));
    for (const clauses::Evidence& evidence : row.evidence) {
        strips.push_back(gap_strip(4 * pt));
        append(strips, quote_strips(shown(evidence.text), shown(place(evidence)), row.verdict, width));
    }
    if (row.evidence.empty() && row.verdict == clauses::Verdict::Missing && !part.is_unread(row))
        append(strips, table.cell(1, QStringLiteral("No passage speaks of it."), body.in(ink::muted)));
    if (!row.note.empty()) {
        strips.push_back(gap_strip(4 * pt));
        append(strips, table.cell(1, QStringLiteral("Reviewer's note"), label));
        append(strips, table.cell(1, shown(row.note)));
    }
    return strips;
}

// In the order of their first checks.
std::vector<std::string> categories_of(const ContractPart& part)
{
    std::vector<std::string> categories;
    for (const ChecklistRow& row : part.checklist) {
        if (std::find(categories.begin(), categories.end(), row.category) == categories.end())
            categories.push_back(row.category);
    }
    return categories;
}

}

void draw_contract(Paper& paper, const Model& model, const ContractPart& part)
{
    const std::string title = model.contracts.size() == 1 ? "Checklist" : "Checklist: " + part.title;
    paper.heading(0, shown(title));
    std::string document = fmt::format("{} · version {}", part.document, part.version);
    if (part.pages > 0)
        document += " · " + plural(part.pages, "page", "pages");
    if (!part.vendor.empty())
        document = part.vendor + " · " + document;
    paper.text(shown(document), body.in(ink::muted));
    paper.space(8 * pt);
    draw_index(paper, part);
    draw_categories(paper, part);

    paper.heading(1, QStringLiteral("All checks"));
    Table table(paper, {{QStringLiteral("Check"), 2.7},
                        {QStringLiteral("What the contract says"), 4.6},
                        {QStringLiteral("What to ask for"), 3.3}});
    for (const std::string& category : categories_of(part)) {
        table.group(shown(category));
        for (const ChecklistRow& row : part.checklist) {
            if (row.category == category)
                table.row({check_cell(table, row, part), evidence_cell(table, row, part),
                           table.cell(2, row.ask.empty() ? QStringLiteral("—") : shown(row.ask))});
        }
    }
}

}
