#pragma once

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/pricing/sheet.h"

namespace leeway::pricing {

/// `history` with the prices of `snapshot` as those from `day` on, where they are other ones: usage of each
/// day is then priced as it was. New models are added with what they cost, models that the snapshot lacks
/// stay. Invalid when the currencies differ, or when the history already has a price from a later day on.
base::Result<Sheet> with_snapshot(Sheet history, const Sheet& snapshot, base::Date day);

}
