#include "core/fallback/overlap.h"

#include "core/fallback/jstext.h"
#include "core/fallback/treebank.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace leeway::fallback {
namespace {

using Words = std::vector<std::string>;
using Counts = std::unordered_map<std::string, std::size_t>;

Counts runs(const Words& words, std::size_t n)
{
    Counts counts;
    for (std::size_t i = 0; i + n <= words.size(); ++i) {
        std::string run = words[i];
        for (std::size_t k = 1; k < n; ++k)
            run += " " + words[i + k];
        ++counts[run];
    }
    return counts;
}

std::size_t number_of_runs(const Words& words, std::size_t n)
{
    return words.size() < n ? 0 : words.size() - n + 1;
}

std::size_t shared(const Counts& a, const Counts& b)
{
    std::size_t count = 0;
    for (const auto& [run, times] : a) {
        const auto other = b.find(run);
        count += other == b.end() ? 0 : std::min(times, other->second);
    }
    return count;
}

double ratio(std::size_t part, std::size_t whole)
{
    return static_cast<double>(part) / static_cast<double>(whole);
}

Words folded_words(std::string_view text)
{
    return js_split_blanks(js_trimmed(lowered_unicode(text)));
}

void drop_stops(std::string& word)
{
    word.resize(word.find_last_not_of('.') + 1);
}

Words words_without_stops(std::string_view text)
{
    Words words = folded_words(text);
    std::for_each(words.begin(), words.end(), drop_stops);
    const bool any = std::any_of(words.begin(), words.end(), [](const auto& word) { return !word.empty(); });
    return any ? words : Words{};
}

double gleu_of(const Words& answer, const Words& reference)
{
    if (answer == reference)
        return 1;
    std::size_t matches = 0;
    std::size_t in_answer = 0;
    std::size_t in_reference = 0;
    for (std::size_t n = 1; n <= 4; ++n) {
        matches += shared(runs(answer, n), runs(reference, n));
        in_answer += number_of_runs(answer, n);
        in_reference += number_of_runs(reference, n);
    }
    if (in_answer == 0 || in_reference == 0)
        return 0;
    return std::min(ratio(matches, in_answer), ratio(matches, in_reference));
}

struct Match
{
    std::size_t in_answer;
    std::size_t in_reference;
};

// A word of a text that is still without a partner.
struct Open
{
    std::size_t place;
    std::string word;
};

// Pairs equal words, the last with the last, and takes them out of both lists.
void pair_up(std::vector<Open>& first, std::vector<Open>& second,
             std::vector<std::pair<std::size_t, std::size_t>>& pairs)
{
    std::unordered_map<std::string, std::vector<std::size_t>> places; // in `second`, ascending
    for (std::size_t j = 0; j < second.size(); ++j)
        places[second[j].word].push_back(j);
    std::vector<bool> used_first(first.size());
    std::vector<bool> used_second(second.size());
    for (std::size_t i = first.size(); i-- > 0;) {
        const auto found = places.find(first[i].word);
        if (found == places.end() || found->second.empty())
            continue;
        const std::size_t j = found->second.back();
        found->second.pop_back();
        pairs.emplace_back(first[i].place, second[j].place);
        used_first[i] = true;
        used_second[j] = true;
    }
    const auto keep = [](std::vector<Open>& list, const std::vector<bool>& used) {
        std::vector<Open> rest;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!used[i])
                rest.push_back(std::move(list[i]));
        }
        list = std::move(rest);
    };
    keep(first, used_first);
    keep(second, used_second);
}

std::vector<Open> numbered(const Words& words)
{
    std::vector<Open> list;
    for (const std::string& word : words)
        list.push_back({list.size(), lowered_unicode(word)});
    return list;
}

double meteor_of(const Words& reference, const Words& answer, const MeteorWeights& weights)
{
    std::vector<Open> open_reference = numbered(reference);
    std::vector<Open> open_answer = numbered(answer);
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    pair_up(open_answer, open_reference, pairs);
    for (std::vector<Open>* list : {&open_reference, &open_answer}) {
        for (Open& open : *list)
            open.word = porter_stem(open.word);
    }
    pair_up(open_answer, open_reference, pairs);
    if (pairs.empty())
        return 0;
    std::sort(pairs.begin(), pairs.end());
    const double precision = ratio(pairs.size(), answer.size());
    const double recall = ratio(pairs.size(), reference.size());
    const double mean = precision * recall / (weights.alpha * precision + (1 - weights.alpha) * recall);
    std::size_t chunks = 1;
    for (std::size_t i = 1; i < pairs.size(); ++i)
        chunks +=
            pairs[i].first != pairs[i - 1].first + 1 || pairs[i].second != pairs[i - 1].second + 1 ? 1 : 0;
    return (1 - weights.gamma * std::pow(ratio(chunks, pairs.size()), weights.beta)) * mean;
}

Words meteor_words(std::string_view text)
{
    Words words = js_split_blanks(text);
    std::for_each(words.begin(), words.end(), drop_stops);
    return words;
}

}

double rouge_1(std::string_view answer, std::string_view reference)
{
    const Words ours = treebank_words(lowered_unicode(answer));
    const Words theirs = treebank_words(lowered_unicode(reference));
    if (ours.empty() || theirs.empty())
        return 0;
    const std::size_t common = shared(runs(ours, 1), runs(theirs, 1));
    if (common == 0)
        return 0;
    const double precision = ratio(common, ours.size());
    const double recall = ratio(common, theirs.size());
    return precision == recall ? precision : 2 * precision * recall / (precision + recall);
}

double bleu(std::string_view answer, const std::vector<std::string>& references)
{
    std::vector<Words> theirs;
    for (const std::string& reference : references) {
        if (!js_trimmed(reference).empty())
            theirs.push_back(folded_words(reference));
    }
    if (theirs.empty() || js_trimmed(answer).empty())
        return 0;
    const Words ours = folded_words(answer);
    const auto gap = [&](const Words& words) {
        return words.size() > ours.size() ? words.size() - ours.size() : ours.size() - words.size();
    };
    const Words& nearest =
        *std::min_element(theirs.begin(), theirs.end(), [&](const Words& a, const Words& b) {
            return std::pair(gap(a), a.size()) < std::pair(gap(b), b.size());
        });
    const std::size_t lengths = std::min<std::size_t>(4, ours.size());
    double sum = 0;
    for (std::size_t n = 1; n <= lengths; ++n) {
        const Counts counts = runs(ours, n);
        std::size_t best = 0;
        for (const Words& reference : theirs)
            best = std::max(best, shared(counts, runs(reference, n)));
        const double precision = ratio(best, number_of_runs(ours, n));
        sum += std::log(precision == 0 ? 1e-7 : precision) / static_cast<double>(lengths);
    }
    const double penalty =
        ours.size() > nearest.size() ? 1 : std::exp(1 - ratio(nearest.size(), ours.size()));
    return penalty * std::exp(sum);
}

double gleu(std::string_view answer, const std::vector<std::string>& references)
{
    const Words ours = words_without_stops(answer);
    double best = 0;
    if (ours.empty())
        return best;
    for (const std::string& reference : references)
        best = std::max(best, gleu_of(ours, words_without_stops(reference)));
    return best;
}

double meteor(std::string_view answer, const std::vector<std::string>& references,
              const MeteorWeights& weights)
{
    const Words ours = meteor_words(answer);
    double best = 0;
    for (const std::string& reference : references)
        best = std::max(best, meteor_of(meteor_words(reference), ours, weights));
    return best;
}

}
