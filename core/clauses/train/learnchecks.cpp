#include "core/clauses/train/learnchecks.h"

#include "core/clauses/parties.h"
#include "core/clauses/train/learnbearing.h"
#include "core/clauses/train/logistic.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

namespace leeway::clauses::train {
namespace {

constexpr double sure = 0.8;

// The things said in enough texts, each with its index and rarity.
struct Column
{
    std::uint32_t index = 0;
    float rarity = 0;
};
using Columns = std::unordered_map<std::uint32_t, Column>;

Columns columns_of(const std::vector<const CheckExample*>& examples, int seldom)
{
    std::unordered_map<std::uint32_t, int> texts;
    for (const CheckExample* example : examples) {
        for (const auto& group : example->wording) {
            for (const Said& said : group)
                ++texts[said.id];
        }
    }
    std::vector<std::uint32_t> ids;
    for (const auto& [id, count] : texts) {
        if (count >= seldom)
            ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end());
    Columns columns;
    for (std::uint32_t i = 0; i < ids.size(); ++i) {
        const double share = (1.0 + static_cast<double>(examples.size())) / (1.0 + texts[ids[i]]);
        columns.emplace(ids[i], Column{i, static_cast<float>(std::log(share) + 1)});
    }
    return columns;
}

Row row_of(const CheckExample& example, const Columns& columns, const CheckLearning& learning)
{
    Row row;
    row.label = static_cast<std::size_t>(example.verdict);
    for (std::size_t g = 0; g < said_groups; ++g) {
        const std::size_t first = row.values.size();
        float square = 0;
        for (const Said& said : example.wording[g]) {
            const auto column = columns.find(said.id);
            if (column == columns.end())
                continue;
            const float much = said.much * column->second.rarity;
            square += much * much;
            row.values.emplace_back(column->second.index, much);
        }
        for (std::size_t i = first; i < row.values.size(); ++i)
            row.values[i].second *= learning.shares[g] / std::sqrt(square);
    }
    row.values.emplace_back(static_cast<std::uint32_t>(columns.size()), 1.0F);
    return row;
}

void keep_weightiest(std::vector<WeighedThing>& things, std::size_t most)
{
    if (things.size() <= most)
        return;
    const auto weighs = [](const WeighedThing& thing) {
        float largest = 0;
        for (const float w : thing.weights)
            largest = std::max(largest, std::abs(w));
        return largest * thing.rarity;
    };
    std::stable_sort(things.begin(), things.end(),
                     [&](const WeighedThing& a, const WeighedThing& b) { return weighs(a) > weighs(b); });
    things.resize(most);
    std::sort(things.begin(), things.end(),
              [](const WeighedThing& a, const WeighedThing& b) { return a.id < b.id; });
}

std::vector<std::string> sentence_texts(const document::Document& document)
{
    std::vector<std::string> result;
    for (const auto& sentence : document.sentences)
        result.emplace_back(document.slice(sentence.begin, sentence.end));
    return result;
}

std::shared_ptr<const SentencesSaid> sentences_said(const Reading& reading, const Lexicon& lexicon)
{
    auto said = std::make_shared<SentencesSaid>();
    Sayings sayings(reading, lexicon);
    for (std::uint32_t s = 0; s < reading.sentences.size(); ++s) {
        said->wordings.push_back(sayings.of({s, s + 1}));
        const auto ids = sayings.gist(s);
        said->gists.emplace_back(ids.begin(), ids.end());
    }
    return said;
}

using Examples = std::vector<const CheckExample*>;

Examples of_check(const Examples& examples, std::size_t check)
{
    Examples own;
    std::copy_if(examples.begin(), examples.end(), std::back_inserter(own),
                 [&](const CheckExample* example) { return example->check == check; });
    return own;
}

std::vector<std::uint32_t> gist_of(const SentencesSaid& said)
{
    std::vector<std::uint32_t> ids;
    for (const auto& gist : said.gists)
        ids.insert(ids.end(), gist.begin(), gist.end());
    return each_once(std::move(ids));
}

// Whether a reviewer weighs the text as a whole: it is neither too short nor on so many subjects that it is a
// contract in short.
bool is_passage(const CheckExample& example, const std::vector<float>& subjects)
{
    const auto on =
        std::count_if(subjects.begin(), subjects.end(), [](float odds) { return on_subject(odds, false); });
    return example.sentences->wordings.size() >= shortest_passage &&
           static_cast<std::size_t>(on) <= most_subjects;
}

// Judges what one part of the texts is by what the other taught.
void judge_fold(const Examples& learned, const Examples& asked, const Pack& pack,
                const CheckLearning& learning, std::vector<CheckJudge>& judges)
{
    const BearingWeights subjects = learn_subjects(learned, pack);
    std::vector<float> odds(pack.checks.size());
    for (std::size_t c = 0; c < pack.checks.size(); ++c) {
        const Examples own = of_check(learned, c);
        const Examples other = of_check(asked, c);
        if (own.empty() || other.empty())
            continue;
        const CheckWeights weights = learn_check(own, learning);
        for (const CheckExample* example : other) {
            subjects.score(gist_of(*example->sentences), odds);
            judges[c].judge(*example, weights,
                            is_passage(*example, odds) && on_subject(odds[c], example->fires));
        }
    }
}

}

BearingWeights learn_subjects(const std::vector<const CheckExample*>& examples, const Pack& pack)
{
    std::vector<SubjectText> texts;
    std::map<const SentencesSaid*, std::size_t> places;
    for (const CheckExample* example : examples) {
        if (example->whole)
            continue;
        const auto [at, fresh] = places.emplace(example->sentences.get(), texts.size());
        if (fresh)
            texts.push_back({gist_of(*example->sentences), {}});
        texts[at->second].answers.emplace_back(example->check, example->verdict != Verdict::Missing);
    }
    return learn_subjects(texts, check_ids(pack));
}

std::vector<std::string> check_ids(const Pack& pack)
{
    std::vector<std::string> ids;
    for (const Check& check : pack.checks)
        ids.push_back(check.id);
    return ids;
}

double CheckJudge::temperature() const
{
    if (m_judged.empty())
        return 1;
    const bool hazard = m_check.polarity == Polarity::Hazard;
    double best = 1, least = 1e300;
    for (int tenth = 4; tenth <= 40; ++tenth) {
        const double t = tenth / 10.0;
        double loss = 0;
        for (const Judged& judged : m_judged) {
            double sum = 0;
            for (std::size_t v = 0; v < 4; ++v) {
                if (!hazard || static_cast<Verdict>(v) != Verdict::Missing)
                    sum += std::exp((judged.scores[v] - judged.scores[judged.verdict]) / t);
            }
            loss += std::log(sum);
        }
        if (loss < least) {
            least = loss;
            best = t;
        }
    }
    return best;
}

void count(const CheckExample& example, Verdict said, double confidence, CheckFigures& figures)
{
    ++figures.texts;
    figures.by_rules += example.by_rules == example.verdict ? 1 : 0;
    figures.sure += confidence >= sure ? 1 : 0;
    figures.sure_right += confidence >= sure && said == example.verdict ? 1 : 0;
    figures.right += said == example.verdict ? 1 : 0;
    if (example.verdict == Verdict::Adverse) {
        ++figures.adverse;
        figures.danger += said == Verdict::Met || said == Verdict::Missing ? 1 : 0;
    }
}

void CheckJudge::judge(const CheckExample& example, const CheckWeights& weights, bool weighed)
{
    if (!weighed || weights.empty()) {
        count(example, example.by_rules, 0, m_figures);
        return;
    }
    const VerdictScores found = chances(weights, example.wording, m_check.polarity);
    const Verdict said = choose(found);
    count(example, said, found[static_cast<std::size_t>(said)], m_figures);
    Judged judged{weights.scores(example.wording), static_cast<std::size_t>(example.verdict)};
    for (std::size_t v = 0; v < 4; ++v)
        judged.scores[v] += weights.bias[v];
    m_judged.push_back(judged);
}

CheckFigures CheckJudge::figures() const
{
    CheckFigures result = m_figures;
    result.temperature = temperature();
    return result;
}

base::Result<std::vector<CheckExample>> check_examples(const std::vector<CheckText>& texts, const Pack& pack,
                                                       const ReadText& read)
{
    std::vector<CheckExample> result;
    const CheckText* last = nullptr; // a contract's labels follow one another: it is read once
    Reading reading;
    bool whole = false;
    Wording wording;
    std::vector<std::string> sentences;
    std::shared_ptr<const SentencesSaid> said;
    for (const CheckText& text : texts) {
        const Check* check = pack.find(text.check);
        if (check == nullptr)
            continue;
        if (last == nullptr || last->format != text.format || last->text != text.text) {
            const auto document = read(text);
            if (!document)
                return base::fail(document.error().code,
                                  fmt::format("{}: {}", text.name, document.error().message));
            last = &text;
            auto tokens = tokenize(*document);
            mark_parties(tokens);
            reading = clauses::read(*document, pack.rules->lexicon, std::move(tokens));
            const auto count = static_cast<std::uint32_t>(reading.sentences.size());
            whole = count > longest_passage || reading.tokens.tokens.size() > longest_passage_words;
            wording = whole ? Wording{} : Sayings(reading, pack.rules->lexicon).of({0, count});
            sentences = sentence_texts(*document);
            said = sentences_said(reading, pack.rules->lexicon);
        }
        CheckExample example;
        example.check = static_cast<std::size_t>(check - pack.checks.data());
        const CheckRules& rules = pack.rules->checks[example.check];
        const auto matches = match_signals(reading, rules);
        const Ruling ruling = rule(rules, matches);
        example.by_rules = ruling.resolution->verdict;
        example.resolution = static_cast<std::uint32_t>(ruling.resolution - rules.resolutions.data());
        example.verdict = text.verdict;
        example.author = text.author;
        example.name = text.name;
        example.whole = whole;
        example.fires = any_fires(matches);
        example.wording = wording;
        example.wording[static_cast<std::size_t>(SaidGroup::Rules)] = rules_said(rules, matches, ruling);
        example.sentences = said;
        example.bears = sentences_in(sentences, text.deciding);
        result.push_back(std::move(example));
    }
    return result;
}

CheckWeights learn_check(const std::vector<const CheckExample*>& all, const CheckLearning& learning)
{
    std::vector<const CheckExample*> examples;
    std::copy_if(all.begin(), all.end(), std::back_inserter(examples),
                 [](const CheckExample* example) { return !example->whole; });
    if (examples.empty())
        return {};
    const Columns columns = columns_of(examples, learning.seldom);
    std::vector<Row> rows;
    for (const CheckExample* example : examples)
        rows.push_back(row_of(*example, columns, learning));
    const RowWeights weights = fit(rows, columns.size() + 1, learning.strength, learning.rounds);
    CheckWeights result;
    result.shares = learning.shares;
    for (std::size_t v = 0; v < 4; ++v)
        result.bias[v] = static_cast<double>(weights.back()[v]);
    result.things.resize(columns.size());
    for (const auto& [id, column] : columns)
        result.things[column.index] = {id, column.rarity, weights[column.index]};
    keep_weightiest(result.things, learning.most);
    return result;
}

std::vector<CheckFigures>
cross_validate_checks(const std::vector<CheckExample>& examples, const Pack& pack,
                      const CheckLearning& learning,
                      const std::function<bool(const std::string& author)>& measured)
{
    std::set<std::string> names;
    for (const CheckExample& example : examples) {
        if (!example.whole && measured(example.author))
            names.insert(example.author);
    }
    const std::vector<std::string> authors(names.begin(), names.end());
    constexpr std::size_t parts = 5; // of one author's texts
    const std::size_t folds = authors.size() > 1 ? authors.size() : parts;
    const auto held = [&](std::size_t index, std::size_t fold) {
        const std::string& author = examples[index].author;
        if (names.count(author) == 0)
            return false;
        return authors.size() > 1 ? authors[fold] == author : index % parts == fold;
    };
    std::vector<CheckJudge> judges(pack.checks.begin(), pack.checks.end());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<const CheckExample*> learned, asked;
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (!examples[i].whole)
                (held(i, fold) ? asked : learned).push_back(&examples[i]);
        }
        if (!asked.empty() && !learned.empty())
            judge_fold(learned, asked, pack, learning, judges);
    }
    std::vector<CheckFigures> result;
    for (const CheckJudge& judge : judges)
        result.push_back(judge.figures());
    return result;
}

}
