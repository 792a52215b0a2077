#pragma once

#include "core/clauses/playbook/playbook.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace leeway::cli {

/// Positions reached and unacceptable terms found, one entry a check.
nlohmann::json stands_json(const std::vector<clauses::Stand>& stands, const clauses::Pack& pack);

/// The same for people: a table of positions, then what is unacceptable with its place.
void print_stands(const std::vector<clauses::Stand>& stands, const clauses::Pack& pack);

}
