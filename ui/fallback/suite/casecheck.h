#pragma once

#include "core/fallback/suite.h"

#include <QString>
#include <vector>

namespace leeway::ui {

enum class CaseField { Id, Messages, Variables, Checks };

/// What is wrong with a case, and where.
struct Complaint
{
    int index = 0; // of the case
    CaseField field = CaseField::Id;
    int item = 0; // message or check
    QString text;
};

/// Of all cases, in their order; empty when the suite can be kept.
std::vector<Complaint> complaintsOf(const fallback::Suite& suite);

/// As its own format gives it back, with the SHA-256 of that; Invalid when it could not be read again.
base::Result<fallback::Suite> asKept(const fallback::Suite& suite);

/// What stands for a value in a field: texts as they are, all else as JSON.
QString fieldOf(const nlohmann::json& value);

/// What a field says: `before` while it still stands for that; a list or object where it can be read as one,
/// a number where `before` was one; else a text.
nlohmann::json valueOf(const QString& field, const nlohmann::json& before);

}
