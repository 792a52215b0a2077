#pragma once

#include "core/base/date.h"

#include <QString>
#include <vector>

namespace leeway::ui {

/// An axis from 0 to `maximum` with a grid line every `step`, both round numbers.
struct Scale
{
    double maximum = 1;
    double step = 1;
    int decimals = 0;
};
Scale scaleTo(double most);

struct MonthTick
{
    int index = 0; // month of the term, 0-based
    QString label; // "Jan 27" where a year begins and at the start, "Jul" elsewhere
};
/// Labels for the months of a term, at most `most` of them, on round months of the year.
std::vector<MonthTick> monthTicks(base::Month start, int months, int most);

/// The place of a date on an axis of months, where each month stands at its first day.
double monthsSince(base::Month start, base::Date date);

/// Moves labels that want to stand at `wanted` (centres) apart, so that none is nearer than `height` to
/// another and all stay between `top` and `bottom`, with the least movement. Keeps their order.
std::vector<double> spreadLabels(const std::vector<double>& wanted, double height, double top, double bottom);

}
