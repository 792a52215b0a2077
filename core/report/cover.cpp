#include "core/base/text.h"
#include "core/report/format.h"
#include "core/report/sections.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::report {
namespace {

constexpr std::size_t shown_contracts = 5; // more are in the summary
constexpr qreal lower_edge = 770 * pt;

// Draws strips from `top_left` downwards; gives the y below.
qreal draw_strips(QPainter& painter, const Strips& strips, QPointF top_left)
{
    for (const Strip& strip : strips) {
        strip.draw(painter, top_left);
        top_left.ry() += strip.height;
    }
    return top_left.y();
}

// Plain colours instead of transparency, which printers and archives dislike.
QColor mixed(QRgb over, QRgb under, qreal share)
{
    const auto part = [&](int a, int b) { return qRound(share * a + (1 - share) * b); };
    return {part(qRed(over), qRed(under)), part(qGreen(over), qGreen(under)),
            part(qBlue(over), qBlue(under))};
}

std::string subtitle_of(const Model& model)
{
    std::vector<std::string> vendors;
    for (const ContractPart& part : model.contracts) {
        if (std::find(vendors.begin(), vendors.end(), part.vendor) == vendors.end() && !part.vendor.empty())
            vendors.push_back(part.vendor);
    }
    if (vendors.empty())
        return "Report before signature";
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(vendors.size(), 4); ++i)
        names += (i == 0 ? "" : ", ") + vendors[i];
    return names + (vendors.size() > 4 ? " and others" : "");
}

// The dark band over the whole width with the project's name.
qreal draw_band(Paper& paper, const Model& model)
{
    const TextStyle kicker{.size = 9, .weight = QFont::DemiBold, .colour = ink::muted_on_rail};
    const TextStyle title{.size = 30, .weight = QFont::DemiBold, .colour = ink::on_rail, .leading = 1.2};
    const TextStyle subtitle{.size = 14, .colour = ink::on_rail, .leading = 1.35};
    // A long title keeps to four lines: the head of the summary has it whole.
    Strips name = text_strips(shown(model.project), title, paper.width());
    if (name.size() > 4)
        name = text_strips(shown(base::shortened(model.project, 100)), title, paper.width());
    Strips vendor = text_strips(shown(base::shortened(subtitle_of(model), 90)), subtitle, paper.width());
    Strips content = text_strips(QStringLiteral("Lock-in report"), kicker, paper.width());
    content.push_back(gap_strip(14 * pt));
    append(content, std::move(name));
    content.push_back(gap_strip(6 * pt));
    append(content, std::move(vendor));
    append(content, text_strips(shown(date(model.date)), subtitle.in(ink::muted_on_rail), paper.width()));

    const qreal top = 84 * pt;
    const qreal bottom = std::max(top + height_of(content) + 44 * pt, 268 * pt);
    QPainter& painter = paper.painter();
    const qreal page_width = paper.width() + 2 * paper.left();
    painter.fillRect(QRectF(0, 0, page_width, bottom), QColor(ink::rail));
    painter.fillRect(QRectF(0, bottom, page_width, 4 * pt), QColor(ink::accent));
    draw_strips(painter, content, QPointF(paper.left(), top));
    return bottom + 4 * pt;
}

std::vector<std::pair<std::string, std::string>> facts_of(const Model& model, const ContractPart& part)
{
    std::string pages = part.pages > 0 ? plural(part.pages, "page", "pages") : std::string();
    return {{"Vendor", part.vendor},
            {"Contract", part.title},
            {"Document", base::shortened(part.document, 120)},
            {"Version", part.version + (pages.empty() ? "" : " · " + pages)},
            {"Weights", model.profile},
            {"Reviewed",
             fmt::format("{} of {}", part.index.reviewed, plural(part.index.checks, "check", "checks"))}};
}

