#pragma once

#include "core/base/decimal.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/pricing/sheet.h"
#include "core/usage/cachereplay/prefixes.h"
#include "core/usage/cachereplay/rules.h"
#include "core/usage/cube.h"
#include "core/usage/reader.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace leeway::usage {

/// What decides where a request goes: each for itself, or all that begin alike together (those of one
/// conversation, else those whose first `prefix_tokens` are the same).
enum class SplitBy : std::uint8_t { Request, Prefix };

/// One place that serves requests.
struct CacheArm
{
    std::string model{}; // "vendor/model"; empty: as the log says
    CacheRules rules{};
    /// If there are any: the rules of each request's vendor instead, by canonical name; "" for all others.
    std::map<std::string, CacheRules> by_vendor{};
};

struct CacheQuestion
{
    CacheArm first{};
    std::optional<CacheArm> second{}; // none: no split
    double share = 0.5;               // that goes to the second, 0…1, of what may_move lets go
    SplitBy by = SplitBy::Request;
    std::int64_t prefix_tokens = 1024;
    std::uint64_t seed = 1;
    std::int64_t block_tokens = hashed_block;              // of the log's hashes
    std::function<bool(const pricing::Usage&)> may_move{}; // empty: everything
};

/// What a cache did for some requests. `cost` is that of their whole input, in the sheet's currency.
struct CacheTally
{
    std::int64_t requests = 0;
    std::int64_t input = 0; // tokens
    std::int64_t hits = 0;
    std::int64_t written = 0;
    base::Decimal cost{};

    [[nodiscard]] double hit_rate() const; // 0…1
    CacheTally& operator+=(const CacheTally& other);
    bool operator==(const CacheTally&) const = default;
};

struct CacheReplay
{
    std::string currency;
    CacheQuestion question;
    CacheTally unsplit; // everything at the first place
    CacheTally first;   // what stays there after the split …
    CacheTally second;  // … and what goes to the second
    /// The same requests at the same places, had each place's cache seen all traffic: the difference to the
    /// above is what the split costs in hits.
    CacheTally first_whole;
    CacheTally second_whole;
    std::int64_t without_prefix = 0; // requests that do not say how they begin: never hit
    std::int64_t out_of_order = 0;   // earlier than the one before: taken at that one's time
    std::int64_t unpriced = 0;       // not in any cost
    std::int64_t duplicates = 0;     // requests whose id was seen before: not replayed
    std::size_t most_live = 0;       // blocks in one cache
    std::int64_t bad_lines = 0;
    std::vector<BadLine> examples; // at most 20
    std::vector<std::string> notes;

    [[nodiscard]] std::int64_t lost_tokens() const;
    [[nodiscard]] base::Decimal lost_money() const;
    /// Of the cache reads at a place, how many are lost to the split, 0…100: what a scenario takes for
    /// `cache_loss` and `cache_hit_loss_percent`.
    [[nodiscard]] double first_loss_percent() const;
    [[nodiscard]] double second_loss_percent() const;
};

/// Replays a log's prompts through the caches of one vendor, and of two between which it is split. Which
/// request goes where depends on the seed alone. A request_id counts once. Streams; memory goes with the live
/// blocks. Not found: a model that the sheet lacks. Invalid: a log that does not say how its prompts begin.
/// TooLarge: more than most_live_blocks at one place.
inline constexpr std::int64_t most_live_blocks = 16'000'000; // some 120 bytes each
base::Result<CacheReplay> replay_cache(const std::vector<std::filesystem::path>& files,
                                       const pricing::Sheet& sheet, const CacheQuestion& question,
                                       const Mapping* mapping = nullptr, const base::Progress& progress = {});

/// {"currency", "unsplit": {"requests", "input_tokens", "hit_tokens", "written_tokens", "hit_rate",
/// "input_cost"}, "split": {"share", "by", "seed", "first": {…, "without_split": {…}}, "second": …,
/// "lost_tokens", "lost_money", "first_loss_percent", "second_loss_percent"} | null, "without_prefix",
/// "out_of_order", "unpriced", "duplicates", "bad_lines", "notes"}
nlohmann::ordered_json to_json(const CacheReplay& replay);

}
