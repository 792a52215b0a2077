#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"

#include <map>
#include <string>
#include <vector>

namespace leeway::usage {

struct MonthCost
{
    base::Month month;
    std::string vendor;
    std::string model;
    pricing::Counts counts;
    base::Decimal cost;  // of what could be priced
    bool priced = false; // everything in it
};

struct Replay
{
    std::string currency;
    base::Decimal total;
    std::int64_t requests = 0;
    std::int64_t unpriced_requests = 0;
    std::vector<MonthCost> months;                // by month, vendor, model
    std::map<std::string, std::int64_t> unpriced; // "vendor/model" → requests
    std::vector<std::string> notes;               // distinct fallbacks that pricing took
};

/// Prices the cube. With `to`, the model `from` ("vendor/model" or model as in the log; empty for all) is
/// priced as if it had been `to`; months keep the names of the log, so that both answers stand side by side.
/// With `from` alone, only that model's usage is priced. A `to` that the sheet lacks leaves everything
/// unpriced, with a note.
Replay replay(const Cube& cube, const pricing::Sheet& sheet, const std::string& from = {},
              const std::string& to = {});

/// "vendor/model", or the model alone of a log that names no vendor.
std::string logged_name(const std::string& vendor, const std::string& model);
/// Whether a line's model is the one that a person named "vendor/model" or "model"; true for an empty name.
bool is_named(const std::string& vendor, const std::string& model, const std::string& name);
/// The model that a person named "vendor/model" or "model"; nullptr when the sheet has none, or several.
const pricing::Model* find_named(const pricing::Sheet& sheet, const std::string& name);

}
