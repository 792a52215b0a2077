#pragma once

#include "core/base/date.h"
#include "core/pricing/agreement.h"

#include <vector>

namespace leeway::pricing {

/// Days from `first` to `last`, both in it.
struct Days
{
    base::Date first;
    base::Date last;

    [[nodiscard]] bool contains(base::Date day) const { return first <= day && day <= last; }
    bool operator==(const Days&) const = default;
};

/// The calendar day, month, quarter or year that a day lies in.
Days calendar_period(base::Date day, Per per);
/// The months, quarters or years of a term, counted from its first day; the last one ends with the term.
std::vector<Days> periods_of_term(const Days& term, Per per);

}
