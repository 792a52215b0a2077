#include "ui/widgets/rowpaint.h"

#include "ui/widgets/theme.h"

#include <QModelIndex>
#include <QPainter>

namespace leeway::ui {

void paintRowGround(QPainter& painter, const QStyleOptionViewItem& option)
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    const QRect rect = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    if (selected) {
        painter.fillRect(rect, palette["selection"]);
        painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), palette["accent"]);
    } else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(rect, palette["hover"]);
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), palette["line"]);
    if (selected && option.state & QStyle::State_HasFocus) {
        painter.setPen(palette["accent"]);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
}

void paintGroupName(QPainter& painter, const QRect& rect, const QModelIndex& index, double inset)
{
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(11, QFont::DemiBold));
    painter.setPen(theme.palette()["muted"]);
    painter.drawText(rect.adjusted(theme.px(inset), 0, -theme.px(inset), -theme.px(6)),
                     Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
}

}
