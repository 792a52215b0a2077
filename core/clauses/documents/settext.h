#pragma once

#include "core/clauses/documents/kinds.h"
#include "core/clauses/review.h"
#include "core/clauses/tokens.h"
#include "core/document/document.h"

#include <vector>

namespace leeway::clauses {

/// A place that names a document: one of a kind, "this Agreement" (the document itself), "the Agreement" (the
/// main one) or "any Exhibit".
struct Mention
{
    enum class Of : std::uint8_t { Kind, Self, Main, Attachments };

    Of of = Of::Kind;
    std::int32_t kind = -1; // index in DocumentKinds::kinds; of "this Agreement" as far as it is named
    Span tokens;
};

/// One document of a set, read by the words of DocumentKinds.
class SetText
{
public:
    SetText(const document::Document& document, const DocumentKinds& kinds);

    [[nodiscard]] const document::Document& document() const { return m_document; }
    [[nodiscard]] const Tokens& tokens() const { return m_tokens; }
    [[nodiscard]] std::size_t sentences() const { return m_sentences.size(); }

    /// The hits of a concept in a sentence, in order; none for a concept below 0.
    [[nodiscard]] std::vector<Hit> hits(std::uint32_t sentence, int concept_id) const;
    [[nodiscard]] std::vector<Hit> hits(std::uint32_t sentence, std::string_view concept_name) const;
    [[nodiscard]] bool speaks_of(std::uint32_t sentence, std::string_view concept_name) const;

    /// The documents that a sentence names, in order and without overlaps; the longest name counts. Names are
    /// written with capitals, save where `title` says that the sentence is one.
    [[nodiscard]] std::vector<Mention> mentions(std::uint32_t sentence, bool title = false) const;

    /// The words of the document from the first to the last token.
    [[nodiscard]] std::string_view slice(Span tokens) const;
    [[nodiscard]] Evidence passage(std::uint32_t sentence) const;

private:
    const document::Document& m_document;
    const DocumentKinds& m_kinds;
    Tokens m_tokens;
    std::vector<Hit> m_hits;
    std::vector<Span> m_sentences;   // of m_hits
    std::vector<int> m_kind_of_name; // by concept; -1 for those that are no name
};

}
