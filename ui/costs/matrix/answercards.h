#pragma once

#include "ui/costs/matrix/answers.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace leeway::ui {

class VerdictChip;

/// Three decisions in big figures: from which rise leaving pays, when to decide, what the contract says.
class AnswerCards : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerCards(QWidget* parent = nullptr);

    void setSwitchPoint(const SwitchPoint& point);
    void setGate(const std::optional<simulation::DecisionGate>& gate, base::Date today);
    void setContract(const ContractSays& says);

Q_SIGNALS:
    void setBudgetLock();
    void showCheck();
    void addContract();
    void tryCap(double percent);

private:
    void setGateTone(const QString& tone);

    QLabel* m_switch;
    QLabel* m_switchText;
    QLabel* m_gate;
    QLabel* m_gateText;
    QPushButton* m_gateLink;
    VerdictChip* m_chip;
    QPushButton* m_section;
    QLabel* m_suggested;
    QLabel* m_says;
    QPushButton* m_contractLink;
    QPushButton* m_try;
    std::optional<double> m_cap;
    QString m_gateTone;
};

}
