#pragma once

#include "core/clauses/drift/worded.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// 0…1: what two texts have in common in words and pairs of words, in any order; a text that stands nearly
/// whole inside a longer one is similar to it too. Linear but for a sort.
double similarity_of(const std::vector<WordAt>& before, Span a, const std::vector<WordAt>& after, Span b);

/// A sample of at most `sketch_size` pairs of neighbouring words, as hashes: texts that share many pairs
/// share many of their sample.
inline constexpr std::size_t sketch_size = 48;
std::vector<std::uint64_t> sketch(const std::vector<WordAt>& words, Span span);

}
