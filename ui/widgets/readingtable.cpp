#include "ui/widgets/readingtable.h"

#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QTableWidget>

namespace leeway::ui {

void makeReading(QTableView& table, const QString& name)
{
    const int rowHeight = Theme::instance().px(28);
    table.setAccessibleName(name);
    table.setProperty("bare", true);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(rowHeight);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setStretchLastSection(true);
}

void setRow(QTableWidget& table, int row, const QStringList& texts)
{
    for (int column = 0; column < texts.size(); ++column) {
        auto* item = new QTableWidgetItem(texts.at(column));
        item->setToolTip(texts.at(column));
        table.setItem(row, column, item);
    }
}

}
