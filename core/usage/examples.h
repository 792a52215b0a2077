#pragma once

#include <cstddef>

namespace leeway::usage {

/// How many bad lines are shown with their reasons; all are counted.
inline constexpr std::size_t most_examples = 20;

}
