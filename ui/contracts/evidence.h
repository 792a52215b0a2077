#pragma once

#include "core/report/model.h"
#include "ui/widgets/documentview.h"

#include <optional>
#include <vector>

namespace leeway::ui {

/// Where a passage stands in a document, which may be another version than the one it was taken from; none
/// when its words are no longer there.
std::optional<document::TextRange> locate(const document::Document& document,
                                          const clauses::Evidence& evidence);

/// The passages of a checklist, to be marked in a document.
std::vector<Highlight> highlightsOf(const document::Document& document,
                                    const std::vector<report::ChecklistRow>& checklist);
/// Those that the engine found in an older version.
std::vector<Highlight> highlightsOf(const document::Document& document, const clauses::Review& review);

/// A passage that the reviewer selected, without white space at its ends; none when nothing is left.
std::optional<clauses::Evidence> evidenceFrom(const document::Document& document, document::TextRange range,
                                              clauses::Role role);

}
