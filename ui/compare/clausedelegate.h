#pragma once

#include "ui/compare/comparison.h"

#include <QHash>
#include <QStyledItemDelegate>

namespace leeway::ui {

/// Paints a changed clause: the old text on the left, the new one on the right, with the words that only one
/// of them has tinted, those that are gone also struck out and those that are new underlined.
class ClauseDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// Forgets the heights of the rows; for another list of clauses.
    void forget() { m_heights.clear(); }

private:
    mutable QHash<int, int> m_heights; // of the rows, at m_width
    mutable int m_width = 0;
};

}
