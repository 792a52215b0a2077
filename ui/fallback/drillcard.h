#pragma once

#include "ui/widgets/parts.h"

class QComboBox;
class QDateTimeEdit;
class QStackedWidget;

namespace leeway::ui {

class Drill;
class DrillChart;
class ThresholdRow;

/// The failover policy: what would have happened had it been on, with its thresholds beside the timeline.
class DrillCard : public Card
{
    Q_OBJECT

public:
    explicit DrillCard(Drill& drill, QWidget* parent = nullptr);

Q_SIGNALS:
    void openLogWanted();

private:
    QWidget* makeSide();
    QWidget* makeIncident();
    QWidget* makeEmpty();
    QWidget* makeResult();
    void refresh();
    void showFigures();
    void tellBreaker();
    void tellIncident();

    Drill& m_drill;
    QComboBox* m_policy = nullptr;
    ThresholdRow* m_latency = nullptr;
    ThresholdRow* m_failures = nullptr;
    ThresholdRow* m_coolDown = nullptr;
    QComboBox* m_incidents = nullptr;
    QToolButton* m_remove = nullptr;
    QComboBox* m_kind = nullptr;
    QDateTimeEdit* m_from = nullptr;
    ThresholdRow* m_minutes = nullptr;
    QStackedWidget* m_stack = nullptr;
    DrillChart* m_chart = nullptr;
    QLabel* m_source = nullptr;
    QLabel* m_figures = nullptr;
};

}
