#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// How a vendor keeps prompts in its cache: templates/caches/cache.schema.json.
struct CacheRules
{
    std::string id{};
    std::string title{};
    std::int64_t time_to_live = 0;    // seconds; 0: for ever
    bool refreshed_on_read = true;    // a read starts that time anew
    std::int64_t minimum_tokens = 0;  // the shortest prefix that is cached
    std::int64_t step_tokens = 1;     // hits are rounded down to a multiple of it
    std::int64_t capacity_blocks = 0; // of the log; the least lately used goes first. 0: no limit
    bool charges_writes = false;      // at a price of their own
    std::string source{};
    std::string note{}; // what is assumed

    bool operator==(const CacheRules&) const = default;
};

/// Errors name line and path.
base::Result<CacheRules> parse_cache_rules(const std::string& name, std::string_view text);
/// A file, or the id of bundled rules ("openai", "anthropic-5m", …).
base::Result<CacheRules> load_cache_rules(const std::string& path_or_id);
/// The id of the bundled rules that fit a vendor of the price sheet; "unlimited" for one without any.
std::string cache_rules_for(std::string_view vendor);
/// The bundled rules of every vendor that has any, by its canonical name, and the unlimited ones under "".
base::Result<std::map<std::string, CacheRules>> bundled_cache_rules();

}
