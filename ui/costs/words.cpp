#include "ui/costs/words.h"

#include "core/report/format.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr QChar minus(0x2212);
constexpr QChar space(0x00A0);

const QLocale& english()
{
    static const QLocale locale(QLocale::English);
    return locale;
}

}

QString currencySign(const std::string& currency)
{
    return str(report::currency_symbol(currency));
}

QString moneyText(base::Decimal amount, const std::string& currency)
{
    return str(report::money(amount, currency));
}

QString differenceText(base::Decimal amount, const std::string& currency)
{
    return str(report::money_difference(amount, currency));
}

QString shortAmount(base::Decimal amount)
{
    double value = std::abs(amount.to_double());
    const QString sign = amount.is_negative() ? QString(minus) : QString();
    QString unit;
    if (value >= 999'500'000) {
        value /= 1e9;
        unit = space + u"bn"_s;
    } else if (value >= 999'500) {
        value /= 1e6;
        unit = space + u"M"_s;
    } else if (value >= 9'995) {
        value /= 1e3;
        unit = space + u"k"_s;
    }
    const int decimals = unit.isEmpty() || value >= 99.95 ? 0 : (value >= 9.995 ? 1 : 2);
    QString text = QString::number(value, 'f', decimals);
    while (text.contains(u'.') && (text.endsWith(u'0') || text.endsWith(u'.')))
        text.chop(1);
    return sign + (unit.isEmpty() ? countText(text.toLongLong()) : text + unit);
}

QString percentText(double value)
{
    return str(report::percent(value));
}

QString signedPercentText(double value)
{
    return value > 0 ? u'+' + percentText(value) : percentText(value);
}

QString monthText(base::Month month)
{
    return str(report::month(month));
}

QString shortMonthText(base::Month month)
{
    return english().toString(QDate(month.year(), month.month(), 1), u"MMM yy"_s);
}

QString longMonthText(base::Month month)
{
    return english().toString(QDate(month.year(), month.month(), 1), u"MMMM yyyy"_s);
}

QString dateText(base::Date date)
{
    return str(report::date(date));
}

QString countText(std::int64_t count)
{
    return str(report::count(count));
}

QString withoutFigure(const QString& title)
{
    static const QRegularExpression figure(u"[\\s\\x{00A0}]+[+\\-−–]?[\\d.,]+[\\s\\x{00A0}]*%$"_s);
    QString plain = title;
    plain.remove(figure);
    return plain.isEmpty() ? title : plain;
}

std::optional<base::Decimal> readNumber(QString text)
{
    static const QRegularExpression fillers(u"[\\s\\x{00A0}\\x{202F}\\x{2009}'’_]"_s);
    text.remove(fillers);
    text.replace(minus, u'-');
    const qsizetype comma = text.lastIndexOf(u',');
    const qsizetype point = text.lastIndexOf(u'.');
    static const QRegularExpression thousands(u"^-?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d*)?$"_s);
    static const QRegularExpression german(u"^-?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d*)?$"_s);
    if (comma >= 0 && thousands.match(text).hasMatch())
        text.remove(u',');
    else if (point >= 0 && (comma > point || text.count(u'.') > 1) && german.match(text).hasMatch())
        text.remove(u'.').replace(u',', u'.');
    else if (comma >= 0 && point < 0 && text.count(u',') == 1)
        text.replace(u',', u'.');
    static const QRegularExpression plain(u"^-?(\\d{1,15}(\\.\\d*)?|\\.\\d+)$"_s);
    if (!plain.match(text).hasMatch())
        return std::nullopt;
    if (text.endsWith(u'.'))
        text.chop(1);
    if (text.startsWith(u'.'))
        text.prepend(u'0');
    const auto number = base::Decimal::parse(text.toStdString());
    return number ? std::optional(*number) : std::nullopt;
}

std::optional<base::Month> readMonth(const QString& text)
{
    const QString plain = text.simplified();
    const auto valid = [](int year, int month) -> std::optional<base::Month> {
        if (year < 1990 || year > 2200 || month < 1 || month > 12)
            return std::nullopt;
        return base::Month::of(year, month);
    };
    static const QRegularExpression iso(u"^(\\d{4})[-/.](\\d{1,2})([-/.]\\d{1,2})?$"_s);
    if (const auto match = iso.match(plain); match.hasMatch())
        return valid(match.captured(1).toInt(), match.captured(2).toInt());
    static const QRegularExpression reversed(u"^(\\d{1,2})[-/.](\\d{4})$"_s);
    if (const auto match = reversed.match(plain); match.hasMatch())
        return valid(match.captured(2).toInt(), match.captured(1).toInt());
    static const QRegularExpression named(u"^([A-Za-z]{3,9})\\.?[ -]+(\\d{4}|\\d{2})$"_s);
    if (const auto match = named.match(plain); match.hasMatch()) {
        static const QStringList months{u"january"_s,   u"february"_s, u"march"_s,    u"april"_s,
                                        u"may"_s,       u"june"_s,     u"july"_s,     u"august"_s,
                                        u"september"_s, u"october"_s,  u"november"_s, u"december"_s};
        const QString name = match.captured(1).toLower();
        const int year = match.captured(2).toInt() + (match.captured(2).size() == 2 ? 2000 : 0);
        for (int i = 0; i < months.size(); ++i) {
            if (months.at(i).startsWith(name) || (name == u"sept"_s && i == 8))
                return valid(year, i + 1);
        }
    }
    return std::nullopt;
}

}
