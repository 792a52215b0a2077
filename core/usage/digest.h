#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leeway::usage {

/// 128 bits that tell texts apart. Not for security: whoever wants to can make two texts with one digest.
struct Digest
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    auto operator<=>(const Digest&) const = default;
};

Digest digest_of(std::string_view text);
/// That of a text whose first part has the digest `first`, told apart from a text in one piece.
Digest joined(const Digest& first, std::string_view text);

std::string to_string(const Digest& digest); // 32 hexadecimal digits

}
