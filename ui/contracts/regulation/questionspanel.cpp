#include "ui/contracts/regulation/questionspanel.h"

#include "ui/contracts/regulation/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>

namespace leeway::ui {

QuestionsPanel::QuestionsPanel(QWidget* parent) : SidePanel(parent) {}

void QuestionsPanel::show(const clauses::Regulation& regulation, const clauses::Answers& answers,
                          bool readOnly)
{
    if (m_shown == regulation.sha256) {
        for (const clauses::Question& question : regulation.questions) {
            const auto found = answers.find(question.id);
            auto* choice = findChild<QComboBox*>(str(question.id));
            choice->setCurrentIndex(found == answers.end() ? 0 : choice->findData(str(found->second)));
        }
        return;
    }
    m_shown = regulation.sha256;
    clearLayout(body());
    body()->addWidget(label(tr("About the law"), "heading"));
    body()->addWidget(paragraph(str(regulation.summary)));
    body()->addSpacing(Theme::instance().px(8));
    body()->addWidget(label(tr("What the contract cannot say"), "heading"));
    for (const clauses::Question& question : regulation.questions)
        add(question, answers, readOnly);
    if (regulation.questions.empty())
        body()->addWidget(label(tr("Nothing: it applies to every buyer."), "muted"));
    if (!regulation.notes.empty()) {
        body()->addSpacing(Theme::instance().px(8));
        body()->addWidget(label(tr("To know"), "heading"));
        for (const std::string& note : regulation.notes)
            body()->addWidget(paragraph(str(note), "small"));
    }
    body()->addStretch(1);
}

void QuestionsPanel::add(const clauses::Question& question, const clauses::Answers& answers, bool readOnly)
{
    const auto given = answers.find(question.id);
    body()->addWidget(paragraph(str(question.text)));
    if (!question.note.empty())
        body()->addWidget(paragraph(str(question.note), "small"));
    auto* choice = new QComboBox;
    choice->setObjectName(str(question.id));
    choice->setAccessibleName(str(question.text));
    choice->setEnabled(!readOnly);
    choice->addItem(tr("Not answered"), QString());
    for (const std::string& answer : question.answers)
        choice->addItem(answerWord(answer), str(answer));
    choice->setCurrentIndex(given == answers.end() ? 0 : choice->findData(str(given->second)));
    connect(choice, &QComboBox::activated, this, [this, choice, id = str(question.id)](int row) {
        Q_EMIT answered(id, choice->itemData(row).toString());
    });
    body()->addWidget(choice);
    body()->addSpacing(Theme::instance().px(6));
}

}
