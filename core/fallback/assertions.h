#pragma once

#include "core/fallback/suite.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

enum class AssertionKind {
    Deterministic, // graded here
    Set,           // assert-set
    Model,         // needs another model
    Script,        // runs code or calls a web address
    Trace,         // needs traces of an agent
    Unknown
};

AssertionKind kind_of(std::string_view type); // without `not-`

/// All types that grade() knows, sorted.
const std::vector<std::string>& deterministic_types();

/// A sentence on why a type that is not deterministic is refused, with its name.
std::string why_refused(std::string_view type);

/// Checks an assertion that has been read for all that can be known before an answer is there: its type, its
/// templates, its pattern, its schema, its threshold.
base::Status check_assertion(const Assertion& assertion);

}
