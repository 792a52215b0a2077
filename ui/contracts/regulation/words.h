#pragma once

#include "core/clauses/regulation/assess.h"

#include <QString>

namespace leeway::ui {

/// "Covered", "Weaker than the floor", "Absent" …
QString statusWord(clauses::Status status);
/// The name of a status' icon, and of its colour in the palette.
QString statusIcon(clauses::Status status);
const char* statusColor(clauses::Status status);

/// "3 covered · 2 absent · 1 unanswered": the statuses that occur.
QString countsText(const clauses::Assessment& assessment);
/// "since 12 Sep 25", "from 2 Aug 26"; "—" where the requirement has no day.
QString startText(const clauses::Requirement& requirement, const clauses::Assessment& assessment);
/// "yes" and "no" as they begin a sentence; other answers as they are.
QString answerWord(const std::string& answer);

}
