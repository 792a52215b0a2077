#include "ui/fallback/thresholdrow.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <cmath>

namespace leeway::ui {

ThresholdRow::ThresholdRow(const QString& text, double low, double high, double step, const QString& unit,
                           const QString& off, QWidget* parent)
    : QWidget(parent),
      m_step(step),
      m_field(new QDoubleSpinBox),
      m_slider(new QSlider(Qt::Horizontal))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::instance().px(4));
    auto* row = new QHBoxLayout;
    auto* name = paragraph(text);
    name->setBuddy(m_field);
    m_field->setRange(low, high);
    m_field->setSingleStep(step);
    m_field->setDecimals(step < 1 ? 1 : 0);
    m_field->setSuffix(unit);
    m_field->setAccessibleName(text);
    m_field->setKeyboardTracking(false);
    if (!off.isEmpty())
        m_field->setSpecialValueText(off);
    m_slider->setRange(int(std::lround(low / step)), int(std::lround(high / step)));
    m_slider->setAccessibleName(text);
    row->addWidget(name, 1);
    row->addWidget(m_field);
    layout->addLayout(row);
    layout->addWidget(m_slider);
    connect(m_slider, &QSlider::valueChanged, this, [this](int at) { m_field->setValue(at * m_step); });
    connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(int(std::lround(value / m_step)));
        Q_EMIT moved(value);
    });
}

double ThresholdRow::value() const
{
    return m_field->value();
}

void ThresholdRow::setValue(double value)
{
    const QSignalBlocker quietField(m_field);
    const QSignalBlocker quietSlider(m_slider);
    m_field->setValue(value);
    m_slider->setValue(int(std::lround(value / m_step)));
}

}
