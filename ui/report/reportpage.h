#pragma once

#include "core/project/values.h"
#include "core/report/model.h"
#include "ui/shell/page.h"

#include <QTimer>
#include <set>

class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace leeway::ui {

class DocumentView;
class ReportMaker;
class Workspace;
struct MadeReport;

/// The report as it will be printed, and its export.
class ReportPage : public Page
{
    Q_OBJECT

public:
    explicit ReportPage(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("report"); }
    [[nodiscard]] QString title() const override { return tr("Report"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("report"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;

    [[nodiscard]] DocumentView* view() const { return m_view; }
    /// "Northgate – risk report 2026-11-30.pdf", without what file names cannot hold.
    [[nodiscard]] QString defaultName(const QString& ending) const;
    /// The model of what is printed, after the options.
    [[nodiscard]] report::Model printed() const;

public Q_SLOTS:
    void exportPdf();
    void exportJson();

Q_SIGNALS:
    void previewed(); // a new preview is shown

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTools();
    QLayout* makeFind();
    void makeShortcuts();
    void showReport(const MadeReport& made);
    void onWorkspaceChanged();
    void fillContracts();
    void remake();
    void refreshTools();
    void showMessage(const QString& text);
    void exportAs(const QString& ending, const QString& filter);

    Workspace& m_workspace;
    ReportMaker* m_maker;
    DocumentView* m_view;
    QStackedWidget* m_stack;
    QLabel* m_message;
    QLabel* m_pages = nullptr;
    QLabel* m_zoom = nullptr;
    QLabel* m_working = nullptr;
    QLineEdit* m_find = nullptr;
    QLabel* m_hits = nullptr;
    QToolButton* m_contracts = nullptr;
    QMenu* m_contractMenu = nullptr;
    QCheckBox* m_audit = nullptr;
    QCheckBox* m_open = nullptr;
    QAction* m_exportPdf;
    QAction* m_exportJson;
    QTimer m_delay;
    std::set<project::Id> m_left; // contracts left out
    QString m_exporting;          // to be opened when it is written
    bool m_stale = true;
    bool m_fresh = true; // the next report is of another project: show its beginning
};

}
