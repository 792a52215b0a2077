#include "core/usage/cachereplay/replay.h"

#include "core/pricing/cost.h"
#include "core/usage/cachereplay/prefixes.h"
#include "core/usage/cachereplay/promptcache.h"
#include "core/usage/examples.h"
#include "core/usage/idset.h"
#include "core/usage/replay.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

namespace leeway::usage {
namespace {

using pricing::Component;

constexpr std::int64_t hour = 3600;

// The counts of a request whose cache did that.
pricing::Usage with_cache(pricing::Usage usage, PromptCache::Use use, const CacheRules& rules)
{
    pricing::Counts& counts = usage.counts;
    std::int64_t text = 0;
    for (const Component part : {Component::Input, Component::CacheRead, Component::CacheWrite5m,
                                 Component::CacheWrite1h, Component::CacheWrite12h}) {
        text = pricing::saturated_sum(text, counts[part]);
        counts[part] = 0;
    }
    const std::int64_t read = std::min(use.hit, text);
    const std::int64_t written = rules.charges_writes ? std::min(use.written, text - read) : 0;
    counts[Component::CacheRead] = read;
    counts[rules.time_to_live >= hour ? Component::CacheWrite1h : Component::CacheWrite5m] = written;
    counts[Component::Input] = text - read - written;
    return usage;
}

base::Decimal input_cost(const pricing::Cost& cost)
{
    base::Decimal sum;
    for (std::size_t i = 0; i < pricing::component_count; ++i) {
        if (pricing::side_of(static_cast<Component>(i)) == pricing::Side::Input)
            sum += cost.components[i];
    }
    return sum;
}

// A place with two caches: what it would hold if it saw all traffic, and what it holds of its share.
class Place
{
public:
    Place(const CacheArm& arm, const pricing::Sheet& sheet)
        : m_arm(arm),
          m_sheet(sheet),
          m_fixed(arm.model.empty() ? nullptr : find_named(sheet, arm.model))
    {
    }

    PromptCache::Use ask_whole(const PromptRequest& request, base::Instant now)
    {
        return ask(m_whole, request, now);
    }
    PromptCache::Use ask_split(const PromptRequest& request, base::Instant now)
    {
        return ask(m_split, request, now);
    }

    // False when the request has no price here.
    bool add(CacheTally& tally, const pricing::Usage& usage, PromptCache::Use use)
    {
        const Served& served = served_by(usage);
        tally += {usage.counts.requests(), usage.counts.all_input(), use.hit, use.written, {}};
        if (served.model == nullptr)
            return false;
        const pricing::Cost cost = pricing::cost_of(with_cache(usage, use, *served.rules), *served.model);
        m_notes.insert(cost.notes.begin(), cost.notes.end());
        if (cost.priced)
            tally.cost += input_cost(cost);
        return cost.priced;
    }

    [[nodiscard]] std::size_t most_live() const { return m_most_live; }
    [[nodiscard]] bool is_full() const { return m_live > most_live_blocks; }
    [[nodiscard]] const std::set<std::string>& notes() const { return m_notes; }

private:
    // What serves a request; models that the sheet lacks are told apart by their vendor alone.
    struct Served
    {
        const pricing::Model* model = nullptr;
        std::string vendor{};
        const CacheRules* rules = nullptr;
    };
    using Caches = std::map<std::pair<const pricing::Model*, std::string>, PromptCache>;

    const Served& served_by(const pricing::Usage& usage)
    {
        if (m_last.rules != nullptr && m_last_vendor == usage.vendor && m_last_name == usage.model)
            return m_last;
        m_last_vendor = usage.vendor;
        m_last_name = usage.model;
        m_last.model = m_fixed != nullptr ? m_fixed : m_sheet.find(usage.vendor, usage.model);
        m_last.vendor =
            pricing::canonical_vendor(m_last.model == nullptr ? usage.vendor : m_last.model->vendor);
        m_last.rules = &m_arm.rules;
        if (m_arm.by_vendor.empty())
            return m_last;
        auto found = m_arm.by_vendor.find(m_last.vendor);
        if (found == m_arm.by_vendor.end()) {
            m_notes.insert(fmt::format("No rules are known for the cache of “{}”: it is taken to forget "
                                       "nothing.",
                                       m_last.vendor));
            found = m_arm.by_vendor.find("");
        }
        if (found != m_arm.by_vendor.end())
            m_last.rules = &found->second;
        return m_last;
    }

