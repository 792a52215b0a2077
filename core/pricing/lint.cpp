#include "core/pricing/lint.h"

#include "core/pricing/cost.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace leeway::pricing {
namespace {

using base::Decimal;
using enum Component;

// Ratios between prices of one model, as parts of 100. The usual ones were counted in the maps of LiteLLM of
// February, July and November 2026: a 5-minute cache write costs 1 to 1.56 times the input, a 1-hour write
// twice, a context tier 1.24 to 5 times its base, priority 1 to 2.5 times standard, batch and flex 0.15 to 1
// times, other tiers up to 6 times, output 1 to 20 times the input.
constexpr std::int64_t most_write = 400;
constexpr std::int64_t most_context_tier = 800;
constexpr std::int64_t most_priority = 500;
constexpr std::int64_t most_other_tier = 1000;
constexpr std::int64_t most_output = 3000;

// Prices of a million tokens beyond which no vendor has gone: the dearest model so far asked 200 for input
// (o1-pro), the dearest embedding 0.2.
constexpr std::int64_t most_per_million = 400;
constexpr std::int64_t most_per_million_embedded = 10;

bool exceeds(Decimal price, Decimal against, std::int64_t parts)
{
    return price * 100 > against * parts;
}

std::string million(Decimal price)
{
    return (price * 1'000'000).to_string();
}

std::string ratio_text(Decimal price, Decimal against)
{
    const Decimal ratio = price / against;
    return ratio.rounded(ratio < Decimal::from_integer(10) ? 2 : 0).to_string();
}

std::string place_of(const Rate& rate)
{
    std::string text = rate.tier == "standard" ? std::string() : rate.tier + " ";
    text += to_string(rate.component);
    return rate.above_tokens == 0 ? text : fmt::format("{} above {} tokens", text, rate.above_tokens);
}

const Rate* find(const std::vector<Rate>& rates, Component component, std::string_view tier,
                 std::int64_t above)
{
    const auto found = std::ranges::find_if(rates, [&](const Rate& rate) {
        return rate.component == component && rate.tier == tier && rate.above_tokens == above;
    });
    return found == rates.end() ? nullptr : &*found;
}

bool is_batch(std::string_view tier)
{
    return tier == "batch" || tier == "flex";
}

bool is_cache_write(Component component)
{
    return component == CacheWrite5m || component == CacheWrite1h || component == CacheWrite12h;
}

// The rules for one model.
class Linter
{
public:
    Linter(const Model& model, base::Date today) : m_model(model), m_today(today) {}

    std::vector<LintFinding> run()
    {
        expired();
        for (const auto& [region, factor] : m_model.regional_factors)
            regional(region, factor);
        for (const DatedRates& dated : m_model.prices) {
            missing(dated);
            for (const Rate& rate : dated.rates) {
                if (side_of(rate.component) == Side::Unit)
                    continue;
                unit(rate);
                service_tier(rate, dated.rates);
                context_tier(rate, dated.rates);
                cache(rate, dated.rates);
                output(rate, dated.rates);
            }
            for (const WeekRates& week : dated.off_peak)
                off_peak(week, dated.rates);
        }
        return std::move(m_findings);
    }

private:
    void add(std::string rule, Severity severity, std::string what, std::string why)
    {
        LintFinding finding{std::move(rule), severity,        m_model.vendor,
                            m_model.model,   std::move(what), std::move(why)};
        if (std::ranges::find(m_findings, finding) == m_findings.end())
            m_findings.push_back(std::move(finding));
    }

    void compare(std::string rule, Severity severity, const Rate& rate, const Rate& against, std::string why)
    {
        add(std::move(rule), severity,
            against.price.is_zero() ? fmt::format("{}: {} per million, {}: 0", place_of(rate),
                                                  million(rate.price), place_of(against))
                                    : fmt::format("{}: {} per million, {} times {}: {}", place_of(rate),
                                                  million(rate.price), ratio_text(rate.price, against.price),
                                                  place_of(against), million(against.price)),
            std::move(why));
    }

