#include "core/base/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace leeway::base {
namespace {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

constexpr Int128 largest = static_cast<Int128>((~Uint128{0}) >> 1);
constexpr std::int64_t one = 1'000'000'000'000'000'000;

Int128 power_of_ten(int exponent)
{
    Int128 value = 1;
    for (int i = 0; i < exponent; ++i)
        value *= 10;
    return value;
}

// The range is symmetric, so that a value can always be negated.
Int128 saturated_add(Int128 a, Int128 b)
{
    Int128 sum = 0;
    if (__builtin_add_overflow(a, b, &sum))
        return b > 0 ? largest : -largest;
    return std::max(sum, -largest);
}

Int128 saturated_multiply(Int128 a, Int128 b)
{
    Int128 product = 0;
    if (__builtin_mul_overflow(a, b, &product))
        return (a < 0) == (b < 0) ? largest : -largest;
    return std::max(product, -largest);
}

// numerator / denominator, half to even; the denominator is positive.
Int128 divide_half_even(Int128 numerator, Int128 denominator)
{
    Int128 quotient = numerator / denominator;
    const Int128 rest = numerator % denominator;
    const Int128 size = rest < 0 ? -rest : rest;
    const Int128 other = denominator - size;
    if (size > other || (size == other && quotient % 2 != 0))
        quotient += numerator < 0 ? -1 : 1;
    return quotient;
}

}

Decimal Decimal::from_integer(std::int64_t value)
{
    Decimal result;
    result.m_units = Int128{value} * one;
    return result;
}

Decimal Decimal::from_double(double value)
{
    if (!std::isfinite(value))
        return {};
    const double scaled = std::round(value * 1e12);
    Decimal result;
    if (std::abs(scaled) >= 1.7e32)
        result.m_units = value > 0 ? largest : -largest;
    else
        result.m_units = static_cast<Int128>(scaled) * 1'000'000;
    return result;
}

Result<Decimal> Decimal::parse(std::string_view text)
{
    const auto bad = [&] {
        return fail(ErrorCode::Invalid, "“" + std::string(text.substr(0, 40)) + "” is not a decimal number");
    };
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    int exponent = 0;
    if (const auto e = rest.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view digits = rest.substr(e + 1);
        if (digits.starts_with('+') && !digits.starts_with("+-"))
            digits.remove_prefix(1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (error != std::errc{} || end != digits.data() + digits.size() || exponent < -400 || exponent > 400)
            return bad();
        rest = rest.substr(0, e);
    }
    // Every digit has its place: those of the 18th place and before are kept, the next one rounds, and from
    // the others only matters whether one is not zero.
    const auto point = rest.find('.');
    const auto before_point =
        static_cast<std::int64_t>(point == std::string_view::npos ? rest.size() : point);
    std::int64_t place = before_point + exponent; // of the digit before the next one: 0 for units
    Int128 units = 0;
    int rounding = 0;
    bool beyond = false;
    bool any = false;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (i == point)
            continue;
        if (rest[i] < '0' || rest[i] > '9')
            return bad();
        const int digit = rest[i] - '0';
        any = true;
        --place;
        if (place >= -places)
            units = saturated_add(saturated_multiply(units, 10), digit);
        else if (place == -places - 1)
            rounding = digit;
        else
            beyond = beyond || digit != 0;
    }
    if (!any)
        return bad();
    for (; place > -places && units != 0 && units != largest; --place)
        units = saturated_multiply(units, 10);
    if (rounding > 5 || (rounding == 5 && (beyond || units % 2 != 0)))
        units = saturated_add(units, 1);
    Decimal result;
    result.m_units = units;
    if (negative)
        result.m_units = -result.m_units;
    return result;
}

double Decimal::to_double() const
{
    return static_cast<double>(m_units) / 1e18;
}

std::string Decimal::to_string() const
{
    std::string text = to_fixed(places);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

std::string Decimal::to_fixed(int decimals) const
{
    decimals = std::clamp(decimals, 0, places);
    Int128 value = divide_half_even(m_units, power_of_ten(places - decimals));
    const bool negative = value < 0;
    if (negative)
        value = -value;
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    const auto width = static_cast<std::size_t>(decimals);
    if (digits.size() <= width)
        digits.insert(0, width + 1 - digits.size(), '0');
    if (decimals > 0)
        digits.insert(digits.size() - width, ".");
    return negative ? "-" + digits : digits;
}

Decimal Decimal::rounded(int decimals) const
{
    const Int128 step = power_of_ten(places - std::clamp(decimals, 0, places));
    Decimal result;
    result.m_units = saturated_multiply(divide_half_even(m_units, step), step);
    return result;
}

Decimal Decimal::operator-() const
{
    Decimal result;
    result.m_units = -m_units;
    return result;
}

Decimal& Decimal::operator+=(Decimal other)
{
    m_units = saturated_add(m_units, other.m_units);
    return *this;
}

Decimal& Decimal::operator-=(Decimal other)
{
    return *this += -other;
}

Decimal operator*(Decimal a, std::int64_t n)
{
    a.m_units = saturated_multiply(a.m_units, n);
    return a;
}

Decimal operator*(Decimal a, Decimal b)
{
    // Split both at the point so that no partial product needs more than 128 bits for amounts in range.
    const bool negative = (a.m_units < 0) != (b.m_units < 0);
    const Int128 x = a.m_units < 0 ? -a.m_units : a.m_units;
    const Int128 y = b.m_units < 0 ? -b.m_units : b.m_units;
    const Int128 xi = x / one, xf = x % one, yi = y / one, yf = y % one;
    Int128 units = saturated_multiply(saturated_multiply(xi, yi), one);
    units = saturated_add(units, saturated_multiply(xi, yf));
    units = saturated_add(units, saturated_multiply(xf, yi));
    units = saturated_add(units, xf * yf / one);
    const Int128 rest = xf * yf % one; // what a tie goes to depends on the whole sum
    if (rest > one - rest || (rest == one - rest && units % 2 != 0))
        units = saturated_add(units, 1);
    Decimal result;
    result.m_units = negative ? -units : units;
    return result;
}

Decimal operator/(Decimal a, Decimal b)
{
    if (b.is_zero())
        return {};
    const bool negative = (a.m_units < 0) != (b.m_units < 0);
    Int128 rest = a.m_units < 0 ? -a.m_units : a.m_units;
    const Int128 divisor = b.m_units < 0 ? -b.m_units : b.m_units;
    Int128 quotient = rest / divisor;
    rest %= divisor;
    for (int i = 0; i < Decimal::places; ++i) {
        quotient = saturated_multiply(quotient, 10);
        int digit = 0;
        Int128 next = 0; // rest * 10 without overflow: add the rest ten times, reducing as we go
        for (int k = 0; k < 10; ++k) {
            if (next >= divisor - rest) {
                next -= divisor - rest;
                ++digit;
            } else {
                next += rest;
            }
        }
        rest = next;
        quotient = saturated_add(quotient, digit);
    }
    const Int128 other = divisor - rest;
    if (rest > other || (rest == other && quotient % 2 != 0))
        quotient = saturated_add(quotient, 1);
    Decimal result;
    result.m_units = negative ? -quotient : quotient;
    return result;
}

int minor_digits(std::string_view currency)
{
    return currency == "JPY" || currency == "KRW" ? 0 : 2;
}

}
