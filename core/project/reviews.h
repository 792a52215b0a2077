#pragma once

#include "core/clauses/review.h"
#include "core/document/document.h"
#include "core/project/values.h"

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

// Rows of reviews and evidence. These throw SQLite::Exception or Refused.
namespace leeway::project {

/// Replaces the review of a version. Refuses evidence that lies outside the document's text.
void write_review(SQLite::Database& database, Id version, const document::Document& document,
                  const clauses::Review& review);
clauses::Review read_review(SQLite::Database& database, Id version, const document::Document& document);

void write_decision_evidence(SQLite::Database& database, Id decision,
                             const std::vector<clauses::Evidence>& evidence);
std::vector<clauses::Evidence> read_decision_evidence(SQLite::Database& database, Id decision);

clauses::Verdict verdict_of(const std::string& word);

}
