#include "core/usage/usagedrift.h"

#include "core/usage/periods.h"
#include "core/usage/replay.h"

#include <algorithm>
#include <set>
#include <utility>

namespace leeway::usage {
namespace {

using base::Decimal;
using pricing::Component;

// A model in both periods, and what its later usage would have cost at the earlier prices.
struct Both
{
    DriftSide before;
    DriftSide after;
    Decimal at_old_prices;
    Decimal at_old_share; // and at the earlier share of cache reads
    bool priced = true;
};
using Name = std::pair<std::string, std::string>;

void add(DriftSide& side, const pricing::Counts& counts, Decimal cost)
{
    side.requests = pricing::saturated_sum(side.requests, counts.requests());
    side.input = pricing::saturated_sum(side.input, counts.all_input());
    side.cached = pricing::saturated_sum(side.cached, counts.all_cached());
    side.output = pricing::saturated_sum(side.output, counts.all_output());
    side.cost += cost;
}

void join(DriftSide& all, const DriftSide& one)
{
    all.requests = pricing::saturated_sum(all.requests, one.requests);
    all.input = pricing::saturated_sum(all.input, one.input);
    all.cached = pricing::saturated_sum(all.cached, one.cached);
    all.output = pricing::saturated_sum(all.output, one.output);
    all.cost += one.cost;
}

// The counts with plain input and cache reads in the proportion of `input` to `read`.
pricing::Counts at_share(pricing::Counts counts, std::int64_t input, std::int64_t read)
{
    __extension__ using Wide = __int128;
    const std::int64_t all = pricing::saturated_sum(counts[Component::Input], counts[Component::CacheRead]);
    const std::int64_t whole = pricing::saturated_sum(input, read);
    if (whole <= 0)
        return counts;
    counts[Component::CacheRead] = static_cast<std::int64_t>((Wide{all} * read + whole / 2) / whole);
    counts[Component::Input] = all - counts[Component::CacheRead];
    return counts;
}

class Comparison
{
public:
    Comparison(const Cube& before, const Cube& after, const pricing::Sheet& sheet,
               const pricing::Sheet& old_sheet)
        : m_before(before),
          m_after(after),
          m_sheet(sheet),
          m_old_sheet(old_sheet)
    {
        m_result.currency = sheet.currency;
        m_result.before_days = days_of(before);
        m_result.after_days = days_of(after);
    }

    UsageDrift run()
    {
        read_before();
        read_after();
        drop_unpriced();
        attribute();
        if (m_marginal)
            m_notes.insert("Models whose long requests are dearer above a length only: a change of their "
                           "share of cache reads is counted as length.");
        if (!m_before.empty() && !m_after.empty() && m_result.before_days.last >= m_result.after_days.first &&
            m_result.after_days.last >= m_result.before_days.first)
            m_notes.insert("The two periods overlap: usage of the days they share counts in both.");
        m_result.notes.assign(m_notes.begin(), m_notes.end());
        return std::move(m_result);
    }

private:
    Both& both(const Cell& cell) { return m_models[{cell.key.vendor, cell.key.model}]; }

    void read_before()
    {
        for (const Cell& cell : m_before.cells) {
            const pricing::Cost cost = cost_of(m_before, cell, m_old_sheet);
            Both& model = both(cell);
            model.priced = model.priced && cost.priced;
            add(model.before, cell.counts, cost.total);
            m_notes.insert(cost.notes.begin(), cost.notes.end());
            auto& [input, read] = m_shares[{cell.key.vendor, cell.key.model}];
            input = pricing::saturated_sum(input, cell.counts[Component::Input]);
            read = pricing::saturated_sum(read, cell.counts[Component::CacheRead]);
        }
    }

    void read_after()
    {
        for (const Cell& cell : m_after.cells) {
            Both& model = both(cell);
            const pricing::Cost cost = cost_of(m_after, cell, m_sheet);
            Cell old = cell;
            if (!m_before.empty())
                old.key.day = m_result.before_days.last;
            pricing::Cost old_cost = cost_of(m_after, old, m_old_sheet);
            // A model that had no price then has its own.
            if (!old_cost.priced)
                old_cost = cost;
            model.priced = model.priced && cost.priced;
            add(model.after, cell.counts, cost.total);
            m_notes.insert(cost.notes.begin(), cost.notes.end());
            model.at_old_prices += old_cost.total;
            model.at_old_share += cost_at_old_share(old, old_cost).total;
        }
    }

    pricing::Cost cost_at_old_share(Cell cell, const pricing::Cost& as_it_is)
    {
        const auto share = m_shares.find({cell.key.vendor, cell.key.model});
        if (share == m_shares.end())
            return as_it_is;
        const pricing::Model* model = m_old_sheet.find(cell.key.vendor, cell.key.model);
        if (model == nullptr || model->marginal_tiers) {
            m_marginal = m_marginal || model != nullptr;
            return as_it_is;
        }
        cell.counts = at_share(cell.counts, share->second.first, share->second.second);
        const pricing::Cost cost = cost_of(m_after, cell, *model);
        return cost.priced ? cost : as_it_is;
    }

