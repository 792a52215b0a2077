#include "core/simulation/calendar/calendar.h"

#include "core/base/hash.h"
#include "core/simulation/calendar/terms.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace leeway::simulation {
namespace {

constexpr std::array<std::string_view, date_kinds> names{
    "decision gate", "budget lock", "start of the term", "notice deadline", "renewal",      "end",
    "price review",  "new price",   "end of a price",    "retirement",      "end of terms", "regulation"};

std::string days_text(int days)
{
    return days == 1 ? "1 day" : fmt::format("{} days", days);
}

class Collector
{
public:
    Collector(const CalendarFacts& facts, base::Date today) : m_facts(facts), m_today(today) {}

    std::vector<CalendarDate> run()
    {
        if (m_facts.plan != nullptr)
            add_plan(*m_facts.plan);
        for (const ContractTerm& contract : m_facts.contracts)
            add_contract(contract);
        for (const pricing::Model* model : m_facts.used)
            add_model(*model);
        if (m_facts.sheet != nullptr)
            add_agreement(*m_facts.sheet);
        for (const RegulationDate& regulation : m_facts.regulations)
            add({regulation.date,
                 fmt::format("{}: {}", regulation.regulation, regulation.what),
                 false,
                 DateKind::Regulation,
                 {.title = regulation.regulation, .section = regulation.article}},
                regulation.regulation + regulation.what);
        std::ranges::stable_sort(m_dates, [](const CalendarDate& a, const CalendarDate& b) {
            return a.date != b.date ? a.date < b.date : a.what < b.what;
        });
        return std::move(m_dates);
    }

private:
    void add(CalendarDate date, const std::string& identity)
    {
        const std::string key = fmt::format("{}\n{}", to_string(date.kind), identity);
        const int again = m_seen[key]++;
        if (date.date < m_today && date.kind != DateKind::Gate)
            return;
        date.uid = base::sha256(again == 0 ? key : fmt::format("{}\n{}", key, again)).substr(0, 32);
        m_dates.push_back(std::move(date));
    }

    void add_plan(const Plan& plan)
    {
        const DateSource source{.title = "Scenarios", .text = {}};
        if (plan.budget_lock) {
            const int days = std::clamp(plan.gate_days, 0, 3650);
            add({*plan.budget_lock - std::chrono::days(days),
                 fmt::format("Decision gate: last day to decide, {} before the budget lock", days_text(days)),
                 true, DateKind::Gate, source},
                {});
            add({*plan.budget_lock, "Budget lock", false, DateKind::BudgetLock, source}, {});
        }
        add({plan.start.first_day(), "The term of the scenarios begins", false, DateKind::TermStart, source},
            {});
    }

    void add_contract(const ContractTerm& contract)
    {
        // Its number stays when a contract is renamed.
        const std::string id =
            contract.contract != 0 ? fmt::format("contract {}", contract.contract) : contract.title;
        if (const auto end = running_end(contract, m_today)) {
            if (contract.renews_itself())
                add({*end + std::chrono::days(1), renewal_text(contract, *end), false, DateKind::Renewal,
                     contract.renewal_source},
                    id);
            else
                add({*end, fmt::format("“{}” ends", contract.title), !contract.notice.has_value(),
                     DateKind::End, contract.term_source},
                    id);
            if (contract.notice && contract.notice->days > 0)
                add({last_notice_day(*end, *contract.notice),
                     fmt::format("Last day for notice {} “{}”: {} before its term ends",
                                 contract.renews_itself() ? "to stop the renewal of" : "under",
                                 contract.title, contract.notice->words),
                     true, DateKind::Notice, contract.renewal_source},
                    id);
        }
        if (const auto review = next_review(contract, m_today))
            add({*review,
                 fmt::format("Price review of “{}”, on the anniversary of its beginning{}", contract.title,
                             contract.price_review->text.empty() ? std::string()
                                                                 : ": " + contract.price_review->text),
                 false, DateKind::PriceReview, *contract.price_review},
                id);
    }

