#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/pricing/counts.h"
#include "core/usage/reader.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

namespace leeway::usage {

/// Where a log says which prompts begin alike.
enum class PrefixSource : std::uint8_t {
    None,         // this request does not say it
    Hashes,       // of blocks of its prompt: prefix_hashes, hash_ids
    Conversation, // each request of a conversation is taken to begin with the prompt of the one before, as
                  // far as it fills blocks
};

/// A request as a prompt cache sees it. `keys` are one for each block of its prompt, equal where all up to
/// the block's end is equal; `conversation` is 0 when the log names none.
struct PromptRequest
{
    const pricing::Usage* usage = nullptr;
    PrefixSource source = PrefixSource::None;
    std::span<const std::uint64_t> keys{};
    std::int64_t block_tokens = 0; // of a key, but the last of hashes
    std::uint64_t conversation = 0;
};

/// Tokens of a block: of hashes, as Mooncake's traces have them, and of a conversation without hashes.
inline constexpr std::int64_t hashed_block = 512;
inline constexpr std::int64_t conversation_block = 128;

/// Streams the requests of a log in the order of its lines. Formats are those of read_usage(), as far as they
/// have one request a record. Lines of several requests have no source. Refuses what read_usage() refuses;
/// a log without any prefix is the caller's to refuse. `block_tokens` is that of the log's hashes.
base::Status read_prefixes(const std::filesystem::path& file, const Mapping* mapping,
                           std::int64_t block_tokens, const std::function<void(const PromptRequest&)>& sink,
                           const std::function<void(BadLine)>& bad, const base::Progress& progress = {});

/// Two values in one, far from all others.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b);

}
