#include "app/cli/labelledinput.h"

#include "core/document/readers.h"

#include <CLI/CLI.hpp>
#include <iterator>

namespace leeway::cli {
namespace {

using clauses::train::CheckText;

base::Result<document::Document> read_text(const CheckText& text)
{
    return document::read_plain(text.format, text.name, text.text);
}

}

void add_labelled_options(CLI::App& command, LabelledInput& input)
{
    command.add_option("TEXTS", input.texts, "Files or folders of texts marked “@@ check verdict”");
    command
        .add_option("--labelled", input.folders,
                    "Folders of documents and of their label files, in pairs, as “labels” writes them")
        ->expected(2, 100);
}

void require_labelled(const LabelledInput& input)
{
    if (input.texts.empty() && input.folders.empty())
        throw CLI::RequiredError("TEXTS or --labelled");
    if (input.folders.size() % 2 != 0)
        throw CLI::ValidationError("--labelled",
                                   "every folder of documents needs one of label files behind it");
}

base::Result<std::vector<clauses::train::CheckExample>> examples_of(const LabelledInput& input,
                                                                    const clauses::Pack& pack)
{
    std::vector<CheckText> texts;
    const auto add = [&](base::Result<std::vector<CheckText>> more) -> base::Status {
        if (!more)
            return tl::unexpected(more.error());
        std::move(more->begin(), more->end(), std::back_inserter(texts));
        return {};
    };
    for (const std::string& path : input.texts) {
        if (auto added = add(clauses::train::read_check_texts(path)); !added)
            return tl::unexpected(added.error());
    }
    for (std::size_t i = 0; i < input.folders.size(); i += 2) {
        if (auto added = add(clauses::train::read_labelled_folder(input.folders[i], input.folders[i + 1]));
            !added)
            return tl::unexpected(added.error());
    }
    return clauses::train::check_examples(texts, pack, read_text);
}

}
