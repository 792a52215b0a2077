#include "core/clauses/drift/pairing.h"

#include "core/clauses/drift/ascending.h"
#include "core/clauses/drift/similarity.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace leeway::clauses {
namespace {

constexpr std::size_t most_sharing = 8;    // blocks that share a run of words before it says nothing
constexpr std::size_t most_candidates = 4; // of one block by shared runs
constexpr std::uint32_t small_gap = 8;     // blocks of each side up to which all are compared with all
constexpr std::uint32_t reach = 2;         // places to either side in larger gaps
constexpr double least_similar = 0.4;
constexpr double place_bonus = 0.15;
constexpr std::uint32_t most_times_longer = 12; // a longer clause than that is another one

struct Candidate
{
    double similarity = 0;
    std::uint32_t before = 0;
    std::uint32_t after = 0;
};

class Pairer
{
public:
    Pairer(const Worded& before, const Worded& after) : m_before(before), m_after(after)
    {
        m_pairs.before.assign(before.blocks.size(), Pairing::none);
        m_pairs.after.assign(after.blocks.size(), Pairing::none);
    }

    Pairing run()
    {
        pair_equal();
        mark_in_place();
        by_shared_runs();
        by_place();
        take_best();
        mark_in_place();
        return std::move(m_pairs);
    }

private:
    [[nodiscard]] bool free(std::uint32_t i, std::uint32_t j) const
    {
        return m_pairs.before[i] == Pairing::none && m_pairs.after[j] == Pairing::none;
    }

    // Joins blocks of the same words at both places when neither has a partner.
    bool join_equal(std::uint32_t i, std::uint32_t j)
    {
        if (m_before.blocks[i].hash != m_after.blocks[j].hash || m_before.blocks[i].size() == 0 ||
            !free(i, j))
            return false;
        m_pairs.join(i, j);
        return true;
    }

    void pair_equal()
    {
        std::unordered_map<std::uint64_t, std::array<std::vector<std::uint32_t>, 2>> places;
        for (std::uint32_t i = 0; i < m_before.blocks.size(); ++i)
            places[m_before.blocks[i].hash][0].push_back(i);
        for (std::uint32_t j = 0; j < m_after.blocks.size(); ++j)
            places[m_after.blocks[j].hash][1].push_back(j);
        // Words that stand once in each version; then the same words beside them; then what is left in order.
        for (const auto& [hash, sides] : places) {
            if (sides[0].size() == 1 && sides[1].size() == 1)
                join_equal(sides[0][0], sides[1][0]);
        }
        for (std::uint32_t i = 0; i + 1 < m_before.blocks.size(); ++i) {
            const std::int32_t j = m_pairs.before[i];
            if (j != Pairing::none && static_cast<std::size_t>(j) + 1 < m_after.blocks.size())
                join_equal(i + 1, static_cast<std::uint32_t>(j) + 1);
        }
        for (std::uint32_t i = static_cast<std::uint32_t>(m_before.blocks.size()); i-- > 1;) {
            const std::int32_t j = m_pairs.before[i];
            if (j > 0)
                join_equal(i - 1, static_cast<std::uint32_t>(j) - 1);
        }
        for (auto& [hash, sides] : places) {
            const auto paired_before = [&](std::uint32_t i) { return m_pairs.before[i] != Pairing::none; };
            const auto paired_after = [&](std::uint32_t j) { return m_pairs.after[j] != Pairing::none; };
            std::erase_if(sides[0], paired_before);
            std::erase_if(sides[1], paired_after);
            for (std::size_t k = 0; k < std::min(sides[0].size(), sides[1].size()); ++k)
                join_equal(sides[0][k], sides[1][k]);
        }
    }

    void mark_in_place()
    {
        std::vector<std::uint32_t> places;
        std::vector<std::uint32_t> blocks;
        for (std::uint32_t j = 0; j < m_pairs.after.size(); ++j) {
            if (m_pairs.after[j] == Pairing::none)
                continue;
            places.push_back(static_cast<std::uint32_t>(m_pairs.after[j]));
            blocks.push_back(j);
        }
        m_pairs.in_place.assign(m_after.blocks.size(), false);
        for (const std::size_t kept : longest_ascending(places))
            m_pairs.in_place[blocks[kept]] = true;
    }

