#pragma once

#include "core/clauses/words.h"
#include "core/document/document.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

enum class TokenKind : std::uint8_t { Word, Number, Duration, Percent, Money };

enum class Side : std::uint8_t { None, Vendor, Customer, Either };

/// Marks that stand between a token and the one before it.
namespace mark {
inline constexpr std::uint16_t comma = 1;
inline constexpr std::uint16_t semicolon = 2;
inline constexpr std::uint16_t colon = 4;
inline constexpr std::uint16_t open = 8;
inline constexpr std::uint16_t close = 16;
inline constexpr std::uint16_t quote = 32;
inline constexpr std::uint16_t dash = 64;
inline constexpr std::uint16_t stop = 128;
inline constexpr std::uint16_t bar = 256;
}

/// A word, a number, or a span that reads as one figure or one party's name.
struct Token
{
    std::uint32_t begin = 0; // bytes of Document::text
    std::uint32_t end = 0;
    std::uint32_t word = 0; // vocabulary index
    std::uint16_t marks = 0;
    TokenKind kind = TokenKind::Word;
    Side side = Side::None;
    bool capital = false;
    bool possessive = false;
    double value = 0; // durations in days (months of 30, business days × 7/5), percent, money, plain numbers
};

/// Half-open range of token indices.
struct Span
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// The tokens of a document, sentence by sentence (as numbered in Document::sentences).
struct Tokens
{
    Vocabulary vocabulary;
    std::vector<Token> tokens;
    std::vector<Span> sentences;

    [[nodiscard]] const std::string& word(std::uint32_t token) const
    {
        return vocabulary.at(tokens[token].word);
    }
};

/// Cuts a text into words: lower-cased, "n't" as "not", possessives noted; numbers in digits or words with
/// their unit read as one token.
Tokens tokenize(const document::Document& document);

/// The plain words of a phrase, cut as `tokenize` cuts a text.
std::vector<std::string> phrase_words(std::string_view phrase);

}
