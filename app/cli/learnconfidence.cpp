#include "app/cli/commands.h"
#include "app/cli/labelledinput.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/clauses/parts.h"
#include "core/clauses/train/confidence.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

struct ConfidenceOptions
{
    LabelledInput labelled;
    std::string pack = "ai-procurement";
    std::string output;
    bool anew = false;
};

int learn_confidence(const ConfidenceOptions& options)
{
    using namespace clauses::train;
    const auto path = base::find_template("checks", options.pack);
    if (!path)
        return complain(path.error());
    const auto text = base::read_file(*path, clauses::largest_pack_file);
    if (!text)
        return complain(text.error());
    const auto pack = clauses::parse_pack(path->filename().string(), *text, path->parent_path());
    if (!pack)
        return complain(pack.error());
    const auto examples = examples_of(options.labelled, *pack);
    if (!examples)
        return complain(examples.error());
    if (examples->empty())
        return complain({base::ErrorCode::Invalid,
                         fmt::format("None of the labels is on a check of the pack “{}”.", pack->id)});
    const auto led = resolutions_led(*examples, *pack);
    const Calibrated calibrated =
        with_confidences(*text, *pack, led, options.anew ? From::Nothing : From::PackNumbers);
    if (calibrated.without > 0)
        note(fmt::format("{} resolutions name no “confidence”, and get none.", calibrated.without));
    // Elsewhere the files that the pack names may be others, or none.
    const std::filesystem::path output(options.output);
    if (const auto there =
            clauses::parse_pack(output.filename().string(), calibrated.text, output.parent_path());
        !there)
        return complain(
            {there.error().code,
             fmt::format("{} Copy the pack with all its parts first (pack copy).", there.error().message)});
    if (const auto written = base::write_file(output, calibrated.text); !written)
        return complain(written.error());
    print_line(fmt::format("{}: {} confidences changed, from {} labels", options.output, calibrated.changed,
                           examples->size()));
    return Done;
}

}

void add_learn_confidence(CLI::App& learn, Action& action)
{
    auto options = std::make_shared<ConfidenceOptions>();
    CLI::App* command = learn.add_subcommand(
        "confidence", "How often each rule of a pack is right: a copy of the pack with these confidences");
    add_labelled_options(*command, options->labelled);
    command->add_option("--pack", options->pack, "A rule pack or its file")->capture_default_str();
    command->add_option("-o,--output", options->output, "The pack file to write")->required();
    command->add_flag("--anew", options->anew,
                      "Forget the pack's confidences instead of correcting them; for many labels only");
    command->callback([options, &action] {
        require_labelled(options->labelled);
        action = [options] { return learn_confidence(*options); };
    });
}

}
