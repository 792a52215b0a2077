#pragma once

#include "core/clauses/pack.h"
#include "core/scoring/index.h"

#include <vector>

namespace leeway::scoring {

/// A check whose verdict nobody has confirmed.
struct Uncertain
{
    double points = 0; // of the index (0…100) that it gives when adverse
    clauses::Polarity polarity = clauses::Polarity::Protective;
    clauses::Verdict verdict = clauses::Verdict::Missing;
    double confidence = 0; // 0…1
};

struct Spread
{
    double low = 0; // points of the index
    double high = 0;
};

/// The 10th and the 90th percentile of the sum of the checks' points, each check on its own: a verdict is
/// right with its confidence (no less than a blind guess), and the rest goes to the other verdicts, half as
/// much for every further step on the scale met, partial, missing, adverse.
Spread spread_of(const std::vector<Uncertain>& checks);

}
