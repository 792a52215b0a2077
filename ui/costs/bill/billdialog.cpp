#include "ui/costs/bill/billdialog.h"

#include "core/report/format.h"
#include "ui/costs/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/readingtable.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QTableWidget>
#include <algorithm>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

BillDialog::BillDialog(BillCheck check, QWidget* parent)
    : QDialog(parent),
      m_check(std::move(check)),
      m_reasons(paragraph({}, "muted"))
{
    setWindowTitle(tr("Bill and usage"));
    resize(px(980), px(600));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(px(20), px(18), px(20), px(16));
    layout->setSpacing(px(10));
    auto* title = paragraph(headline(), "title");
    title->setObjectName(u"billHeadline"_s);
    layout->addWidget(title);
    const auto& reconciliation = m_check.reconciliation;
    layout->addWidget(
        paragraph(tr("Billed %1; the imported usage costs %2 at the prices and the agreement in use.")
                      .arg(money(reconciliation.billed), money(reconciliation.replayed)),
                  "muted"));
    layout->addWidget(makeLines(), 1);
    m_reasons->setObjectName(u"billReasons"_s);
    m_reasons->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_reasons);
    QStringList notes;
    for (const std::string& note : reconciliation.notes)
        notes << str(note);
    if (m_check.bad_lines > 0)
        notes << tr("%1 of the bill could not be read; the first is line %2: %3.")
                     .arg(counted(m_check.bad_lines, tr("line"), tr("lines")),
                          countText(m_check.bad.front().line), str(m_check.bad.front().reason));
    if (!notes.isEmpty())
        layout->addWidget(paragraph(notes.join(u'\n'), "small"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

QString BillDialog::money(base::Decimal amount) const
{
    return str(report::money_exact(amount, m_check.reconciliation.currency));
}

QString BillDialog::headline() const
{
    const auto& reconciliation = m_check.reconciliation;
    const base::Decimal difference = reconciliation.billed - reconciliation.replayed;
    if (difference.rounded(2).is_zero())
        return tr("The bill is what the usage costs");
    const base::Decimal open = reconciliation.unexplained();
    const QString size = money(difference.is_negative() ? -difference : difference);
    const QString head = (difference.is_negative() ? tr("The bill is %1 lower than the usage costs")
                                                   : tr("The bill is %1 higher than the usage costs"))
                             .arg(size);
    return open.rounded(2).is_zero() ? tr("%1, and all of it is explained").arg(head)
                                     : tr("%1; %2 of that is not explained").arg(head, money(open));
}

QTableWidget* BillDialog::makeLines()
{
    const auto& lines = m_check.reconciliation.lines;
    auto* table = new QTableWidget(int(lines.size()), 7);
    table->setObjectName(u"billLines"_s);
    table->setHorizontalHeaderLabels({tr("Month"), tr("Model"), tr("Part"), tr("Billed"), tr("Usage costs"),
                                      tr("Difference"), tr("Not explained")});
    makeReading(*table, windowTitle());
    const std::array<int, 6> widths{90, 270, 110, 120, 120, 120};
    for (int column = 0; column < 6; ++column)
        table->setColumnWidth(column, px(widths[std::size_t(column)]));
    for (int row = 0; row < int(lines.size()); ++row) {
        const usage::ReconciledLine& line = lines[std::size_t(row)];
        const QString model = !line.model.empty()    ? str(line.vendor + "/" + line.model)
                              : !line.vendor.empty() ? tr("%1, the rest").arg(str(line.vendor))
                                                     : tr("the agreement");
        const base::Decimal open = line.unexplained();
        setRow(*table, row,
               {str(report::month(line.month)), model, line.part.empty() ? tr("all") : str(line.part),
                money(line.billed), money(line.replayed), money(line.difference()),
                open.rounded(2).is_zero() ? u"—"_s : money(open)});
        for (int column = 3; column < 7; ++column)
            table->item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    for (int column = 3; column < 7; ++column)
        table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(table, &QTableWidget::currentCellChanged, this, &BillDialog::showReasons);
    // What is open is looked at first.
    const auto open = std::ranges::find_if(
        lines, [](const auto& line) { return !line.unexplained().rounded(2).is_zero(); });
    if (!lines.empty())
        table->setCurrentCell(open == lines.end() ? 0 : int(open - lines.begin()), 0);
    return table;
}

void BillDialog::showReasons(int row)
{
    QStringList reasons;
    if (row >= 0 && row < int(m_check.reconciliation.lines.size())) {
        const usage::ReconciledLine& line = m_check.reconciliation.lines[std::size_t(row)];
        for (const usage::Explanation& reason : line.explained)
            reasons << tr("%1, %2: %3")
                           .arg(capitalised(str(usage::to_string(reason.cause))), money(reason.amount),
                                str(reason.why));
        if (!line.unexplained().rounded(2).is_zero())
            reasons << tr("Not explained: %1. Ask the vendor what this line is for.")
                           .arg(money(line.unexplained()));
        if (reasons.isEmpty())
            reasons << tr("Billed and usage agree here.");
    }
    m_reasons->setText(reasons.join(u'\n'));
}

}
