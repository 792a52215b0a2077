#pragma once

#include "core/clauses/train/learnchecks.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace leeway::cli {

/// The options by which a command names texts with known verdicts.
struct LabelledInput
{
    std::vector<std::string> texts;   // files or folders of marked texts
    std::vector<std::string> folders; // pairs: documents, labels
};

void add_labelled_options(CLI::App& command, LabelledInput& input);
/// For the command's callback: throws CLI::ParseError where none are named, or a folder alone.
void require_labelled(const LabelledInput& input);

/// All of them, read with the pack's rules.
base::Result<std::vector<clauses::train::CheckExample>> examples_of(const LabelledInput& input,
                                                                    const clauses::Pack& pack);

}
