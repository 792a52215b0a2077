#pragma once

#include "core/simulation/scenario.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace leeway::simulation {

/// How list prices develop over the term, by month, as factors: what their vendor wants where a cap of the
/// contract may hold, and what no cap holds.
struct PriceCourse
{
    std::vector<base::Decimal> wanted;
    std::vector<base::Decimal> free;
    std::optional<PriceCap> cap;

    bool operator==(const PriceCourse&) const = default;
};

PriceCourse unchanged_prices(std::size_t months);
/// The changes multiply the course. Values out of range are brought into it.
void apply(PriceCourse& course, const PriceChange& change, base::Month start);

/// The most that prices may rise within a year under the cap when consumer prices rise by `cpi_percent`, as a
/// share; never negative.
double allowed_rise(const PriceCap& cap, double cpi_percent);

/// The factor that is charged, by month: what is wanted, held by the cap, times what is free of it.
std::vector<base::Decimal> charged(const PriceCourse& course, double cpi_percent);

/// Index of a month of the term that a person counts from 1.
std::size_t index_of(int from_month);

base::Decimal part_of(double percent);
/// 0 for NaN.
double clamped(double value, double low, double high);

}
