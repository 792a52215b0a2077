#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/usage/cube.h"
#include "core/usage/formats/format.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// A line of an invoice, or of an export of costs: what was billed, not what was used.
struct BilledLine
{
    base::Instant from; // the period, `to` not in it
    base::Instant to;
    std::string vendor;
    std::string model; // empty when the line names none
    std::string description;
    base::Decimal quantity; // 0 when the line has none
    std::string unit;
    base::Money amount; // may be negative: a credit
    std::int64_t line = 0;
};

/// What the log of that shape is, when it holds billed lines ("an export of OpenAI costs"); else empty.
std::string_view billed_title(const Shape& shape);

/// Streams the billed lines of OpenAI costs, Anthropic costs and FOCUS 1.x tables to `sink` in order. Lines
/// that were billed twice in overlapping exports are the caller's to tell apart. Refuses what usage logs are
/// refused for.
base::Status read_billed(const std::filesystem::path& file,
                         const std::function<void(const BilledLine&)>& sink,
                         const std::function<void(BadLine)>& bad, const base::Progress& progress = {});

/// The sum of amounts in one currency. `rates` says what one unit of another currency is worth in it; amounts
/// in a currency without a rate are an error that names them.
base::Result<base::Money> billed_total(const std::vector<BilledLine>& lines, const std::string& currency,
                                       const std::map<std::string, base::Decimal>& rates = {});

}