qreal draw_facts(Paper& paper, const std::vector<std::pair<std::string, std::string>>& facts, qreal x,
                 qreal y, qreal width)
{
    const qreal name_width = 62 * pt;
    for (const auto& [name, value] : facts) {
        if (value.empty())
            continue;
        Strips lines = text_strips(shown(base::shortened(value, 90)), body, width - name_width);
        draw_strips(paper.painter(), text_strips(shown(name), body.in(ink::muted), name_width),
                    QPointF(x, y));
        y = draw_strips(paper.painter(), lines, QPointF(x + name_width, y)) + 2 * pt;
    }
    return y;
}

// How many checks have which verdict: a bar, and the counts under it.
qreal draw_tally(Paper& paper, const ContractPart& part, qreal y)
{
    using clauses::Verdict;
    QPainter& painter = paper.painter();
    draw_line(painter, QPointF(paper.left(), y + 8 * pt), QStringLiteral("What the contract gives"), label);
    const qreal height = 9 * pt;
    const qreal total = std::max(1.0, static_cast<qreal>(part.checklist.size()));
    qreal bar = paper.left();
    qreal words = paper.left();
    for (const Verdict verdict : {Verdict::Met, Verdict::Partial, Verdict::Missing, Verdict::Adverse}) {
        const auto count = std::count_if(part.checklist.begin(), part.checklist.end(),
                                         [&](const ChecklistRow& row) { return row.verdict == verdict; });
        const qreal width = paper.width() * static_cast<qreal>(count) / total;
        if (count > 0)
            painter.fillRect(QRectF(bar, y + 16 * pt, std::max(0.3 * width, width - 1.2 * pt), height),
                             QColor(tint_of(verdict).ink));
        bar += width;
        draw_icon(painter, QPointF(words, y + 34.5 * pt), 7.5 * pt, verdict);
        const QString text = QString::number(count) + u' ' + shown(base::lowered(report::verdict(verdict)));
        const TextStyle style = body.in(tint_of(verdict).ink).bold();
        draw_line(painter, QPointF(words + 12 * pt, y + 41.5 * pt), text, style);
        words += 12 * pt + width_of(text, style) + 22 * pt;
    }
    return y + 46 * pt;
}

// The date to decide by and what it costs not to, side by side.
qreal draw_key_figures(Paper& paper, const Model& model, qreal y)
{
    std::vector<std::pair<std::string, std::string>> figures;
    if (model.matrix && model.matrix->gate)
        figures.emplace_back("Decide by",
                             fmt::format("{}, {} before the budget lock", date(model.matrix->gate->decide_by),
                                         plural(model.matrix->gate->days_before, "day", "days")));
    if (model.matrix && model.matrix->outcomes.size() > 1)
        figures.emplace_back("Cost of staying", answer_of(*model.matrix));
    const qreal gap = 28 * pt;
    const qreal width = (paper.width() - gap) / 2;
    const TextStyle style{.size = 11, .weight = QFont::DemiBold, .leading = 1.35};
    std::vector<Strips> values;
    qreal height = 0;
    for (const auto& [name, value] : figures) {
        values.push_back(text_strips(shown(base::shortened(value, 140)), style, width));
        height = std::max(height, height_of(values.back()));
    }
    const qreal label_height = 15 * pt;
    if (figures.empty() || y + label_height + height > lower_edge)
        return y;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const qreal x = paper.left() + static_cast<qreal>(i) * (width + gap);
        draw_line(paper.painter(), QPointF(x, y + 8 * pt), shown(figures[i].first), label);
        draw_strips(paper.painter(), values[i], QPointF(x, y + label_height));
    }
    return y + label_height + height;
}

