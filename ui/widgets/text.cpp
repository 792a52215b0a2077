#include "ui/widgets/text.h"

#include "core/document/readers.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace leeway::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("leeway::ui", text);
}

}

QString verdictKey(clauses::Verdict verdict)
{
    return str(clauses::to_string(verdict));
}

QString verdictWord(clauses::Verdict verdict)
{
    switch (verdict) {
    case clauses::Verdict::Met:
        return tr("Met");
    case clauses::Verdict::Partial:
        return tr("Partial");
    case clauses::Verdict::Missing:
        return tr("Missing");
    case clauses::Verdict::Adverse:
        return tr("Adverse");
    }
    return {};
}

QString sectionSign(const std::string& section)
{
    const QString text = str(section);
    if (text.isEmpty() || !text.front().isDigit())
        return text;
    return u"§"_s + text;
}

QString place(const clauses::Evidence* evidence)
{
    if (evidence == nullptr)
        return u"—"_s;
    QString section = sectionSign(evidence->section);
    if (section.size() > 18)
        section = section.left(17).trimmed() + u"…"_s;
    const QString page = evidence->page > 0 ? tr("p. %1").arg(evidence->page) : QString();
    if (section.isEmpty())
        return page.isEmpty() ? tr("in the text") : page;
    return page.isEmpty() ? section : section + u" · "_s + page;
}

QDate toQDate(base::Date date)
{
    const std::chrono::year_month_day ymd(date);
    return {int(ymd.year()), int(unsigned(ymd.month())), int(unsigned(ymd.day()))};
}

base::Date fromQDate(QDate date)
{
    return base::Date(std::chrono::days(QDate(1970, 1, 1).daysTo(date)));
}

QString shortDate(base::Date date)
{
    return QLocale(QLocale::English).toString(toQDate(date), u"d MMM yy"_s);
}

QString longDate(base::Date date)
{
    return QLocale(QLocale::English).toString(toQDate(date), u"d MMMM yyyy"_s);
}

QString dayOf(base::Instant instant)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count());
    return QLocale(QLocale::English).toString(time.date(), u"d MMM yyyy"_s);
}

QString points(scoring::Tenths value)
{
    return QString::number((value + 5) / 10);
}

QString range(const scoring::Index& index)
{
    const QString low = points(index.low);
    const QString high = points(index.high);
    return low == high ? low : low + u"–"_s + high;
}

QString contractFilter()
{
    QStringList patterns;
    for (const std::string_view ending : document::readable_endings())
        patterns << u"*."_s + str(ending);
    return tr("Contracts (%1);;All files (*)").arg(patterns.join(u' '));
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString counted(qsizetype number, const QString& one, const QString& many)
{
    return QLocale(QLocale::English).toString(qlonglong(number)) + u' ' + (number == 1 ? one : many);
}

}