    void expired()
    {
        if (m_model.retires && *m_model.retires < m_today)
            add("retired", Severity::Warning, fmt::format("retired on {}", base::to_string(*m_model.retires)),
                "The vendor no longer answers for this model: requests have gone to a successor at its "
                "price, or "
                "fail.");
        if (m_model.prices.empty() || rates_on(m_model, m_today) != nullptr)
            return;
        const DatedRates& last = m_model.prices.back();
        if (last.until && *last.until < m_today)
            add("promotion-expired", Severity::Error,
                fmt::format("the last price held until {}", base::to_string(*last.until)),
                "No price follows a promotion that has ended: requests since then cannot be priced.");
    }

    void regional(const std::string& region, Decimal factor)
    {
        if (factor < Decimal::from_integer(1) || factor > Decimal::from_integer(2))
            add("regional-factor", Severity::Warning,
                fmt::format("every price × {} in {}", factor.to_string(), region),
                "Regional endpoints cost 10 % more as a rule; none is known to be cheaper, or twice as "
                "dear.");
    }

    void missing(const DatedRates& dated)
    {
        const bool chat =
            m_model.mode == "chat" || m_model.mode == "responses" || m_model.mode == "completion";
        const Rate* input = find(dated.rates, Input, "standard", 0);
        const Rate* out = find(dated.rates, Output, "standard", 0);
        if (chat && input != nullptr && out == nullptr)
            add("output-missing", Severity::Error, "a price for input and none for output",
                "Every answer has output: its requests cannot be priced.");
        if (chat && input != nullptr && out != nullptr && out->price.is_zero() && !input->price.is_zero())
            compare(
                "output-free", Severity::Warning, *out, *input,
                "Output costs at least as much as input elsewhere: a zero may stand for an unknown price.");
    }

    void unit(const Rate& rate)
    {
        const bool embedding = m_model.mode == "embedding" || m_model.mode == "rerank";
        const std::int64_t most = embedding ? most_per_million_embedded : most_per_million;
        const bool media = rate.component != Input && rate.component != Output;
        if (media ||
            rate.price * 1'000'000 <= Decimal::from_integer(rate.component == Input ? most : 4 * most))
            return;
        add("unit-mix-up", Severity::Error,
            fmt::format("{}: {} per million tokens", place_of(rate), million(rate.price)),
            fmt::format(
                "No {} model asks so much; a price for a thousand or a million tokens was taken for that "
                "of fewer.",
                embedding ? "embedding" : "language"));
    }

    void service_tier(const Rate& rate, const std::vector<Rate>& rates)
    {
        const Rate* standard = find(rates, rate.component, "standard", rate.above_tokens);
        if (rate.tier == "standard" || standard == nullptr || standard->price.is_zero())
            return;
        if (is_batch(rate.tier) && rate.price > standard->price)
            compare("service-tier-ratio", Severity::Error, rate, *standard,
                    "Answers that may wait are never dearer than those that may not.");
        else if (is_batch(rate.tier) && exceeds(standard->price, rate.price, 1000))
            compare("service-tier-ratio", Severity::Warning, rate, *standard,
                    "Batch and flex take off half as a rule, never nine tenths.");
        if (rate.tier == "priority" && exceeds(rate.price, standard->price, most_priority))
            compare(
                "service-tier-ratio", Severity::Error, rate, *standard,
                "Priority costs 1.25 to 2.5 times as much elsewhere: this is the price of another model, or "
                "the point has slipped.");
        else if (rate.tier == "priority" && rate.price < standard->price)
            compare("service-tier-ratio", Severity::Error, rate, *standard,
                    "Nobody would pay for standard if priority were cheaper.");
        else if (rate.tier != "priority" && exceeds(rate.price, standard->price, most_other_tier))
            compare("service-tier-ratio", Severity::Warning, rate, *standard,
                    "No service tier costs more than ten times the standard price.");
    }

