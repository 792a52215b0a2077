#pragma once

#include <QStyledItemDelegate>

namespace leeway::ui {

/// Cells of the table of asks: title with the ask behind it, verdict chip, aligned figures.
class AskDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}
