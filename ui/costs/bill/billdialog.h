#pragma once

#include "ui/costs/bill/billcheck.h"

#include <QDialog>

class QLabel;
class QTableWidget;

namespace leeway::ui {

/// Where a bill and the replayed usage differ, line by line, and why.
class BillDialog : public QDialog
{
    Q_OBJECT

public:
    explicit BillDialog(BillCheck check, QWidget* parent = nullptr);

private:
    QTableWidget* makeLines();
    void showReasons(int row);
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString money(base::Decimal amount) const;

    BillCheck m_check;
    QLabel* m_reasons;
};

}
