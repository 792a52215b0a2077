#include "ui/compare/changesdelegate.h"

#include "ui/compare/changesmodel.h"
#include "ui/widgets/chip.h"
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
        painter->setFont(theme.font(11, QFont::DemiBold));
        painter->setPen(palette["muted"]);
        painter->drawText(rect.adjusted(theme.px(side), 0, -theme.px(side), -theme.px(6)),
                          Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
        painter->restore();
        return;
    }
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(rect, palette["selection"]);
        painter->fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), palette["accent"]);
    } else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, palette["hover"]);
    painter->fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), palette["line"]);
    if (option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus) {
        painter->setPen(palette["accent"]);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(rect.adjusted(0, 0, -1, -1));
    }

    rect.adjust(theme.px(side), 0, -theme.px(side), -1);
    QRect after = rect;
    after.setLeft(rect.right() - chipColumnWidth());
    paintChip(*painter, after, clauses::Verdict(index.data(ChangesModel::AfterRole).toInt()));
    const double size = theme.px(arrow);
    const QRectF between(after.left() - theme.px(gap) - size, rect.center().y() - size / 2 + 0.5, size, size);
    Theme::paintIcon(*painter, u"chevron-right"_qs, between, palette["muted"]);
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