    void drop_unpriced()
    {
        for (auto model = m_models.begin(); model != m_models.end();) {
            const auto& [vendor, name] = model->first;
            if (model->second.priced) {
                m_requests_before = pricing::saturated_sum(m_requests_before, model->second.before.requests);
                m_requests_after = pricing::saturated_sum(m_requests_after, model->second.after.requests);
                ++model;
                continue;
            }
            m_result.unpriced[logged_name(vendor, name)] =
                pricing::saturated_sum(model->second.before.requests, model->second.after.requests);
            model = m_models.erase(model);
        }
    }

    // Cost of the earlier requests, as many as there are now: costs are divided last, which is exact enough
    // for parts that are differences.
    static Decimal scaled(Decimal cost, std::int64_t now, std::int64_t then)
    {
        return then == 0 ? Decimal() : cost / Decimal::from_integer(then) * Decimal::from_integer(now);
    }

    void attribute()
    {
        for (const auto& [name, model] : m_models) {
            ModelDrift drift{name.first, name.second, model.before, model.after, {}};
            const Decimal more = scaled(model.before.cost, m_requests_after, m_requests_before);
            const bool known = model.before.requests > 0;
            const Decimal moved = known
                                      ? scaled(model.before.cost, model.after.requests, model.before.requests)
                                      : model.at_old_share;
            drift.parts.volume = more - model.before.cost;
            drift.parts.mix = moved - more;
            drift.parts.length = model.at_old_share - moved;
            drift.parts.cache = model.at_old_prices - model.at_old_share;
            drift.parts.price = model.after.cost - model.at_old_prices;
            m_result.parts += drift.parts;
            join(m_result.before, drift.before);
            join(m_result.after, drift.after);
            m_result.models.push_back(std::move(drift));
        }
        const auto size = [](const ModelDrift& drift) {
            const Decimal difference = drift.after.cost - drift.before.cost;
            return difference.is_negative() ? -difference : difference;
        };
        std::ranges::stable_sort(m_result.models,
                                 [&](const ModelDrift& a, const ModelDrift& b) { return size(a) > size(b); });
    }

    const Cube& m_before;
    const Cube& m_after;
    const pricing::Sheet& m_sheet;
    const pricing::Sheet& m_old_sheet;
    UsageDrift m_result;
    std::map<Name, Both> m_models;
    std::map<Name, std::pair<std::int64_t, std::int64_t>> m_shares; // plain input and cache reads before
    std::int64_t m_requests_before = 0;
    std::int64_t m_requests_after = 0;
    bool m_marginal = false;
    std::set<std::string> m_notes;
};

using nlohmann::ordered_json;

ordered_json side_json(const DriftSide& side)
{
    return {{"requests", side.requests},
            {"input_tokens", side.input},
            {"cached_tokens", side.cached},
            {"output_tokens", side.output},
            {"cost", side.cost.to_string()}};
}

ordered_json period_json(const DriftSide& side, const pricing::Days& days)
{
    ordered_json value = side_json(side);
    value["from"] = base::to_string(days.first);
    value["to"] = base::to_string(days.last);
    return value;
}

ordered_json parts_json(const DriftParts& parts)
{
    return {{"volume", parts.volume.to_string()},
            {"mix", parts.mix.to_string()},
            {"length", parts.length.to_string()},
            {"cache", parts.cache.to_string()},
            {"price", parts.price.to_string()}};
}

}

DriftParts& DriftParts::operator+=(const DriftParts& other)
{
    volume += other.volume;
    mix += other.mix;
    length += other.length;
    cache += other.cache;
    price += other.price;
    return *this;
}

double DriftSide::cached_share() const
{
    return input > 0 ? static_cast<double>(cached) / static_cast<double>(input) : 0;
}

UsageDrift usage_drift(const Cube& before, const Cube& after, const pricing::Sheet& sheet,
                       const pricing::Sheet* old_sheet)
{
    return Comparison(before, after, sheet, old_sheet == nullptr ? sheet : *old_sheet).run();
}

ordered_json to_json(const UsageDrift& drift)
{
    ordered_json value{{"currency", drift.currency},
                       {"before", period_json(drift.before, drift.before_days)},
                       {"after", period_json(drift.after, drift.after_days)},
                       {"difference", (drift.after.cost - drift.before.cost).to_string()},
                       {"parts", parts_json(drift.parts)},
                       {"models", ordered_json::array()},
                       {"unpriced", ordered_json::array()},
                       {"notes", drift.notes}};
    for (const ModelDrift& model : drift.models)
        value["models"].push_back({{"vendor", model.vendor},
                                   {"model", model.model},
                                   {"before", side_json(model.before)},
                                   {"after", side_json(model.after)},
                                   {"parts", parts_json(model.parts)}});
    for (const auto& [name, requests] : drift.unpriced)
        value["unpriced"].push_back({{"model", name}, {"requests", requests}});
    return value;
}

}
