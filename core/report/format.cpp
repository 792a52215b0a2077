#include "core/report/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace leeway::report {
namespace {

constexpr std::string_view gap = "\u00A0"; // no-break space

// "1234560.50" → "1,234,560.50"
std::string grouped(std::string_view digits)
{
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string result;
    for (std::size_t i = 0; i < point; ++i) {
        if (i > 0 && (point - i) % 3 == 0)
            result += ',';
        result += digits[i];
    }
    return result.append(digits.substr(point));
}

std::string unsigned_money(base::Decimal amount, std::string_view currency, int digits)
{
    return fmt::format("{}{}{}", currency_symbol(currency), gap, grouped(amount.to_fixed(digits)));
}

// A sign only in front of what does not round to nothing.
std::string signed_money(base::Decimal amount, std::string_view currency, int digits)
{
    const base::Decimal rounded = amount.rounded(digits);
    const std::string text = unsigned_money(rounded.is_negative() ? -rounded : rounded, currency, digits);
    return rounded.is_negative() ? fmt::format("−{}{}", gap, text) : text;
}

int shown_digits(base::Decimal amount, std::string_view currency)
{
    const base::Decimal size = amount.is_negative() ? -amount : amount;
    return size < base::Decimal::from_integer(100) && !size.is_zero() ? base::minor_digits(currency) : 0;
}

std::string_view month_name(int month)
{
    constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[static_cast<std::size_t>(std::clamp(month, 1, 12) - 1)];
}

}

std::string currency_symbol(std::string_view currency)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> symbols = {
        {{"EUR", "€"}, {"USD", "$"}, {"GBP", "£"}, {"JPY", "¥"}}};
    for (const auto& [code, symbol] : symbols) {
        if (code == currency)
            return std::string(symbol);
    }
    return std::string(currency);
}

std::string money(base::Decimal amount, std::string_view currency)
{
    return signed_money(amount, currency, shown_digits(amount, currency));
}

std::string money_difference(base::Decimal amount, std::string_view currency)
{
    const int digits = shown_digits(amount, currency);
    if (amount.rounded(digits).is_zero())
        return "—";
    const std::string text = signed_money(amount, currency, digits);
    return amount.is_negative() ? text : fmt::format("+{}{}", gap, text);
}

std::string money_exact(base::Decimal amount, std::string_view currency)
{
    return signed_money(amount, currency, base::minor_digits(currency));
}

std::string money_short(base::Decimal amount, std::string_view currency)
{
    constexpr std::array<std::pair<double, std::string_view>, 3> units = {
        {{1e9, "bn"}, {1e6, "M"}, {1e3, "k"}}};
    const double value = amount.to_double();
    const std::string sign = value < 0 ? fmt::format("−{}", gap) : "";
    const double size = std::abs(value);
    for (const auto& [unit, letter] : units) {
        // 999,600 is 1.0 M, not 1000 k.
        if (size < unit * 0.9995)
            continue;
        const double scaled = size / unit;
        return fmt::format("{}{}{}{:.{}f}{}{}", sign, currency_symbol(currency), gap, scaled,
                           scaled < 9.95 ? 1 : 0, gap, letter);
    }
    return fmt::format("{}{}{}{:.0f}", sign, currency_symbol(currency), gap, size);
}

std::string count(std::int64_t number)
{
    const std::string digits = std::to_string(number);
    return number < 0 ? "−" + grouped(std::string_view(digits).substr(1)) : grouped(digits);
}

std::string percent(double value)
{
    if (!std::isfinite(value))
        return "—";
    const bool whole = std::abs(value - std::round(value)) < 0.05;
    const std::string digits = fmt::format("{:.{}f}", std::abs(value), whole ? 0 : 1);
    return fmt::format("{}{}{}%", value < 0 && digits != "0" ? "−" : "", digits, gap);
}

std::string index(scoring::Tenths value)
{
    return fmt::format("{}.{}", value / 10, value % 10);
}

std::string index_range(scoring::Tenths low, scoring::Tenths high)
{
    return low == high ? index(low) : fmt::format("{}–{}", index(low), index(high));
}

clauses::Verdict tone(scoring::Tenths value)
{
    constexpr scoring::Tenths tied = 333;
    constexpr scoring::Tenths locked = 667;
    return value < tied     ? clauses::Verdict::Met
           : value < locked ? clauses::Verdict::Partial
                            : clauses::Verdict::Adverse;
}

std::string standing(scoring::Tenths value)
{
    switch (tone(value)) {
    case clauses::Verdict::Met:
        return "free to leave";
    case clauses::Verdict::Partial:
        return "partly tied";
    default:
        return "locked in";
    }
}

std::string date(base::Date date)
{
    const std::chrono::year_month_day day{date};
    return fmt::format("{}{}{}{}{}", unsigned{day.day()}, gap,
                       month_name(static_cast<int>(unsigned{day.month()})), gap, int{day.year()});
}

std::string date(base::Instant instant)
{
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(instant - day).count();
    return fmt::format("{}, {:02}:{:02}{}UTC", date(base::Date{day}), minutes / 60, minutes % 60, gap);
}

std::string month(base::Month month)
{
    return fmt::format("{}{}{}", month_name(month.month()), gap, month.year());
}

std::string months(base::Month first, base::Month last)
{
    if (first == last)
        return month(first);
    if (first.year() == last.year())
        return fmt::format("{}–{}", month_name(first.month()), month(last));
    return fmt::format("{}–{}", month(first), month(last));
}

std::string verdict(clauses::Verdict verdict)
{
    switch (verdict) {
    case clauses::Verdict::Met:
        return "Met";
    case clauses::Verdict::Partial:
        return "Partial";
    case clauses::Verdict::Missing:
        return "Missing";
    case clauses::Verdict::Adverse:
        return "Adverse";
    }
    return {};
}

std::string section(std::string_view section)
{
    const bool numbered = !section.empty() && section[0] >= '0' && section[0] <= '9';
    return (numbered ? "§" : "") + std::string(section);
}

std::string place(const clauses::Evidence& evidence)
{
    std::string result = section(evidence.section);
    if (evidence.page > 0)
        result += fmt::format("{}p.{}{}", result.empty() ? "" : " · ", gap, evidence.page);
    return result;
}

std::string places(const std::vector<clauses::Evidence>& evidence)
{
    std::vector<std::string> seen;
    for (const clauses::Evidence& e : evidence) {
        std::string text = e.section.empty() ? place(e) : section(e.section);
        if (!text.empty() && std::find(seen.begin(), seen.end(), text) == seen.end())
            seen.push_back(std::move(text));
    }
    std::string result;
    for (const std::string& text : seen)
        result += (result.empty() ? "" : ", ") + text;
    return result;
}

std::string plural(std::int64_t number, std::string_view one, std::string_view many)
{
    return fmt::format("{}{}{}", count(number), gap, number == 1 ? one : many);
}

}
