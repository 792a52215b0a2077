#pragma once

#include "core/simulation/calendar/calendar.h"

#include <optional>

namespace leeway::simulation {

/// The last day of the term that runs on `today`, or of the last one (of the first one, where the length of
/// renewals is not known); none where no end is known.
std::optional<base::Date> running_end(const ContractTerm& contract, base::Date today);

/// The last day on which notice is early enough: the end less the days, or less the months where the
/// contract counts in months, whichever is earlier.
base::Date last_notice_day(base::Date end, const NoticeTime& notice);

/// The first anniversary of the contract's beginning from `today` on, within its term or a renewal; none
/// without a beginning or a price review.
std::optional<base::Date> next_review(const ContractTerm& contract, base::Date today);

}
