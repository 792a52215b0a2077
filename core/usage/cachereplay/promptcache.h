#pragma once

#include "core/base/date.h"
#include "core/usage/cachereplay/rules.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <span>
#include <unordered_map>

namespace leeway::usage {

/// What a vendor's cache holds while requests come in: blocks of prompts, each known by a key that stands for
/// it and all before it. Memory goes with the blocks that are live.
class PromptCache
{
public:
    explicit PromptCache(const CacheRules& rules);

    struct Use
    {
        std::int64_t hit = 0;     // tokens read from the cache
        std::int64_t written = 0; // tokens put into it
    };
    /// A prompt of `input` tokens, `block_tokens` (at least 1) for each key but the last. `now` must not go
    /// back. The beginning of a prompt stays longer than its end where there is no room for both.
    Use ask(base::Instant now, std::int64_t input, std::span<const std::uint64_t> keys,
            std::int64_t block_tokens);

    [[nodiscard]] std::size_t live() const { return m_blocks.size(); }

private:
    struct Block
    {
        std::uint64_t key = 0;
        base::Instant until{};
        std::list<std::uint64_t>::iterator end; // in m_by_end
    };
    using Blocks = std::list<Block>;

    void drop_expired(base::Instant now);
    void drop(Blocks::iterator block);
    void touch(std::uint64_t key, base::Instant now);
    [[nodiscard]] base::Instant end_from(base::Instant now) const;

    CacheRules m_rules;
    Blocks m_by_use;                   // latest first
    std::list<std::uint64_t> m_by_end; // first to end first
    std::unordered_map<std::uint64_t, Blocks::iterator> m_blocks;
};

}
