#include "core/usage/cachereplay/promptcache.h"

#include <algorithm>
#include <iterator>

namespace leeway::usage {

PromptCache::PromptCache(const CacheRules& rules) : m_rules(rules)
{
    m_rules.step_tokens = std::max<std::int64_t>(1, m_rules.step_tokens);
}

PromptCache::Use PromptCache::ask(base::Instant now, std::int64_t input, std::span<const std::uint64_t> keys,
                                  std::int64_t block_tokens)
{
    drop_expired(now);
    const std::int64_t most = input / m_rules.step_tokens * m_rules.step_tokens;
    if (input <= 0 || most < m_rules.minimum_tokens || keys.empty())
        return {};
    const auto filled = static_cast<std::size_t>((input - 1) / block_tokens + 1);
    keys = keys.first(std::min(keys.size(), filled));
    std::size_t known = 0;
    while (known < keys.size() && m_blocks.contains(keys[known]))
        ++known;
    const auto tokens_in = [&](std::size_t blocks) {
        return std::min(input, static_cast<std::int64_t>(blocks) * block_tokens) / m_rules.step_tokens *
               m_rules.step_tokens;
    };
    Use use;
    use.hit = tokens_in(known);
    if (use.hit < m_rules.minimum_tokens)
        use.hit = 0;
    use.written = tokens_in(keys.size()) - use.hit;
    for (auto key = keys.rbegin(); key != keys.rend(); ++key)
        touch(*key, now);
    while (m_rules.capacity_blocks > 0 && std::ssize(m_blocks) > m_rules.capacity_blocks)
        drop(std::prev(m_by_use.end()));
    return use;
}

void PromptCache::drop_expired(base::Instant now)
{
    while (m_rules.time_to_live > 0 && !m_by_end.empty()) {
        const auto block = m_blocks.find(m_by_end.front())->second;
        if (block->until > now)
            return;
        drop(block);
    }
}

void PromptCache::drop(Blocks::iterator block)
{
    m_by_end.erase(block->end);
    m_blocks.erase(block->key);
    m_by_use.erase(block);
}

void PromptCache::touch(std::uint64_t key, base::Instant now)
{
    const auto [entry, added] = m_blocks.try_emplace(key);
    if (added) {
        m_by_end.push_back(key);
        m_by_use.push_front({key, end_from(now), std::prev(m_by_end.end())});
        entry->second = m_by_use.begin();
        return;
    }
    const Blocks::iterator block = entry->second;
    m_by_use.splice(m_by_use.begin(), m_by_use, block);
    if (m_rules.refreshed_on_read) {
        block->until = end_from(now);
        m_by_end.splice(m_by_end.end(), m_by_end, block->end);
    }
}

base::Instant PromptCache::end_from(base::Instant now) const
{
    return m_rules.time_to_live > 0 ? now + std::chrono::seconds(m_rules.time_to_live) : base::Instant::max();
}

}
