#include "core/usage/reconcile.h"

#include "core/pricing/bill.h"
#include "core/pricing/exchange.h"
#include "core/usage/billmatch.h"
#include "core/usage/priced.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace leeway::usage {
namespace {

using base::Decimal;

constexpr std::array<std::string_view, 8> cause_names{"period",   "missing usage", "not billed", "unpriced",
                                                      "quantity", "discount",      "tax",        "rounding"};

struct Key
{
    base::Month month;
    std::string vendor;
    std::string model;
    std::string part;

    auto operator<=>(const Key&) const = default;
};

Decimal absolute(Decimal value)
{
    return value.is_negative() ? -value : value;
}

std::string percent_text(Decimal share)
{
    return (share * 100).to_fixed(1) + " %";
}

class Reconciler
{
public:
    Reconciler(const Cube& cube, const pricing::Sheet& sheet, std::span<const BilledLine> bill)
        : m_cube(cube),
          m_sheet(sheet),
          m_bill(bill),
          m_names(cube, sheet)
    {
        m_result.currency = sheet.currency;
    }

    base::Result<Reconciliation> run()
    {
        find_days();
        if (auto status = read_bill(); !status)
            return tl::unexpected(status.error());
        read_usage();
        if (auto status = read_agreement(); !status)
            return tl::unexpected(status.error());
        for (auto& [key, line] : m_lines)
            explain(key, line);
        explain_same_share();
        for (auto& [key, line] : m_lines) {
            explain_rounding(line);
            m_result.billed += line.line.billed;
            m_result.replayed += line.line.replayed;
            m_result.lines.push_back(std::move(line.line));
        }
        m_result.notes.assign(m_notes.begin(), m_notes.end());
        return std::move(m_result);
    }

private:
    struct Line
    {
        ReconciledLine line;
        Decimal quantity;          // tokens billed
        bool has_quantity = true;  // every line of the bill says one
        std::int64_t tokens = 0;   // of the log, on days of the bill
        std::int64_t unpriced = 0; // requests of a day of the log
        bool used = false;         // the log has usage there
        int places = 0;            // most decimal places of the amounts billed
    };

    Line& line_at(const Key& key)
    {
        const auto [entry, added] = m_lines.try_emplace(key);
        if (added) {
            entry->second.line.month = key.month;
            entry->second.line.vendor = key.vendor;
            entry->second.line.model = key.model;
            entry->second.line.part = key.part;
        }
        return entry->second;
    }

    static void add_cause(Line& line, Cause cause, Decimal amount, std::string why)
    {
        if (!amount.is_zero())
            line.line.explained.push_back({cause, amount, std::move(why)});
    }

    base::Status read_bill()
    {
        for (const BilledLine& billed : m_bill) {
            const base::Date from = std::chrono::floor<std::chrono::days>(billed.from);
            const auto rate = pricing::exchange_rate(billed.amount.currency, m_sheet.currency, from,
                                                     m_sheet.agreement.exchange_rates);
            if (!rate)
                return tl::unexpected(rate.error());
            const bool converted = billed.amount.currency != m_sheet.currency;
            const Decimal amount = converted ? billed.amount.amount * *rate : billed.amount.amount;
            if (converted)
                m_notes.insert(fmt::format("Amounts in {} are converted to {} by the agreement's rates.",
                                           billed.amount.currency, m_sheet.currency));
            const BillName name = m_names.name_of(billed);
            Line& line = line_at({base::Month::of(from), name.vendor, name.model, name.part});
            line.line.billed += amount;
            ++line.line.lines;
            const std::optional<Decimal> quantity = tokens_billed(billed);
            line.quantity += quantity.value_or(Decimal());
            line.has_quantity = line.has_quantity && quantity && !name.part.empty();
            line.places = std::max(line.places, places_of(billed.amount.amount));
            base::Date last = std::chrono::floor<std::chrono::days>(billed.to - std::chrono::milliseconds(1));
            last = std::max(last, from);
            const auto [days, added] = m_billed_days.try_emplace(name.vendor, pricing::Days{from, last});
            if (!added)
                days->second = {std::min(days->second.first, from), std::max(days->second.last, last)};
            if (m_log_days && (last < m_log_days->first || from > m_log_days->last))
                m_outside[&line] += amount;
        }
        return {};
    }

    void find_days()
    {
        if (m_cube.empty())
            return;
        const auto [first, last] =
            std::ranges::minmax_element(m_cube.cells, {}, [](const Cell& cell) { return cell.key.day; });
        m_log_days = pricing::Days{first->key.day, last->key.day};
    }

    static int places_of(Decimal amount)
    {
        const std::string text = amount.to_string();
        const auto point = text.find('.');
        return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
    }

