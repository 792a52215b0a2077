#pragma once

#include "core/report/model.h"

#include <QString>
#include <functional>
#include <vector>

namespace leeway::ui {

/// What dates are grouped by on the chart, from top to bottom.
enum class Lane { Decisions, Contracts, Prices, Regulation };
inline constexpr int laneCount = 4;
Lane laneOf(simulation::DateKind kind);
QString laneTitle(Lane lane);

/// A date in a few words: "Notice: Master agreement".
QString shortTitle(const report::KeyDate& date);

/// "in 3 days", "today", "2 days ago".
QString distance(base::Date date, base::Date today);

/// The months that a chart of these dates shows: from today's to the last date's, 12 to 60 of them.
struct TimeSpan
{
    base::Month first;
    int months = 12;

    [[nodiscard]] double share(base::Date date) const; // 0…1 within, else outside
};
TimeSpan spanOf(const std::vector<report::KeyDate>& dates, base::Date today);

/// Where a date is drawn: its mark, and its words to the right or left of it in a row of its lane, so that no
/// words lie over other marks or words.
struct Mark
{
    int date = 0; // index into the dates
    Lane lane = Lane::Decisions;
    int row = 0;
    double x = 0;
    double textLeft = 0;
    double textWidth = 0; // 0: no room for words
};
struct Placing
{
    std::vector<Mark> marks; // in the order of the dates; those outside the span are left out
    std::vector<int> rows;   // by lane, at least 1
};
/// `widthOf` measures words, `width` is that of the whole chart; all in pixels.
Placing placed(const std::vector<report::KeyDate>& dates, const TimeSpan& span, double width, double radius,
               const std::function<double(const QString&)>& widthOf);

}
