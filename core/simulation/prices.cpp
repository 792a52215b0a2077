#include "core/simulation/prices.h"

#include <algorithm>
#include <cmath>

namespace leeway::simulation {
namespace {

using base::Decimal;

const Decimal one = Decimal::from_integer(1);

// How much of a month lies on or after a day.
Decimal share_from(base::Date day, base::Month month)
{
    const base::Date first = month.first_day();
    const base::Date end = (month + 1).first_day();
    if (day <= first)
        return one;
    if (day >= end)
        return {};
    return Decimal::from_integer((end - day).count()) / Decimal::from_integer((end - first).count());
}

}

PriceCourse unchanged_prices(std::size_t months)
{
    return {std::vector<Decimal>(months, one), std::vector<Decimal>(months, one), std::nullopt};
}

void apply(PriceCourse& course, const PriceChange& change, base::Month start)
{
    std::vector<Decimal>& factors = change.capped ? course.wanted : course.free;
    const Decimal rise = part_of(clamped(change.percent, -100, 1000));
    const int every = change.yearly ? 12 : static_cast<int>(factors.size());
    for (int again = 0; again < static_cast<int>(factors.size()); again += every) {
        if (change.from_date) {
            for (std::size_t m = 0; m < factors.size(); ++m)
                factors[m] = factors[m] * (one + rise * share_from(*change.from_date,
                                                                   start + (static_cast<int>(m) - again)));
        } else {
            for (std::size_t m = index_of(change.from_month) + static_cast<std::size_t>(again);
                 m < factors.size(); ++m)
                factors[m] = factors[m] * (one + rise);
        }
    }
}

double allowed_rise(const PriceCap& cap, double cpi_percent)
{
    double percent = 1000;
    if (cap.percent)
        percent = std::min(percent, clamped(*cap.percent, 0, 1000));
    if (cap.cpi_points)
        percent = std::min(percent, cpi_percent + clamped(*cap.cpi_points, -100, 100));
    return std::max(percent, 0.0) / 100;
}

std::vector<Decimal> charged(const PriceCourse& course, double cpi_percent)
{
    std::vector<Decimal> factors = course.wanted;
    if (course.cap) {
        const Decimal allowed = one + Decimal::from_double(allowed_rise(*course.cap, cpi_percent));
        Decimal before = one; // at the end of the year before
        for (std::size_t m = 0; m < factors.size(); ++m) {
            if (m % 12 == 0 && m > 0)
                before = factors[m - 1];
            factors[m] = std::min(factors[m], before * allowed);
        }
    }
    for (std::size_t m = 0; m < factors.size(); ++m)
        factors[m] = factors[m] * course.free[m];
    return factors;
}

std::size_t index_of(int from_month)
{
    return static_cast<std::size_t>(std::clamp(from_month, 1, 1'000)) - 1;
}

Decimal part_of(double percent)
{
    return Decimal::from_double(percent) / Decimal::from_integer(100);
}

double clamped(double value, double low, double high)
{
    return std::isnan(value) ? std::clamp(0.0, low, high) : std::clamp(value, low, high);
}

}
