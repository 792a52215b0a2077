#pragma once

#include "core/fallback/suite.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// Gives the bytes of a file that stands beside the suite, by its bare name.
using Beside = std::function<base::Result<std::string>(const std::string& name)>;

/// Reads a suite by the ending of its name: .yaml, .yml or .json (promptfoo's or Leeway's own, told apart by
/// what they hold), .csv (promptfoo's tests) or .jsonl (one case a line). Everything outside of the supported
/// subset is an Invalid error that names it and its line; scripts are never run.
base::Result<Suite> load_suite(const std::filesystem::path& path);

/// The same from bytes; `beside` opens the CSV files of tests that a promptfoo file names.
base::Result<Suite> parse_suite(const std::string& name, std::string_view bytes, const Beside& beside = {});

base::Result<Suite> parse_suite_yaml(const std::string& name, std::string_view text,
                                     const Beside& beside = {});
base::Result<Suite> parse_suite_csv(const std::string& name, std::string_view text);
base::Result<Suite> parse_suite_jsonl(const std::string& name, std::string_view text);

}