    // The line of the bill that usage belongs to: the finest there is.
    Line& line_for(const Key& key)
    {
        for (const Key& finer :
             {key, Key{key.month, key.vendor, key.model, {}}, Key{key.month, key.vendor, {}, key.part},
              Key{key.month, key.vendor, {}, {}}}) {
            const auto found = m_lines.find(finer);
            if (found != m_lines.end() && found->second.line.lines > 0)
                return found->second;
        }
        return line_at({key.month, key.vendor, key.model, {}});
    }

    void read_usage()
    {
        for (const Cell& cell : m_cube.cells) {
            const pricing::Cost cost = cost_of(m_cube, cell, m_sheet);
            m_notes.insert(cost.notes.begin(), cost.notes.end());
            const UsedName name = m_names.name_of(cell.key.vendor, cell.key.model);
            const auto billed = m_billed_days.find(name.vendor);
            const bool on_bill = billed != m_billed_days.end() && billed->second.contains(cell.key.day);
            for (const std::string_view part : bill_parts) {
                const auto [tokens, amount] = part_of(cell.counts, cost, part);
                if (tokens == 0 && amount.is_zero())
                    continue;
                Line& line =
                    line_for({base::Month::of(cell.key.day), name.vendor, name.model, std::string(part)});
                line.used = true;
                line.line.replayed += amount;
                if (on_bill)
                    line.tokens += tokens;
                else
                    m_not_on_bill[&line] += amount;
                if (!cost.priced)
                    line.unpriced = std::max(line.unpriced, cell.counts.requests());
            }
        }
    }

    base::Status read_agreement()
    {
        if (m_sheet.agreement.empty() || m_cube.empty())
            return {};
        const auto bill = bill_of(m_cube, m_sheet);
        if (!bill)
            return tl::unexpected(bill.error());
        if (bill->currency != m_sheet.currency) {
            m_notes.insert("The agreement bills in another currency than its sheet: its terms are not taken "
                           "into account.");
            return {};
        }
        for (const pricing::BillItem& item : bill->items) {
            if (item.kind == pricing::BillKind::ListPrice)
                continue;
            const Key discounts{item.month, {}, {}, "discount"};
            if (!item.amount.is_negative() || m_lines.contains(discounts) || !spread(item))
                line_at(discounts).line.replayed += item.amount;
        }
        return {};
    }

    // What a term takes off is in the amounts of a bill that has no line for it. False when the log has
    // nothing that it concerns.
    bool spread(const pricing::BillItem& item)
    {
        const pricing::Scope scope = scope_of(item.title);
        std::vector<Line*> concerned;
        Decimal whole;
        for (auto& [key, line] : m_lines) {
            if (key.month != item.month || line.line.replayed.is_zero() || !is_within(key, scope))
                continue;
            concerned.push_back(&line);
            whole += line.line.replayed;
        }
        Decimal rest = item.amount;
        for (Line* line : concerned) {
            const Decimal part =
                line == concerned.back() ? rest : item.amount * (line->line.replayed / whole);
            rest -= part;
            add_cause(*line, Cause::Discount, part,
                      fmt::format("{} of the agreement: {}", pricing::to_string(item.kind), item.title));
        }
        return !concerned.empty();
    }

    [[nodiscard]] pricing::Scope scope_of(const std::string& title) const
    {
        const auto find = [&](const auto& terms) -> const pricing::Scope* {
            const auto found =
                std::ranges::find_if(terms, [&](const auto& term) { return term.title == title; });
            return found == terms.end() ? nullptr : &found->scope;
        };
        const pricing::Agreement& agreement = m_sheet.agreement;
        for (const pricing::Scope* scope : {find(agreement.discounts), find(agreement.allowances),
                                            find(agreement.capacities), find(agreement.commitments)}) {
            if (scope != nullptr)
                return *scope;
        }
        return {};
    }

    static bool is_within(const Key& key, const pricing::Scope& scope)
    {
        const bool vendor = scope.vendor.empty() ||
                            pricing::canonical_vendor(scope.vendor) == pricing::canonical_vendor(key.vendor);
        return vendor && (scope.models.empty() || key.model.empty() ||
                          std::ranges::find(scope.models, key.model) != scope.models.end());
    }

