#pragma once

#include "core/base/date.h"
#include "core/clauses/review.h"
#include "core/scoring/index.h"

#include <QDate>
#include <QString>
#include <string>
#include <string_view>

namespace leeway::ui {

using namespace Qt::StringLiterals;

[[nodiscard]] inline QString str(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}
[[nodiscard]] inline std::string utf8(const QString& text)
{
    return text.toStdString();
}

QString verdictKey(clauses::Verdict verdict);    // "met": names of colours and icons
QString verdictWord(clauses::Verdict verdict);   // "Met": for people
QString sectionSign(const std::string& section); // "§8.2"; "Schedule C" stays
/// Where a passage stands: "§8.2 · p. 7"; "—" for none.
QString place(const clauses::Evidence* evidence);

QDate toQDate(base::Date date);
base::Date fromQDate(QDate date);
QString shortDate(base::Date date);         // "2 Dec 26"
QString longDate(base::Date date);          // "2 December 2026"
QString dayOf(base::Instant instant);       // "2 Dec 2026", local time
QString points(scoring::Tenths value);      // "68": rounded to whole points
QString range(const scoring::Index& index); // "62–75"

/// For file dialogs: the files that Leeway reads as contracts, and all files.
QString contractFilter();

/// With a capital first letter, as at the beginning of a sentence.
QString capitalised(QString text);
/// "1 check", "1,250 checks".
QString counted(qsizetype number, const QString& one, const QString& many);

}
