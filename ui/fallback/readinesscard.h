#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace leeway::ui {

class Card;
class Desk;
class RateChart;

/// Whether the model could take over: the number with what it is made of and its reasons, and the pass rates
/// beside it.
class ReadinessCards : public QWidget
{
    Q_OBJECT

public:
    explicit ReadinessCards(Desk& desk, QWidget* parent = nullptr);

private:
    void refresh();
    void showReasons();

    Desk& m_desk;
    QLabel* m_score;
    QLabel* m_share;
    QLabel* m_parts;
    Card* m_why;
    QVBoxLayout* m_reasons;
    Card* m_rates;
    RateChart* m_chart;
};

}
