#pragma once

#include "core/fallback/suite.h"
#include "ui/fallback/suite/casecheck.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace leeway::ui {

class CheckRow;
class MessagesEditor;
class VarsTable;

/// All that can be said of one case.
class CaseForm : public QWidget
{
    Q_OBJECT

public:
    explicit CaseForm(QWidget* parent = nullptr);
    /// Fields that stand for the same already are left alone.
    void setCase(const fallback::Case& c);
    [[nodiscard]] fallback::Case edited() const;
    void showComplaints(const std::vector<Complaint>& complaints);

Q_SIGNALS:
    void changed();

private:
    void makeHead(QVBoxLayout* layout);
    void makeTexts(QVBoxLayout* layout);
    void setChecks(const std::vector<fallback::Assertion>& assertions);
    void addCheck(const fallback::Assertion& assertion);
    void say(); // unless the fields are being filled

    fallback::Case m_case;
    bool m_filling = false;
    QLineEdit* m_id;
    QLabel* m_idComplaint;
    QLineEdit* m_description;
    QComboBox* m_category;
    QDoubleSpinBox* m_weight;
    QLineEdit* m_tags;
    MessagesEditor* m_messages;
    QLabel* m_messagesComplaint;
    VarsTable* m_vars;
    QPlainTextEdit* m_expected;
    QVBoxLayout* m_checks;
    std::vector<CheckRow*> m_rows;
};

}
