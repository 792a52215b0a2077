#include "ui/costs/prices/agreementtab.h"

#include "core/report/format.h"
#include "core/usage/priced.h"
#include "ui/costs/prices/termdialog.h"
#include "ui/costs/words.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/readingtable.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QTableWidget>
#include <algorithm>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

/// One line for each term of the agreement, over all months.
struct BillSum
{
    pricing::BillKind kind = pricing::BillKind::ListPrice;
    std::string title;
    base::Decimal amount;
    QString explanation; // of the last month that has one
    int months = 0;
};

std::vector<BillSum> summed(const pricing::Bill& bill)
{
    std::vector<BillSum> sums;
    for (const pricing::BillItem& item : bill.items) {
        const bool list = item.kind == pricing::BillKind::ListPrice;
        const std::string title = list ? std::string() : item.title;
        auto found = std::ranges::find_if(
            sums, [&](const BillSum& sum) { return sum.kind == item.kind && sum.title == title; });
        if (found == sums.end())
            found = sums.insert(sums.end(), {item.kind, title, {}, {}, 0});
        found->amount += item.amount;
        ++found->months;
        if (!list && !item.explanation.empty())
            found->explanation = str(report::month(item.month)) + u": "_s + str(item.explanation);
    }
    std::ranges::stable_sort(sums, {}, &BillSum::kind);
    return sums;
}

}

AgreementTab::AgreementTab(Workspace& workspace, QWidget* parent) : QWidget(parent), m_workspace(workspace)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, px(10), 0, 0);
    layout->setSpacing(px(10));
    layout->addWidget(
        paragraph(tr("What was negotiated beside list prices. Free units come off first, then what "
                     "capacity served, then discounts; commitments count what is left."),
                  "muted"));
    layout->addWidget(makeTerms(), 3);
    m_billBox = makeBill();
    layout->addWidget(m_billBox);
}

QWidget* AgreementTab::makeTerms()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(8));
    m_table = new QTableWidget(0, 5);
    m_table->setObjectName(u"terms"_s);
    m_table->setHorizontalHeaderLabels({tr("Kind"), tr("Name"), tr("Concerns"), tr("Term"), tr("Time")});
    makeReading(*m_table, tr("Terms of the agreement"));
    const std::array<int, 4> widths{120, 180, 170, 330};
    for (int column = 0; column < 4; ++column)
        m_table->setColumnWidth(column, px(widths[std::size_t(column)]));
    layout->addWidget(m_table, 1);

    auto* row = new QHBoxLayout;
    row->setSpacing(px(8));
    m_add = new QPushButton(tr("Add"));
    m_add->setObjectName(u"addTerm"_s);
    auto* menu = new QMenu(m_add);
    for (const TermKind kind : termKinds)
        connect(menu->addAction(kindName(kind) + u'…'), &QAction::triggered, this,
                [this, kind] { addTerm(kind); });
    m_add->setMenu(menu);
    m_edit = new QPushButton(tr("Edit…"));
    m_edit->setObjectName(u"editTerm"_s);
    m_remove = new QPushButton(tr("Remove"));
    m_remove->setObjectName(u"removeTerm"_s);
    for (QPushButton* button : {m_add, m_edit, m_remove}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch();
    layout->addLayout(row);
    connect(m_edit, &QPushButton::clicked, this, &AgreementTab::editCurrent);
    connect(m_remove, &QPushButton::clicked, this, &AgreementTab::removeCurrent);
    connect(m_table, &QTableWidget::cellDoubleClicked, this, &AgreementTab::editCurrent);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &AgreementTab::refreshButtons);
    return box;
}

QWidget* AgreementTab::makeBill()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(6));
    m_billTitle = paragraph({}, "heading");
    m_billTitle->setObjectName(u"billTitle"_s);
    m_bill = new QTableWidget(0, 4);
    m_bill->setObjectName(u"bill"_s);
    m_bill->setHorizontalHeaderLabels({tr("What"), tr("Name"), tr("Amount"), tr("How it comes about")});
    makeReading(*m_bill, tr("What the agreement makes of the usage"));
    m_bill->horizontalHeaderItem(2)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    const std::array<int, 3> widths{120, 220, 140};
    for (int column = 0; column < 3; ++column)
        m_bill->setColumnWidth(column, px(widths[std::size_t(column)]));
    m_notes = paragraph({}, "small");
    layout->addWidget(m_billTitle);
    layout->addWidget(m_bill, 1);
    layout->addWidget(m_notes);
    return box;
}

