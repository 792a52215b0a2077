#pragma once

#include "ui/costs/drift/driftcheck.h"
#include "ui/costs/outlook/barschart.h"

#include <QString>

namespace leeway::ui {

/// "Q3 2026", or the days: "3 Jun 2026 to 20 Aug 2026".
QString periodText(const pricing::Days& days, bool quarter);

/// "Q3 2026 costs € 1,200 more than Q2 2026; what adds most: volume".
QString driftHeadline(const DriftCheck& check);

/// From the earlier cost by the five parts to the later one.
BarsChart::Content driftBars(const DriftCheck& check);

/// What the reader must know beside the figures, one a line; what has no price is named.
QString driftNotes(const DriftCheck& check);

}
