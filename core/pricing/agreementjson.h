#pragma once

#include "core/pricing/agreement.h"
#include "core/pricing/sheetfields.h"

#include <string>

namespace leeway::pricing {

/// Reads the "agreement" of a sheet, an object that follows templates/prices/sheet.schema.json.
Agreement agreement_from(const nlohmann::json& value, const std::string& at, SheetFields& fields);
/// The same as JSON, indented by two for a member of a sheet.
std::string to_json(const Agreement& agreement);

}
