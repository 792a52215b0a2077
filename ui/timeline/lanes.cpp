#include "ui/timeline/lanes.h"

#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <algorithm>

namespace leeway::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(leeway::ui::Timeline)
};

constexpr int fewestMonths = 12;
constexpr int mostMonths = 60;
constexpr double longestWords = 260;

double dayShare(base::Date date)
{
    const base::Month month = base::Month::of(date);
    const auto days = double(((month + 1).first_day() - month.first_day()).count());
    return double((date - month.first_day()).count()) / days;
}

}

Lane laneOf(simulation::DateKind kind)
{
    using enum simulation::DateKind;
    switch (kind) {
    case Gate:
    case BudgetLock:
    case TermStart:
        return Lane::Decisions;
    case Notice:
    case Renewal:
    case End:
    case PriceReview:
        return Lane::Contracts;
    case NewPrice:
    case PromotionEnd:
    case Retirement:
    case AgreementEnd:
        return Lane::Prices;
    case Regulation:
        return Lane::Regulation;
    }
    return Lane::Decisions;
}

QString laneTitle(Lane lane)
{
    switch (lane) {
    case Lane::Decisions:
        return Words::tr("Budget");
    case Lane::Contracts:
        return Words::tr("Contracts");
    case Lane::Prices:
        return Words::tr("Prices, models");
    case Lane::Regulation:
        return Words::tr("Regulation");
    }
    return {};
}

QString shortTitle(const report::KeyDate& date)
{
    const QString of = str(date.source.title);
    using enum simulation::DateKind;
    switch (date.kind) {
    case Gate:
        return Words::tr("Decision gate");
    case BudgetLock:
        return Words::tr("Budget lock");
    case TermStart:
        return Words::tr("Term of the scenarios begins");
    case Notice:
        return Words::tr("Last notice: %1").arg(of);
    case Renewal:
        return Words::tr("Renewal: %1").arg(of);
    case End:
        return Words::tr("End: %1").arg(of);
    case PriceReview:
        return Words::tr("Price review: %1").arg(of);
    case Regulation:
        return of;
    default:
        return str(date.what);
    }
}

QString distance(base::Date date, base::Date today)
{
    const auto days = (date - today).count();
    if (days == 0)
        return Words::tr("today");
    const QString count = counted(qsizetype(std::abs(days)), Words::tr("day"), Words::tr("days"));
    return days > 0 ? Words::tr("in %1").arg(count) : Words::tr("%1 ago").arg(count);
}

double TimeSpan::share(base::Date date) const
{
    return (double(base::Month::of(date) - first) + dayShare(date)) / double(months);
}

TimeSpan spanOf(const std::vector<report::KeyDate>& dates, base::Date today)
{
    TimeSpan span{base::Month::of(today), fewestMonths};
    for (const report::KeyDate& date : dates)
        span.months = std::max(span.months, base::Month::of(date.date) - span.first + 2);
    span.months = std::min(span.months, mostMonths);
    return span;
}

Placing placed(const std::vector<report::KeyDate>& dates, const TimeSpan& span, double width, double radius,
               const std::function<double(const QString&)>& widthOf)
{
    Placing result;
    result.rows.assign(laneCount, 1);
    std::vector<std::vector<double>> ends(laneCount); // by lane and row: what is taken up to there
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const double share = span.share(dates[i].date);
        if (share < 0 || share >= 1)
            continue;
        Mark mark{int(i), laneOf(dates[i].kind), 0, share * width, 0, 0};
        const double gap = radius + 5;
        const double words = std::min(longestWords, widthOf(shortTitle(dates[i])));
        const bool right = mark.x + gap + words <= width;
        mark.textWidth = right ? words : std::min(words, std::max(0.0, mark.x - gap));
        mark.textLeft = right ? mark.x + gap : mark.x - gap - mark.textWidth;
        const double from = right ? mark.x - radius : mark.textLeft;
        const double to = right ? mark.textLeft + words : mark.x + radius;
        auto& rows = ends[std::size_t(mark.lane)];
        const auto free =
            std::find_if(rows.begin(), rows.end(), [from](double end) { return end + 8 <= from; });
        mark.row = int(free - rows.begin());
        if (free == rows.end())
            rows.push_back(to);
        else
            *free = to;
        result.rows[std::size_t(mark.lane)] = std::max(result.rows[std::size_t(mark.lane)], int(rows.size()));
        result.marks.push_back(mark);
    }
    return result;
}

}
