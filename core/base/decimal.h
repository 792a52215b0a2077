#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace leeway::base {

/// An exact decimal number with 18 places after the point, for rates and amounts of money; about ±1.7e20.
/// Sums, and products with integers, are exact; a product of two decimals is rounded half to even at the 18th
/// place. Results outside the range saturate; the range is symmetric.
class Decimal
{
public:
    static constexpr int places = 18;

    constexpr Decimal() = default;
    static Decimal from_integer(std::int64_t value);
    /// For values that come from doubles (sliders, simulation): the nearest decimal at the 12th place.
    static Decimal from_double(double value);
    /// Reads "0.0000025", "3e-7", "-12.50"; more than 18 places are rounded half to even.
    static Result<Decimal> parse(std::string_view text);

    [[nodiscard]] bool is_zero() const { return m_units == 0; }
    [[nodiscard]] bool is_negative() const { return m_units < 0; }
    [[nodiscard]] double to_double() const;
    /// The shortest exact text, without trailing zeros or exponent: "0.0012508".
    [[nodiscard]] std::string to_string() const;
    /// Rounded half to even, always with `decimals` places (0…18): "12.50".
    [[nodiscard]] std::string to_fixed(int decimals) const;
    [[nodiscard]] Decimal rounded(int decimals) const;

    Decimal operator-() const;
    Decimal& operator+=(Decimal other);
    Decimal& operator-=(Decimal other);
    friend Decimal operator+(Decimal a, Decimal b) { return a += b; }
    friend Decimal operator-(Decimal a, Decimal b) { return a -= b; }
    friend Decimal operator*(Decimal a, std::int64_t n);
    friend Decimal operator*(Decimal a, Decimal b);
    /// Division rounded half to even at the 18th place; dividing by zero gives zero.
    friend Decimal operator/(Decimal a, Decimal b);
    friend auto operator<=>(Decimal a, Decimal b) = default;

private:
    __extension__ using Units = __int128;
    Units m_units = 0;
};

struct Money
{
    Decimal amount;
    std::string currency = "USD"; // ISO 4217

    bool operator==(const Money&) const = default;
};

/// Decimal places in which a currency is shown: 0 for JPY and KRW, otherwise 2.
int minor_digits(std::string_view currency);

}
