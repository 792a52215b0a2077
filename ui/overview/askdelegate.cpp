#include "ui/overview/askdelegate.h"

#include "ui/overview/asksmodel.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace leeway::ui {

namespace {

void paintAsk(QPainter& painter, QRect rect, const QModelIndex& index)
{
    const Theme& theme = Theme::instance();
    const auto draw = [&](const QString& text, QFont::Weight weight, const char* color) {
        if (rect.width() < theme.px(40))
            return;
        painter.setFont(theme.font(13, weight));
        painter.setPen(theme.palette()[color]);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, shown);
        rect.setLeft(rect.left() + painter.fontMetrics().horizontalAdvance(shown) + theme.px(10));
    };
    draw(index.data().toString(), QFont::Normal, "ink");
    if (index.data(AsksModel::GateRole).toBool())
        draw(AsksModel::tr("gate"), QFont::DemiBold, "partial");
    draw(index.data(AsksModel::DetailRole).toString(), QFont::Normal, "muted");
}

}

QSize AskDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const int width = index.column() == AsksModel::VerdictColumn
                          ? chipColumnWidth()
                          : figuresWidth(theme.font(13), index.data().toString());
    return {width + theme.px(28), theme.px(32)};
}

void AskDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    painter->save();
    if (option.state & QStyle::State_Selected && option.state & QStyle::State_Active &&
        option.widget != nullptr && option.widget->hasFocus())
        painter->fillRect(option.rect, palette["selection"]);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, palette["hover"]);
    painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), palette["line"]);
    const QRect rect = option.rect.adjusted(theme.px(8), 0, -theme.px(8), -1);
    painter->setFont(theme.font(13));
    painter->setPen(palette["ink"]);
    switch (index.column()) {
    case AsksModel::AskColumn:
        paintAsk(*painter, rect, index);
        break;
    case AsksModel::VerdictColumn:
        paintChip(*painter, rect, clauses::Verdict(index.data(AsksModel::VerdictRole).toInt()));
        break;
    case AsksModel::PlaceColumn:
        painter->setPen(palette["muted"]);
        painter->drawText(
            rect, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
        break;
    default:
        drawFigures(*painter, rect, Qt::AlignRight, index.data().toString());
    }
    painter->restore();
}

}