// The one contract of most reports: a big number with what it is made of.
qreal draw_one(Paper& paper, const Model& model, const ContractPart& part, qreal y)
{
    QPainter& painter = paper.painter();
    const qreal half = paper.width() * 0.44;
    const qreal x = paper.left() + paper.width() * 0.52;
    const qreal facts =
        draw_facts(paper, facts_of(model, part), x, y - 2.5 * pt, paper.left() + paper.width() - x);
    if (!part.has_index()) {
        const TextStyle big{.size = 14, .weight = QFont::DemiBold, .leading = 1.3};
        const qreal below = draw_strips(painter, text_strips(shown(part.no_index_reason()), big, half),
                                        QPointF(paper.left(), y));
        return draw_key_figures(paper, model, std::max(below, facts) + 28 * pt);
    }
    const Tint tint = tint_of_index(part.index.value);
    draw_line(painter, QPointF(paper.left(), y + 8 * pt), QStringLiteral("Lock-in index"), label);
    const TextStyle number{.size = 62, .weight = QFont::DemiBold, .colour = tint.ink};
    const QString value = shown(index(part.index.value));
    draw_line(painter, QPointF(paper.left() - 2 * pt, y + 66 * pt), value, number);
    const qreal beside = paper.left() + width_of(value, number) + 10 * pt;
    draw_line(painter, QPointF(beside, y + 50 * pt), shown("of 100"),
              TextStyle{.size = 10, .colour = ink::muted});
    draw_line(painter, QPointF(beside, y + 65 * pt), shown(standing(part.index.value)),
              TextStyle{.size = 10, .weight = QFont::DemiBold, .colour = tint.ink});
    draw_scale(painter, QRectF(paper.left(), y + 86 * pt, half, 8 * pt), part.index);
    const std::string range =
        part.index.low == part.index.high
            ? "Every check is reviewed: the number is final."
            : fmt::format("{} until every check is reviewed", index_range(part.index.low, part.index.high));
    const qreal below =
        draw_strips(painter, text_strips(shown(range), small, half), QPointF(paper.left(), y + 112 * pt));
    y = draw_tally(paper, part, std::max(below, facts) + 34 * pt);
    return draw_key_figures(paper, model, y + 28 * pt);
}

qreal draw_several(Paper& paper, const Model& model, qreal y)
{
    QPainter& painter = paper.painter();
    draw_line(painter, QPointF(paper.left(), y + 8 * pt),
              QStringLiteral("Lock-in index, 0 free to 100 locked in"), label);
    y += 22 * pt;
    const std::size_t count = std::min(shown_contracts, model.contracts.size());
    for (std::size_t i = 0; i < count; ++i) {
        const ContractPart& part = model.contracts[i];
        const bool scored = part.has_index();
        const TextStyle number{.size = 22,
                               .weight = QFont::DemiBold,
                               .colour = scored ? tint_of_index(part.index.value).ink : ink::muted};
        draw_line(painter, QPointF(paper.left() + 62 * pt, y + 22 * pt),
                  scored ? shown(index(part.index.value)) : QStringLiteral("–"), number.right());
        const qreal x = paper.left() + 78 * pt;
        const qreal width = paper.width() * 0.5;
        qreal below = draw_strips(
            painter, text_strips(shown(base::shortened(part.title, 80)), body.bold(), width), QPointF(x, y));
        below = draw_strips(painter, text_strips(shown(base::shortened(part.vendor, 80)), small, width),
                            QPointF(x, below));
        const qreal scale_x = x + width + 16 * pt;
        const qreal scale_width = paper.left() + paper.width() - scale_x;
        if (scored)
            draw_scale(painter, QRectF(scale_x, y + 8 * pt, scale_width, 7 * pt), part.index);
        else
            below = std::max(
                below, draw_strips(painter, text_strips(shown(part.no_index_reason()), small, scale_width),
                                   QPointF(scale_x, y)));
        y = std::max(below, y + 30 * pt) + 8 * pt;
    }
    if (model.contracts.size() > count)
        y = draw_strips(
            painter,
            text_strips(
                shown(fmt::format("and {}", plural(static_cast<std::int64_t>(model.contracts.size() - count),
                                                   "more contract", "more contracts"))),
                small, paper.width()),
            QPointF(paper.left() + 78 * pt, y));
    return y;
}

