#pragma once

#include "core/clauses/pack.h"
#include "core/project/values.h"
#include "ui/contracts/checklistmodel.h"
#include "ui/shell/page.h"

#include <optional>

class QComboBox;
class QLabel;
class QListView;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace leeway::ui {

class DetailPanel;
class ReviewHeader;
class Viewer;
class Workspace;

/// A contract beside its checklist: from verdict to passage and back, and the reviewer's decisions.
class ContractsPage : public Page
{
    Q_OBJECT

public:
    explicit ContractsPage(Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("contracts"); }
    [[nodiscard]] QString title() const override { return tr("Contracts"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("contracts"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    /// A check, or "check@version" for its passages in that version of the contract.
    void showDetail(const QString& detail) override;

    [[nodiscard]] QString currentCheck() const { return m_check; }
    [[nodiscard]] Viewer& viewer() const { return *m_viewer; }
    [[nodiscard]] ChecklistModel& model() const { return *m_model; }
    [[nodiscard]] QListView& list() const { return *m_list; }
    [[nodiscard]] DetailPanel& detail() const { return *m_detail; }

public Q_SLOTS:
    void accept();
    void decide(leeway::clauses::Verdict verdict);
    void editNote();
    void withdraw();
    void takeSelection();
    void dropEvidence(int index);
    void jump(int evidence = 0);
    void step(int by);
    void nextOpen();

private:
    QWidget* buildEmpty();
    QWidget* buildReview();
    void buildActions();
    void buildKeys();
    void buildFilterMenu(QMenu* menu);
    void refresh();
    void showVersion(project::Id version);
    void showDocument();
    void showNotes(const project::Version& version); // of the text, above the checklist
    void showHighlights();
    void showCheck();
    void select(const QString& check);
    void chooseFiles();
    void chooseVersion();
    void rename();
    void showLaws();
    void remove();
    [[nodiscard]] const report::ChecklistRow* row() const;
    [[nodiscard]] const project::Decision* decision() const;
    [[nodiscard]] const project::Version* shownVersion() const;
    /// What decided the chosen check in the version that is shown, where that is an older one.
    [[nodiscard]] std::vector<clauses::Evidence> versionEvidence() const;
    [[nodiscard]] project::Decision draft(clauses::Verdict verdict) const;

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    Viewer* m_viewer;
    QComboBox* m_versions;
    QLabel* m_notes;
    ReviewHeader* m_header;
    ChecklistModel* m_model;
    QListView* m_list;
    DetailPanel* m_detail;
    QSplitter* m_columns = nullptr;
    QSplitter* m_rows = nullptr;
    QAction* m_add = nullptr;
    QAction* m_more = nullptr;
    QAction* m_laws = nullptr; // may be looked up in a project that is only read
    QAction* m_next = nullptr;
    QAction* m_take = nullptr;
    QString m_check;
    project::Id m_version = 0; // shown in the viewer
};

}
