#include "ui/compare/clausedelegate.h"

#include "ui/compare/clausesmodel.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QListView>
#include <QPainter>
#include <QTextLayout>

namespace leeway::ui {
namespace {

constexpr double side = 14;
constexpr double middle = 24; // between the columns
constexpr double top = 10;
constexpr double place_height = 20;
constexpr double line_height = 1.15;

double columnWidth(double width)
{
    const Theme& theme = Theme::instance();
    return (width - 2 * theme.px(side) - theme.px(middle)) / 2;
}

// Lays the text out and gives its height; draws it when there is a painter.
double layOut(const ShownClause& clause, bool old, double width, QPainter* painter, QPointF at)
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    QTextLayout layout(clause.text, theme.font(13));
    QList<QTextLayout::FormatRange> formats;
    for (const auto& [begin, length] : clause.changed) {
        QTextCharFormat format;
        format.setBackground(palette[old ? "adverse-tint" : "met-tint"]);
        format.setFontStrikeOut(old);
        format.setFontUnderline(!old);
        formats.push_back({begin, length, format});
    }
    layout.setFormats(formats);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height() * line_height;
    }
    layout.endLayout();
    if (painter != nullptr) {
        painter->setPen(palette["ink"]);
        layout.draw(painter, at);
    }
    return y;
}

void paintSide(QPainter& painter, const ClauseRow& row, bool old, QRectF column)
{
    const Theme& theme = Theme::instance();
    const ShownClause& clause = old ? row.before : row.after;
    painter.setFont(theme.font(11));
    painter.setPen(theme.palette()["muted"]);
    QStringList head;
    if (old == (row.change == clauses::ClauseChange::Removed))
        head << change_name(row.change);
    if (!clause.place.isEmpty())
        head << clause.place;
    QRectF line = column;
    line.setHeight(theme.px(place_height));
    const bool none = clause.text.isEmpty();
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignTop,
        none ? (old ? ClauseDelegate::tr("not in this version") : ClauseDelegate::tr("no longer there"))
             : head.join(u" · "_s));
    if (!none)
        layOut(clause, old, column.width(), &painter, column.topLeft() + QPointF(0, theme.px(place_height)));
}

}

QSize ClauseDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QListView*>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    if (width != m_width) {
        m_width = width;
        m_heights.clear();
    }
    if (!m_heights.contains(index.row())) {
        const Theme& theme = Theme::instance();
        const ClauseRow& row = static_cast<const ClausesModel*>(index.model())->rowAt(index);
        const double text = std::max(layOut(row.before, true, columnWidth(width), nullptr, {}),
                                     layOut(row.after, false, columnWidth(width), nullptr, {}));
        m_heights[index.row()] = int(std::ceil(text)) + theme.px(place_height) + 2 * theme.px(top);
    }
    return {width, m_heights[index.row()]};
}

void ClauseDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const ClauseRow& row = static_cast<const ClausesModel*>(index.model())->rowAt(index);
    painter->save();
    const QRect rect = option.rect;
    paintRowGround(*painter, option);
    const double width = columnWidth(rect.width());
    const QRectF left(rect.x() + theme.px(side), rect.y() + theme.px(top), width,
                      rect.height() - 2 * theme.px(top));
    paintSide(*painter, row, true, left);
    paintSide(*painter, row, false, left.translated(width + theme.px(middle), 0));
    painter->restore();
}

}