    // `bonus` is for standing between the same neighbours.
    void offer(std::uint32_t i, std::uint32_t j, double bonus)
    {
        const auto [shorter, longer] = std::minmax({m_before.blocks[i].size(), m_after.blocks[j].size()});
        if (longer / most_times_longer > shorter)
            return;
        const double similarity =
            similarity_of(m_before.words, m_before.blocks[i].words, m_after.words, m_after.blocks[j].words);
        if (similarity >= least_similar)
            m_candidates.push_back({similarity + bonus, i, j});
    }

    void by_shared_runs()
    {
        std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> sharing;
        for (std::uint32_t i = 0; i < m_before.blocks.size(); ++i) {
            if (m_pairs.before[i] != Pairing::none)
                continue;
            for (const std::uint64_t run : sketch(m_before.words, m_before.blocks[i].words)) {
                auto& blocks = sharing[run];
                if (blocks.size() <= most_sharing)
                    blocks.push_back(i);
            }
        }
        std::unordered_map<std::uint32_t, std::uint32_t> votes;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> ranked;
        for (std::uint32_t j = 0; j < m_after.blocks.size(); ++j) {
            if (m_pairs.after[j] != Pairing::none)
                continue;
            votes.clear();
            for (const std::uint64_t run : sketch(m_after.words, m_after.blocks[j].words)) {
                const auto found = sharing.find(run);
                if (found == sharing.end() || found->second.size() > most_sharing)
                    continue;
                for (const std::uint32_t i : found->second)
                    ++votes[i];
            }
            ranked.assign(votes.begin(), votes.end());
            std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
                return a.second != b.second ? a.second > b.second : a.first < b.first;
            });
            for (std::size_t k = 0; k < std::min(most_candidates, ranked.size()); ++k)
                offer(ranked[k].first, j, 0);
        }
    }

    // What stands between the same neighbours in both versions is likely to be the same clause.
    void by_place()
    {
        std::uint32_t i = 0;
        std::uint32_t j = 0;
        for (std::uint32_t next = 0; next <= m_after.blocks.size(); ++next) {
            const bool last = next == m_after.blocks.size();
            if (!last && !m_pairs.in_place[next])
                continue;
            const auto end = last ? static_cast<std::uint32_t>(m_before.blocks.size())
                                  : static_cast<std::uint32_t>(m_pairs.after[next]);
            between(i, end, j, next);
            i = end + 1;
            j = next + 1;
        }
    }

    void between(std::uint32_t i, std::uint32_t i_end, std::uint32_t j, std::uint32_t j_end)
    {
        std::vector<std::uint32_t> left;
        std::vector<std::uint32_t> right;
        for (; i < i_end; ++i) {
            if (m_pairs.before[i] == Pairing::none)
                left.push_back(i);
        }
        for (; j < j_end; ++j) {
            if (m_pairs.after[j] == Pairing::none)
                right.push_back(j);
        }
        if (left.empty() || right.empty())
            return;
        const bool small = left.size() <= small_gap && right.size() <= small_gap;
        for (std::size_t k = 0; k < left.size(); ++k) {
            const std::size_t opposite = k * right.size() / left.size();
            const std::size_t begin = small || opposite < reach ? 0 : opposite - reach;
            const std::size_t end = small ? right.size() : std::min(right.size(), opposite + reach + 1);
            for (std::size_t r = begin; r < end; ++r)
                offer(left[k], right[r], place_bonus);
        }
    }

    void take_best()
    {
        const auto shift = [](const Candidate& c) {
            return c.before > c.after ? c.before - c.after : c.after - c.before;
        };
        std::sort(m_candidates.begin(), m_candidates.end(), [&](const Candidate& a, const Candidate& b) {
            if (a.similarity != b.similarity)
                return a.similarity > b.similarity;
            if (shift(a) != shift(b))
                return shift(a) < shift(b);
            return a.after != b.after ? a.after < b.after : a.before < b.before;
        });
        for (const Candidate& candidate : m_candidates) {
            if (free(candidate.before, candidate.after))
                m_pairs.join(candidate.before, candidate.after);
        }
    }

    const Worded& m_before;
    const Worded& m_after;
    Pairing m_pairs;
    std::vector<Candidate> m_candidates;
};

}

Pairing pair_blocks(const Worded& before, const Worded& after)
{
    return Pairer(before, after).run();
}

}
