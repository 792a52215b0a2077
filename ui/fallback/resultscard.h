#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QTableView;

namespace leeway::ui {

class Card;
class CasesFilter;
class CasesModel;
class Desk;

/// The cases of the run with filters, and beside them the answers of the one that is selected.
class ResultsCards : public QWidget
{
    Q_OBJECT

public:
    explicit ResultsCards(Desk& desk, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTable();
    QWidget* makeAnswers();
    void refresh();
    void showCase();
    void fillJudges();

    Desk& m_desk;
    CasesModel* m_cases;
    CasesFilter* m_filter;
    QTableView* m_table = nullptr;
    QPushButton* m_gradeAgain = nullptr;
    QPushButton* m_judge = nullptr;
    QMenu* m_judges = nullptr;
    Card* m_answers = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_text = nullptr;
};

}
