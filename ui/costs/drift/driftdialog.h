#pragma once

#include "ui/costs/drift/driftcheck.h"

#include <QDialog>

class QLabel;
class QTableWidget;

namespace leeway::ui {

/// Why the usage of one period costs something else than that of another: five parts, and the models.
class DriftDialog : public QDialog
{
    Q_OBJECT

public:
    explicit DriftDialog(DriftCheck check, QWidget* parent = nullptr);

    /// As JSON when the name ends so, else as CSV; says in the dialog what came of it.
    void exportTo(const QString& file);

Q_SIGNALS:
    void otherExport(); // compare with a file instead

private:
    QTableWidget* makeModels();
    void chooseFile();

    DriftCheck m_check;
    QLabel* m_said;
};

}
