#include "ui/costs/whatif/numberfield.h"

#include "ui/costs/words.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QLineEdit>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

NumberField::NumberField(QWidget* parent) : QDoubleSpinBox(parent)
{
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setAlignment(Qt::AlignRight);
    setCorrectionMode(QAbstractSpinBox::CorrectToNearestValue);
    setProperty("compact", true);
    installEventFilter(new WheelGuard(this));
    // The field is as wide as what is in it.
    connect(lineEdit(), &QLineEdit::textChanged, this, &QWidget::updateGeometry);
}

QString NumberField::textFromValue(double value) const
{
    QString text = QString::number(value, 'f', decimals());
    if (text.contains(u'.')) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
        // Money shows both of its minor digits or none.
        if (!prefix().isEmpty() && text.size() - text.indexOf(u'.') == 2 && text.contains(u'.'))
            text += u'0';
    }
    if (text == u"-0"_s)
        text = u"0"_s;
    const bool negative = text.startsWith(u'-');
    if (negative)
        text.remove(0, 1);
    const qsizetype point = text.indexOf(u'.');
    for (qsizetype at = (point < 0 ? text.size() : point) - 3; at > 0; at -= 3)
        text.insert(at, u',');
    if (negative)
        return u'−' + text;
    return minimum() < 0 && value > 0 ? u'+' + text : text;
}

QString NumberField::bare(const QString& text) const
{
    QString number = text;
    if (number.startsWith(prefix()))
        number.remove(0, prefix().size());
    if (!suffix().isEmpty() && number.endsWith(suffix()))
        number.chop(suffix().size());
    number = number.trimmed();
    if (number.startsWith(u'+'))
        number.remove(0, 1);
    return number;
}

double NumberField::valueFromText(const QString& text) const
{
    const auto number = readNumber(bare(text));
    return number ? std::clamp(number->to_double(), minimum(), maximum()) : value();
}

QValidator::State NumberField::validate(QString& text, int&) const
{
    const QString number = bare(text);
    if (readNumber(number))
        return QValidator::Acceptable;
    const bool typing = std::all_of(number.begin(), number.end(), [](QChar c) {
        return c.isDigit() || c.isSpace() || u"+-−.,'’"_s.contains(c);
    });
    return typing ? QValidator::Intermediate : QValidator::Invalid;
}

QSize NumberField::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(lineEdit()->text());
    const int least = fontMetrics().horizontalAdvance(u"+50\u00a0%"_s);
    return {std::max(text, least) + Theme::instance().px(26), QDoubleSpinBox::sizeHint().height()};
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Wheel)
        return QObject::eventFilter(watched, event);
    event->ignore();
    return true;
}

}
