#pragma once

#include "core/clauses/regulation/assess.h"
#include "core/project/values.h"

#include <QDialog>
#include <memory>
#include <optional>

class QComboBox;
class QDateEdit;
class QLabel;
class QTableView;

namespace leeway::ui {

class QuestionsPanel;
class RequirementModel;
class RequirementView;
class Workspace;

/// The contract that the pages look at, held against a law or model terms: what is covered, weaker than the
/// legal floor or absent, with passages. Stays beside the window while its passages are looked up.
class RegulationDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RegulationDialog(Workspace& workspace, QWidget* parent = nullptr);

    /// A bundled regulation by its id, or a file of the reader's own; says what is wrong with it otherwise.
    void choose(const QString& idOrFile);
    [[nodiscard]] RequirementModel& model() const { return *m_model; }

    /// As JSON; says in the dialog what came of it.
    void exportTo(const QString& file);

Q_SIGNALS:
    void passageWanted(const leeway::clauses::Evidence& passage);

private:
    void build();
    QWidget* buildHead();
    QWidget* buildFoot();
    void openFile();
    void chooseExport();
    void answer(const QString& question, const QString& answer);
    void assess();
    void take(base::Result<clauses::Assessment> assessment);
    void showRequirement();
    void say(const QString& text);
    [[nodiscard]] clauses::Answers answers() const;

    Workspace& m_workspace;
    QComboBox* m_regulations;
    QDateEdit* m_day;
    QLabel* m_contract;
    QLabel* m_counts;
    QLabel* m_said;
    QuestionsPanel* m_questions;
    RequirementModel* m_model;
    QTableView* m_table;
    RequirementView* m_view;
    std::shared_ptr<const clauses::Regulation> m_regulation;
    clauses::Assessment m_assessment;
    /// What an assessment is made of: the last one asked for is shown, and is not asked for twice.
    struct Asked
    {
        project::Id version = 0;
        std::string regulation; // SHA-256
        clauses::Answers answers;
        base::Date day{};

        bool operator==(const Asked&) const = default;
    };
    std::optional<Asked> m_asked;
};

}
