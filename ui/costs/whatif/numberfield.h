#pragma once

#include <QComboBox>
#include <QDoubleSpinBox>

namespace leeway::ui {

/// An exact number: no step buttons, grouped digits, a comma or a point for the decimals, no zeros at the
/// end, and a signed percent where a sign says something. Does not take the wheel from the panel it is in.
class NumberField : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit NumberField(QWidget* parent = nullptr);
    [[nodiscard]] QString textFromValue(double value) const override;
    [[nodiscard]] double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& at) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

private:
    [[nodiscard]] QString bare(const QString& text) const;
};

/// Lets the wheel scroll the panel instead of changing a control that happens to be under the pointer.
class WheelGuard : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}
