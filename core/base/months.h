#pragma once

#include "core/base/date.h"

namespace leeway::base {

/// The same day so many months later (or earlier), or the month's last day where it has no such day.
Date months_later(Date day, int months);
/// The last day of a time of so many months that begins with `first`: a year from 29 February 2024 ends on 28
/// February 2025.
Date last_day_of(Date first, int months);

}
