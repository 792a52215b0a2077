#include "core/clauses/train/learnbearing.h"

#include "core/clauses/train/labelled.h"
#include "core/clauses/train/logistic.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace leeway::clauses::train {
namespace {

constexpr double sentence_strength = 20;
constexpr double text_strength = 500; // a text says many things, each of which then weighs less
constexpr int sentence_rounds = 50;
constexpr int text_rounds = 400;
constexpr int seldom = 3;                         // things said in fewer sentences are left out
constexpr std::size_t most_of_sentences = 40'000; // things that are kept, those that weigh most
constexpr std::size_t most_of_texts = 12'000;
constexpr std::size_t long_text = 20;     // sentences; of longer ones,
constexpr std::size_t one_in = 4;         // one in so many that do not decide is enough
constexpr std::size_t strangers = 5000;   // sentences of texts that are not labelled for the check
constexpr std::size_t shortest_part = 20; // letters of a sentence that can decide
constexpr int largest = 127;

using Columns = std::unordered_map<std::uint32_t, std::uint32_t>;

// The things that enough of the gists have, each with its column.
class Known
{
public:
    void add(std::vector<std::uint32_t> gist)
    {
        for (const std::uint32_t id : each_once(std::move(gist)))
            ++m_gists[id];
    }

    void settle()
    {
        for (const auto& [id, count] : m_gists) {
            if (count >= seldom)
                ids.push_back(id);
        }
        std::sort(ids.begin(), ids.end());
        for (std::uint32_t i = 0; i < ids.size(); ++i)
            columns.emplace(ids[i], i);
    }

    std::vector<std::uint32_t> ids;
    Columns columns;

private:
    std::unordered_map<std::uint32_t, int> m_gists;
};

Row row_of(const std::vector<std::uint32_t>& gist, const Columns& columns)
{
    Row row;
    for (const std::uint32_t id : gist) {
        if (const auto column = columns.find(id); column != columns.end())
            row.values.emplace_back(column->second, 1.0F);
    }
    const float scale = 1.0F / std::sqrt(static_cast<float>(std::max<std::size_t>(1, row.values.size())));
    for (auto& [column, value] : row.values)
        value = scale;
    row.values.emplace_back(static_cast<std::uint32_t>(columns.size()), 1.0F);
    return row;
}

const std::vector<bool>* marks_of(const MarkedText& text, std::size_t check)
{
    const auto found = std::find_if(text.marks.begin(), text.marks.end(),
                                    [&](const auto& marks) { return marks.first == check; });
    return found == text.marks.end() ? nullptr : &found->second;
}

// The rows of a check: class 1 where a sentence decides.
std::vector<Row> rows_for(std::size_t check, const std::vector<const MarkedText*>& texts,
                          const std::vector<std::vector<Row>>& rows)
{
    std::vector<Row> result;
    std::vector<const Row*> others;
    for (std::size_t t = 0; t < texts.size(); ++t) {
        const auto* marks = marks_of(*texts[t], check);
        for (std::size_t s = 0; s < rows[t].size(); ++s) {
            if (marks == nullptr) {
                others.push_back(&rows[t][s]);
                continue;
            }
            if (!(*marks)[s] && rows[t].size() > long_text && (s + check) % one_in != 0)
                continue;
            result.push_back(rows[t][s]);
            result.back().label = (*marks)[s] ? 1 : 0;
        }
    }
    const std::size_t step = std::max<std::size_t>(1, others.size() / strangers);
    for (std::size_t i = check % step; i < others.size(); i += step)
        result.push_back(*others[i]);
    return result;
}

// The log odds that a sentence decides, of each thing and of none.
std::vector<float> odds_of(const std::vector<Row>& rows, std::size_t features, double strength, int rounds)
{
    const RowWeights weights = fit(rows, features, strength, rounds);
    std::vector<float> odds;
    odds.reserve(features);
    for (const auto& w : weights)
        odds.push_back(w[1] - w[0]);
    return odds;
}

std::vector<std::size_t> weightiest(const std::vector<std::vector<float>>& odds, std::size_t count,
                                    std::size_t most)
{
    std::vector<float> weight(count);
    for (const auto& of_check : odds) {
        for (std::size_t i = 0; i < count; ++i)
            weight[i] = std::max(weight[i], std::abs(of_check[i]));
    }
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
    order.resize(std::min(count, most));
    std::sort(order.begin(), order.end());
    return order;
}

// The rows of a check: class 1 where a text answers it. Texts that were labelled as silent on it teach
// nothing: they are written to look as if they spoke of it.
std::vector<Row> rows_on(std::size_t check, const std::vector<SubjectText>& texts,
                         const std::vector<Row>& rows)
{
    std::vector<Row> result;
    std::vector<const Row*> others;
    for (std::size_t t = 0; t < texts.size(); ++t) {
        const auto& answers = texts[t].answers;
        const auto own = std::find_if(answers.begin(), answers.end(),
                                      [&](const auto& answer) { return answer.first == check; });
        if (own == answers.end()) {
            others.push_back(&rows[t]);
        } else if (own->second) {
            result.push_back(rows[t]);
            result.back().label = 1;
        }
    }
    const std::size_t step = std::max<std::size_t>(1, others.size() / strangers);
    for (std::size_t i = check % step; i < others.size(); i += step)
        result.push_back(*others[i]);
    return result;
}

// The weights of a file: the weightiest things, in small steps. The last of each check's odds is its bias.
BearingWeights packed(const std::vector<std::vector<float>>& odds, const std::vector<std::uint32_t>& ids,
                      std::vector<std::string> checks, std::size_t most)
{
    const std::vector<std::size_t> kept = weightiest(odds, ids.size(), most);
    BearingWeights result;
    for (const auto& of_check : odds) {
        float top = 0;
        for (const std::size_t i : kept)
            top = std::max(top, std::abs(of_check[i]));
        result.steps.push_back(top > 0 ? top / largest : 1.0F);
        result.bias.push_back(of_check.back());
    }
    result.checks = std::move(checks);
    for (const std::size_t i : kept) {
        result.ids.push_back(ids[i]);
        for (std::size_t c = 0; c < odds.size(); ++c)
            result.weights.push_back(static_cast<std::int8_t>(std::lround(odds[c][i] / result.steps[c])));
        result.weights.resize(result.ids.size() * result.row_size(), 0);
    }
    result.index();
    return result;
}

}

