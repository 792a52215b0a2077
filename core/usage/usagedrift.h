#pragma once

#include "core/base/decimal.h"
#include "core/pricing/period.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace leeway::usage {

/// Why the cost of one period differs from that of an earlier one. In this order, each step on top of those
/// before; together they are exactly the difference.
struct DriftParts
{
    base::Decimal volume; // more or fewer requests, all else as before
    base::Decimal mix;    // requests moved between models; models that are new or gone
    base::Decimal length; // longer or shorter requests, at the earlier share of cache reads
    base::Decimal cache;  // another share of cache reads
    base::Decimal price;  // other prices

    [[nodiscard]] base::Decimal sum() const { return volume + mix + length + cache + price; }
    DriftParts& operator+=(const DriftParts& other);
    bool operator==(const DriftParts&) const = default;
};

/// What was used of one model in a period.
struct DriftSide
{
    std::int64_t requests = 0;
    std::int64_t input = 0; // tokens, all
    std::int64_t cached = 0;
    std::int64_t output = 0;
    base::Decimal cost;

    [[nodiscard]] double cached_share() const; // of the input, 0…1
    bool operator==(const DriftSide&) const = default;
};

struct ModelDrift
{
    std::string vendor; // as in the log
    std::string model;
    DriftSide before;
    DriftSide after;
    DriftParts parts; // exactly after.cost − before.cost

    bool operator==(const ModelDrift&) const = default;
};

struct UsageDrift
{
    std::string currency;
    pricing::Days before_days{};
    pricing::Days after_days{};
    DriftSide before; // of what is priced
    DriftSide after;
    DriftParts parts;                             // exactly the sum over the models
    std::vector<ModelDrift> models;               // by the size of their difference
    std::map<std::string, std::int64_t> unpriced; // "vendor/model" → requests in either period, left out
    std::vector<std::string> notes;

    bool operator==(const UsageDrift&) const = default;
};

/// The drift from `before` to `after`, each priced by `sheet` on its days; "earlier prices" are those of the
/// last day of `before`. With `old_sheet`, the earlier period and the earlier prices are those of that sheet.
/// Periods are compared as they are: more days are more volume.
UsageDrift usage_drift(const Cube& before, const Cube& after, const pricing::Sheet& sheet,
                       const pricing::Sheet* old_sheet = nullptr);

/// {"currency", "before": {"from", "to", "requests", "input_tokens", "cached_tokens", "output_tokens",
/// "cost"}, "after": {…}, "difference", "parts": {"volume", "mix", "length", "cache", "price"}, "models":
/// [{"vendor", "model", "before", "after", "parts"}], "unpriced", "notes"}
nlohmann::ordered_json to_json(const UsageDrift& drift);

/// One row a model, then one of all, for a spreadsheet (RFC 4180): vendor, model, requests, tokens and cost
/// of both periods, the difference and its five parts. Amounts have all their digits and a decimal point.
std::string to_csv(const UsageDrift& drift);

}
