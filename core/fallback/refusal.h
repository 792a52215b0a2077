#pragma once

#include <string_view>

namespace leeway::fallback {

/// Whether an English answer begins like a refusal or holds one of the phrases that promptfoo takes for one.
bool reads_as_refusal(std::string_view answer);

}
