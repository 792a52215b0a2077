#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/fallback/runs/run.h"
#include "core/pricing/sheet.h"

#include <optional>

namespace leeway::fallback {

/// Grades the answer that `result` holds: state, score, why and assertions.
void grade_into(CaseResult& result, const Case& c);

/// The result of a case whose reply has come: measured, priced and graded.
CaseResult result_of(const Case& c, int index, int repetition, Reply reply,
                     const std::optional<base::Decimal>& cost);

/// What the tokens of a reply cost at `model`'s prices on that day; nothing without counts or a price.
std::optional<base::Decimal> cost_of(const Tokens& tokens, const std::string& model,
                                     const pricing::Sheet& sheet, base::Instant time);

}
