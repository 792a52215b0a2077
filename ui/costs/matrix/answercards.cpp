#include "ui/costs/matrix/answercards.h"

#include "ui/costs/words.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>

namespace leeway::ui {

AnswerCards::AnswerCards(QWidget* parent)
    : QWidget(parent),
      m_gateLink(linkButton(tr("Set the budget lock"))),
      m_qualityLink(linkButton(tr("Ask for a quality…"))),
      m_chip(new VerdictChip),
      m_section(linkButton({})),
      m_suggested(label(tr("suggested"), "small")),
      m_says(paragraph({}, "muted")),
      m_contractLink(linkButton(tr("Add a contract"))),
      m_try(linkButton({}))
{
    add(Question::Switch, tr("Switch if they raise by more than"), u"switchFigure"_s);
    add(Question::Gate, tr("Decision gate"), u"gateFigure"_s);
    add(Question::Chance, tr("Chance that leaving pays"), u"chanceFigure"_s);
    add(Question::Viable, tr("Does leaving pay as planned?"), u"viableFigure"_s);
    add(Question::Split, tr("Cheapest split"), u"splitFigure"_s);
    m_slots.at(Question::Gate).card->body()->insertWidget(3, m_gateLink);
    m_slots.at(Question::Split).card->body()->insertWidget(3, m_qualityLink);
    m_qualityLink->setObjectName(u"askQuality"_s);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(Theme::instance().px(16));
    int place = 0;
    for (const Question question :
         {Question::Switch, Question::Gate, Question::Chance, Question::Viable, Question::Split}) {
        grid->addWidget(m_slots.at(question).card, place / 3, place % 3);
        ++place;
    }
    grid->addWidget(makeContract(), place / 3, place % 3);
    for (int column = 0; column < 3; ++column)
        grid->setColumnStretch(column, 1);

    connect(m_gateLink, &QPushButton::clicked, this, &AnswerCards::setBudgetLock);
    connect(m_qualityLink, &QPushButton::clicked, this, &AnswerCards::setQuality);
    connect(m_section, &QPushButton::clicked, this, &AnswerCards::showCheck);
    connect(m_contractLink, &QPushButton::clicked, this, &AnswerCards::addContract);
    connect(m_try, &QPushButton::clicked, this, [this] {
        if (m_cap)
            Q_EMIT tryCap(*m_cap);
    });
}

void AnswerCards::add(Question question, const QString& title, const QString& name)
{
    Slot slot;
    slot.card = new Card(title);
    slot.figure = label(u"…"_s, "figure");
    slot.figure->setObjectName(name);
    slot.text = paragraph({}, "muted");
    slot.text->setObjectName(QString(name).replace(u"Figure"_s, u"Text"_s));
    slot.card->body()->addWidget(slot.figure);
    slot.card->body()->addWidget(slot.text);
    slot.card->body()->addStretch();
    m_slots[question] = slot;
}

Card* AnswerCards::makeContract()
{
    auto* contract = new Card(tr("Contract says"));
    auto* verdict = new QHBoxLayout;
    verdict->addWidget(m_chip);
    verdict->addWidget(m_section);
    verdict->addWidget(m_suggested);
    verdict->addStretch();
    contract->body()->addLayout(verdict);
    contract->body()->addWidget(m_says);
    contract->body()->addWidget(m_try);
    contract->body()->addWidget(m_contractLink);
    contract->body()->addStretch();
    m_try->setObjectName(u"tryCap"_s);
    m_section->setToolTip(tr("Show the passage"));
    return contract;
}

void AnswerCards::setAnswer(Question question, const Answer& answer, bool faded)
{
    Slot& slot = m_slots.at(question);
    if (question == Question::Gate)
        m_gateLink->setVisible(false);
    const QString tone = faded ? u"muted"_s : answer.tone;
    const QString toneBefore = slot.faded ? u"muted"_s : slot.shown.tone;
    if (tone != toneBefore)
        setLook(slot.figure, "tone", tone);
    slot.faded = faded;
    if (answer == slot.shown)
        return;
    slot.shown = answer;
    slot.figure->setText(answer.figure);
    slot.text->setText(answer.text);
    slot.card->setToolTip(answer.tip);
}

void AnswerCards::setNoGate()
{
    setAnswer(Question::Gate,
              {tr("Not set"),
               tr("Say when the budget is locked, and Leeway counts back to the day to decide."),
               {},
               {}});
    m_gateLink->setVisible(true);
}

void AnswerCards::setContract(const ContractSays& says)
{
    m_chip->setVisible(says.known);
    m_section->setVisible(says.known);
    m_suggested->setVisible(says.known);
    m_contractLink->setVisible(!says.known);
    m_cap = says.cap;
    m_try->setVisible(says.known && says.cap.has_value());
    if (!says.known) {
        m_says->setText(tr("Add the contract to see whether it limits price rises."));
        return;
    }
    m_chip->setVerdict(says.verdict);
    m_section->setText(says.section.isEmpty() ? tr("Show the check") : says.section);
    m_suggested->setVisible(!says.reviewed);
    m_says->setText(says.meaning);
    if (says.cap)
        m_try->setText(tr("Try %1").arg(percentText(*says.cap)));
}

}
