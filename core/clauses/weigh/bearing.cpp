#include "core/clauses/weigh/bearing.h"

#include "core/clauses/types/packed.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace leeway::clauses {
namespace {

constexpr std::size_t id_size = 4; // bytes, the lowest first
constexpr std::size_t lanes = 16;  // numbers that are added at once

// Adds a row of weights to the sums; both are of full lanes.
void add_row(std::vector<std::int32_t>& sums, const std::int8_t* row)
{
    for (std::size_t from = 0; from < sums.size(); from += lanes) {
        std::array<std::int32_t, lanes> part;
        std::copy_n(sums.data() + from, lanes, part.begin());
        for (std::size_t i = 0; i < lanes; ++i)
            part[i] += row[from + i];
        std::copy_n(part.begin(), lanes, sums.data() + from);
    }
}

// A whole number for a class of log odds, the same distance apart.
std::uint32_t class_of(float odds)
{
    constexpr float farthest = 6;
    return static_cast<std::uint32_t>(std::lround(std::clamp(odds, -farthest, farthest) + farthest));
}

void add(std::vector<Said>& sum, const std::vector<Said>& part, float share)
{
    std::vector<Said> merged;
    merged.reserve(sum.size() + part.size());
    auto a = sum.begin();
    for (const Said& said : part) {
        while (a != sum.end() && a->id < said.id)
            merged.push_back(*a++);
        const float before = a != sum.end() && a->id == said.id ? (a++)->much : 0.0F;
        merged.push_back({said.id, before + share * said.much});
    }
    merged.insert(merged.end(), a, sum.end());
    sum = std::move(merged);
}

}

float chance_of(float odds)
{
    return 1.0F / (1.0F + std::exp(-odds));
}

void BearingWeights::index()
{
    constexpr std::size_t tops = 1U << 16;
    starts.assign(tops + 1, 0);
    for (const std::uint32_t id : ids)
        ++starts[(id >> 16) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
}

void BearingWeights::score(std::span<const std::uint32_t> gist, std::span<float> odds) const
{
    std::vector<std::int32_t> sums(row_size(), 0);
    std::size_t known = 0;
    for (const std::uint32_t id : gist) {
        std::size_t at = starts[id >> 16];
        const std::size_t end = starts[(id >> 16) + 1];
        while (at < end && ids[at] < id)
            ++at;
        if (at == end || ids[at] != id)
            continue;
        ++known;
        add_row(sums, weights.data() + at * sums.size());
    }
    const float scale = known == 0 ? 0.0F : 1.0F / std::sqrt(static_cast<float>(known));
    for (std::size_t c = 0; c < odds.size(); ++c)
        odds[c] = static_cast<float>(sums[c]) * scale * steps[c] + bias[c];
}

std::size_t BearingWeights::row_size() const
{
    return (checks.size() + lanes - 1) / lanes * lanes;
}

std::size_t BearingWeights::place_of(const std::string& check) const
{
    return static_cast<std::size_t>(std::find(checks.begin(), checks.end(), check) - checks.begin());
}

base::Result<BearingWeights> read_bearing_weights(const base::JsonFile& file, const std::string& path)
{
    const auto& value = file.value.at(nlohmann::json::json_pointer(path));
    BearingWeights result;
    result.checks = value.at("checks").get<std::vector<std::string>>();
    result.bias = value.at("bias").get<std::vector<float>>();
    result.steps = value.at("steps").get<std::vector<float>>();
    const std::size_t count = result.checks.size();
    if (result.bias.size() != count || result.steps.size() != count)
        return tl::unexpected(file.error(path, "every check needs a bias and a step"));
    const auto bytes = from_base64(value.at("things").get_ref<const std::string&>());
    const std::size_t size = id_size + count;
    if (!bytes || bytes->size() % size != 0)
        return tl::unexpected(file.error(path + "/things", "the packed weights are damaged"));
    for (std::size_t at = 0; at < bytes->size(); at += size) {
        std::uint32_t id = 0;
        for (std::size_t i = 0; i < id_size; ++i)
            id |= static_cast<std::uint32_t>(static_cast<unsigned char>((*bytes)[at + i])) << (8 * i);
        if (!result.ids.empty() && result.ids.back() >= id)
            return tl::unexpected(file.error(path + "/things", "the packed weights are out of order"));
        result.ids.push_back(id);
        for (std::size_t c = 0; c < count; ++c)
            result.weights.push_back(static_cast<std::int8_t>((*bytes)[at + id_size + c]));
        result.weights.resize(result.ids.size() * result.row_size(), 0);
    }
    result.index();
    return result;
}

nlohmann::json to_json(const BearingWeights& weights)
{
    std::string bytes;
    for (std::size_t i = 0; i < weights.ids.size(); ++i) {
        for (std::size_t k = 0; k < id_size; ++k)
            bytes += static_cast<char>(weights.ids[i] >> (8 * k) & 0xffU);
        for (std::size_t c = 0; c < weights.checks.size(); ++c)
            bytes += static_cast<char>(weights.weights[i * weights.row_size() + c]);
    }
    return {{"checks", weights.checks},
            {"bias", weights.bias},
            {"steps", weights.steps},
            {"things", to_base64(bytes)}};
}

std::vector<std::vector<BearingSentence>>
bearing_sentences(const BearingWeights& weights, std::uint32_t sentences,
                  const std::function<std::span<const std::uint32_t>(std::uint32_t sentence)>& gist)
{
    std::vector<std::vector<BearingSentence>> result(weights.checks.size());
    std::vector<float> odds(weights.checks.size());
    for (std::uint32_t s = 0; s < sentences; ++s) {
        weights.score(gist(s), odds);
        for (std::size_t c = 0; c < odds.size(); ++c) {
            auto& best = result[c];
            if (best.size() == most_bearing && best.back().odds >= odds[c])
                continue;
            const auto place = std::upper_bound(best.begin(), best.end(), odds[c],
                                                [](float value, const auto& b) { return value > b.odds; });
            best.insert(place, {s, odds[c]});
            if (best.size() > most_bearing)
                best.pop_back();
        }
    }
    return result;
}

Wording gathered(std::span<const BearingSentence> sentences,
                 const std::function<const Wording&(std::uint32_t sentence)>& wording)
{
    Wording result;
    std::vector<Said> bearing;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const float chance = chance_of(sentences[i].odds);
        if (i < 2)
            bearing.push_back({bearing_id(static_cast<std::uint32_t>(i), class_of(sentences[i].odds)), 1});
        if (i > 0 && chance < least_bearing)
            continue;
        const Wording& said = wording(sentences[i].sentence);
        for (std::size_t g = 0; g < said_groups; ++g)
            add(result[g], said[g], chance);
    }
    std::sort(bearing.begin(), bearing.end(), [](const Said& a, const Said& b) { return a.id < b.id; });
    result[static_cast<std::size_t>(SaidGroup::Bearing)] = std::move(bearing);
    return result;
}

}
