#include "core/usage/cachereplay/rules.h"

#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/pricing/sheet.h"

#include <array>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::string_view kind = "caches";
constexpr std::size_t most_bytes = std::size_t{1} << 20;

struct Known
{
    std::string_view vendor;
    std::string_view rules;
};
constexpr std::array vendors{Known{"openai", "openai"},          Known{"azure", "openai"},
                             Known{"anthropic", "anthropic-5m"}, Known{"bedrock", "anthropic-5m"},
                             Known{"deepseek", "deepseek"},      Known{"gemini", "gemini"},
                             Known{"vertex_ai", "gemini"}};

}

base::Result<CacheRules> parse_cache_rules(const std::string& name, std::string_view text)
{
    const auto file = base::parse_template(kind, "cache.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());
    const nlohmann::json& value = file->value;
    CacheRules rules;
    rules.id = value.at("id").get<std::string>();
    rules.title = value.at("title").get<std::string>();
    rules.time_to_live = value.at("time_to_live_seconds").get<std::int64_t>();
    rules.refreshed_on_read = value.value("refreshed_on_read", true);
    rules.minimum_tokens = value.value("minimum_tokens", std::int64_t{0});
    rules.step_tokens = value.value("step_tokens", std::int64_t{1});
    rules.capacity_blocks = value.value("capacity_blocks", std::int64_t{0});
    rules.charges_writes = value.value("charges_writes", false);
    rules.source = value.value("source", "");
    rules.note = value.value("note", "");
    return rules;
}

base::Result<CacheRules> load_cache_rules(const std::string& path_or_id)
{
    const auto path = base::find_template(kind, path_or_id);
    if (!path)
        return tl::unexpected(path.error());
    const auto text = base::read_file(*path, most_bytes);
    return text ? parse_cache_rules(path->string(), *text) : tl::unexpected(text.error());
}

std::string cache_rules_for(std::string_view vendor)
{
    const std::string name = pricing::canonical_vendor(vendor);
    for (const Known& known : vendors) {
        if (name == known.vendor)
            return std::string(known.rules);
    }
    return "unlimited";
}

base::Result<std::map<std::string, CacheRules>> bundled_cache_rules()
{
    std::map<std::string, CacheRules> all;
    for (const Known& known : vendors) {
        auto rules = load_cache_rules(std::string(known.rules));
        if (!rules)
            return tl::unexpected(rules.error());
        all.emplace(known.vendor, std::move(*rules));
    }
    auto unlimited = load_cache_rules("unlimited");
    if (!unlimited)
        return tl::unexpected(unlimited.error());
    all.emplace("", std::move(*unlimited));
    return all;
}

}
