#pragma once

#include "core/pricing/agreement.h"
#include "core/pricing/sheet.h"

#include <string_view>

namespace leeway::pricing {

/// Whether a term concerns a model's usage in a service tier. Models go by their name or an alias, vendors by
/// any of their names; letters' case does not matter.
bool concerns(const Scope& scope, const Model& model, std::string_view tier);
/// A capacity that names no tier serves standard requests alone.
bool concerns(const Capacity& capacity, const Model& model, std::string_view tier);

}
