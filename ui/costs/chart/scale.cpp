#include "ui/costs/chart/scale.h"

#include "ui/costs/words.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace leeway::ui {

Scale scaleTo(double most)
{
    if (!(most > 0) || !std::isfinite(most))
        return {};
    const double raw = most * 1.04 / 5;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (raw <= factor * power) {
            step = factor * power;
            break;
        }
    }
    Scale scale;
    scale.step = step;
    scale.maximum = step * std::ceil(most * 1.04 / step);
    const bool quarter = std::abs(step / power - 2.5) < 1e-9;
    scale.decimals = std::max(0, static_cast<int>(-std::floor(std::log10(power))) + (quarter ? 1 : 0));
    return scale;
}

std::vector<MonthTick> monthTicks(base::Month start, int months, int most)
{
    int step = 1;
    for (const int candidate : {1, 2, 3, 6, 12, 24, 60}) {
        step = candidate;
        if ((months + candidate - 1) / candidate <= std::max(1, most))
            break;
    }
    std::vector<MonthTick> ticks;
    for (int i = 0; i < months; ++i) {
        const base::Month month = start + i;
        const bool round = step <= 12 ? (month.month() - 1) % step == 0
                                      : month.month() == 1 && month.year() % (step / 12) == 0;
        if (i == 0 || round)
            ticks.push_back({i, i == 0 || month.month() == 1 ? shortMonthText(month)
                                                             : shortMonthText(month).section(u' ', 0, 0)});
    }
    // The first label makes way for nothing: a round month close behind it goes.
    if (ticks.size() > 1 && ticks[1].index * 2 <= step && step > 1)
        ticks.erase(ticks.begin() + 1);
    return ticks;
}

double monthsSince(base::Month start, base::Date date)
{
    const base::Month month = base::Month::of(date);
    const QDate day = toQDate(date);
    return (month - start) + (day.day() - 1.0) / day.daysInMonth();
}

std::vector<double> spreadLabels(const std::vector<double>& wanted, double height, double top, double bottom)
{
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return wanted[a] < wanted[b]; });

    // Without its rank × height, a label may stand where its neighbours stand: isotonic regression by
    // pooling.
    struct Pool
    {
        double sum;
        int count;
        [[nodiscard]] double mean() const { return sum / count; }
    };
    std::vector<Pool> pools;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        pools.push_back({wanted[order[rank]] - static_cast<double>(rank) * height, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().count += last.count;
        }
    }
    const double lowest =
        std::max(top, bottom - height * static_cast<double>(std::max<std::size_t>(1, order.size()) - 1));
    std::vector<double> placed(wanted.size());
    std::size_t rank = 0;
    for (const Pool& pool : pools) {
        for (int i = 0; i < pool.count; ++i, ++rank)
            placed[order[rank]] = std::clamp(pool.mean(), top, lowest) + static_cast<double>(rank) * height;
    }
    return placed;
}

}
