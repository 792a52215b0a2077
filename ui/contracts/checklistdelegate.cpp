#include "ui/contracts/checklistdelegate.h"

#include "ui/contracts/checklistmodel.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace leeway::ui {

namespace {

constexpr double side = 14;
constexpr double place_width = 116;
constexpr double dot = 10;
constexpr double dot_column = 22;

void paintDot(QPainter& painter, const QRect& rect, bool reviewed, bool changed)
{
    const Theme& theme = Theme::instance();
    const double size = theme.px(dot);
    const QRectF circle(rect.right() - size, rect.center().y() - size / 2 + 0.5, size, size);
    if (changed) {
        Theme::paintIcon(painter, u"warning"_s, circle.adjusted(-3, -3, 3, 3), theme.palette()["partial"]);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.palette()["muted"], 1.3));
    painter.setBrush(reviewed ? QBrush(theme.palette()["muted"]) : QBrush(Qt::NoBrush));
    painter.drawEllipse(circle.adjusted(0.7, 0.7, -0.7, -0.7));
}

}

QSize ChecklistDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool group = index.data(ChecklistModel::IsGroupRole).toBool();
    return {option.rect.width(), Theme::instance().px(group && index.row() > 0 ? 32 : group ? 28 : 32)};
}

void ChecklistDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    painter->save();
    QRect rect = option.rect;
    if (index.data(ChecklistModel::IsGroupRole).toBool()) {
        paintGroupName(*painter, rect, index, side);
        painter->restore();
        return;
    }

    paintRowGround(*painter, option);
    rect.adjust(theme.px(side), 0, -theme.px(side), -1);
    paintDot(*painter, rect, index.data(ChecklistModel::ReviewedRole).toBool(),
             index.data(ChecklistModel::ChangedRole).toBool());
    rect.setRight(rect.right() - theme.px(dot_column));

    painter->setFont(theme.font(13));
    painter->setPen(palette["muted"]);
    QRect where = rect;
    where.setLeft(rect.right() - theme.px(place_width));
    painter->drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data(ChecklistModel::PlaceRole).toString(),
                                                        Qt::ElideRight, where.width()));
    QRect chip = rect;
    chip.setLeft(where.left() - theme.px(14) - chipColumnWidth());
    paintChip(*painter, chip, clauses::Verdict(index.data(ChecklistModel::VerdictRole).toInt()));

    rect.setRight(chip.left() - theme.px(8));
    painter->setPen(palette["ink"]);
    painter->drawText(
        rect, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    painter->restore();
}

bool ChecklistDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                  const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || index.data(ChecklistModel::IsGroupRole).toBool())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), index.data(Qt::AccessibleTextRole).toString(), view, option.rect);
    return true;
}

}
