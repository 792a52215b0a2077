#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "ui/widgets/text.h"

#include <optional>

namespace leeway::ui {

/// "€" for EUR; the code itself where no sign is common.
QString currencySign(const std::string& currency);

/// "€ 4,481,320": whole units, grouped. Amounts under 100 keep their minor digits.
QString moneyText(base::Decimal amount, const std::string& currency);

/// "+ € 1,611,160", "− € 168,420", "—" for nothing.
QString differenceText(base::Decimal amount, const std::string& currency);

/// Three figures and a unit, for sentences: "1.61 M", "24 k", "830".
QString shortAmount(base::Decimal amount);

QString percentText(double value);       // "35 %", "1.2 %"
QString signedPercentText(double value); // "+50 %", "−67 %"

QString monthText(base::Month month);      // "Mar 2028"
QString shortMonthText(base::Month month); // "Mar 28"
QString longMonthText(base::Month month);  // "March 2028"
QString dateText(base::Date date);         // "3 Sep 2027"

QString countText(std::int64_t count); // "1,234,567"

/// The title without a trailing figure: "Spike +50 %" gives "Spike".
QString withoutFigure(const QString& title);

/// Reads "1234.5", "1,234.5", "1.234,5", "1 234,5" and "1’234.5" as people and spreadsheets write them. A
/// single comma before exactly three digits groups thousands.
std::optional<base::Decimal> readNumber(QString text);

/// Reads "2026-11", "2026-11-01", "11/2026", "Nov 2026", "November 2026" and "Nov-26".
std::optional<base::Month> readMonth(const QString& text);

}
