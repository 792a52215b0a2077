#include "core/pricing/lint.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <tuple>
#include <utility>

namespace leeway::pricing {
namespace {

using base::Decimal;

class Linter
{
public:
    explicit Linter(base::Date today) : m_today(today) {}

    void discount(const Discount& discount)
    {
        ended(discount.title, discount.until);
        for (std::size_t i = 1; i < discount.steps.size(); ++i) {
            const DiscountStep& before = discount.steps[i - 1];
            const DiscountStep& step = discount.steps[i];
            if (step.percent < before.percent)
                add("discount-falls", Severity::Warning,
                    fmt::format("{}: {} % from {}, {} % from {}", discount.title, before.percent.to_string(),
                                before.from.to_string(), step.percent.to_string(), step.from.to_string()),
                    "Who spends more gets a greater discount as a rule.");
        }
    }

    void commitment(const Commitment& commitment) { ended(commitment.title, commitment.until); }

    void capacity(const Capacity& capacity)
    {
        ended(capacity.title, capacity.until);
        if (capacity.cached_weight > capacity.input_weight)
            add("capacity-weights", Severity::Error,
                fmt::format("{}: a cached token weighs {}, another {}", capacity.title,
                            capacity.cached_weight.to_string(), capacity.input_weight.to_string()),
                "A cached token takes less of the capacity than one that must be read.");
        if (capacity.output_weight < capacity.input_weight)
            add("capacity-weights", Severity::Warning,
                fmt::format("{}: an output token weighs {}, an input token {}", capacity.title,
                            capacity.output_weight.to_string(), capacity.input_weight.to_string()),
                "Output takes more of the capacity than input; the two may have changed places.");
    }

    void exchange_rates(std::vector<ExchangeRate> rates)
    {
        std::ranges::sort(rates, {}, [](const ExchangeRate& r) { return std::tie(r.from, r.to, r.date); });
        for (std::size_t i = 1; i < rates.size(); ++i) {
            const ExchangeRate& before = rates[i - 1];
            const ExchangeRate& rate = rates[i];
            const bool same = before.from == rate.from && before.to == rate.to;
            if (same && (before.rate * 3 > rate.rate * 4 || rate.rate * 3 > before.rate * 4))
                add("exchange-rate-jump", Severity::Warning,
                    fmt::format("{} to {}: {} on {}, {} on {}", rate.from, rate.to, before.rate.to_string(),
                                base::to_string(before.date), rate.rate.to_string(),
                                base::to_string(rate.date)),
                    "A change by more than a third between two dates is rare; the rate may be upside down.");
        }
    }

    std::vector<LintFinding> findings;

private:
    void add(std::string rule, Severity severity, std::string what, std::string why)
    {
        findings.push_back({std::move(rule), severity, {}, {}, std::move(what), std::move(why)});
    }

    void ended(const std::string& title, const std::optional<base::Date>& until)
    {
        if (until && *until < m_today)
            add("term-ended", Severity::Warning,
                fmt::format("{}: ended on {}", title, base::to_string(*until)),
                "What was agreed no longer holds; list prices do.");
    }

    base::Date m_today;
};

}

std::vector<LintFinding> lint(const Agreement& agreement, base::Date today)
{
    Linter linter(today);
    for (const Discount& discount : agreement.discounts)
        linter.discount(discount);
    for (const Commitment& commitment : agreement.commitments)
        linter.commitment(commitment);
    for (const Capacity& capacity : agreement.capacities)
        linter.capacity(capacity);
    linter.exchange_rates(agreement.exchange_rates);
    return std::move(linter.findings);
}

}
