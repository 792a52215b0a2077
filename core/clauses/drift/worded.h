#pragma once

#include "core/clauses/tokens.h"
#include "core/document/document.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// A word as comparison sees it: case, quotes and punctuation are not looked at, figures are.
struct WordAt
{
    std::uint64_t hash = 0;
    std::uint32_t begin = 0; // bytes of Document::text
    std::uint32_t end = 0;
};

/// A block or sentence: its words and a hash of all of them.
struct WordedPart
{
    Span words;
    std::uint64_t hash = 0;

    [[nodiscard]] std::uint32_t size() const { return words.end - words.begin; }
};

/// A document as comparison sees it. The printed numbers of blocks are left out, so that renumbering is no
/// change; blocks and sentences are those of the document.
struct Worded
{
    std::vector<WordAt> words;
    std::vector<WordedPart> blocks;
    std::vector<WordedPart> sentences;
};

Worded words_of(const document::Document& document);

}
