#pragma once

#include "core/base/result.h"
#include "core/clauses/pack.h"
#include "core/document/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses::train {

/// A text whose verdict on one check is known.
struct CheckText
{
    std::string name;   // "click-through.txt:120"
    std::string author; // texts of one author are held out together
    std::string check;
    Verdict verdict = Verdict::Missing;
    std::string text;
    document::Format format = document::Format::Markdown; // or Text
    std::vector<std::string> deciding{};                  // the passages that decide; none for silence
    bool operator==(const CheckText&) const = default;
};

/// Reads "@@ check verdict" lines, each followed by its text, in which [[ ]] may mark the deciding words; the
/// author is the file's name. Invalid errors name file and line.
base::Result<std::vector<CheckText>> parse_check_texts(const std::string& file, std::string_view text);

/// Reads a file of such texts, or a folder of them.
base::Result<std::vector<CheckText>> read_check_texts(const std::string& path);

/// Reads the Markdown and text files of `docs` that have a label file of the same name in `labels`
/// ({"labels": [{"check", "verdict", "doubtful"?, "by"?}, …]}): one text for each label that is neither
/// doubtful nor by the "engine". The author is what stands before the first "--" of a name of four parts.
base::Result<std::vector<CheckText>> read_labelled_folder(const std::string& docs, const std::string& labels);

}
