#pragma once

#include "core/base/result.h"
#include "core/clauses/types/kinds.h"
#include "core/document/document.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace leeway::clauses::train {

/// A set of clause types, one bit each in the order of clause_types.
using TypeSet = std::uint32_t;

/// The labels of one document: the verbatim passages of every type; a type without any is absent from it.
struct Labels
{
    std::string document; // file name without ending
    std::array<std::vector<std::string>, type_count> passages;
};

/// Reads `labels.json`: [{"document", "labels": {type: [passage, …]}}, …]. Invalid names line and path.
base::Result<std::vector<Labels>> read_labels(const std::string& path);

struct LabelledDocument
{
    document::Document document;
    Labels labels;
};

/// Reads a file into a document, as a worker or a reader does.
using ReadFile = std::function<base::Result<document::Document>(const std::string& path)>;

/// The texts of a corpus folder: `labels.json` and `txt/<document>.txt` for each of its documents.
base::Result<std::vector<LabelledDocument>> read_corpus(const std::string& folder, const ReadFile& read);

/// The types that the document has.
TypeSet types_of(const Labels& labels);

/// The types of every sentence: those whose passages hold a good part of it. Passages are looked for by their
/// letters and digits; "<omitted>" in a passage stands for left-out text.
std::vector<TypeSet> sentence_types(const LabelledDocument& document);

/// Letters and digits in lower case.
std::string squashed(std::string_view text);

/// Whether two passages share a run of forty letters and digits, or one holds the other.
bool overlap(std::string_view found, std::string_view labelled);

}
