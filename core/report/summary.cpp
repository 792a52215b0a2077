#include "core/base/text.h"
#include "core/report/format.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::report {
namespace {

constexpr std::size_t shown_sentences = 6; // four beside a list of contracts, which takes their room
constexpr qreal signatures_height = 74 * pt;
constexpr std::size_t shown_dates = 5;
constexpr std::size_t shown_tasks = 5;
constexpr std::size_t ask_bytes = 420; // the checklist has asks in full
constexpr std::size_t ask_bytes_of_several = 160;

struct Ask
{
    const ContractPart* part = nullptr;
    const ChecklistRow* row = nullptr;
    bool gate = false;
};

// The three most urgent of all contracts: failed gates, then what takes most off an index.
std::vector<Ask> urgent_asks(const Model& model)
{
    std::vector<Ask> asks;
    for (const ContractPart& part : model.contracts) {
        for (const std::string& check : part.urgent) {
            if (const ChecklistRow* row = part.row(check); row != nullptr) {
                const bool gate =
                    std::any_of(part.index.gates.begin(), part.index.gates.end(),
                                [&](const scoring::Gate& g) { return g.check == check && !g.passed; });
                asks.push_back({&part, row, gate});
            }
        }
    }
    const auto drop = [](const Ask& ask) { return ask.part->index.value - ask.row->index_if_met; };
    std::stable_sort(asks.begin(), asks.end(), [&](const Ask& a, const Ask& b) {
        return a.gate != b.gate ? a.gate : drop(a) > drop(b);
    });
    asks.resize(std::min<std::size_t>(3, asks.size()));
    return asks;
}

void draw_asks(Paper& paper, const Model& model)
{
    const auto asks = urgent_asks(model);
    if (asks.empty() && !std::ranges::all_of(model.contracts, &ContractPart::has_index))
        return;
    if (asks.empty()) {
        paper.heading(1, QStringLiteral("Nothing is left to ask for"));
        paper.text(QStringLiteral("Every check that counts in this profile is met."), body);
        return;
    }
    paper.heading(1, asks.size() == 1
                         ? QStringLiteral("The most urgent ask")
                         : QStringLiteral("The %1 most urgent asks")
                               .arg(asks.size() == 2 ? QStringLiteral("two") : QStringLiteral("three")));
    Table table(paper, {{QStringLiteral("Ask the vendor for"), 5.3},
                        {QStringLiteral("Now"), 1.6},
                        {QStringLiteral("Where"), 1.6},
                        {QStringLiteral("Index, once met"), 1.5, true}});
    const std::size_t longest = model.contracts.size() > 1 ? ask_bytes_of_several : ask_bytes;
    for (const Ask& ask : asks) {
        Strips what = table.cell(0, shown(ask.row->title), body.bold());
        if (model.contracts.size() > 1)
            append(what, table.cell(0, shown(base::shortened(ask.part->title, 80)), small));
        append(what, table.cell(0, shown(base::shortened(ask.row->ask, longest)), TextStyle{.size = 8.5}));
        Strips now = {verdict_strip(ask.row->verdict)};
        if (ask.gate)
            append(now, table.cell(1, QStringLiteral("must be met"), small));
        const std::string where = places(ask.row->evidence);
        const std::string change =
            fmt::format("{} → {}", index(ask.part->index.value), index(ask.row->index_if_met));
        table.row({std::move(what), std::move(now),
                   table.cell(2, where.empty() ? QStringLiteral("—") : shown(base::shortened(where, 80))),
                   table.cell(3, shown(change), body.bold())});
    }
}

void draw_contract_list(Paper& paper, const Model& model)
{
    paper.heading(1, QStringLiteral("Contracts"));
    Table table(paper, {{QStringLiteral("Contract"), 4.6},
                        {QStringLiteral("Vendor"), 1.9},
                        {QStringLiteral("Index"), 1, true},
                        {QStringLiteral("Range"), 1.4, true},
                        {QStringLiteral("Reviewed"), 1.4, true}});
    for (const ContractPart& part : model.contracts) {
        const bool scored = part.has_index();
        const TextStyle figure =
            scored ? body.bold().in(tint_of_index(part.index.value).ink) : body.in(ink::muted);
        const QString none = QStringLiteral("–");
        table.row({table.cell(0, shown(part.title), body.bold()), table.cell(1, shown(part.vendor)),
                   table.cell(2, scored ? shown(index(part.index.value)) : none, figure),
                   table.cell(3, scored ? shown(index_range(part.index.low, part.index.high)) : none),
                   table.cell(4, shown(fmt::format("{} of {}", part.index.reviewed, part.index.checks)))});
    }
}

Strips date_strips(const Model& model, qreal width)
{
    Strips strips;
    const qreal date_width = 66 * pt;
    for (std::size_t i = 0; i < std::min(shown_dates, model.dates.size()); ++i) {
        const KeyDate& key = model.dates[i];
        const TextStyle style = key.decision ? body.bold() : body;
        Strips what = text_strips(shown(base::shortened(key.what, 120)), style, width - date_width);
        for (std::size_t line = 0; line < what.size(); ++line) {
            const QString day = line == 0 ? shown(date(key.date)) : QString();
            strips.push_back(
                {what[line].height, [=, strip = what[line]](QPainter& painter, QPointF top_left) {
                     draw_line(painter, top_left + QPointF(0, 9.5 * pt), day, body.in(ink::muted));
                     strip.draw(painter, top_left + QPointF(date_width, 0));
                 }});
        }
        strips.push_back(gap_strip(3 * pt));
    }
    if (strips.empty())
        strips = text_strips(QStringLiteral("No dates are known yet."), body.in(ink::muted), width);
    return strips;
}

Strips task_strips(const Model& model, qreal width)
{
    Strips strips;
    for (std::size_t i = 0; i < std::min(shown_tasks, model.do_next.size()); ++i) {
        append(strips, item_strips(shown(base::shortened(model.do_next[i], 180)), body, width));
        strips.push_back(gap_strip(3 * pt));
    }
    if (strips.empty())
        strips =
            text_strips(QStringLiteral("Nothing: the report can be signed."), body.in(ink::muted), width);
    return strips;
}

void draw_dates_and_tasks(Paper& paper, const Model& model)
{
    const qreal gap = 24 * pt;
    const qreal width = (paper.width() - gap) / 2;
    Strips left = text_strips(QStringLiteral("Next dates"), TextStyle{.size = 11.5}.bold(), width);
    left.push_back(gap_strip(4 * pt));
    append(left, date_strips(model, width));
    Strips right = text_strips(QStringLiteral("Do next"), TextStyle{.size = 11.5}.bold(), width);
    right.push_back(gap_strip(4 * pt));
    append(right, task_strips(model, width));

    const qreal height = std::max(height_of(left), height_of(right));
    paper.space(16 * pt);
    paper.need(height);
    qreal x = paper.left();
    for (const Strips& column : {left, right}) {
        qreal y = paper.y();
        for (const Strip& strip : column) {
            strip.draw(paper.painter(), QPointF(x, y));
            y += strip.height;
        }
        paper.place_cell(QRectF(x, paper.y(), width, height));
        x += width + gap;
    }
    paper.move_to(paper.y() + height);
}

}

