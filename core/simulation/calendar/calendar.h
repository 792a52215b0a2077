#pragma once

#include "core/base/date.h"
#include "core/simulation/scenario.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::simulation {

enum class DateKind : std::uint8_t {
    Gate, // last day to decide before the budget is locked
    BudgetLock,
    TermStart, // of the scenarios
    Notice,    // last day to stop a contract's renewal
    Renewal,   // first day of a contract's next term
    End,       // last day of a contract that does not renew itself
    PriceReview,
    NewPrice,     // a dated price of the sheet begins
    PromotionEnd, // last day of a price that ends
    Retirement,   // of a model
    AgreementEnd, // last day of a discount, a commitment or capacity
    Regulation    // a requirement begins to apply
};
inline constexpr int date_kinds = 12;
std::string_view to_string(DateKind kind); // "decision gate", "notice deadline", …

/// Where a date comes from: "Master agreement", "8.2", 7. A date of a contract names the check, if there is
/// one, that leads to the passage.
struct DateSource
{
    std::string title{};
    std::string section{};
    int page = 0;
    std::string check{};
    std::int64_t contract = 0; // 0: none
    std::string text{};        // the words or figures it rests on

    bool operator==(const DateSource&) const = default;
};

/// A date to keep.
struct CalendarDate
{
    base::Date date;
    std::string what;
    bool decision = false; // something must be decided by then
    DateKind kind = DateKind::Gate;
    DateSource source{};
    std::string uid{}; // the same for the same event, also when its date moves; unlike all others of the list

    bool operator==(const CalendarDate&) const = default;
};

/// How long before the end of a term notice must be given.
struct NoticeTime
{
    int days = 0;
    int months = 0;      // where the contract counts in months, else 0
    std::string words{}; // "60 days", "2 months"
};

/// What is known of a contract's term. `source` is the passage on its renewal.
struct ContractTerm
{
    std::string title;
    std::int64_t contract = 0;
    std::optional<base::Date> begins{};
    std::optional<base::Date> ends{}; // last day of the term that runs first
    int renewal_months = 0;           // of a term that follows by itself; 0: none, or of unknown length
    std::optional<NoticeTime> notice{};
    DateSource term_source{};
    DateSource renewal_source{};
    std::optional<DateSource> price_review{}; // with what the contract allows in `text`
    bool renews = false;                      // by itself; true whenever `renewal_months` are known

    [[nodiscard]] bool renews_itself() const { return renews || renewal_months > 0; }
};

/// Days on which something of a regulation begins to apply.
struct RegulationDate
{
    base::Date date;
    std::string regulation; // title
    std::string what;       // "legal floor of “Charges”", "12 requirements"
    std::string article{};
};

/// What the dates are taken from. Pointers must outlive the call alone.
struct CalendarFacts
{
    const Plan* plan = nullptr; // nullptr: no scenarios
    std::span<const ContractTerm> contracts{};
    std::vector<const pricing::Model*> used{}; // models of the traffic
    const pricing::Sheet* sheet = nullptr;
    std::span<const RegulationDate> regulations{};
};

/// All dates by day from `today` on, and a decision gate that has passed. Notice must arrive on or before its
/// date: the term's last day less the time of notice. A contract that renews itself shows its next renewal,
/// or says that the day to stop it has passed.
std::vector<CalendarDate> calendar_of(const CalendarFacts& facts, base::Date today);

/// What would have to be known for a contract's dates: "“Master agreement”: no date on which its term
/// begins or ends was found."
std::vector<std::string> missing_dates(const CalendarFacts& facts);

}
