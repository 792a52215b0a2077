#pragma once

#include <QStringList>

class QTableView;
class QTableWidget;

namespace leeway::ui {

/// A table that is read and chosen from by rows, in the look of the price sheet.
void makeReading(QTableView& table, const QString& name);

/// Texts of one row, each its own tool tip.
void setRow(QTableWidget& table, int row, const QStringList& texts);

}
