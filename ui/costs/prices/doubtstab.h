#pragma once

#include <QWidget>

class QLabel;
class QTableWidget;

namespace leeway::ui {

class Workspace;

/// What is doubtful about the prices in use: what of the usage has no price, what pricing assumed, and what
/// the linter finds in the sheet.
class DoubtsTab : public QWidget
{
    Q_OBJECT

public:
    explicit DoubtsTab(Workspace& workspace, QWidget* parent = nullptr);
    /// Shown in the tab's title.
    [[nodiscard]] int count() const { return m_count; }

public Q_SLOTS:
    void refresh();

private:
    Workspace& m_workspace;
    QLabel* m_summary;
    QTableWidget* m_table;
    int m_count = 0;
};

}
