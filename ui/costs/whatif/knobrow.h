#pragma once

#include "ui/costs/whatif/knobs.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace leeway::ui {

/// A number as a slider with an exact field above its end. Both work by keyboard.
class KnobRow : public QWidget
{
    Q_OBJECT

public:
    explicit KnobRow(Knob knob, QWidget* parent = nullptr);

    [[nodiscard]] Knob knob() const { return m_info.knob; }
    [[nodiscard]] double value() const { return m_value; }
    /// Shows a value without telling of it.
    void setValue(double value);
    /// What is added to the label: "Oct 2027" beside "From month".
    void setNote(const QString& note);
    /// The sign before amounts of money.
    void setCurrency(const QString& sign);

Q_SIGNALS:
    void moved(leeway::ui::Knob knob, double value); // while the hand is on it
    void rested();                                   // let go, or edited by key

private:
    [[nodiscard]] int toSlider(double value) const;
    [[nodiscard]] bool isMoney() const;
    void show(double value);
    void move(double value);
    void applyRange();

    const KnobInfo& m_info;
    double m_value = 0;
    QLabel* m_label = nullptr;
    QLabel* m_note = nullptr;
    QDoubleSpinBox* m_field = nullptr;
    QSlider* m_slider = nullptr;
};

}