void draw_signatures(Paper& paper)
{
    const qreal height = signatures_height;
    paper.need(height + 12 * pt);
    // At the foot of the page, as on a form.
    paper.move_to(paper.y() + std::max(12 * pt, paper.remaining() - height));
    const qreal gap = 18 * pt;
    const qreal width = (paper.width() - 2 * gap) / 3;
    qreal x = paper.left();
    QPainter& painter = paper.painter();
    for (const auto& role :
         {QStringLiteral("Prepared by"), QStringLiteral("Reviewed by"), QStringLiteral("Approved by")}) {
        draw_line(painter, QPointF(x, paper.y() + 9 * pt), role, label);
        painter.setPen(QPen(QColor(ink::muted), 0.6 * pt));
        painter.drawLine(QPointF(x, paper.y() + 52 * pt), QPointF(x + width, paper.y() + 52 * pt));
        draw_line(painter, QPointF(x, paper.y() + 62 * pt), QStringLiteral("Name, date, signature"), small);
        x += width + gap;
    }
    paper.move_to(paper.y() + height);
}

bool draw_summary(Paper& paper, const Model& model)
{
    paper.heading(0, QStringLiteral("Summary"));
    if (model.contracts.size() == 1) {
        const ContractPart& part = model.contracts.front();
        const std::string whose =
            fmt::format("{} of {}", part.title, part.vendor.empty() ? "the vendor" : part.vendor);
        const std::string reviewed = fmt::format("{} of {} are reviewed.", count(part.index.reviewed),
                                                 plural(part.index.checks, "check", "checks"));
        const std::string verdict =
            part.has_index()
                ? fmt::format("{} has a lock-in index of {} of 100 ({}): {}. {}", whose,
                              index(part.index.value), index_range(part.index.low, part.index.high),
                              standing(part.index.value), reviewed)
                : fmt::format("{}: {} {}", whose, part.no_index_reason(), reviewed);
        paper.text(shown(verdict), TextStyle{.size = 10.5, .leading = 1.45});
    } else if (model.contracts.empty()) {
        paper.text(QStringLiteral(
                       "The project has no contract, so there is nothing to judge yet. What is missing is "
                       "listed below."),
                   TextStyle{.size = 10.5, .leading = 1.45});
    }
    if (model.contracts.size() > 1)
        draw_contract_list(paper, model);
    if (!model.stands_out.empty()) {
        paper.heading(1, QStringLiteral("What stands out"));
        std::vector<std::string> sentences;
        const std::size_t shown_here = model.contracts.size() > 1 ? 4 : shown_sentences;
        for (std::size_t i = 0; i < std::min(shown_here, model.stands_out.size()); ++i)
            sentences.push_back(base::shortened(model.stands_out[i], 320));
        paper.items(sentences, body);
    }
    if (!model.contracts.empty())
        draw_asks(paper, model);
    draw_dates_and_tasks(paper, model);
    const bool signable = !model.contracts.empty() && paper.remaining() >= signatures_height + 12 * pt;
    if (signable)
        draw_signatures(paper);
    return signable;
}

}
