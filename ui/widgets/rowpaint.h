#pragma once

#include <QStyleOptionViewItem>

class QModelIndex;
class QPainter;

namespace leeway::ui {

/// The ground of a row in a list of checks: tinted when selected or under the pointer, with a line below and
/// a ring when it has the focus.
void paintRowGround(QPainter& painter, const QStyleOptionViewItem& option);

/// The words of a row that names a group; `inset` from the left and right, in px.
void paintGroupName(QPainter& painter, const QRect& rect, const QModelIndex& index, double inset);

}
