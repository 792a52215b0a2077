#include "core/fallback/jstext.h"

#include <QString>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace leeway::fallback {
namespace {

using nlohmann::json;

bool is_blank(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0xFEFF;
}

}

std::string js_number(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value < 0 ? "-Infinity" : "Infinity";
    if (value == 0)
        return "0";
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    std::string text(buffer.data(), end.ptr);
    const bool negative = text.front() == '-';
    if (negative)
        text.erase(0, 1);
    const auto e = text.find('e');
    const int exponent = std::stoi(text.substr(e + 1));
    std::string digits = text.substr(0, 1) + (e > 2 ? text.substr(2, e - 2) : std::string());
    const int n = exponent + 1; // the place of the point
    const int k = static_cast<int>(digits.size());
    std::string result;
    if (n >= k && n <= 21)
        result = digits + std::string(static_cast<std::size_t>(n - k), '0');
    else if (n > 0 && n <= 21)
        result = digits.insert(static_cast<std::size_t>(n), ".");
    else if (n > -6 && n <= 0)
        result = "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    else
        result = (k == 1 ? digits : digits.insert(1, ".")) +
                 fmt::format("e{}{}", exponent < 0 ? '-' : '+', std::abs(exponent));
    return negative ? "-" + result : result;
}

std::string js_string(const json& value)
{
    switch (value.type()) {
    case json::value_t::string:
        return value.get<std::string>();
    case json::value_t::boolean:
        return value.get<bool>() ? "true" : "false";
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
    case json::value_t::number_float:
        return js_number(value.get<double>());
    case json::value_t::array: {
        std::string result;
        for (const json& item : value) {
            if (&item != &value.front())
                result += ',';
            if (!item.is_null())
                result += js_string(item);
        }
        return result;
    }
    case json::value_t::object:
        return "[object Object]";
    default:
        return "null";
    }
}

double js_to_number(std::string_view text)
{
    text = js_trimmed(text);
    if (text.empty())
        return 0;
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (text.size() > 2 && text[0] == '0' &&
        std::string_view("xXoObB").find(text[1]) != std::string_view::npos) {
        const int base = text[1] == 'x' || text[1] == 'X' ? 16 : text[1] == 'o' || text[1] == 'O' ? 8 : 2;
        unsigned long long whole = 0;
        const auto read = std::from_chars(text.data() + 2, text.data() + text.size(), whole, base);
        return read.ec == std::errc() && read.ptr == text.data() + text.size() ? static_cast<double>(whole)
                                                                               : nan;
    }
    if (text.front() == '+')
        text.remove_prefix(1);
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    if (text.substr(sign) == "Infinity")
        return sign == 1 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    if (text.size() <= sign || (text[sign] != '.' && (text[sign] < '0' || text[sign] > '9')))
        return nan;
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ptr != text.data() + text.size() &&
        !(read.ec == std::errc() && std::string_view(read.ptr, text.data() + text.size()) == "."))
        return nan;
    return value;
}

std::string js_json(const nlohmann::ordered_json& value)
{
    std::string result;
    if (value.is_number_float()) {
        const double number = value.get<double>();
        return std::isfinite(number) ? js_number(number) : "null";
    }
    if (!value.is_structured())
        return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    result += value.is_object() ? '{' : '[';
    bool first = true;
    for (auto item = value.begin(); item != value.end(); ++item) {
        if (!first)
            result += ',';
        first = false;
        if (value.is_object())
            result += js_json(item.key()) + ":";
        result += js_json(*item);
    }
    return result + (value.is_object() ? '}' : ']');
}

std::pair<char32_t, std::size_t> front_of(std::string_view text)
{
    if (text.empty())
        return {0, 0};
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = at(0);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || text.size() < length)
        return {0xFFFD, 1};
    if (length == 1)
        return {lead, 1};
    char32_t code = lead & (length == 2 ? 0x1FU : length == 3 ? 0x0FU : 0x07U);
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0U) != 0x80)
            return {0xFFFD, 1};
        code = (code << 6U) | (at(i) & 0x3FU);
    }
    return {code, length};
}

std::size_t blank_length(std::string_view text)
{
    if (text.empty())
        return 0;
    const auto [code, length] = front_of(text);
    return is_blank(code) ? length : 0;
}

std::string_view js_trimmed(std::string_view text)
{
    while (const std::size_t length = blank_length(text))
        text.remove_prefix(length);
    for (;;) {
        std::size_t begin = text.size();
        while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80 &&
               text.size() - begin < 4) {
        }
        if (text.empty() || blank_length(text.substr(begin)) != text.size() - begin)
            return text;
        text.remove_suffix(text.size() - begin);
    }
}

std::vector<std::string> js_split_blanks(std::string_view text)
{
    std::vector<std::string> parts(1);
    bool in_blank = false;
    while (!text.empty()) {
        const std::size_t blank = blank_length(text);
        if (blank > 0) {
            in_blank = true;
            text.remove_prefix(blank);
            continue;
        }
        if (in_blank)
            parts.emplace_back();
        in_blank = false;
        parts.back() += text.front();
        text.remove_prefix(1);
    }
    if (in_blank)
        parts.emplace_back();
    return parts;
}

std::string lowered_unicode(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toLower().toStdString();
}

std::u16string to_utf16(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toStdU16String();
}

std::string to_utf8(std::u16string_view text)
{
    return QString::fromUtf16(text.data(), static_cast<qsizetype>(text.size())).toStdString();
}

Letters class_of(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
        return Letters::Letter;
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return Letters::Number;
    case QChar::Symbol_Currency:
        return Letters::Currency;
    case QChar::Punctuation_Open:
        return Letters::Opening;
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
        return Letters::Punctuation;
    default:
        return Letters::Other;
    }
}

bool in_identifier(char32_t c)
{
    const auto category = QChar::category(c);
    return c == '_' || c == 0x200C || c == 0x200D || class_of(c) == Letters::Letter ||
           category == QChar::Number_DecimalDigit || category == QChar::Number_Letter ||
           category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining ||
           category == QChar::Punctuation_Connector;
}

}
