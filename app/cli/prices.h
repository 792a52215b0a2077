#pragma once

#include "app/cli/commands.h"

#include <string>

namespace leeway::cli {

/// "table" or "json".
void add_format_option(CLI::App& command, std::string& format);

/// `prices lint`, `prices diff` and `prices bill`.
void add_price_lint(CLI::App& prices, Action& action);
void add_price_diff(CLI::App& prices, Action& action);
void add_price_bill(CLI::App& prices, Action& action);

}