void AgreementTab::refresh()
{
    const auto& sheet = m_workspace.snapshot().sheet;
    const int row = m_table->currentRow();
    m_terms = termsOf(sheet.agreement, sheet.currency);
    m_table->setRowCount(int(m_terms.size()));
    for (int i = 0; i < int(m_terms.size()); ++i) {
        const Term& term = m_terms[std::size_t(i)];
        setRow(*m_table, i, {kindName(term.kind), term.title, term.scope, term.effect, term.time});
    }
    if (!m_terms.empty())
        m_table->selectRow(std::clamp(row, 0, int(m_terms.size()) - 1));
    refreshButtons();
    showBill();
}

void AgreementTab::refreshButtons()
{
    const bool writable = m_workspace.isOpen() && !m_workspace.isReadOnly();
    m_add->setEnabled(writable);
    m_edit->setEnabled(writable && current() != nullptr);
    m_remove->setEnabled(writable && current() != nullptr);
}

const Term* AgreementTab::current() const
{
    const int row = m_table->currentRow();
    return row >= 0 && row < int(m_terms.size()) ? &m_terms[std::size_t(row)] : nullptr;
}

void AgreementTab::addTerm(TermKind kind)
{
    openForm(kind, -1, newValues(kind, fromQDate(QDate::currentDate())));
}

void AgreementTab::editCurrent()
{
    if (const Term* term = current(); term && m_edit->isEnabled())
        openForm(term->kind, term->index,
                 valuesOf(m_workspace.snapshot().sheet.agreement, term->kind, term->index));
}

void AgreementTab::openForm(TermKind kind, int index, const TermValues& values)
{
    const auto check = [this, kind, index](const TermValues& wanted) {
        pricing::Agreement trial = m_workspace.snapshot().sheet.agreement;
        return putTerm(trial, kind, index, wanted);
    };
    auto* dialog = new TermDialog(kind, values, check, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, kind, index] {
        pricing::Agreement agreement = m_workspace.snapshot().sheet.agreement;
        if (putTerm(agreement, kind, index, dialog->values()))
            keep(agreement);
    });
    dialog->open();
}

void AgreementTab::removeCurrent()
{
    const Term* term = current();
    if (!term)
        return;
    pricing::Agreement agreement = m_workspace.snapshot().sheet.agreement;
    removeTerm(agreement, term->kind, term->index);
    keep(agreement);
}

void AgreementTab::keep(const pricing::Agreement& agreement)
{
    pricing::Sheet sheet = m_workspace.snapshot().sheet;
    sheet.agreement = agreement;
    m_workspace.setSheet(sheet);
}

void AgreementTab::showBill()
{
    const auto& snapshot = m_workspace.snapshot();
    const bool shown = !snapshot.cube.empty() && !snapshot.sheet.agreement.empty();
    m_bill->setVisible(shown);
    m_notes->setVisible(shown);
    m_bill->setRowCount(0);
    qobject_cast<QVBoxLayout*>(layout())->setStretchFactor(m_billBox, shown ? 2 : 0);
    if (!shown) {
        m_billTitle->setText(snapshot.cube.empty()
                                 ? tr("Import usage to see what the agreement makes of it.")
                                 : tr("Nothing is agreed yet: usage costs its list prices."));
        return;
    }
    const auto bill = usage::bill_of(snapshot.cube, snapshot.sheet);
    if (!bill) {
        m_bill->hide();
        m_notes->hide();
        m_billTitle->setText(str(bill.error().message));
        return;
    }
    fillBill(*bill);
}

void AgreementTab::fillBill(const pricing::Bill& bill)
{
    const auto sums = summed(bill);
    base::Decimal list;
    m_bill->setRowCount(int(sums.size()));
    for (int i = 0; i < int(sums.size()); ++i) {
        const BillSum& sum = sums[std::size_t(i)];
        if (sum.kind == pricing::BillKind::ListPrice)
            list += sum.amount;
        QString kind = str(pricing::to_string(sum.kind));
        kind[0] = kind[0].toUpper();
        setRow(*m_bill, i,
               {kind, sum.title.empty() ? tr("all models") : str(sum.title),
                str(report::money_exact(sum.amount, bill.currency)), sum.explanation});
        m_bill->item(i, 2)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    m_billTitle->setText(tr("The imported usage costs %1 under this agreement, %2 at list prices")
                             .arg(str(report::money_exact(bill.total, bill.currency)),
                                  str(report::money_exact(list, bill.currency))));
    QStringList notes;
    for (const std::string& note : bill.notes)
        notes << str(note);
    m_notes->setText(notes.join(u' '));
    m_notes->setVisible(!notes.isEmpty());
}

}
