#include "core/clauses/weigh/checkweights.h"

#include "core/clauses/types/packed.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

// A packed thing: its id in four bytes, the lowest first, rarity in one, and four signed weights.
constexpr std::size_t packed_size = 9;
constexpr float rarity_step = 0.05F;
constexpr int largest_step = 127;

using Things = std::vector<WeighedThing>::const_iterator;

float float_at(std::string_view bytes, std::size_t at, float step)
{
    return static_cast<float>(static_cast<std::int8_t>(bytes[at])) * step;
}

// The first thing from `from` on whose id is not below: near mostly, hence in growing steps.
Things reach(Things from, Things end, std::uint32_t id)
{
    std::ptrdiff_t step = 1;
    while (end - from > step && from[step].id < id) {
        from += step;
        step *= 2;
    }
    return std::lower_bound(
        from, end - from > step ? from + step + 1 : end, id,
        [](const WeighedThing& thing, std::uint32_t wanted) { return thing.id < wanted; });
}

}

bool on_subject(float odds, bool fires)
{
    constexpr float least_odds = -3.5F;
    return fires || odds >= least_odds;
}

VerdictScores CheckWeights::scores(const Wording& wording) const
{
    VerdictScores result{};
    for (std::size_t g = 0; g < said_groups; ++g) {
        double square = 0;
        std::array<double, 4> sum{};
        auto from = things.begin();
        for (const Said& said : wording[g]) {
            from = reach(from, things.end(), said.id);
            if (from == things.end())
                break;
            if (from->id != said.id)
                continue;
            const double much = static_cast<double>(said.much) * static_cast<double>(from->rarity);
            square += much * much;
            for (std::size_t v = 0; v < sum.size(); ++v)
                sum[v] += much * static_cast<double>(from->weights[v]);
        }
        if (square <= 0)
            continue;
        for (std::size_t v = 0; v < sum.size(); ++v)
            result[v] += static_cast<double>(shares[g]) * sum[v] / std::sqrt(square);
    }
    return result;
}

VerdictScores chances(const CheckWeights& weights, const Wording& wording, Polarity polarity)
{
    VerdictScores odds = weights.scores(wording);
    for (std::size_t v = 0; v < odds.size(); ++v)
        odds[v] = (odds[v] + weights.bias[v]) / weights.temperature;
    return chances_of(odds, polarity);
}

VerdictScores chances_of(VerdictScores result, Polarity polarity)
{
    double sum = 0;
    const double most = *std::max_element(result.begin(), result.end());
    for (double& value : result)
        value = std::exp(value - most);
    if (polarity == Polarity::Hazard)
        result[static_cast<std::size_t>(Verdict::Missing)] = 0;
    for (const double value : result)
        sum += value;
    for (double& value : result)
        value /= sum;
    return result;
}

Verdict choose(const VerdictScores& chances)
{
    const auto best = std::max_element(chances.begin(), chances.end());
    if (chances[static_cast<std::size_t>(Verdict::Adverse)] >= caution * *best)
        return Verdict::Adverse;
    return static_cast<Verdict>(best - chances.begin());
}

base::Result<CheckWeights> read_check_weights(const base::JsonFile& file, const std::string& pointer,
                                              const std::string& check)
{
    const auto& value = file.value.at(nlohmann::json::json_pointer(pointer)).at(check);
    const std::string path = fmt::format("{}/{}", pointer, check);
    CheckWeights result;
    result.temperature = value.at("temperature").get<double>();
    for (std::size_t g = 0; g < said_groups; ++g)
        result.shares[g] = value.at("shares").at(g).get<float>();
    for (std::size_t v = 0; v < result.bias.size(); ++v)
        result.bias[v] = value.at("bias").at(v).get<double>();
    const auto step = value.at("step").get<float>();
    const auto bytes = from_base64(value.at("things").get_ref<const std::string&>());
    if (!bytes || bytes->size() % packed_size != 0)
        return tl::unexpected(file.error(path + "/things", "these are no packed weights"));
    for (std::size_t at = 0; at < bytes->size(); at += packed_size) {
        WeighedThing thing;
        for (std::size_t i = 0; i < 4; ++i)
            thing.id |= static_cast<std::uint32_t>(static_cast<unsigned char>((*bytes)[at + i])) << (8 * i);
        thing.rarity = static_cast<float>(static_cast<unsigned char>((*bytes)[at + 4])) * rarity_step;
        for (std::size_t v = 0; v < 4; ++v)
            thing.weights[v] = float_at(*bytes, at + 5 + v, step);
        if (!result.things.empty() && result.things.back().id >= thing.id)
            return tl::unexpected(file.error(path + "/things", "the packed weights are out of order"));
        result.things.push_back(thing);
    }
    return result;
}

nlohmann::json to_json(const CheckWeights& weights)
{
    float largest = 0;
    for (const WeighedThing& thing : weights.things) {
        for (const float w : thing.weights)
            largest = std::max(largest, std::abs(w));
    }
    const float step = largest > 0 ? largest / largest_step : 1;
    std::string bytes;
    bytes.reserve(weights.things.size() * packed_size);
    for (const WeighedThing& thing : weights.things) {
        for (int i = 0; i < 4; ++i)
            bytes += static_cast<char>(thing.id >> (8 * i) & 0xffU);
        bytes += static_cast<char>(
            static_cast<unsigned char>(std::clamp(std::lround(thing.rarity / rarity_step), 0L, 255L)));
        for (const float w : thing.weights)
            bytes += static_cast<char>(static_cast<std::int8_t>(std::lround(w / step)));
    }
    return {{"temperature", weights.temperature},
            {"shares", weights.shares},
            {"bias", weights.bias},
            {"step", step},
            {"things", to_base64(bytes)}};
}

}
