#include "ui/costs/matrix/answercards.h"

#include "ui/costs/words.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>

namespace leeway::ui {

AnswerCards::AnswerCards(QWidget* parent)
    : QWidget(parent),
      m_switch(label({}, "figure")),
      m_switchText(paragraph({}, "muted")),
      m_gate(label({}, "figure")),
      m_gateText(paragraph({}, "muted")),
      m_gateLink(linkButton(tr("Set the budget lock"))),
      m_chip(new VerdictChip),
      m_section(linkButton({})),
      m_suggested(label(tr("suggested"), "small")),
      m_says(paragraph({}, "muted")),
      m_contractLink(linkButton(tr("Add a contract"))),
      m_try(linkButton({}))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::instance().px(16));

    auto* rise = new Card(tr("Switch if they raise by more than"));
    rise->body()->addWidget(m_switch);
    rise->body()->addWidget(m_switchText);
    rise->body()->addStretch();

    auto* gate = new Card(tr("Decision gate"));
    gate->body()->addWidget(m_gate);
    gate->body()->addWidget(m_gateText);
    gate->body()->addWidget(m_gateLink);
    gate->body()->addStretch();

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

    for (Card* card : {rise, gate, contract})
        row->addWidget(card, 1);
    m_switch->setObjectName(u"switchFigure"_s);
    m_gate->setObjectName(u"gateFigure"_s);
    m_try->setObjectName(u"tryCap"_s);
    m_section->setToolTip(tr("Show the passage"));

    connect(m_gateLink, &QPushButton::clicked, this, &AnswerCards::setBudgetLock);
    connect(m_section, &QPushButton::clicked, this, &AnswerCards::showCheck);
    connect(m_contractLink, &QPushButton::clicked, this, &AnswerCards::addContract);
    connect(m_try, &QPushButton::clicked, this, [this] {
        if (m_cap)
            Q_EMIT tryCap(*m_cap);
    });
}

void AnswerCards::setSwitchPoint(const SwitchPoint& point)
{
    using Kind = SwitchPoint::Kind;
    switch (point.kind) {
    case Kind::At:
        m_switch->setText(percentText(point.percent));
        m_switchText->setText(tr("break-even of the transfer within the term"));
        break;
    case Kind::Always:
        m_switch->setText(tr("Any rise"));
        m_switchText->setText(tr("the transfer costs no more than staying even at today’s prices"));
        break;
    case Kind::Never:
        m_switch->setText(tr("Never"));
        m_switchText->setText(
            tr("no rise up to %1 makes the transfer pay within the term").arg(percentText(point.percent)));
        break;
    case Kind::NoTransfer:
        m_switch->setText(u"—"_s);
        m_switchText->setText(
            tr("these scenarios have no price rise beside a second vendor; Reset brings them back"));
        break;
    }
}

void AnswerCards::setGate(const std::optional<simulation::DecisionGate>& gate, base::Date today)
{
    m_gateLink->setVisible(!gate);
    if (!gate) {
        setGateTone({});
        m_gate->setText(tr("Not set"));
        m_gateText->setText(
            tr("Say when the budget is locked, and Leeway counts back to the day to decide."));
        return;
    }
    m_gate->setText(dateText(gate->decide_by));
    QString text = gate->days_before == 1
                       ? tr("1 day before the budget lock on %1").arg(dateText(gate->budget_lock))
                       : tr("%1 days before the budget lock on %2")
                             .arg(QString::number(gate->days_before), dateText(gate->budget_lock));
    const auto left = (gate->decide_by - today).count();
    setGateTone(left < 0 ? u"adverse"_s : left <= 60 ? u"partial"_s : QString());
    if (left < 0) {
        text += tr(" · passed");
    } else if (left <= 60) {
        text += left == 0 ? tr(" · today") : left == 1 ? tr(" · tomorrow") : tr(" · in %1 days").arg(left);
    }
    m_gateText->setText(text);
}

void AnswerCards::setGateTone(const QString& tone)
{
    if (tone == m_gateTone)
        return;
    m_gateTone = tone;
    setLook(m_gate, "tone", tone);
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
