#pragma once

#include <cstdint>
#include <functional>

namespace leeway::base {

/// Called now and then by long work; `total` is 0 when unknown. Returning false asks the work to stop with
/// ErrorCode::Cancelled. May be empty.
using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;

[[nodiscard]] inline bool keep_going(const Progress& progress, std::int64_t done, std::int64_t total)
{
    return !progress || progress(done, total);
}

}
