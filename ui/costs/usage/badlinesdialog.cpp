#include "ui/costs/usage/badlinesdialog.h"

#include "ui/costs/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>

namespace leeway::ui {

BadLinesDialog::BadLinesDialog(const usage::Cube& cube, QWidget* parent) : QDialog(parent)
{
    const auto px = [](double value) { return Theme::instance().px(value); };
    setWindowTitle(tr("Lines left out"));
    resize(px(640), px(420));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(10));
    layout->addWidget(label(cube.bad_lines == 1
                                ? tr("1 line could not be read")
                                : tr("%1 lines could not be read").arg(countText(cube.bad_lines)),
                            "title"));
    QString text =
        (cube.bad_lines == 1 ? tr("It is not in the figures; %1.") : tr("They are not in the figures; %1."))
            .arg(cube.requests == 1 ? tr("1 request is")
                                    : tr("%1 requests are").arg(countText(cube.requests)));
    if (cube.bad_lines > std::int64_t(cube.examples.size()))
        text += u' ' + tr("These are the first %1.").arg(cube.examples.size());
    layout->addWidget(paragraph(text, "muted"));

    auto* table = new QTableWidget(int(cube.examples.size()), 3);
    table->setObjectName(u"badLines"_s);
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("File"), tr("Line"), tr("Reason")});
    for (int row = 0; row < table->rowCount(); ++row) {
        const auto& line = cube.examples[std::size_t(row)];
        auto* number = new QTableWidgetItem(countText(line.line));
        number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto* reason = new QTableWidgetItem(str(line.reason));
        reason->setToolTip(str(line.reason));
        table->setItem(row, 0, new QTableWidgetItem(str(line.file)));
        table->setItem(row, 1, number);
        table->setItem(row, 2, reason);
    }
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    auto* header = table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeaderItem(1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->resizeColumnsToContents();
    table->setColumnWidth(0, std::min(table->columnWidth(0) + px(8), px(180)));
    header->setSectionResizeMode(2, QHeaderView::Stretch);
    table->resizeRowsToContents();
    layout->addWidget(table, 1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

}