qreal draw_none(Paper& paper, qreal y)
{
    const TextStyle big{.size = 16, .weight = QFont::DemiBold, .leading = 1.3};
    y = draw_strips(paper.painter(),
                    text_strips(QStringLiteral("No contract has been added yet."), big, paper.width()),
                    QPointF(paper.left(), y));
    const TextStyle text{.size = 10.5, .colour = ink::muted, .leading = 1.45};
    return draw_strips(
        paper.painter(),
        text_strips(QStringLiteral("The lock-in index is read from the vendor's contract. Add it to the "
                                   "project, and this page shows the index with its range."),
                    text, paper.width() * 0.8),
        QPointF(paper.left(), y + 4 * pt));
}

void draw_contents(Paper& paper, const std::vector<Bookmark>& contents, qreal y)
{
    std::vector<const Bookmark*> sections;
    for (const Bookmark& bookmark : contents) {
        if (bookmark.level == 0 && bookmark.page > 0)
            sections.push_back(&bookmark);
    }
    constexpr qreal line = 16 * pt;
    const auto fitting = static_cast<std::size_t>(std::max(0.0, (lower_edge - y - 60 * pt) / line));
    if (sections.empty() || fitting < 2)
        return;
    // From the end, the contracts in the middle give way: the outline has them all.
    if (sections.size() > fitting)
        sections.erase(sections.begin() + static_cast<std::ptrdiff_t>(fitting / 2),
                       sections.end() - static_cast<std::ptrdiff_t>(fitting - fitting / 2));
    QPainter& painter = paper.painter();
    qreal top = lower_edge - line * static_cast<qreal>(sections.size());
    draw_line(painter, QPointF(paper.left(), top - 8 * pt), QStringLiteral("Contents"), label);
    for (const Bookmark* section : sections) {
        painter.setPen(QPen(QColor(ink::line), 0.6 * pt));
        painter.drawLine(QPointF(paper.left(), top), QPointF(paper.left() + paper.width(), top));
        const Strips title = text_strips(section->title, body, paper.width() - 40 * pt);
        title.front().draw(painter, QPointF(paper.left(), top + 1.5 * pt));
        draw_line(painter, QPointF(paper.left() + paper.width(), top + 11 * pt),
                  QString::number(section->page + 1), body.right());
        top += line;
    }
}

}

void draw_scale(QPainter& painter, const QRectF& box, const scoring::Index& index)
{
    const auto x = [&](scoring::Tenths value) { return box.left() + value / 1000.0 * box.width(); };
    const Tint tint = tint_of_index(index.value);
    const qreal radius = box.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(ink::line));
    painter.drawRoundedRect(box, radius, radius);
    painter.setBrush(mixed(tint.ink, ink::line, 0.35));
    painter.drawRect(QRectF(QPointF(x(index.low), box.top()), QPointF(x(index.high), box.bottom())));
    painter.setBrush(QColor(tint.ink));
    painter.drawRoundedRect(
        QRectF(x(index.value) - 1.6 * pt, box.top() - 2.5 * pt, 3.2 * pt, box.height() + 5 * pt), 1.6 * pt,
        1.6 * pt);
    const TextStyle style{.size = 6.5, .colour = ink::muted};
    draw_line(painter, QPointF(box.left(), box.bottom() + 10 * pt), QStringLiteral("0 free"), style);
    draw_line(painter, QPointF(box.right(), box.bottom() + 10 * pt), QStringLiteral("100 locked"),
              style.right());
}

void draw_cover(Paper& paper, const Model& model, const std::vector<Bookmark>& contents)
{
    paper.bookmark(0, QStringLiteral("Cover"));
    qreal y = draw_band(paper, model) + 40 * pt;
    if (model.contracts.empty())
        y = draw_none(paper, y);
    else if (model.contracts.size() == 1)
        y = draw_one(paper, model, model.contracts.front(), y);
    else
        y = draw_several(paper, model, y);
    draw_contents(paper, contents, y);
    const std::string origin =
        fmt::format("Made by Leeway · rule pack {} · index formula {}", model.pack, model.scoring_formula);
    draw_line(paper.painter(), QPointF(paper.left(), 808 * pt), shown(origin), small);
}

}
