#pragma once

#include "core/fallback/suite.h"
#include "ui/fallback/suite/casecheck.h"

#include <QDialog>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;

namespace leeway::ui {

class CaseForm;
class SuiteDraft;

/// Edits a suite: its cases on the left, the one that is chosen on the right.
class SuiteEditor : public QDialog
{
    Q_OBJECT

public:
    explicit SuiteEditor(const fallback::Suite& suite, QWidget* parent = nullptr);
    ~SuiteEditor() override;
    /// Once accepted: in Leeway's own format.
    [[nodiscard]] const fallback::Suite& suite() const { return m_result; }
    /// Writes the suite as it stands, unless it could not be read again; says in the dialog how that went.
    void exportTo(const QString& file);
    void accept() override;
    void reject() override; // asks before changes are lost

private:
    QWidget* makeList();
    QWidget* makeButtons();
    void refresh();
    void showCase();
    void chooseExport();

    SuiteDraft* m_draft;
    std::vector<Complaint> m_complaints;
    fallback::Suite m_result;
    QLineEdit* m_name;
    QListWidget* m_list = nullptr;
    QScrollArea* m_scroll = nullptr;
    CaseForm* m_form;
    QLabel* m_standing;
    QPushButton* m_accept = nullptr;
};

}
