#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/date.h"
#include "core/base/file.h"
#include "core/clauses/train/learntypes.h"
#include "core/document/worker.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <numeric>

namespace leeway::cli {
namespace {

constexpr std::size_t calibration_folds = 8;
constexpr std::size_t fewest_documents = 10;

struct TypeOptions
{
    std::string corpus;
    std::string model;
    std::string signs;
    std::string data = "labelled contracts of one's own";
    std::string licence = "not for others";
    std::size_t folds = 0;
};

std::string today()
{
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

void print_figures(const clauses::train::Figures& figures)
{
    Table table({"Clause", "docF1", "docAP", "top1", "Documents"},
                {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
    const auto row = [&](const std::string& name, const clauses::train::TypeFigures& f) {
        table.add({name, fmt::format("{:.3f}", f.f1), fmt::format("{:.3f}", f.average_precision),
                   fmt::format("{:.3f}", f.top), std::to_string(f.documents)});
    };
    for (std::size_t t = 0; t < clauses::type_count; ++t)
        row(std::string(clauses::clause_types[t]), figures.types[t]);
    row("mean", figures.mean);
    table.print();
}

int learn_types(const TypeOptions& options)
{
    using namespace clauses::train;
    const auto signs = clauses::load_signs(options.signs);
    if (!signs)
        return complain(signs.error());
    document::Worker worker;
    auto documents =
        read_corpus(options.corpus, [&](const std::string& path) { return worker.read_file(path); });
    if (!documents)
        return complain(documents.error());
    if (documents->size() < fewest_documents)
        return complain(
            {base::ErrorCode::Invalid, fmt::format("{}: {} labelled documents; learning needs at least {}",
                                                   options.corpus, documents->size(), fewest_documents)});
    const std::size_t count = documents->size();
    const LearningSet set = learning_set(std::move(*documents), signs->signs);
    const WeighOptions weighing = weigh_options();
    std::string figures = "not cross-validated";
    if (options.folds > 0) {
        const auto found =
            cross_validate(set, signs->signs, weighing, options.folds, [&](auto done, auto total) {
                fmt::print(stderr, "fold {} of {}\n", done + 1, total);
                return true;
            });
        if (!found)
            return complain(found.error());
        print_figures(*found);
        figures = fmt::format("{} (mean of the types, {} folds over {} documents)", to_string(found->mean),
                              options.folds, count);
    }
    if (options.model.empty())
        return Done;
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    Learned learned = learn(set, all, signs->signs, weighing, calibration_folds);
    const std::filesystem::path signs_file = options.signs.empty()
                                                 ? std::filesystem::path(clauses::bundled_signs)
                                                 : std::filesystem::path(options.signs);
    clauses::TypeModel model;
    model.provenance = {options.data, options.licence, today(), figures,
                        "leeway-cli learn types CORPUS -o MODEL"};
    model.signs_file = signs_file.filename().string();
    model.signs_sha256 = signs->sha256;
    model.weights = std::move(learned.weights);
    model.scale = learned.scale;
    if (const auto written = base::write_file(options.model, clauses::type_model_text(model)); !written)
        return complain(written.error());
    print_line(fmt::format("{}: {} features learned from {} documents", options.model,
                           model.weights.features().size(), count));
    return Done;
}

}

void add_learn(CLI::App& app, Action& action)
{
    CLI::App* command = app.add_subcommand("learn", "Learn weights from labelled contracts");
    command->require_subcommand(1);
    auto options = std::make_shared<TypeOptions>();
    CLI::App* types = command->add_subcommand("types", "Weights of the clause types, for “clauses --model”");
    types->add_option("CORPUS", options->corpus, "A folder with labels.json and txt/")->required();
    auto* output = types->add_option("-o,--output", options->model, "The file to write");
    auto* folds =
        types
            ->add_option("--cross-validate", options->folds,
                         "Also measure: learn on all but one of so many folds of the documents, in turn")
            ->check(CLI::Range(2, 50))
            ->expected(0, 1)
            ->default_str("5");
    types->add_option("--signs", options->signs, "Concepts and cues, instead of the bundled");
    types->add_option("--data", options->data, "What the labels are, for the file's provenance");
    types->add_option("--licence", options->licence, "Under which the labels may be used");
    types->callback([options, output, folds, &action] {
        if (output->empty() && folds->empty())
            throw CLI::RequiredError("-o or --cross-validate");
        if (!folds->empty() && options->folds == 0)
            options->folds = 5;
        action = [options] { return learn_types(*options); };
    });
    add_learn_checks(*command, action);
    add_learn_confidence(*command, action);
}

}
