#pragma once

#include "core/usage/cachereplay/replay.h"

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace leeway::cli {

/// The options by which a command names prompt caches and a split between two of them.
struct CacheOptions
{
    std::string rules; // empty: no cache replay; "auto": by the vendor
    std::string to;    // empty: no split
    std::string to_rules = "auto";
    double share = 50; // percent
    std::string by = "request";
    std::uint64_t seed = 1;
    std::int64_t block = usage::hashed_block;
    std::int64_t capacity = 0; // blocks; 0: as the rules say
};

/// --cache-by, --cache-seed, --cache-block and --cache-capacity.
void add_cache_options(CLI::App& command, CacheOptions& options);

/// The question that the options ask; `model` names today's model where the log does not count.
base::Result<usage::CacheQuestion> cache_question(const CacheOptions& options, const pricing::Sheet& sheet,
                                                  const std::string& model);

/// For people: hit rates before and after the split, and what is lost in tokens and money.
void print_cache(const usage::CacheReplay& replay);

}
