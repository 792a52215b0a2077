#include "core/clauses/train/learnchecks.h"
#include "app/cli/commands.h"
#include "app/cli/labelledinput.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/clauses/train/learncontracts.h"
#include "core/clauses/train/weightsfile.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace leeway::cli {
namespace {

using clauses::train::CheckExample;
using clauses::train::CheckFigures;

constexpr std::size_t contract_parts = 3; // that are held out in turn
constexpr std::size_t fewest_contracts = 12;
constexpr std::size_t fewest_texts = 20; // of a check; fewer say more of themselves than of other contracts

struct CheckOptions
{
    LabelledInput labelled;
    std::string pack = "ai-procurement";
    std::string output;
    std::string data = "labelled texts of one's own";
    std::string licence = "not for others";
    std::string measured; // authors whose texts are held out, comma-separated; all when empty
    bool validate = false;
};

double share(int part, int all)
{
    return all == 0 ? 0.0 : static_cast<double>(part) / all;
}

CheckFigures sum(const std::vector<CheckFigures>& figures)
{
    CheckFigures total;
    for (const CheckFigures& f : figures) {
        total.texts += f.texts;
        total.right += f.right;
        total.by_rules += f.by_rules;
        total.adverse += f.adverse;
        total.danger += f.danger;
        total.sure += f.sure;
        total.sure_right += f.sure_right;
    }
    return total;
}

void print(const clauses::Pack& pack, const std::vector<CheckFigures>& figures)
{
    Table table(
        {"Check", "Texts", "Right", "Rules alone", "Danger", "Sure", "Right when sure"},
        {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    const auto row = [&](const std::string& name, const CheckFigures& f) {
        table.add({name, std::to_string(f.texts), fmt::format("{:.3f}", share(f.right, f.texts)),
                   fmt::format("{:.3f}", share(f.by_rules, f.texts)),
                   fmt::format("{:.3f}", share(f.danger, f.adverse)),
                   fmt::format("{:.3f}", share(f.sure, f.texts)),
                   fmt::format("{:.3f}", share(f.sure_right, f.sure))});
    };
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (figures[i].texts > 0)
            row(pack.checks[i].id, figures[i]);
    }
    row("all", sum(figures));
    table.print();
}

// The weights of each check, none where too few texts are there to learn them from.
std::vector<clauses::CheckWeights> learn_all(const clauses::Pack& pack, const std::vector<CheckExample>& all,
                                             const std::vector<CheckFigures>& figures,
                                             const clauses::train::CheckLearning& learning)
{
    std::vector<clauses::CheckWeights> weights(pack.checks.size());
    for (std::size_t c = 0; c < weights.size(); ++c) {
        std::vector<const CheckExample*> own;
        for (const CheckExample& example : all) {
            if (example.check == c && !example.whole)
                own.push_back(&example);
        }
        if (own.size() < fewest_texts)
            continue;
        weights[c] = learn_check(own, learning);
        weights[c].temperature = figures[c].temperature;
    }
    return weights;
}

std::size_t whole_contracts(const std::vector<CheckExample>& all)
{
    std::set<const void*> texts;
    for (const CheckExample& example : all) {
        if (example.whole)
            texts.insert(example.sentences.get());
    }
    return texts.size();
}

std::string held_out(const CheckFigures& total, const std::string& what)
{
    return fmt::format("accuracy {:.3f}, adverse called harmless {:.3f} of {} {}",
                       share(total.right, total.texts), share(total.danger, total.adverse), total.texts,
                       what);
}

int learn_checks(const CheckOptions& options)
{
    const auto pack = clauses::load_pack(options.pack);
    if (!pack)
        return complain(pack.error());
    const auto all = examples_of(options.labelled, *pack);
    if (!all)
        return complain(all.error());
    const std::size_t contracts = whole_contracts(*all);
    if (contracts > 0 && contracts < fewest_contracts)
        note(fmt::format("{} whole contracts are too few to learn from: {} are needed. Their labels are left "
                         "out.",
                         contracts, fewest_contracts));
    const auto measured = [&](const std::string& author) {
        return options.measured.empty() ||
               fmt::format(",{},", options.measured).find(fmt::format(",{},", author)) != std::string::npos;
    };
    const clauses::train::CheckLearning learning;
    const auto figures = cross_validate_checks(*all, *pack, learning, measured);
    std::optional<clauses::train::LearnedContracts> whole;
    if (contracts >= fewest_contracts)
        whole = learn_contracts(*all, *pack, learning, contract_parts);
    if (options.validate) {
        print(*pack, figures);
        if (whole)
            print(*pack, whole->held_out);
    }
    if (options.output.empty())
        return Done;
    const auto weights = learn_all(*pack, *all, figures, learning);
    if (std::all_of(weights.begin(), weights.end(), [](const auto& w) { return w.empty(); }))
        return complain(
            {base::ErrorCode::Invalid,
             fmt::format("No check has the {} short texts that its weights need; add more.", fewest_texts)});
    std::vector<const CheckExample*> pointers;
    for (const CheckExample& example : *all)
        pointers.push_back(&example);
    const clauses::BearingWeights subjects = learn_subjects(pointers, *pack);
    const auto texts =
        std::count_if(all->begin(), all->end(), [](const CheckExample& e) { return !e.whole; });
    nlohmann::json provenance{{"data", options.data},
                              {"licence", options.licence},
                              {"texts", std::to_string(texts)},
                              {"held out", held_out(sum(figures), "texts, one author in turn")},
                              {"made by", "leeway-cli learn checks"}};
    if (whole) {
        provenance["longer texts"] = std::to_string(contracts);
        provenance["longer texts held out"] =
            held_out(sum(whole->held_out),
                     fmt::format("verdicts, one of {} parts of the texts in turn", contract_parts));
    }
    if (const auto written = base::write_file(
            options.output,
            clauses::train::weights_text(*pack, weights, subjects,
                                         whole ? std::optional(whole->weights) : std::nullopt, provenance));
        !written)
        return complain(written.error());
    print_line(fmt::format("{}: learned from {} texts and {} longer ones", options.output, texts,
                           whole ? contracts : 0));
    return Done;
}

}

void add_learn_checks(CLI::App& learn, Action& action)
{
    auto options = std::make_shared<CheckOptions>();
    CLI::App* checks = learn.add_subcommand("checks", "Weights of a pack's checks, named by its “weights”");
    add_labelled_options(*checks, options->labelled);
    checks->add_option("--pack", options->pack, "A rule pack or its file");
    auto* output = checks->add_option("-o,--output", options->output, "The file to write");
    auto* validate = checks->add_flag("--cross-validate", options->validate,
                                      "Also print how texts of held-out authors are judged");
    checks->add_option("--measure", options->measured,
                       "Hold out only these authors, separated by commas; the others are learned from");
    checks->add_option("--data", options->data, "What the labels are, for the file's provenance");
    checks->add_option("--licence", options->licence, "Under which the labels may be used");
    checks->callback([options, output, validate, &action] {
        require_labelled(options->labelled);
        if (output->empty() && validate->empty())
            throw CLI::RequiredError("-o or --cross-validate");
        action = [options] { return learn_checks(*options); };
    });
}

}
