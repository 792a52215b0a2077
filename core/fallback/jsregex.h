#pragma once

#include "core/base/result.h"

#include <memory>
#include <re2/re2.h>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// A JavaScript pattern, without flags, that matches in linear time.
struct Pattern
{
    std::shared_ptr<const re2::RE2> compiled;
    std::string fault; // not empty: JavaScript itself would refuse the pattern

    /// Whether it matches anywhere in `text`.
    [[nodiscard]] bool found_in(std::string_view text) const;
};

/// Translates a pattern of JavaScript to RE2. A pattern that JavaScript refuses comes back with its fault;
/// one that only RE2 cannot do (look-ahead, look-behind, back-references, more than 1,000 repetitions) is an
/// Invalid error that names the part.
base::Result<Pattern> compile_pattern(std::string_view pattern);

}
