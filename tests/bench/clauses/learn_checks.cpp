// learn_checks WEIGHTS.json CONFIDENCE.json [--cross-validate] DOCS LABELS [DOCS LABELS …]: learns, for every
// check of the bundled pack, what the features of short labelled texts say for the verdicts (multinomial
// logistic regression with AdaGrad, seeded), and writes the pack's weights file; texts longer than a passage
// only count for CONFIDENCE.json, which says for every resolution of a check how often its verdict was right.
// With --cross-validate it also prints the accuracy in five folds that keep the texts of one author together
// (an author is what stands before the first "--" of a file's name where three parts follow).

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/clauses/parties.h"
#include "core/clauses/passage.h"
#include "reader.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <pcg_random.hpp>
#include <set>

using namespace leeway;

namespace {

constexpr double smallest_weight = 0.1; // weaker features are left out of the file

struct Example
{
    std::vector<clauses::Feature> features;
    std::size_t verdict = 0;
    std::string author;
    std::size_t by_rules = 0;
    clauses::VerdictScores prior{};
    bool certain = false; // the rules' verdict stands, whatever the weights say
};

std::string author_of(const std::string& stem)
{
    const auto first = stem.find("--");
    const auto second = first == std::string::npos ? first : stem.find("--", first + 2);
    const bool named = second != std::string::npos && stem.find("--", second + 2) != std::string::npos;
    return named ? stem.substr(0, first) : "";
}

clauses::FeatureWeights train(const std::vector<const Example*>& examples)
{
    constexpr int epochs = 30;
    constexpr double rate = 0.3, decay = 0.02;
    clauses::FeatureWeights weights, squares;
    std::vector<const Example*> order = examples;
    pcg32 random(20250);
    for (int epoch = 0; epoch < epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[random(static_cast<std::uint32_t>(i))]);
        for (const Example* example : order) {
            clauses::VerdictScores scores = example->prior;
            clauses::add_scores(scores, example->features, weights);
            const auto chances = clauses::softmax(scores);
            for (const auto feature : example->features) {
                auto& w = weights[feature];
                auto& g2 = squares[feature];
                for (std::size_t v = 0; v < 4; ++v) {
                    const double gradient = chances[v] - (v == example->verdict ? 1 : 0) + decay * w[v];
                    g2[v] += gradient * gradient;
                    w[v] -= rate * gradient / std::sqrt(g2[v] + 1e-8);
                }
            }
        }
    }
    std::erase_if(weights, [](const auto& entry) {
        return std::none_of(entry.second.begin(), entry.second.end(),
                            [](double w) { return std::abs(w) >= smallest_weight; });
    });
    return weights;
}

// What cross-validation found over all checks.
struct Tally
{
    int right = 0, by_rules = 0, all = 0, adverse = 0, danger = 0;
    std::vector<std::pair<clauses::VerdictScores, std::size_t>> judged; // scores and the labelled verdict
};

// The divisor of all scores that makes the chances most honest on texts that were held out.
double temperature(const Tally& tally)
{
    double best = 1, least = 1e300;
    for (double t = 1; t <= 6; t += 0.1) {
        double loss = 0;
        for (const auto& [scores, verdict] : tally.judged) {
            clauses::VerdictScores cooled = scores;
            for (double& score : cooled)
                score /= t;
            loss -= std::log(std::max(clauses::softmax(cooled)[verdict], 1e-9));
        }
        if (loss < least) {
            least = loss;
            best = t;
        }
    }
    return best;
}

void cross_validate(const std::string& check, const std::vector<Example>& examples, bool print, Tally& total)
{
    constexpr std::size_t folds = 5;
    std::set<std::string> names;
    for (const Example& example : examples)
        names.insert(example.author);
    const std::vector<std::string> authors(names.begin(), names.end());
    int right = 0, rules = 0;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        const auto held = [&](const Example& e) {
            return static_cast<std::size_t>(std::find(authors.begin(), authors.end(), e.author) -
                                            authors.begin()) %
                       folds ==
                   fold;
        };
        std::vector<const Example*> learned;
        for (const Example& example : examples) {
            if (!held(example))
                learned.push_back(&example);
        }
        const auto weights = train(learned);
        for (const Example& example : examples) {
            if (!held(example))
                continue;
            clauses::VerdictScores scores = example.prior;
            clauses::add_scores(scores, example.features, weights);
            const auto weighed =
                static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
            const std::size_t said = example.certain ? example.by_rules : weighed;
            total.judged.emplace_back(scores, example.verdict);
            total.adverse += example.verdict == 3 ? 1 : 0;
            total.danger += example.verdict == 3 && (said == 0 || said == 2) ? 1 : 0;
            right += said == example.verdict ? 1 : 0;
            rules += example.by_rules == example.verdict ? 1 : 0;
        }
    }
    if (print)
        fmt::print("{:<24} weighed {}/{}, rules alone {}\n", check, right, examples.size(), rules);
    total.right += right;
    total.by_rules += rules;
    total.all += static_cast<int>(examples.size());
}

std::string row(const std::string& name, const clauses::VerdictScores& w)
{
    return fmt::format("      {}: [{:.2f}, {:.2f}, {:.2f}, {:.2f}]", nlohmann::json(name).dump(), w[0], w[1],
                       w[2], w[3]);
}

// How often each resolution of a check led, and was right.
struct Record
{
    int led = 0;
    int right = 0;
};

struct Corpus
{
    std::vector<std::vector<Example>> examples; // of each check
    std::vector<std::vector<Record>> records;   // of each check and resolution
};

