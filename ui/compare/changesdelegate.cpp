#include "ui/compare/changesdelegate.h"

#include "ui/compare/changesmodel.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace leeway::ui {
namespace {

constexpr double side = 14;
constexpr double gap = 8;
constexpr double arrow = 16;

}

QSize ChangesDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool first = index.row() == 0 && index.data(ChangesModel::IsGroupRole).toBool();
    return {option.rect.width(), Theme::instance().px(first ? 28 : 32)};
}

void ChangesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    painter->save();
    QRect rect = option.rect;
    if (index.data(ChangesModel::IsGroupRole).toBool()) {
        paintGroupName(*painter, rect, index, side);
        painter->restore();
        return;
    }
    paintRowGround(*painter, option);

    rect.adjust(theme.px(side), 0, -theme.px(side), -1);
    QRect after = rect;
    after.setLeft(rect.right() - chipColumnWidth());
    paintChip(*painter, after, clauses::Verdict(index.data(ChangesModel::AfterRole).toInt()));
    const double size = theme.px(arrow);
    const QRectF between(after.left() - theme.px(gap) - size, rect.center().y() - size / 2 + 0.5, size, size);
    Theme::paintIcon(*painter, QStringLiteral("chevron-right"), between, palette["muted"]);
    QRect before = rect;
    before.setLeft(int(between.left()) - theme.px(gap) - chipColumnWidth());
    paintChip(*painter, before, clauses::Verdict(index.data(ChangesModel::BeforeRole).toInt()));

    rect.setRight(before.left() - theme.px(gap));
    painter->setFont(theme.font(13));
    painter->setPen(palette["ink"]);
    painter->drawText(
        rect, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    painter->restore();
}

}
