#pragma once

#include "ui/compare/comparison.h"
#include "ui/shell/page.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QListView;
class QStackedWidget;
class QVBoxLayout;

namespace leeway::ui {

class ChangesModel;
class ClauseDelegate;
class ClausesModel;
class Workspace;

/// What changed between two versions: which checks became better or worse, by which words.
class ComparePage : public Page
{
    Q_OBJECT

public:
    explicit ComparePage(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("compare"); }
    [[nodiscard]] QString title() const override { return tr("Compare"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("compare"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    void showDetail(const QString& check) override;

    [[nodiscard]] const std::optional<Comparison>& comparison() const { return m_comparison; }
    [[nodiscard]] ChangesModel& changes() const { return *m_changes; }
    [[nodiscard]] ClausesModel& clauses() const { return *m_clauses; }
    /// Compares these two, if they are in the project.
    void compare(const VersionPair& pair);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildEmpty();
    QWidget* buildComparison();
    QWidget* buildChanges();
    QWidget* buildClauses();
    void buildActions();
    void refresh();
    void fillVersions();
    void start();
    void showComparison(Comparison comparison);
    void showChanges();
    void showCheck();
    void fillQuotes(QVBoxLayout* column, const clauses::Finding& finding, const QString& none,
                    project::Id version);
    /// The check's passages in that version, on the contracts' page.
    void openIn(const std::string& check, project::Id version);
    void clearComparison(const QString& summary);
    void chooseVersion();
    void swap();

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    QAction* m_add = nullptr;
    QAction* m_swap = nullptr;
    QAction* m_open = nullptr;
    QComboBox* m_before;
    QComboBox* m_after;
    QLabel* m_summary;
    QLabel* m_foreign;
    QCheckBox* m_same;
    QListView* m_list;
    ChangesModel* m_changes;
    QLabel* m_check;
    QVBoxLayout* m_quotesBefore;
    QVBoxLayout* m_quotesAfter;
    QComboBox* m_filter;
    QListView* m_clauseList;
    ClausesModel* m_clauses;
    ClauseDelegate* m_delegate;
    project::Id m_contract = 0; // for which the first pair was chosen
    project::Id m_newest = 0;   // its newest version then
    VersionPair m_pair;
    VersionPair m_shown; // of m_comparison, or of the one that is being made
    std::optional<Comparison> m_comparison;
};

}
