#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

/// Limits of one run of another program.
struct ProgramLimits
{
    std::chrono::seconds wall{120};
    std::chrono::seconds cpu{120};
    std::size_t memory_bytes = std::size_t{2} << 30;
    std::size_t output_bytes = std::size_t{64} << 20;
};

/// The program of this name in a folder of $PATH; empty when there is none.
std::filesystem::path find_program(std::string_view name);

/// Runs a program with `input` as its standard input and gives its standard output. Blocking; `wanted`, which
/// may be empty, is asked about ten times a second, and false ends the program with Cancelled. Errors also:
/// TooLarge over a limit of time or output, Io when it cannot be started or fails.
base::Result<std::string> run_program(const std::filesystem::path& program,
                                      const std::vector<std::string>& arguments, std::string_view input,
                                      const ProgramLimits& limits, const std::function<bool()>& wanted);

}
