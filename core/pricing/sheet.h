#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/pricing/agreement.h"
#include "core/pricing/counts.h"
#include "core/pricing/schedule.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::pricing {

/// A price for one unit (token, request, search, …). It holds for requests of service tier `tier` whose whole
/// input is over `above_tokens`.
struct Rate
{
    Component component = Component::Input;
    base::Decimal price; // in the sheet's currency, for one unit
    std::string tier = "standard";
    std::int64_t above_tokens = 0;

    bool operator==(const Rate&) const = default;
};

/// Rates that take the place of others in some hours of the week (off-peak), whatever context tier a request
/// reaches.
struct WeekRates
{
    Schedule when;
    std::vector<Rate> rates;

    bool operator==(const WeekRates&) const = default;
};

/// Rates that hold from a date on, until the next entry or `until`.
struct DatedRates
{
    std::optional<base::Date> from;  // none: since ever
    std::optional<base::Date> until; // last day; none: open
    std::vector<Rate> rates;
    std::vector<WeekRates> off_peak; // the first whose hours hold counts
    std::string source;              // where the figures were read
    std::string note;
    std::optional<base::Date> read; // when they were read there

    bool operator==(const DatedRates&) const = default;
};

/// Price and facts of one model of one vendor.
struct Model
{
    std::string vendor; // as in the usage log: "openai", "bedrock", …
    std::string model;
    std::vector<std::string> aliases;
    std::string mode = "chat";
    std::int64_t max_input_tokens = 0; // 0 unknown
    std::int64_t max_output_tokens = 0;
    std::int64_t cache_min_tokens = 0; // the shortest prefix that is cached
    std::optional<base::Date> retires;
    bool threshold_inclusive = false; // a context tier begins at its threshold (xAI) instead of above it
    bool marginal_tiers = false;      // a context tier's rate holds for the tokens above it only
    bool open_weights = false;
    /// Region → factor on every price but those of tools (searches, code sessions). A request's region
    /// matches a whole name or its first word ("eu" holds for "eu-west-1"); "*" holds for every named region
    /// but "global".
    std::vector<std::pair<std::string, base::Decimal>> regional_factors;
    std::vector<DatedRates> prices; // by `from`, oldest first

    bool operator==(const Model&) const = default;
};

/// Leeway's price sheet: templates/prices/sheet.schema.json.
struct Sheet
{
    std::string id;
    std::string title;
    std::string currency = "USD";
    std::optional<base::Date> as_of;
    std::string source;
    std::string sha256; // of the bytes it was read from
    std::vector<Model> models;
    Agreement agreement;
    std::vector<std::string> ignored; // what an import left out, each with its reason

    /// By vendor and model, then by alias, then by model name alone when it is unique; nullptr if unknown.
    /// Letters' case does not matter; "vendor/model" may stand in `model`. With a vendor that the sheet
    /// knows, only that vendor's models are found.
    [[nodiscard]] const Model* find(std::string_view vendor, std::string_view model) const;
};

/// The one name of a vendor that goes by several: "bedrock_converse" and "AWS" → "bedrock",
/// "vertex_ai-language-models" → "vertex_ai", "Google" → "gemini".
std::string canonical_vendor(std::string_view vendor);
/// Whether `vendor`, as a log spells it, is the vendor of `model`.
bool is_vendor(std::string_view vendor, const Model& model);

/// Reads a Leeway sheet, LiteLLM's price map or models.dev's api.json, plain or gzipped, told apart by
/// content. Errors name line and path.
base::Result<Sheet> parse_sheet(const std::string& name, std::string_view bytes);
base::Result<Sheet> load_sheet(const std::string& path);
/// The sheet in resources/prices that comes with Leeway.
base::Result<Sheet> bundled_sheet();
std::string to_json(const Sheet& sheet);

/// `base` with the models of `additions`, which win where both have one: own or newer rates beside list
/// prices. Invalid when the currencies differ. `ignored` is that of the additions, and their agreement counts
/// where they have one.
base::Result<Sheet> merged(Sheet base, const Sheet& additions);

}