std::vector<bool> sentences_in(const std::vector<std::string>& sentences,
                               const std::vector<std::string>& passages)
{
    std::vector<bool> result;
    for (const std::string& sentence : sentences) {
        result.push_back(squashed(sentence).size() >= shortest_part &&
                         std::any_of(passages.begin(), passages.end(),
                                     [&](const std::string& passage) { return overlap(sentence, passage); }));
    }
    return result;
}

BearingWeights learn_bearing(const std::vector<const MarkedText*>& texts, std::vector<std::string> checks)
{
    Known known;
    for (const MarkedText* text : texts) {
        for (const auto& gist : text->gists)
            known.add(gist);
    }
    known.settle();
    std::vector<std::vector<Row>> rows;
    for (const MarkedText* text : texts) {
        rows.emplace_back();
        for (const auto& gist : text->gists)
            rows.back().push_back(row_of(gist, known.columns));
    }
    std::vector<std::vector<float>> odds;
    for (std::size_t c = 0; c < checks.size(); ++c)
        odds.push_back(
            odds_of(rows_for(c, texts, rows), known.ids.size() + 1, sentence_strength, sentence_rounds));
    return packed(odds, known.ids, std::move(checks), most_of_sentences);
}

BearingWeights learn_subjects(const std::vector<SubjectText>& texts, std::vector<std::string> checks)
{
    Known known;
    for (const SubjectText& text : texts)
        known.add(text.gist);
    known.settle();
    std::vector<Row> rows;
    for (const SubjectText& text : texts)
        rows.push_back(row_of(text.gist, known.columns));
    std::vector<std::vector<float>> odds;
    for (std::size_t c = 0; c < checks.size(); ++c)
        odds.push_back(odds_of(rows_on(c, texts, rows), known.ids.size() + 1, text_strength, text_rounds));
    return packed(odds, known.ids, std::move(checks), most_of_texts);
}

}
