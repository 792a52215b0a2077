#pragma once

#include "ui/shell/page.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace leeway::ui {

class AsksModel;
class Card;
class IndexCard;
class Workspace;

/// One number with its range, what stands out, what to ask for and what to do next.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("overview"); }
    [[nodiscard]] QString title() const override { return tr("Overview"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("overview"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    [[nodiscard]] AsksModel& asks() const { return *m_asks; }

private:
    QWidget* buildEmpty();
    QWidget* buildFull();
    Card* buildAsks();
    void refresh();
    void showStandsOut();
    void showDates();
    void showAsks();
    void showTodo();
    void showGates();
    void showCosts();
    void chooseFiles();
    void chooseExport();

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    IndexCard* m_index = nullptr;
    QVBoxLayout* m_standsOut = nullptr;
    QVBoxLayout* m_dates = nullptr;
    Card* m_asksCard = nullptr;
    AsksModel* m_asks;
    QTableView* m_table = nullptr;
    QPushButton* m_allAsks = nullptr;
    QVBoxLayout* m_todo = nullptr;
    Card* m_gatesCard = nullptr;
    QVBoxLayout* m_gates = nullptr;
    Card* m_costsCard = nullptr;
    QVBoxLayout* m_costs = nullptr;
    QAction* m_add;
    QAction* m_export;
    bool m_showAll = false;
};

}