    void context_tier(const Rate& rate, const std::vector<Rate>& rates)
    {
        const Rate* base = rate.above_tokens > 0 ? find(rates, rate.component, rate.tier, 0) : nullptr;
        if (base == nullptr)
            return;
        if (rate.price < base->price)
            compare("context-tier-below-base", Severity::Error, rate, *base,
                    "A tier for long requests is dearer than its base, or there would be no tier.");
        else if (base->price.is_zero() ? !rate.price.is_zero()
                                       : exceeds(rate.price, base->price, most_context_tier))
            compare("context-tier-ratio", base->price.is_zero() ? Severity::Warning : Severity::Error, rate,
                    *base,
                    "Long requests cost twice as much as a rule, five times at most: one of the two prices "
                    "is wrong.");
    }

    void cache(const Rate& rate, const std::vector<Rate>& rates)
    {
        const Rate* input = find(rates, Input, rate.tier, rate.above_tokens);
        if (input == nullptr)
            return;
        if (rate.component == CacheRead && rate.price > input->price)
            compare("cache-read-dearer", Severity::Error, rate, *input,
                    "Reading from a cache saves the vendor work: nobody would cache if it cost more.");
        if (rate.component == CacheRead && rate.price.is_zero() && !input->price.is_zero())
            compare("cache-read-free", Severity::Warning, rate, *input,
                    "Few vendors read from a cache for nothing: a zero may stand for an unknown price.");
        if (!is_cache_write(rate.component) || input->price.is_zero())
            return;
        if (exceeds(rate.price, input->price, most_write))
            compare(
                "cache-write-ratio", Severity::Error, rate, *input,
                "Writing to a cache costs 1.25 times the input for five minutes and twice for an hour: this "
                "is the price of another model.");
        else if (rate.price < input->price)
            compare("cache-write-ratio", rate.component == CacheWrite5m ? Severity::Warning : Severity::Error,
                    rate, *input,
                    "Writing to a cache costs no less than reading the input, which it contains.");
        const Rate* five = find(rates, CacheWrite5m, rate.tier, rate.above_tokens);
        if (rate.component != CacheWrite5m && five != nullptr && rate.price < five->price)
            compare("cache-write-order", Severity::Error, rate, *five,
                    "Keeping a prefix longer is never cheaper.");
    }

    void output(const Rate& rate, const std::vector<Rate>& rates)
    {
        const Rate* against =
            find(rates, rate.component == Reasoning ? Output : Input, rate.tier, rate.above_tokens);
        if ((rate.component != Output && rate.component != Reasoning) || against == nullptr ||
            against->price.is_zero() || rate.price.is_zero())
            return;
        if (rate.component == Reasoning) {
            if (exceeds(rate.price, against->price, 500) || exceeds(against->price, rate.price, 200))
                compare("reasoning-ratio", Severity::Warning, rate, *against,
                        "Reasoning costs what output costs, or up to 3.3 times as much.");
        } else if (exceeds(against->price, rate.price, 200) && m_model.mode == "chat") {
            compare("output-below-input", Severity::Warning, rate, *against,
                    "Writing costs more than reading; the two prices may have changed places.");
        } else if (exceeds(rate.price, against->price, most_output)) {
            compare("output-ratio", Severity::Warning, rate, *against,
                    "Output costs up to 20 times the input elsewhere: one of the two prices may be wrong.");
        }
    }

    void off_peak(const WeekRates& week, const std::vector<Rate>& rates)
    {
        for (const Rate& rate : week.rates) {
            const Rate* usual = find(rates, rate.component, rate.tier, rate.above_tokens);
            if (usual != nullptr && rate.price > usual->price)
                compare("off-peak-dearer", Severity::Error, rate, *usual,
                        "Off-peak hours are the cheaper ones: the two prices have changed places.");
        }
    }

    const Model& m_model;
    base::Date m_today;
    std::vector<LintFinding> m_findings;
};

}

std::string_view to_string(Severity severity)
{
    return severity == Severity::Error ? "error" : "warning";
}

std::vector<LintFinding> lint(const Sheet& sheet, base::Date today)
{
    std::vector<LintFinding> findings;
    for (const Model& model : sheet.models)
        std::ranges::move(Linter(model, today).run(), std::back_inserter(findings));
    std::ranges::move(lint(sheet.agreement, today), std::back_inserter(findings));
    return findings;
}

}
