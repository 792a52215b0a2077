#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/clauses/review.h"
#include "core/scoring/index.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How figures are written everywhere people read them. Parts that belong together are joined by no-break
/// spaces; a minus is U+2212.
namespace leeway::report {

/// "€ 1,234,560"; amounts under 100 with the currency's minor digits: "€ 12.50". Rounded half to even.
std::string money(base::Decimal amount, std::string_view currency);
/// With a sign: "+ € 1,611,160", "− € 168,420"; "—" for zero.
std::string money_difference(base::Decimal amount, std::string_view currency);
/// Always with the minor digits: "€ 1,234,560.00".
std::string money_exact(base::Decimal amount, std::string_view currency);
/// For titles and axes, two or three significant digits: "€ 1.6 M", "€ 250 k", "€ 40".
std::string money_short(base::Decimal amount, std::string_view currency);
/// "€", "$", "£", "¥"; other currencies by their code.
std::string currency_symbol(std::string_view currency);

std::string count(std::int64_t number);   // "5,000"
std::string percent(double value);        // "50 %", "1.2 %"
std::string index(scoring::Tenths value); // "68.4"
/// "62.0–75.3"; one number when both are the same.
std::string index_range(scoring::Tenths low, scoring::Tenths high);

/// In which third of the scale an index lies, as the verdict whose colour it is shown in, and in words:
/// "free to leave", "partly tied", "locked in".
clauses::Verdict tone(scoring::Tenths value);
std::string standing(scoring::Tenths value);

std::string date(base::Date date);                       // "30 Nov 2026"
std::string date(base::Instant instant);                 // "30 Nov 2026, 13:02 UTC"
std::string month(base::Month month);                    // "Nov 2026"
std::string months(base::Month first, base::Month last); // "Jun–Nov 2026", "Nov 2026–Jan 2027"
std::string verdict(clauses::Verdict verdict);           // "Met", "Partial", "Missing", "Adverse"

std::string section(std::string_view section);        // "§8.2", "Schedule C"
std::string place(const clauses::Evidence& evidence); // "§8.2 · p. 7"; "" when neither is known
/// Distinct sections of the evidence in its order: "§5.3, §11.2"; pages where there is no section.
std::string places(const std::vector<clauses::Evidence>& evidence);

/// "1 check", "13 checks".
std::string plural(std::int64_t number, std::string_view one, std::string_view many);

}
