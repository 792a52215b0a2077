#pragma once

#include "ui/costs/matrix/answers.h"
#include "ui/costs/outlook/outlookwords.h"

#include <QWidget>
#include <map>

class QLabel;
class QPushButton;

namespace leeway::ui {

class Card;
class VerdictChip;

/// What the scenarios mean for the decision, in big figures, and what the contract says.
class AnswerCards : public QWidget
{
    Q_OBJECT

public:
    enum class Question { Switch, Gate, Chance, Viable, Split };

    explicit AnswerCards(QWidget* parent = nullptr);

    /// `faded`: an answer for the scenarios as they were before.
    void setAnswer(Question question, const Answer& answer, bool faded = false);
    void setNoGate();
    void setContract(const ContractSays& says);

Q_SIGNALS:
    void setBudgetLock();
    void setQuality();
    void showCheck();
    void addContract();
    void tryCap(double percent);

private:
    struct Slot
    {
        Card* card = nullptr;
        QLabel* figure = nullptr;
        QLabel* text = nullptr;
        Answer shown;
        bool faded = false;
    };

    void add(Question question, const QString& title, const QString& name);
    Card* makeContract();

    std::map<Question, Slot> m_slots;
    QPushButton* m_gateLink;
    QPushButton* m_qualityLink;
    VerdictChip* m_chip;
    QPushButton* m_section;
    QLabel* m_suggested;
    QLabel* m_says;
    QPushButton* m_contractLink;
    QPushButton* m_try;
    std::optional<double> m_cap;
};

}
