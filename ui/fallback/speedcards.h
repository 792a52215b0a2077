#pragma once

#include <QWidget>

namespace leeway::ui {

class BarRows;
class Card;
class Desk;

/// How fast the model answered, and how much it does with several requests at once, where that was measured.
class SpeedCards : public QWidget
{
    Q_OBJECT

public:
    explicit SpeedCards(Desk& desk, QWidget* parent = nullptr);

private:
    void refresh();
    void showLatency();
    void showThroughput();

    Desk& m_desk;
    Card* m_latency;
    BarRows* m_times;
    Card* m_throughput;
    BarRows* m_levels;
};

}
