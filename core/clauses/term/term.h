#pragma once

#include "core/base/date.h"
#include "core/document/document.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// Bytes [begin, end) of Document::text: the sentence that says it.
struct StatedIn
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const StatedIn&) const = default;
};

/// When a contract runs, as far as its text says so with a date.
struct Term
{
    std::optional<base::Date> begins; // effective date
    StatedIn begins_in;
    std::optional<base::Date> ends; // last day of the first term, stated or counted from `begins`
    StatedIn ends_in;
    bool renews = false;    // another term follows by itself
    int renewal_months = 0; // of that term, 0: how long it is is not said
    StatedIn renews_in;

    bool operator==(const Term&) const = default;
};

/// Reads effective date, first term and automatic renewal from English text. A date of digits alone is
/// taken in the form 2026-01-31 only. Linear in the length of the text.
Term term_of(const document::Document& document);

/// A date in a text and where it stands.
struct DateText
{
    std::size_t begin = 0;
    std::size_t end = 0;
    base::Date date{};
};
/// "1 January 2026", "January 1st, 2026", "the 5th day of February, 2020", "2026-01-31"; `text` in lower
/// case.
std::vector<DateText> dates_in(std::string_view text);

}
