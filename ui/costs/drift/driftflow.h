#pragma once

#include "ui/costs/drift/driftcheck.h"

#include <QObject>
#include <QStringList>

class QWidget;

namespace leeway::ui {

class Workspace;

/// Compares the project's usage with that of the quarter before, or with another export, and shows what came
/// of it. Prices are in the project's currency.
class DriftFlow : public QObject
{
    Q_OBJECT

public:
    DriftFlow(Workspace& workspace, QWidget* window);

    /// The newest two whole quarters of the project; asks for the other export when it does not hold them.
    void start();
    void compareFiles(const QStringList& files);

private:
    void chooseExport(const QString& title);
    void read(const QStringList& files, const std::optional<usage::Mapping>& mapping);
    void show(DriftCheck check);

    Workspace& m_workspace;
    QWidget* m_window;
};

}