    PromptCache::Use ask(Caches& caches, const PromptRequest& request, base::Instant now)
    {
        const Served& served = served_by(*request.usage);
        auto cache = caches.find({served.model, served.vendor});
        if (cache == caches.end()) {
            CacheRules rules = *served.rules;
            if (served.model != nullptr && served.model->cache_min_tokens > 0)
                rules.minimum_tokens = served.model->cache_min_tokens;
            cache = caches.emplace(std::pair(served.model, served.vendor), PromptCache(rules)).first;
        }
        m_live -= static_cast<std::int64_t>(cache->second.live());
        const PromptCache::Use use = cache->second.ask(now, request.usage->counts.all_input(), request.keys,
                                                       std::max<std::int64_t>(1, request.block_tokens));
        m_live += static_cast<std::int64_t>(cache->second.live());
        m_most_live = std::max(m_most_live, cache->second.live());
        return use;
    }

    const CacheArm& m_arm;
    const pricing::Sheet& m_sheet;
    const pricing::Model* m_fixed;
    Caches m_whole;
    Caches m_split;
    std::string m_last_vendor;
    std::string m_last_name;
    Served m_last;
    std::int64_t m_live = 0; // in all of its caches
    std::size_t m_most_live = 0;
    std::set<std::string> m_notes;
};

class Replayer
{
public:
    Replayer(const pricing::Sheet& sheet, const CacheQuestion& question)
        : m_question(question),
          m_first(question.first, sheet)
    {
        if (question.second)
            m_second.emplace(*question.second, sheet);
        m_result.question = question;
        m_result.currency = sheet.currency;
    }

    void take(const PromptRequest& request)
    {
        const pricing::Usage& usage = *request.usage;
        if (!usage.request_id.empty() && !m_ids.insert(usage.request_id)) {
            ++m_result.duplicates;
            return;
        }
        m_result.without_prefix += request.source == PrefixSource::None ? 1 : 0;
        m_by_hashes = m_by_hashes || request.source == PrefixSource::Hashes;
        m_by_conversation = m_by_conversation || request.source == PrefixSource::Conversation;
        m_result.out_of_order += usage.time < m_now ? 1 : 0;
        m_now = std::max(m_now, usage.time);
        const PromptCache::Use whole = m_first.ask_whole(request, m_now);
        bool priced = m_first.add(m_result.unsplit, usage, whole);
        if (m_second) {
            const PromptCache::Use second_whole = m_second->ask_whole(request, m_now);
            if (goes_to_second(request)) {
                priced = m_second->add(m_result.second_whole, usage, second_whole) && priced;
                m_second->add(m_result.second, usage, m_second->ask_split(request, m_now));
            } else {
                m_first.add(m_result.first_whole, usage, whole);
                m_first.add(m_result.first, usage, m_first.ask_split(request, m_now));
            }
        }
        m_result.unpriced += priced ? 0 : 1;
        ++m_requests;
    }

    void add_bad(BadLine line)
    {
        ++m_result.bad_lines;
        if (m_result.examples.size() < most_examples)
            m_result.examples.push_back(std::move(line));
    }

    [[nodiscard]] bool is_full() const { return m_first.is_full() || (m_second && m_second->is_full()); }

