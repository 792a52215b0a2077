#pragma once

#include "core/base/result.h"
#include "core/clauses/lexicon.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// A kind of document that a contract can be made of: "order-form", "data-processing".
struct DocumentKind
{
    std::string id;
    std::string title;
    int rank = 1; // where no document states an order of precedence: 1 is the highest
    int leading_rank = 1;
    std::vector<std::string> leading; // checks on which `leading_rank` holds instead
    bool attachment = false;          // usually an exhibit, schedule or addendum of another document
    bool referable = true;            // a mention of it refers to a document
    std::vector<std::string> decides; // checks that such a document can decide
    // Concepts of the lexicon, -1 for none: what it is called; what it is called in titles only; what it
    // speaks of.
    int name = -1;
    int loose_name = -1;
    int marks = -1;

    [[nodiscard]] int rank_for(std::string_view check) const;
};

/// The kinds of documents and the words by which they, references to them and orders of precedence are found.
struct DocumentKinds
{
    std::vector<DocumentKind> kinds;
    Lexicon lexicon;

    [[nodiscard]] const DocumentKind* find(std::string_view id) const;
};

/// The id of documents that are of no known kind.
inline constexpr std::string_view other_kind = "other";

/// Format: templates/checks/documents.schema.json. Errors name file, line and path.
base::Result<DocumentKinds> parse_document_kinds(const std::string& name, std::string_view text);
/// The kinds that come with Leeway.
base::Result<DocumentKinds> load_document_kinds();

}
