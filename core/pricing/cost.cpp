#include "core/pricing/cost.h"

#include "core/pricing/pricegroup.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::pricing {
namespace {

using base::Decimal;

// A tool that a request calls: its fee does not depend on where the request is served.
bool is_tool(Component component)
{
    using enum Component;
    return component == WebSearch || component == WebSearchLow || component == WebSearchHigh ||
           component == MapSearch || component == CodeSession || component == FileSearch;
}

// One pricing of one sum: keeps what is chosen once and writes into `cost`.
class Pricer
{
public:
    Pricer(const Model& model, const PriceGroup& group, const Terms& terms)
        : m_model(model),
          m_rates(group.dated->rates),
          m_off_peak(group.off_peak),
          m_tier(group.tier)
    {
        if (m_off_peak != nullptr)
            note("off-peak prices");
        const bool other_tier = !terms.service_tier.empty() && terms.service_tier != m_tier;
        if (other_tier && m_tier == "standard")
            note(fmt::format("no prices for service tier {}: charged as standard", terms.service_tier));
        else if (other_tier)
            note(fmt::format("service tier {}: charged as {}", terms.service_tier, m_tier));
        if (group.region != nullptr) {
            m_factor = group.region->second;
            note(fmt::format("region {}: every price × {}", terms.region, m_factor->to_string()));
        }
    }

    // Charges `count` units of a component at the context tier `bucket`; false when it has no rate.
    bool charge(Component component, std::int64_t count, std::int64_t bucket)
    {
        const Rate* rate = select(component, bucket);
        for (Component at = component; rate == nullptr && whole_of(at) != at;) {
            at = whole_of(at);
            rate = select(at, bucket);
        }
        if (rate == nullptr)
            return false;
        explain(component, *rate, bucket);
        const Decimal price = m_factor && !is_tool(component) ? rate->price * *m_factor : rate->price;
        const Decimal amount = price * count;
        cost.components[static_cast<std::size_t>(component)] += amount;
        cost.total += amount;
        return true;
    }

    void note(std::string text)
    {
        if (std::ranges::find(cost.notes, text) == cost.notes.end())
            cost.notes.push_back(std::move(text));
    }

    Cost cost;

private:
    [[nodiscard]] bool applies(const Rate& rate, std::int64_t bucket) const
    {
        return rate.above_tokens <= 0 || border_of(rate, m_model) <= bucket;
    }

    [[nodiscard]] bool has(Component component) const
    {
        return std::ranges::any_of(
            m_rates, [&](const Rate& rate) { return rate.component == component && rate.tier == m_tier; });
    }

    [[nodiscard]] bool is_off_peak(const Rate& rate) const
    {
        return m_off_peak != nullptr &&
               std::ranges::any_of(m_off_peak->rates, [&](const Rate& other) { return &other == &rate; });
    }

    [[nodiscard]] const Rate* select(Component component, std::int64_t bucket) const
    {
        const Rate* best = m_off_peak != nullptr ? select(m_off_peak->rates, component, bucket) : nullptr;
        if (best == nullptr)
            best = select(m_rates, component, bucket);
        // Reasoning is output: a service tier with its own price for output alone has it for reasoning too.
        if (component == Component::Reasoning && best != nullptr && m_tier != "standard" &&
            has(Component::Output) && !has(Component::Reasoning))
            return select(Component::Output, bucket);
        return best;
    }

    // The rate at the greatest context tier that applies; the service tier's own before standard.
    [[nodiscard]] const Rate* select(const std::vector<Rate>& rates, Component component,
                                     std::int64_t bucket) const
    {
        const Rate* best = nullptr;
        for (const Rate& rate : rates) {
            if (rate.component != component || (rate.tier != m_tier && rate.tier != "standard") ||
                !applies(rate, bucket))
                continue;
            if (best == nullptr || rate.above_tokens > best->above_tokens ||
                (rate.above_tokens == best->above_tokens && rate.tier == m_tier))
                best = &rate;
        }
        return best;
    }

    void explain(Component component, const Rate& rate, std::int64_t bucket)
    {
        if (rate.component != component)
            note(fmt::format("no price of its own for {}: charged as {}", to_string(component),
                             to_string(rate.component)));
        if (rate.tier != m_tier)
            note(fmt::format("no price for {} in service tier {}: charged as standard",
                             to_string(rate.component), m_tier));
        if (side_of(component) == Side::Unit || bucket == 0 || is_off_peak(rate))
            return;
        std::int64_t greatest = 0;
        for (const Rate& other : m_rates) {
            if (applies(other, bucket))
                greatest = std::max(greatest, other.above_tokens);
        }
        if (greatest > rate.above_tokens)
            note(fmt::format("no price for {} {} {} tokens of input: charged at {}",
                             to_string(rate.component), m_model.threshold_inclusive ? "from" : "above",
                             greatest,
                             rate.above_tokens == 0 ? std::string("its base price")
                                                    : fmt::format("its price for {}", rate.above_tokens)));
    }