    [[nodiscard]] std::string renewal_text(const ContractTerm& contract, base::Date end) const
    {
        std::string text = fmt::format("“{}” renews", contract.title);
        if (contract.renewal_months > 0)
            text += fmt::format(" for {} month{}", contract.renewal_months,
                                contract.renewal_months == 1 ? "" : "s");
        if (!contract.notice || contract.notice->days <= 0)
            return text + " unless it is stopped";
        const base::Date last = last_notice_day(end, *contract.notice);
        return last < m_today ? fmt::format("{}, unless notice was given by {}", text, base::to_string(last))
                              : text + " unless it is stopped";
    }

    void add_model(const pricing::Model& model)
    {
        const std::string name = fmt::format("{} of {}", model.model, model.vendor);
        DateSource source{.title = m_facts.sheet == nullptr ? "Price sheet" : m_facts.sheet->title};
        if (model.retires)
            add({*model.retires, name + " is retired", true, DateKind::Retirement, source}, name);
        for (std::size_t i = 0; i < model.prices.size(); ++i) {
            const pricing::DatedRates& rates = model.prices[i];
            source.text = rates.source;
            const bool followed = rates.until && i + 1 < model.prices.size() && model.prices[i + 1].from;
            if (rates.from)
                add({*rates.from, "New prices of " + name, false, DateKind::NewPrice, source},
                    name + base::to_string(*rates.from));
            if (rates.until &&
                !(followed && *model.prices[i + 1].from <= *rates.until + std::chrono::days(1)))
                add({*rates.until, fmt::format("Last day of the listed prices of {}: none follow", name),
                     true, DateKind::PromotionEnd, source},
                    name + base::to_string(*rates.until));
        }
    }

    void add_term(const std::string& kind, const std::string& title, base::Date until)
    {
        add({until,
             fmt::format("{} ends: {}", kind, title),
             false,
             DateKind::AgreementEnd,
             {.title = m_facts.sheet->title, .text = title}},
            kind + title);
    }

    void add_agreement(const pricing::Sheet& sheet)
    {
        for (const pricing::Discount& discount : sheet.agreement.discounts) {
            if (discount.until)
                add_term("Discount", discount.title, *discount.until);
        }
        for (const pricing::Commitment& commitment : sheet.agreement.commitments)
            add_term("Commitment", commitment.title, commitment.until);
        for (const pricing::Capacity& capacity : sheet.agreement.capacities) {
            if (capacity.until)
                add_term("Capacity", capacity.title, *capacity.until);
        }
    }

    const CalendarFacts& m_facts;
    base::Date m_today;
    std::vector<CalendarDate> m_dates;
    std::map<std::string, int> m_seen;
};

}

std::string_view to_string(DateKind kind)
{
    return names[static_cast<std::size_t>(kind)];
}

std::vector<CalendarDate> calendar_of(const CalendarFacts& facts, base::Date today)
{
    return Collector(facts, today).run();
}

std::vector<std::string> missing_dates(const CalendarFacts& facts)
{
    std::vector<std::string> missing;
    for (const ContractTerm& contract : facts.contracts) {
        if (!contract.ends)
            missing.push_back(fmt::format(
                "“{}”: no date on which its term ends was found{}.", contract.title,
                contract.notice ? fmt::format("; notice is due {} before it", contract.notice->words)
                                : std::string()));
        else if (contract.renews_itself() && contract.renewal_months <= 0)
            missing.push_back(fmt::format("“{}” renews itself, but for how long was not found: its dates are "
                                          "those of the first term.",
                                          contract.title));
        if (contract.ends && !contract.notice && contract.renews_itself())
            missing.push_back(
                fmt::format("“{}” renews itself, but no time for notice was found.", contract.title));
    }
    if (facts.plan != nullptr && !facts.plan->budget_lock)
        missing.emplace_back("The day on which the budget is locked: enter it on the Costs page to get the "
                             "decision gate.");
    return missing;
}

}
