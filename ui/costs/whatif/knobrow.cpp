#include "ui/costs/whatif/knobrow.h"

#include "ui/costs/whatif/numberfield.h"
#include "ui/costs/words.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <cmath>

namespace leeway::ui {

KnobRow::KnobRow(Knob knob, QWidget* parent) : QWidget(parent), m_info(knobInfo(knob))
{
    const QString name = QCoreApplication::translate("Knob", m_info.label);
    const QString tip = QCoreApplication::translate("Knob", m_info.tip);
    setObjectName(u"knob-%1"_s.arg(int(knob)));
    setToolTip(tip);

    m_field = new NumberField(this);
    m_field->setDecimals(m_info.decimals);
    m_field->setAccessibleName(name);
    m_field->setAccessibleDescription(tip);
    m_label = label(name);
    m_label->setBuddy(m_field);
    m_note = label({}, "small");
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setAccessibleName(tr("%1, slider").arg(name));
    m_slider->setPageStep(10);
    m_slider->installEventFilter(new WheelGuard(m_slider));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Theme::instance().px(6));
    grid->setVerticalSpacing(0);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_note, 0, 1);
    grid->addWidget(m_field, 0, 2, Qt::AlignRight);
    grid->addWidget(m_slider, 1, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    applyRange();

    connect(m_slider, &QSlider::valueChanged, this, [this](int at) {
        move(at * m_info.step);
        if (!m_slider->isSliderDown())
            Q_EMIT rested();
    });
    connect(m_slider, &QSlider::sliderReleased, this, &KnobRow::rested);
    connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) { move(value); });
    connect(m_field, &QDoubleSpinBox::editingFinished, this, &KnobRow::rested);
}

bool KnobRow::isMoney() const
{
    return m_info.unit == KnobUnit::Money || m_info.unit == KnobUnit::MoneyPerHour ||
           m_info.unit == KnobUnit::MoneyPerMonth;
}

void KnobRow::applyRange()
{
    const QSignalBlocker quietField(m_field);
    const QSignalBlocker quietSlider(m_slider);
    m_field->setRange(m_info.minimum, m_info.maximum);
    m_field->setSingleStep(m_info.step);
    m_slider->setRange(int(std::lround(m_info.sliderMinimum / m_info.step)),
                       int(std::lround(m_info.sliderMaximum / m_info.step)));
    switch (m_info.unit) {
    case KnobUnit::Percent:
        m_field->setSuffix(u"\u00a0%"_s);
        break;
    case KnobUnit::Months:
        m_field->setSuffix(tr("\u00a0months"));
        break;
    case KnobUnit::Days:
        m_field->setSuffix(tr("\u00a0days"));
        break;
    case KnobUnit::OneIn:
        m_field->setSuffix(tr("\u00a0requests"));
        break;
    case KnobUnit::MoneyPerHour:
        m_field->setSuffix(tr("\u00a0/\u00a0h"));
        break;
    case KnobUnit::MoneyPerMonth:
        m_field->setSuffix(tr("\u00a0/\u00a0month"));
        break;
    case KnobUnit::Money:
    case KnobUnit::MonthOfTerm:
    case KnobUnit::Rate:
        break;
    }
}

int KnobRow::toSlider(double value) const
{
    return std::clamp(int(std::lround(value / m_info.step)), m_slider->minimum(), m_slider->maximum());
}

void KnobRow::show(double value)
{
    const QSignalBlocker quietField(m_field);
    const QSignalBlocker quietSlider(m_slider);
    if (std::abs(m_field->value() - value) > 1e-9) { // else the text may be half typed
        m_field->setValue(value);
        m_field->updateGeometry(); // it is as wide as its text
    }
    if (!m_slider->isSliderDown())
        m_slider->setValue(toSlider(value));
}

void KnobRow::setValue(double value)
{
    m_value = value;
    show(value);
}

void KnobRow::move(double value)
{
    m_value = value;
    show(value);
    Q_EMIT moved(m_info.knob, m_value);
}

void KnobRow::setNote(const QString& note)
{
    m_note->setText(note);
}

void KnobRow::setCurrency(const QString& sign)
{
    if (!isMoney() || m_field->prefix() == sign + u'\u00a0')
        return;
    m_field->setPrefix(sign + u'\u00a0');
    m_field->updateGeometry();
}

}