    void explain(const Key& key, Line& line)
    {
        const auto take_rest = [&](Cause cause, std::string why) {
            add_cause(line, cause, line.line.unexplained(), std::move(why));
        };
        if (key.part == "tax")
            return take_rest(Cause::Tax, "A tax, which no price sheet has.");
        if (key.part == "discount")
            return take_rest(Cause::Discount, "Discounts and credits, on the bill and by the agreement.");
        if (const auto outside = m_outside.find(&line); outside != m_outside.end())
            add_cause(line, Cause::Period, outside->second, "Billed for days that the log does not reach.");
        if (const auto outside = m_not_on_bill.find(&line); outside != m_not_on_bill.end())
            add_cause(line, m_billed_days.contains(key.vendor) ? Cause::Period : Cause::NotBilled,
                      -outside->second, "Used on days that the bill does not reach.");
        const Decimal rest = line.line.unexplained();
        if (!line.used)
            take_rest(Cause::MissingUsage, "Billed, but the log has no such usage.");
        else if (line.unpriced > 0 && !rest.is_negative())
            take_rest(Cause::Unpriced, "The log has usage here that the price sheet has no price for.");
        else if (line.line.lines == 0)
            take_rest(Cause::NotBilled, "In the log, but the bill has no such line.");
        else
            explain_quantity(line);
    }

    // What more or fewer tokens than the log's cost at the log's average price.
    static void explain_quantity(Line& line)
    {
        if (!line.has_quantity || line.tokens <= 0 || line.line.replayed.is_zero())
            return;
        const Decimal tokens = Decimal::from_integer(line.tokens);
        const Decimal more = line.quantity - tokens;
        if (more.is_zero() || absolute(more) > tokens * 10)
            return;
        add_cause(line, Cause::Quantity, line.line.replayed / tokens * more,
                  fmt::format("The bill counts {} {} tokens, the log {}.", line.quantity.to_string(),
                              line.line.part, line.tokens));
    }

    // The same share off every line of a vendor is a discount that the sheet does not know.
    void explain_same_share()
    {
        std::map<std::string, std::vector<Line*>> by_vendor;
        for (auto& [key, line] : m_lines) {
            if (line.line.lines > 0 && line.used && !line.line.replayed.is_zero() && key.part != "discount")
                by_vendor[key.vendor].push_back(&line);
        }
        for (const auto& [vendor, lines] : by_vendor) {
            Decimal rest;
            Decimal list;
            for (const Line* line : lines) {
                rest += line->line.unexplained();
                list += line->line.replayed;
            }
            if (lines.size() < 2 || !rest.is_negative() || list.is_zero())
                continue;
            const Decimal share = rest / list;
            const bool same = std::ranges::all_of(lines, [&](const Line* line) {
                const Decimal expected = line->line.replayed * share;
                return absolute(line->line.unexplained() - expected) <= tolerance(*line) * 2;
            });
            if (!same)
                continue;
            for (Line* line : lines)
                add_cause(*line, Cause::Discount, line->line.replayed * share,
                          fmt::format("Every line of {} is {} below the sheet: it looks like a discount that "
                                      "the agreement does not have.",
                                      vendor.empty() ? "the bill" : vendor, percent_text(-share)));
        }
    }

    static Decimal tolerance(const Line& line)
    {
        Decimal half = Decimal::from_integer(1) / Decimal::from_integer(2);
        for (int i = 0; i < std::clamp(line.places, 2, 12); ++i)
            half = half / Decimal::from_integer(10);
        return half * std::max<std::int64_t>(line.line.lines, 1);
    }

    static void explain_rounding(Line& line)
    {
        const Decimal rest = line.line.unexplained();
        if (line.line.lines > 0 && absolute(rest) <= tolerance(line))
            add_cause(line, Cause::Rounding, rest, "Each line of the bill is rounded.");
    }

    const Cube& m_cube;
    const pricing::Sheet& m_sheet;
    std::span<const BilledLine> m_bill;
    BillNames m_names;
    std::map<Key, Line> m_lines;
    std::map<std::string, pricing::Days> m_billed_days; // by vendor
    std::optional<pricing::Days> m_log_days;
    std::map<const Line*, Decimal> m_outside;     // billed for days without a log
    std::map<const Line*, Decimal> m_not_on_bill; // used on days without a bill
    std::set<std::string> m_notes;
    Reconciliation m_result;
};

}

std::string_view to_string(Cause cause)
{
    return cause_names[static_cast<std::size_t>(cause)];
}

Decimal ReconciledLine::unexplained() const
{
    Decimal rest = difference();
    for (const Explanation& explanation : explained)
        rest -= explanation.amount;
    return rest;
}

Decimal Reconciliation::unexplained() const
{
    Decimal rest;
    for (const ReconciledLine& line : lines)
        rest += line.unexplained();
    return rest;
}

Decimal Reconciliation::explained() const
{
    return billed - replayed - unexplained();
}

base::Result<Reconciliation> reconcile(const Cube& cube, const pricing::Sheet& sheet,
                                       std::span<const BilledLine> bill)
{
    return Reconciler(cube, sheet, bill).run();
}

}
