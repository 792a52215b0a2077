#pragma once

#include "core/pricing/bill.h"
#include "ui/costs/prices/terms.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableWidget;

namespace leeway::ui {

class Workspace;

/// What was negotiated beside the list prices, to read and change, and what it makes of the imported usage.
class AgreementTab : public QWidget
{
    Q_OBJECT

public:
    explicit AgreementTab(Workspace& workspace, QWidget* parent = nullptr);
    [[nodiscard]] int termCount() const { return int(m_terms.size()); }

public Q_SLOTS:
    void refresh();
    void addTerm(leeway::ui::TermKind kind);
    void editCurrent();
    void removeCurrent();

private:
    QWidget* makeTerms();
    QWidget* makeBill();
    void openForm(TermKind kind, int index, const TermValues& values);
    void keep(const pricing::Agreement& agreement);
    void showBill();
    void fillBill(const pricing::Bill& bill);
    void refreshButtons();
    [[nodiscard]] const Term* current() const;

    Workspace& m_workspace;
    std::vector<Term> m_terms;
    QTableWidget* m_table = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_edit = nullptr;
    QPushButton* m_remove = nullptr;
    QWidget* m_billBox = nullptr;
    QLabel* m_billTitle = nullptr;
    QTableWidget* m_bill = nullptr;
    QLabel* m_notes = nullptr;
};

}