    base::Result<CacheReplay> finish()
    {
        if (!m_by_hashes && !m_by_conversation)
            return base::fail(
                base::ErrorCode::Invalid,
                "The log does not say how its prompts begin: it needs block hashes (prefix_hashes, hash_ids) "
                "or the conversation of each request (conversation, session_id).");
        std::set<std::string> notes = m_first.notes();
        m_result.most_live = m_first.most_live();
        if (m_second) {
            notes.insert(m_second->notes().begin(), m_second->notes().end());
            m_result.most_live = std::max(m_result.most_live, m_second->most_live());
        }
        m_result.notes.assign(notes.begin(), notes.end());
        if (m_by_conversation)
            m_result.notes.emplace_back("Prompts without block hashes are known by their conversation: each "
                                        "is taken to begin with the whole prompt of the one before.");
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool goes_to_second(const PromptRequest& request) const
    {
        if (m_question.may_move && !m_question.may_move(*request.usage))
            return false;
        auto key = static_cast<std::uint64_t>(m_requests);
        if (m_question.by == SplitBy::Prefix && request.conversation != 0) {
            key = request.conversation;
        } else if (m_question.by == SplitBy::Prefix && !request.keys.empty()) {
            const auto blocks = static_cast<std::size_t>(
                std::max<std::int64_t>(1, m_question.prefix_tokens / request.block_tokens));
            key = request.keys[std::min(blocks, request.keys.size()) - 1];
        }
        const double place = static_cast<double>(mixed(m_question.seed, key) >> 11U) * 0x1.0p-53;
        return place < m_question.share;
    }

    const CacheQuestion& m_question;
    Place m_first;
    std::optional<Place> m_second;
    CacheReplay m_result;
    bool m_by_hashes = false;
    bool m_by_conversation = false;
    IdSet m_ids;
    base::Instant m_now = base::Instant::min();
    std::int64_t m_requests = 0;
};

base::Status check(const CacheArm& arm, const pricing::Sheet& sheet)
{
    if (arm.model.empty() || find_named(sheet, arm.model) != nullptr)
        return {};
    return base::fail(
        base::ErrorCode::NotFound,
        fmt::format("“{}” is not in the price sheet; name a model as the sheet does (“vendor/model”).",
                    arm.model));
}

double lost_share(const CacheTally& split, const CacheTally& whole)
{
    if (whole.hits <= 0)
        return 0;
    return std::max(0.0,
                    100.0 * static_cast<double>(whole.hits - split.hits) / static_cast<double>(whole.hits));
}

}

double CacheTally::hit_rate() const
{
    return input > 0 ? static_cast<double>(hits) / static_cast<double>(input) : 0;
}

CacheTally& CacheTally::operator+=(const CacheTally& other)
{
    requests = pricing::saturated_sum(requests, other.requests);
    input = pricing::saturated_sum(input, other.input);
    hits = pricing::saturated_sum(hits, other.hits);
    written = pricing::saturated_sum(written, other.written);
    cost += other.cost;
    return *this;
}

std::int64_t CacheReplay::lost_tokens() const
{
    return pricing::saturated_sum(first_whole.hits, second_whole.hits) -
           pricing::saturated_sum(first.hits, second.hits);
}

base::Decimal CacheReplay::lost_money() const
{
    return first.cost + second.cost - first_whole.cost - second_whole.cost;
}

double CacheReplay::first_loss_percent() const
{
    return lost_share(first, first_whole);
}

double CacheReplay::second_loss_percent() const
{
    return lost_share(second, second_whole);
}

base::Result<CacheReplay> replay_cache(const std::vector<std::filesystem::path>& files,
                                       const pricing::Sheet& sheet, const CacheQuestion& question,
                                       const Mapping* mapping, const base::Progress& progress)
{
    auto known = check(question.first, sheet);
    if (known && question.second)
        known = check(*question.second, sheet);
    if (!known)
        return tl::unexpected(known.error());
    Replayer replayer(sheet, question);
    const base::Progress watch = [&](std::int64_t done, std::int64_t total) {
        return !replayer.is_full() && base::keep_going(progress, done, total);
    };
    for (const std::filesystem::path& file : files) {
        const auto status = read_prefixes(
            file, mapping, question.block_tokens,
            [&](const PromptRequest& request) { replayer.take(request); },
            [&](BadLine line) { replayer.add_bad(std::move(line)); }, watch);
        if (replayer.is_full())
            return base::fail(base::ErrorCode::TooLarge,
                              fmt::format("The cache would hold more than {} blocks at a time. Give it a "
                                          "capacity, or rules under which blocks expire.",
                                          most_live_blocks));
        if (!status)
            return tl::unexpected(status.error());
    }
    return replayer.finish();
}

}
