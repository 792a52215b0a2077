#include "core/usage/reconcile.h"

#include "core/pricing/bill.h"
#include "core/pricing/exchange.h"
#include "core/usage/billmatch.h"
#include "core/usage/matchedline.h"
#include "core/usage/periods.h"
#include "core/usage/priced.h"
#include "core/usage/replay.h"

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

struct Name
{
    std::string vendor;
    std::string model;
    std::string part;

    auto operator<=>(const Name&) const = default;
};

struct Key
{
    base::Month month;
    Name name;

    auto operator<=>(const Key&) const = default;
};

int places_of(Decimal amount)
{
    const std::string text = amount.to_string();
    const auto point = text.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

std::string days_text(const pricing::Days& days)
{
    return fmt::format("{} to {}", base::to_string(days.first), base::to_string(days.last));
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
        if (!cube.empty())
            m_log_days = days_of(cube);
    }

    base::Result<Reconciliation> run()
    {
        if (auto status = read_bill(); !status)
            return tl::unexpected(status.error());
        read_usage();
        if (auto status = read_agreement(); !status)
            return tl::unexpected(status.error());
        std::map<std::string, std::vector<MatchedLine*>> by_vendor;
        for (auto& [key, line] : m_lines) {
            line.vendor_billed = m_billed_days.contains(key.name.vendor);
            explain(line);
            if (line.line.lines > 0 && !line.line.replayed.is_zero() && key.name.part != "discount")
                by_vendor[key.name.vendor].push_back(&line);
        }
        for (const auto& [vendor, lines] : by_vendor)
            explain_same_share(lines);
        for (auto& [key, line] : m_lines) {
            explain_rounding(line);
            note_doubts(line);
            m_result.billed += line.line.billed;
            m_result.replayed += line.line.replayed;
            m_result.lines.push_back(std::move(line.line));
        }
        m_result.notes.assign(m_notes.begin(), m_notes.end());
        return std::move(m_result);
    }

private:
    MatchedLine& line_at(const Key& key)
    {
        const auto [entry, added] = m_lines.try_emplace(key);
        if (added) {
            ReconciledLine& line = entry->second.line;
            line.month = key.month;
            line.vendor = key.name.vendor;
            line.model = key.name.model;
            line.part = key.name.part;
        }
        return entry->second;
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
            const BillName said = m_names.name_of(billed);
            const Name name{said.vendor, said.model, said.part};
            MatchedLine& line = line_at({base::Month::of(from), name});
            if (line.line.lines == 0)
                m_billed[name].push_back(&line);
            line.line.billed += amount;
            ++line.line.lines;
            const std::optional<Decimal> quantity = tokens_billed(billed);
            line.quantity += quantity.value_or(Decimal());
            line.has_quantity = line.has_quantity && quantity && !name.part.empty();
            line.places = std::max(line.places, places_of(billed.amount.amount));
            const base::Date end =
                std::chrono::floor<std::chrono::days>(billed.to - std::chrono::milliseconds(1));
            const pricing::Days days{from, std::max(end, from)};
            line.add_billed_days(days);
            const auto [whole, added] = m_billed_days.try_emplace(name.vendor, days);
            if (!added)
                whole->second = {std::min(whole->second.first, days.first),
                                 std::max(whole->second.last, days.last)};
            if (m_log_days && (days.last < m_log_days->first || days.first > m_log_days->last))
                line.outside_log += amount;
        }
        return {};
    }

    // The line of the bill for that day; else one of its month.
    MatchedLine* billed_line(const Name& name, base::Date day, bool on_that_day)
    {
        const auto found = m_billed.find(name);
        if (found == m_billed.end())
            return nullptr;
        MatchedLine* best = nullptr;
        for (MatchedLine* line : found->second) {
            const bool same_month = line->line.month == base::Month::of(day);
            if (on_that_day ? line->is_billed_on(day) && (best == nullptr || same_month) : same_month)
                best = line;
        }
        return best;
    }

    // The line that usage belongs to: the finest that the bill has for the day, else for the month.
    MatchedLine& line_for(const Name& name, base::Date day)
    {
        for (const bool on_that_day : {true, false}) {
            for (const Name& finer : {name, Name{name.vendor, name.model, {}},
                                      Name{name.vendor, {}, name.part}, Name{name.vendor, {}, {}}}) {
                if (MatchedLine* line = billed_line(finer, day, on_that_day))
                    return *line;
            }
        }
        return line_at({base::Month::of(day), {name.vendor, name.model, {}}});
    }

    void read_usage()
    {
        for (const Cell& cell : m_cube.cells) {
            const pricing::Cost cost = cost_of(m_cube, cell, m_sheet);
            m_notes.insert(cost.notes.begin(), cost.notes.end());
            const UsedName name = m_names.name_of(cell.key.vendor, cell.key.model);
            const auto billed = m_billed_days.find(name.vendor);
            const bool vendor_billed = billed != m_billed_days.end() && billed->second.contains(cell.key.day);
            std::set<MatchedLine*> unpriced;
            for (const std::string_view part : bill_parts) {
                const auto [tokens, amount] = part_of(cell.counts, cost, part);
                if (tokens == 0 && amount.is_zero())
                    continue;
                MatchedLine& line = line_for({name.vendor, name.model, std::string(part)}, cell.key.day);
                line.used = true;
                line.line.replayed += amount;
                line.replayed_in[base::Month::of(cell.key.day)] += amount;
                if (line.line.lines > 0 ? line.is_billed_on(cell.key.day) : vendor_billed)
                    line.tokens = pricing::saturated_sum(line.tokens, tokens);
                else
                    line.outside_bill += amount;
                if (!cost.priced)
                    unpriced.insert(&line);
            }
            for (MatchedLine* line : unpriced)
                line->unpriced = pricing::saturated_sum(line->unpriced, cell.counts.requests());
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
            const Name discounts{{}, {}, "discount"};
            const base::Date day = std::max(item.month.first_day(), m_log_days->first);
            MatchedLine* line = billed_line(discounts, day, true);
            if (line == nullptr)
                line = billed_line(discounts, day, false);
            if (line != nullptr)
                line->line.replayed += item.amount;
            else if (!item.amount.is_negative() || !spread(item))
                line_at({item.month, discounts}).line.replayed += item.amount;
        }
        return {};
    }

    // What a term takes off is in the amounts of a bill that has no line for it. False when the log has
    // nothing that it concerns.
    bool spread(const pricing::BillItem& item)
    {
        const pricing::Scope scope = scope_of(item.title);
        std::vector<std::pair<MatchedLine*, Decimal>> concerned;
        Decimal whole;
        for (auto& [key, line] : m_lines) {
            const auto used = line.replayed_in.find(item.month);
            if (used == line.replayed_in.end() || used->second.is_zero() || !is_within(key.name, scope))
                continue;
            concerned.emplace_back(&line, used->second);
            whole += used->second;
        }
        Decimal rest = item.amount;
        for (std::size_t i = 0; i < concerned.size(); ++i) {
            const auto& [line, used] = concerned[i];
            const Decimal part = i + 1 == concerned.size() ? rest : item.amount * (used / whole);
            rest -= part;
            line->add(Cause::Discount, part,
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

    static bool is_within(const Name& name, const pricing::Scope& scope)
    {
        const bool vendor = scope.vendor.empty() ||
                            pricing::canonical_vendor(scope.vendor) == pricing::canonical_vendor(name.vendor);
        return vendor && (scope.models.empty() || name.model.empty() ||
                          std::ranges::find(scope.models, name.model) != scope.models.end());
    }

    // Why something may be left that no amount can be put to.
    void note_doubts(const MatchedLine& line)
    {
        const Decimal rest = line.line.unexplained();
        if (line.line.lines == 0 || rest.is_zero())
            return;
        const pricing::Days days{line.billed_days.front().first, line.billed_days.back().last};
        if (line.used && line.unpriced > 0)
            m_notes.insert(fmt::format(
                "{} requests of {} have no price in the sheet: what they cost is in "
                "what is left unexplained.",
                line.unpriced,
                line.line.model.empty() ? line.line.vendor : logged_name(line.line.vendor, line.line.model)));
        if (!rest.is_negative() && m_log_days &&
            (days.first < m_log_days->first || days.last > m_log_days->last))
            m_notes.insert(fmt::format("The bill covers {}, the log holds usage of {}: if there was more, it "
                                       "is in what is left unexplained.",
                                       days_text(days), days_text(*m_log_days)));
    }

    const Cube& m_cube;
    const pricing::Sheet& m_sheet;
    std::span<const BilledLine> m_bill;
    BillNames m_names;
    std::map<Key, MatchedLine> m_lines;
    std::map<Name, std::vector<MatchedLine*>> m_billed; // those on the bill
    std::map<std::string, pricing::Days> m_billed_days; // by vendor
    std::optional<pricing::Days> m_log_days;
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
