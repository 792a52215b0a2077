#include "core/clauses/drift/worddiff.h"

#include "core/clauses/drift/ascending.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace leeway::clauses {
namespace {

constexpr int most_edits = 400;            // of one run of words, and so the square of the memory it takes
constexpr std::size_t steps_per_word = 64; // of the search for the fewest edits, before it gives up

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>; // words that are the same, in order

class Differ
{
public:
    Differ(const std::vector<WordAt>& before, const std::vector<WordAt>& after)
        : m_before(before),
          m_after(after)
    {
    }

    Pairs run(Span a, Span b)
    {
        compare(a, b, true);
        return std::move(m_same);
    }

private:
    bool same(std::uint32_t i, std::uint32_t j) const { return m_before[i].hash == m_after[j].hash; }

    void compare(Span a, Span b, bool anchors)
    {
        while (a.begin < a.end && b.begin < b.end && same(a.begin, b.begin))
            m_same.emplace_back(a.begin++, b.begin++);
        Pairs tail;
        while (a.begin < a.end && b.begin < b.end && same(a.end - 1, b.end - 1))
            tail.emplace_back(--a.end, --b.end);
        if (a.begin < a.end && b.begin < b.end) {
            if (auto pairs = fewest_edits(a, b))
                m_same.insert(m_same.end(), pairs->begin(), pairs->end());
            else if (anchors)
                between_anchors(a, b);
        }
        m_same.insert(m_same.end(), tail.rbegin(), tail.rend());
    }

    // Myers, "An O(ND) difference algorithm and its variations", 1986; nothing when it takes too many steps.
    std::optional<Pairs> fewest_edits(Span a, Span b) const
    {
        const int n = static_cast<int>(a.end - a.begin);
        const int m = static_cast<int>(b.end - b.begin);
        const int limit = std::min(most_edits, n + m);
        std::size_t steps = steps_per_word * static_cast<std::size_t>(n + m);
        std::vector<std::vector<int>> trace; // furthest x on each diagonal, by number of edits
        std::vector<int> furthest(static_cast<std::size_t>(2 * limit + 3), 0);
        const auto at = [&](int k) -> int& { return furthest[static_cast<std::size_t>(k + limit + 1)]; };
        for (int d = 0; d <= limit; ++d) {
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                int y = x - k;
                const int from = x;
                while (x < n && y < m && same(a.begin + unsigned(x), b.begin + unsigned(y)))
                    ++x, ++y;
                at(k) = x;
                if (x >= n && y >= m) {
                    trace.emplace_back(furthest.begin() + (limit + 1 - d),
                                       furthest.begin() + (limit + 2 + d));
                    return walk_back(a, b, trace);
                }
                const std::size_t cost = 1 + static_cast<std::size_t>(x - from);
                if (steps < cost)
                    return std::nullopt;
                steps -= cost;
            }
            trace.emplace_back(furthest.begin() + (limit + 1 - d), furthest.begin() + (limit + 2 + d));
        }
        return std::nullopt;
    }

    static Pairs walk_back(Span a, Span b, const std::vector<std::vector<int>>& trace)
    {
        Pairs pairs;
        int x = static_cast<int>(a.end - a.begin);
        int y = static_cast<int>(b.end - b.begin);
        for (int d = static_cast<int>(trace.size()) - 1; d > 0; --d) {
            const auto& last = trace[static_cast<std::size_t>(d - 1)]; // diagonals -(d-1)…d-1
            const auto at = [&](int k) {
                const int index = k + d - 1;
                return index < 0 || index >= std::ssize(last) ? -1 : last[static_cast<std::size_t>(index)];
            };
            const int k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int from_x = down ? at(k + 1) : at(k - 1);
            const int start = down ? from_x : from_x + 1; // where this edit's run of equal words begins
            for (; x > start; --x, --y)
                pairs.emplace_back(a.begin + unsigned(x) - 1, b.begin + unsigned(y) - 1);
            x = from_x;
            y = from_x - (down ? k + 1 : k - 1);
        }
        for (; x > 0; --x, --y)
            pairs.emplace_back(a.begin + unsigned(x) - 1, b.begin + unsigned(y) - 1);
        std::reverse(pairs.begin(), pairs.end());
        return pairs;
    }

    // Words that stand once on both sides hold the rest in place.
    void between_anchors(Span a, Span b)
    {
        struct Seen
        {
            std::uint32_t before = 0, after = 0, times_before = 0, times_after = 0;
        };
        std::unordered_map<std::uint64_t, Seen> seen;
        for (std::uint32_t i = a.begin; i < a.end; ++i) {
            Seen& word = seen[m_before[i].hash];
            word.before = i;
            ++word.times_before;
        }
        for (std::uint32_t j = b.begin; j < b.end; ++j) {
            const auto word = seen.find(m_after[j].hash);
            if (word == seen.end())
                continue;
            word->second.after = j;
            ++word->second.times_after;
        }
        Pairs anchors;
        std::vector<std::uint32_t> places;
        for (std::uint32_t i = a.begin; i < a.end; ++i) {
            const Seen& word = seen[m_before[i].hash];
            if (word.times_before != 1 || word.times_after != 1)
                continue;
            anchors.emplace_back(i, word.after);
            places.push_back(word.after);
        }
        for (const std::size_t kept : longest_ascending(places)) {
            const auto [i, j] = anchors[kept];
            if (i < a.begin || j < b.begin)
                continue;
            compare({a.begin, i}, {b.begin, j}, false);
            m_same.emplace_back(i, j);
            a.begin = i + 1;
            b.begin = j + 1;
        }
        if (a.begin < a.end && b.begin < b.end)
            compare(a, b, false);
    }

    const std::vector<WordAt>& m_before;
    const std::vector<WordAt>& m_after;
    Pairs m_same;
};

// Changes with one or two small words between them read as one change.
bool parts_little(const std::vector<WordAt>& words, std::uint32_t begin, std::uint32_t end,
                  std::uint32_t beside)
{
    constexpr std::uint32_t small = 4; // bytes of a word that carries little meaning by itself
    return end - begin <= 2 && beside >= 2 * (end - begin) && end - begin > 0 &&
           std::all_of(words.begin() + begin, words.begin() + end,
                       [](const WordAt& word) { return word.end - word.begin <= small; });
}

}

WordDiff diff_words(const std::vector<WordAt>& before, Span a, const std::vector<WordAt>& after, Span b)
{
    Pairs same = Differ(before, after).run(a, b);
    same.emplace_back(a.end, b.end);
    struct Change
    {
        Span before, after;
    };
    std::vector<Change> changes;
    std::uint32_t i = a.begin;
    std::uint32_t j = b.begin;
    for (const auto& [x, y] : same) {
        if (x > i || y > j) {
            const std::uint32_t size = (x - i) + (y - j);
            Change* last = changes.empty() ? nullptr : &changes.back();
            const auto size_of = [](Span span) { return span.end - span.begin; };
            if (last != nullptr &&
                parts_little(before, last->before.end, i,
                             std::min(size, size_of(last->before) + size_of(last->after)))) {
                last->before.end = x;
                last->after.end = y;
            } else {
                changes.push_back({{i, x}, {j, y}});
            }
        }
        i = x + 1;
        j = y + 1;
    }
    WordDiff result;
    for (const Change& change : changes) {
        if (change.before.begin < change.before.end)
            result.before.push_back(change.before);
        if (change.after.begin < change.after.end)
            result.after.push_back(change.after);
    }
    return result;
}

}
