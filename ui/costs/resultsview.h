#pragma once

#include "ui/costs/outlook/outlookwords.h"
#include "ui/widgets/parts.h"

#include <QTimer>

namespace leeway::ui {

class AnswerCards;
class BarsChart;
class Draft;
class Forecaster;
class MatrixCard;
class SpendChart;
class Workspace;

/// What the scenarios come to: chart, matrix, decisions, and a close look at the scenario that is chosen in
/// the matrix.
class ResultsView : public PageScroll
{
    Q_OBJECT

public:
    ResultsView(Workspace& workspace, Draft& draft, Forecaster& forecaster, QWidget* parent = nullptr);

    /// Shows the draft's matrix, which must be there.
    void showMatrix();
    /// What the contract says and the dates around the decision gate.
    void showContract();
    [[nodiscard]] SpendChart* chart() const { return m_chart; }
    [[nodiscard]] MatrixCard* matrix() const { return m_matrix; }
    [[nodiscard]] AnswerCards* answers() const { return m_answers; }
    [[nodiscard]] int chosen() const { return m_chosen; }
    void choose(int scenario);

private:
    struct Bars
    {
        Card* card = nullptr;
        BarsChart* chart = nullptr;
        QLabel* source = nullptr;
    };
    static Bars makeBars(const QString& name);
    QWidget* makeSampling();
    void showOutlook();
    void showGate();
    void showWords();
    void showFans(const Subject& subject);
    void showRanges(const Subject& subject);
    static void show(const Bars& bars, ExplainedBars explained);

    Workspace& m_workspace;
    Draft& m_draft;
    Forecaster& m_forecaster;
    QLabel* m_title;
    SpendChart* m_chart;
    MatrixCard* m_matrix;
    AnswerCards* m_answers;
    Bars m_steps;
    Bars m_drivers;
    QLabel* m_sampling;
    QLabel* m_assumptions;
    QStringList m_names;
    QTimer m_wordsSoon;
    int m_chosen = -1;
    QString m_chosenId; // stays chosen when scenarios come and go
};

}