void add_text(const clauses::Pack& pack, const document::Document& document, const nlohmann::json& labels,
              const std::string& author, Corpus& corpus)
{
    const auto& rules = *pack.rules;
    auto tokens = clauses::tokenize(document);
    clauses::mark_parties(tokens);
    const auto reading = clauses::read(document, rules.lexicon, std::move(tokens));
    const auto count = static_cast<std::uint32_t>(reading.sentences.size());
    const auto spoken = clauses::spoken_features(reading, {0, count});
    for (const auto& label : labels) {
        const auto* check = pack.find(label.at("check").get<std::string>());
        const auto verdict = clauses::parse_verdict(label.at("verdict").get<std::string>());
        if (check == nullptr || !verdict || label.value("doubtful", false))
            continue;
        const auto index = static_cast<std::size_t>(check - pack.checks.data());
        const auto matches = clauses::match_signals(reading, rules.checks[index]);
        const clauses::Ruling ruling = clauses::rule(rules.checks[index], matches);
        Record& record = corpus.records[index][static_cast<std::size_t>(
            ruling.resolution - rules.checks[index].resolutions.data())];
        ++record.led;
        record.right += ruling.resolution->verdict == *verdict ? 1 : 0;
        if (count > clauses::longest_passage)
            continue;
        Example example;
        example.by_rules = static_cast<std::size_t>(ruling.resolution->verdict);
        example.prior = clauses::prior_scores(ruling);
        example.features = clauses::check_features(matches, ruling);
        for (const auto feature : spoken) {
            if (!clauses::has_polarity(feature) || clauses::is_topical(feature, rules.checks[index]))
                example.features.push_back(feature);
        }
        example.verdict = static_cast<std::size_t>(*verdict);
        example.author = author;
        example.certain =
            clauses::stands(ruling) || !clauses::on_subject(spoken, matches, rules.checks[index]);
        corpus.examples[index].push_back(std::move(example));
    }
}

void add_folder(const clauses::Pack& pack, const std::filesystem::path& docs,
                const std::filesystem::path& labels, Corpus& corpus)
{
    std::set<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(labels))
        paths.insert(entry.path());
    for (const auto& path : paths) {
        const std::string stem = path.stem().string();
        const auto gold = base::read_json(path.string());
        auto document = bench::read((docs / (stem + ".md")).string());
        if (!document)
            document = bench::read((docs / (stem + ".txt")).string());
        if (gold && document)
            add_text(pack, *document, gold->value.at("labels"), author_of(stem), corpus);
    }
}

std::string weights_text(const clauses::Pack& pack, const Corpus& corpus, double cool)
{
    std::string out = fmt::format(
        "{{\n  \"about\": \"Learned by tests/bench/clauses/learn_checks.cpp; do not edit by hand.\",\n"
        "  \"temperature\": {:.1f},\n  \"checks\": {{\n",
        cool);
    for (std::size_t i = 0; i < corpus.examples.size(); ++i) {
        std::vector<const Example*> all;
        for (const Example& example : corpus.examples[i])
            all.push_back(&example);
        std::map<std::string, clauses::VerdictScores> named;
        for (const auto& [feature, w] : train(all))
            named.emplace(clauses::feature_name(feature, pack.rules->lexicon, pack.rules->checks[i]), w);
        std::string rows;
        for (const auto& [name, w] : named)
            rows += (rows.empty() ? "" : ",\n") + row(name, w);
        out += fmt::format("    {}: {{\n{}\n    }}{}\n", nlohmann::json(pack.checks[i].id).dump(), rows,
                           i + 1 < corpus.examples.size() ? "," : "");
    }
    return out + "  }\n}\n";
}

// The share of right verdicts, drawn towards the overall share where a resolution seldom led.
std::string confidence_text(const clauses::Pack& pack, const Corpus& corpus)
{
    constexpr double overall = 0.55, weight = 3;
    nlohmann::json all = nlohmann::json::object();
    for (std::size_t i = 0; i < corpus.records.size(); ++i) {
        for (const Record& record : corpus.records[i])
            all[pack.checks[i].id].push_back(
                std::round((record.right + overall * weight) / (record.led + weight) * 100) / 100);
    }
    return all.dump(1) + "\n";
}

}

int main(int argc, char** argv)
{
    std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool print = std::erase(arguments, "--cross-validate") > 0;
    if (arguments.size() < 4 || arguments.size() % 2 != 0) {
        fmt::print(stderr, "learn_checks WEIGHTS.json CONFIDENCE.json [--cross-validate] DOCS LABELS …\n");
        return 2;
    }
    const auto pack = clauses::load_pack("ai-procurement");
    if (!pack) {
        fmt::print(stderr, "{}\n", pack.error().message);
        return 3;
    }
    Corpus corpus;
    corpus.examples.resize(pack->checks.size());
    for (const auto& check : pack->rules->checks)
        corpus.records.emplace_back(check.resolutions.size());
    for (std::size_t i = 2; i < arguments.size(); i += 2)
        add_folder(*pack, arguments[i], arguments[i + 1], corpus);
    Tally total;
    for (std::size_t i = 0; i < corpus.examples.size(); ++i)
        cross_validate(pack->checks[i].id, corpus.examples[i], print, total);
    const double cool = temperature(total);
    if (print)
        fmt::print("weighed {:.3f} (danger {:.3f}), rules alone {:.3f} of {}; temperature {:.1f}\n",
                   double(total.right) / total.all, double(total.danger) / std::max(1, total.adverse),
                   double(total.by_rules) / total.all, total.all, cool);
    const bool written = base::write_file(arguments[0], weights_text(*pack, corpus, cool)).has_value() &&
                         base::write_file(arguments[1], confidence_text(*pack, corpus)).has_value();
    return written ? 0 : 4;
}
