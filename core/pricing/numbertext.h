#pragma once

#include "core/base/decimal.h"
#include "core/base/result.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::pricing {

/// Foreign JSON with every number that is not an integer kept as its text, so that no price passes through a
/// binary float.
struct NumberText
{
    nlohmann::json value;
    std::vector<std::string> doubled; // names that stand twice in one object; the last one counts
    bool has_fractions = false;       // some number was kept as its text
};

/// At most 64 levels of nesting; an Invalid error names the line.
base::Result<NumberText> parse_number_text(const std::string& name, std::string_view text);

/// A number of such a file, also one that was written as a string.
std::optional<base::Decimal> decimal_of(const nlohmann::json& value);
/// A whole number of such a file: "200000.0" counts as one.
std::optional<std::int64_t> integer_of(const nlohmann::json& value);
/// Whether a decimal text has digits beyond the 18th place, which base::Decimal rounds away.
bool has_more_places(const nlohmann::json& value);

}
