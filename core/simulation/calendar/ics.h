#pragma once

#include "core/simulation/calendar/calendar.h"

#include <span>
#include <string>

namespace leeway::simulation {

/// The dates as whole-day events of an iCalendar file (RFC 5545), CRLF and folded at 75 bytes. An event keeps
/// its UID over exports, so that a calendar replaces it; decisions warn 30 and 7 days before, other dates 7.
/// `stamp` is when it is exported, `name` that of the calendar, also told apart by in the UIDs.
std::string to_ics(std::span<const CalendarDate> dates, const std::string& name, base::Instant stamp);

}
