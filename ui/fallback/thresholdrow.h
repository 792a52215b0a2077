#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QSlider;

namespace leeway::ui {

/// A figure as a slider with an exact field beside its label. Both work by keyboard.
class ThresholdRow : public QWidget
{
    Q_OBJECT

public:
    /// `off`: what 0 says; empty: 0 is a figure like others.
    ThresholdRow(const QString& text, double low, double high, double step, const QString& unit,
                 const QString& off = {}, QWidget* parent = nullptr);
    [[nodiscard]] double value() const;
    void setValue(double value); // without telling of it

Q_SIGNALS:
    void moved(double value);

private:
    double m_step;
    QDoubleSpinBox* m_field;
    QSlider* m_slider;
};

}
