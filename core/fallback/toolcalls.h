#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// The names of the tools called, from the forms in which OpenAI, Anthropic and Google send them.
std::set<std::string> tools_called(const nlohmann::ordered_json& calls);

/// The same from text: JSON as a whole, or calls that start and end on lines of their own outside of code
/// fences. TooLarge where the text is too broken to be read to its end.
base::Result<std::set<std::string>> tools_called_in(std::string_view text);

/// Why a call does not fit any of the offered functions ({name, parameters}); empty when it does. Invalid
/// where a function's schema cannot be used.
base::Result<std::string> call_fault(const nlohmann::ordered_json& call, const nlohmann::json& functions);

}
