#pragma once

#include "ui/shell/page.h"

class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace leeway::ui {

class Card;
class DatesModel;
class TimelineChart;
class Workspace;

/// All dates to keep: over months, as a list, and as a calendar file.
class TimelinePage : public Page
{
    Q_OBJECT

public:
    explicit TimelinePage(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("timeline"); }
    [[nodiscard]] QString title() const override { return tr("Timeline"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("calendar"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    /// Chooses the date with that uid.
    void showDetail(const QString& detail) override;
    /// Writes the calendar file, as .ics where the name has no suffix, and says so in the message bar.
    void exportTo(QString file);

private:
    QWidget* buildEmpty();
    QWidget* buildFull();
    void refresh();
    void showMissing();
    void choose(int date);
    void open(int date);
    void chooseExport();

    Workspace& m_workspace;
    QStackedWidget* m_stack = nullptr;
    DatesModel* m_dates = nullptr;
    TimelineChart* m_chart = nullptr;
    Card* m_chartCard = nullptr;
    QTableView* m_table = nullptr;
    Card* m_missingCard = nullptr;
    QVBoxLayout* m_missing = nullptr;
    QAction* m_costs = nullptr;
    QAction* m_export = nullptr;
};

}