    const Model& m_model;
    const std::vector<Rate>& m_rates;
    const WeekRates* m_off_peak;
    std::string_view m_tier;
    std::optional<Decimal> m_factor;
};

Cost unpriced(std::string why)
{
    Cost cost;
    cost.why = std::move(why);
    return cost;
}

std::string name_of(const Model& model)
{
    return model.vendor + "/" + model.model;
}

// A context tier of a model with marginal tiers: what lies above `border`, up to the next one.
struct Slice
{
    std::int64_t border = 0;
    const Counts* above = nullptr;
};

// The slices of this model's own tiers, ascending; nothing when `marginal` lacks one of them.
std::optional<std::vector<Slice>> slices_of(const Model& model, std::span<const std::int64_t> marginal,
                                            std::span<const Counts> above)
{
    std::vector<Slice> slices;
    for (const std::int64_t border : borders_of(model).marginal) {
        const auto at = std::ranges::lower_bound(marginal, border);
        const auto index = static_cast<std::size_t>(at - marginal.begin());
        if (at == marginal.end() || *at != border || index >= above.size())
            return std::nullopt;
        slices.push_back({border, &above[index]});
    }
    return slices;
}

bool charge_slices(Pricer& pricer, Component component, std::int64_t count, const std::vector<Slice>& slices)
{
    std::int64_t rest = count;
    for (std::size_t i = slices.size(); i-- > 0;) {
        const std::int64_t over = (*slices[i].above)[component];
        const std::int64_t part = over - (count - rest);
        if (part != 0 && !pricer.charge(component, part, slices[i].border))
            return false;
        rest -= part;
    }
    return rest == 0 || pricer.charge(component, rest, 0);
}

}

const DatedRates* rates_on(const Model& model, base::Date day)
{
    const DatedRates* found = nullptr;
    for (const DatedRates& dated : model.prices) {
        if (!dated.from || *dated.from <= day)
            found = &dated;
    }
    return found != nullptr && found->until && *found->until < day ? nullptr : found;
}

Cost cost_of(const Counts& counts, const Terms& terms, const Model& model,
             std::span<const std::int64_t> marginal, std::span<const Counts> above)
{
    const PriceGroup group = group_of(terms, model);
    const DatedRates* dated = group.dated;
    if (dated == nullptr)
        return unpriced(fmt::format("the price sheet has no price of {} for {}", name_of(model),
                                    base::to_string(terms.day)));
    if (dated->rates.empty())
        return unpriced(fmt::format("the price sheet has no rates for {}{}{}", name_of(model),
                                    dated->note.empty() ? "" : ": ", dated->note));
    std::vector<Slice> slices;
    if (model.marginal_tiers) {
        auto own = slices_of(model, marginal, above);
        if (!own)
            return unpriced(fmt::format("the usage was summed for another price sheet and does not hold the "
                                        "context tiers of {}; import it again",
                                        name_of(model)));
        slices = std::move(*own);
    }
    Pricer pricer(model, group, terms);
    std::string missing;
    bool any_charged = false;
    for (std::size_t i = 0; i < component_count; ++i) {
        const auto component = static_cast<Component>(i);
        const std::int64_t count = counts.of[i];
        if (count == 0)
            continue;
        const Side side = side_of(component);
        const bool charged = side == Side::Input && !slices.empty()
                                 ? charge_slices(pricer, component, count, slices)
                                 : pricer.charge(component, count, terms.bucket);
        any_charged = any_charged || (charged && component != Component::Request);
        if (charged || component == Component::Request)
            continue;
        if (side != Side::Unit)
            missing += (missing.empty() ? "" : ", ") + std::string(to_string(component));
        else
            pricer.note(fmt::format("no price for {}: {} left out of the cost", to_string(component), count));
    }
    const bool by_tokens = std::ranges::any_of(
        dated->rates, [](const Rate& rate) { return side_of(rate.component) != Side::Unit; });
    if (!missing.empty() && (by_tokens || !any_charged))
        return unpriced(
            fmt::format("the price sheet has no price for {} tokens of {}", missing, name_of(model)));
    if (!missing.empty())
        pricer.note(fmt::format("{} is not charged by tokens", name_of(model)));
    const bool only_left_out = !any_charged && counts.all_input() == 0 && counts.all_output() == 0 &&
                               std::ranges::any_of(pricer.cost.notes, [](const std::string& note) {
                                   return note.ends_with("left out of the cost");
                               });
    if (only_left_out)
        return unpriced(fmt::format("the price sheet has no price for what {} was used for", name_of(model)));
    pricer.cost.priced = true;
    return std::move(pricer.cost);
}

Cost cost_of(const Usage& usage, const Model& model)
{
    const Borders borders = borders_of(model);
    const Terms terms{std::chrono::floor<std::chrono::days>(usage.time),
                      usage.service_tier,
                      usage.region,
                      bucket_of(usage.counts, borders),
                      borders.schedules,
                      open_at(usage.time, borders.schedules)};
    std::vector<Counts> above;
    above.reserve(borders.marginal.size());
    for (const std::int64_t border : borders.marginal)
        above.push_back(input_above(usage.counts, border));
    Cost cost = cost_of(usage.counts, terms, model, borders.marginal, above);
    if (cost.priced && usage.counts.requests() > 1)
        cost.notes.push_back(
            fmt::format("{} requests in one line: priced by their average length", usage.counts.requests()));
    return cost;
}

Cost cost_of(const Usage& usage, const Sheet& sheet)
{
    const Model* model = sheet.find(usage.vendor, usage.model);
    if (model == nullptr)
        return unpriced(fmt::format("“{}{}{}” is not in the price sheet", usage.vendor,
                                    usage.vendor.empty() ? "" : "/", usage.model));
    Cost cost = cost_of(usage, *model);
    if (std::string note = vendor_note(usage.vendor, *model); !note.empty())
        cost.notes.push_back(std::move(note));
    return cost;
}

std::string vendor_note(std::string_view vendor, const Model& model)
{
    if (vendor.empty() || is_vendor(vendor, model))
        return {};
    return fmt::format("vendor “{}” is not in the price sheet: charged as {}", vendor, name_of(model));
}

std::vector<std::int64_t> context_thresholds(const Sheet& sheet)
{
    return borders_of(sheet).whole;
}

}
