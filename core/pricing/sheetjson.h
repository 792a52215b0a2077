#pragma once

#include "core/base/result.h"
#include "core/pricing/sheet.h"

#include <string>
#include <string_view>

namespace leeway::pricing {

/// The text by which a Leeway sheet is known: the value of its "format".
inline constexpr std::string_view sheet_format = "leeway-prices";

/// Reads Leeway's own format after checking it against templates/prices/sheet.schema.json.
base::Result<Sheet> sheet_from_json(const std::string& name, std::string_view text);

}
