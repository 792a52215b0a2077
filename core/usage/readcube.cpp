#include "core/usage/cubebuilder.h"
#include "core/usage/reader.h"

#include <algorithm>

namespace leeway::usage {
namespace {

using pricing::Component;
using pricing::Counts;

// The share of `counts` that falls on day `day` of `days`: the shares of all days add up exactly.
Counts share_of_day(const Counts& counts, int day, int days)
{
    __extension__ using Wide = __int128;
    const auto until = [days](std::int64_t count, int end) {
        return static_cast<std::int64_t>(Wide{count} * end / days);
    };
    Counts share;
    for (std::size_t i = 0; i < share.of.size(); ++i)
        share.of[i] = until(counts.of[i], day + 1) - until(counts.of[i], day);
    return share;
}

Counts without_negatives(Counts counts)
{
    for (std::int64_t& count : counts.of)
        count = std::max<std::int64_t>(count, 0);
    return counts;
}

Counts difference(const Counts& a, const Counts& b)
{
    Counts result = a;
    for (std::size_t i = 0; i < result.of.size(); ++i)
        result.of[i] -= b.of[i];
    return result;
}

// A volume without requests has no average length: it is taken as short requests.
bool has_length(const Counts& counts)
{
    return counts.requests() > 0;
}

void spread(const MonthlyVolume& volume, CubeBuilder& builder)
{
    const pricing::Borders& borders = builder.borders();
    const Counts counts = without_negatives(volume.counts);
    CellKey key{{}, volume.vendor, volume.model, {}, pricing::canonical_tier(volume.service_tier), {}, 0};
    if (has_length(counts))
        key.bucket = pricing::bucket_of(counts, borders);
    // Band i lies between marginal threshold i − 1 and i. Bands are spread one by one, so that on no day more
    // lies above a threshold than there is.
    std::vector<Counts> bands;
    Counts rest = counts;
    for (const std::int64_t border : borders.marginal) {
        const Counts above = has_length(counts) ? pricing::input_above(counts, border) : Counts{};
        bands.push_back(difference(rest, above));
        rest = above;
    }
    bands.push_back(rest);
    const base::Date first = volume.month.first_day();
    const int days = static_cast<int>(((volume.month + 1).first_day() - first).count());
    for (int day = 0; day < days; ++day) {
        key.day = first + std::chrono::days(day);
        Counts sum;
        std::vector<Counts> above(borders.marginal.size());
        for (std::size_t i = bands.size(); i-- > 0;) {
            sum += share_of_day(bands[i], day, days);
            if (i > 0)
                above[i - 1] = sum;
        }
        builder.add(key, sum, above);
    }
}

}

Cube cube_of_volumes(const std::vector<MonthlyVolume>& volumes, const pricing::Sheet& sheet)
{
    CubeBuilder builder(sheet);
    for (const MonthlyVolume& volume : volumes)
        spread(volume, builder);
    return builder.take({});
}

}
