#pragma once

#include "core/clauses/pack.h"
#include "core/project/values.h"
#include "core/report/model.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace leeway::ui {

class VerdictChip;

/// Everything about one check: verdict, reasons, quotes, what to ask for, and the reviewer's decision.
class DetailPanel : public QFrame
{
    Q_OBJECT

public:
    explicit DetailPanel(QWidget* parent = nullptr);

    struct Content
    {
        const clauses::Check* check = nullptr;
        const report::ChecklistRow* row = nullptr;
        const project::Decision* decision = nullptr; // nullptr: open
        bool gate = false;                           // must be met in this profile
        bool readOnly = false;
        bool canTakeEvidence = false; // text is selected
    };
    void show(const Content& content);
    void clear();
    void setCanTakeEvidence(bool can);

Q_SIGNALS:
    void acceptWanted();
    void verdictWanted(leeway::clauses::Verdict verdict);
    void noteWanted();
    void takeWanted();
    void withdrawWanted();
    void jumpWanted(int evidence);         // index in row->evidence
    void dropEvidenceWanted(int evidence); // of the decision's own

private:
    QWidget* buttons();
    QWidget* askBox();
    void fillQuotes(const Content& content);
    void showPosition(int position);
    QPushButton* verdictButton(clauses::Verdict verdict, int key);

    QLabel* m_title;
    VerdictChip* m_chip;
    QLabel* m_state;
    QWidget* m_body;
    QLabel* m_question;
    QLabel* m_why;
    QVBoxLayout* m_quotes;
    QLabel* m_note;
    QLabel* m_askTitle;
    QLabel* m_ask;
    QLabel* m_position;
    class QToolButton* m_previous;
    QToolButton* m_next;
    QLabel* m_matters;
    QPushButton* m_accept;
    QList<QPushButton*> m_verdicts;
    QPushButton* m_noteButton;
    QPushButton* m_take;
    QPushButton* m_withdraw;
    QWidget* m_buttons;
    clauses::Check m_check;
    int m_shownPosition = 0;
    bool m_readOnly = false;
};

}
