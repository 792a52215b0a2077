#include "core/usage/billmatch.h"

#include "core/base/text.h"

#include <algorithm>
#include <initializer_list>

namespace leeway::usage {
namespace {

using pricing::Component;

bool has_any(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

std::string_view part_of(Component component)
{
    switch (component) {
    case Component::CacheRead:
    case Component::CacheReadAudio:
    case Component::CacheReadImage:
        return "cache read";
    case Component::CacheWrite5m:
    case Component::CacheWrite1h:
    case Component::CacheWrite12h:
    case Component::CacheWriteAudio:
        return "cache write";
    default:
        break;
    }
    switch (pricing::side_of(component)) {
    case pricing::Side::Input:
        return "input";
    case pricing::Side::Output:
        return "output";
    case pricing::Side::Unit:
        break;
    }
    return "other";
}

bool has_word(std::string_view text, std::initializer_list<std::string_view> wanted)
{
    return std::ranges::any_of(words_of(text), [&](const Word& word) {
        return std::ranges::find(wanted, word.text) != wanted.end();
    });
}

bool is_tax(std::string_view text)
{
    const bool names_it = has_word(text, {"vat", "gst", "tax", "taxes"});
    return names_it &&
           !has_word(text, {"excl", "excluding", "incl", "including", "before", "without", "net"});
}

std::string part_in(std::string_view text, bool credit)
{
    if (is_tax(text))
        return "tax";
    if (credit && has_word(text, {"discount", "discounts", "credit", "credits", "refund", "rebate",
                                  "promotion", "promotional"}))
        return "discount";
    const bool cache = text.find("cach") != text.npos;
    if (cache && has_any(text, {"writ", "creation", "storage"}))
        return "cache write";
    if (cache)
        return "cache read";
    if (has_any(text, {"output", "completion", "reasoning"}))
        return "output";
    if (has_any(text, {"input", "prompt"}))
        return "input";
    if (has_word(text, {"search", "searches", "image", "images", "code", "session", "sessions", "audio",
                        "page", "pages"}))
        return "other";
    return {};
}

}

std::pair<std::int64_t, base::Decimal> part_of(const pricing::Counts& counts, const pricing::Cost& cost,
                                               std::string_view part)
{
    std::int64_t tokens = 0;
    base::Decimal amount;
    for (std::size_t i = 0; i < pricing::component_count; ++i) {
        const auto component = static_cast<Component>(i);
        if (part_of(component) != part)
            continue;
        // Requests are no quantity unless they have a fee.
        if (component != Component::Request || !cost.components[i].is_zero())
            tokens = pricing::saturated_sum(tokens, counts.of[i]);
        if (cost.priced)
            amount += cost.components[i];
    }
    return {tokens, amount};
}

std::optional<base::Decimal> tokens_billed(const BilledLine& line)
{
    const std::string unit = base::lowered(line.unit);
    if (line.quantity.is_zero() || unit.find("token") == std::string::npos)
        return std::nullopt;
    if (has_any(unit, {"1000000", "1,000,000", "1m ", "million"}))
        return line.quantity * std::int64_t{1'000'000};
    if (has_any(unit, {"1000", "1,000", "1k ", "thousand"}))
        return line.quantity * std::int64_t{1'000};
    return line.quantity;
}

BillNames::BillNames(const Cube& cube, const pricing::Sheet& sheet) : m_sheet(sheet)
{
    for (const Cell& cell : cube.cells)
        name_of(cell.key.vendor, cell.key.model);
    for (const auto& [logged, used] : m_used)
        add_name(used, {&logged.second, &used.model});
    m_used_names = m_known.size();
    for (const pricing::Model& model : sheet.models)
        add_name({model.vendor, model.model}, {&model.model});
}

void BillNames::add_name(const UsedName& name, std::initializer_list<const std::string*> spellings)
{
    for (const std::string* spelling : spellings)
        m_words.add(*spelling, m_known.size());
    m_known.push_back({pricing::canonical_vendor(name.vendor), name});
}

UsedName BillNames::name_of(const std::string& vendor, const std::string& model)
{
    const auto [known, added] = m_used.try_emplace({vendor, model});
    if (added) {
        const pricing::Model* found = m_sheet.find(vendor, model);
        known->second = found == nullptr ? UsedName{pricing::canonical_vendor(vendor), model}
                                         : UsedName{found->vendor, found->model};
    }
    return known->second;
}

// A model that only the sheet has is found too: the text is then about it, not about one with a shorter name.
const UsedName* BillNames::named_in(const std::string& vendor, std::string_view text) const
{
    const std::size_t own = m_words.find(text, [&](std::size_t id) { return m_known[id].vendor == vendor; });
    if (own != ModelWords::none)
        return &m_known[own].name;
    // Whoever bills may sell the models of others.
    const std::size_t any = m_words.find(text, [](std::size_t) { return true; });
    return any < m_used_names ? &m_known[any].name : nullptr;
}

BillName BillNames::name_of(const BilledLine& line)
{
    const std::string vendor = pricing::canonical_vendor(line.vendor);
    const std::string description = base::lowered(line.description);
    BillName name{vendor, {}, part_in(description, line.amount.amount.is_negative())};
    if (name.part == "tax" || name.part == "discount") {
        name.vendor.clear();
        return name;
    }
    const UsedName* used = named_in(vendor, base::lowered(line.model));
    if (used == nullptr)
        used = named_in(vendor, description);
    if (used != nullptr) {
        name.vendor = used->vendor;
        name.model = used->model;
        return name;
    }
    const pricing::Model* listed = line.model.empty() ? nullptr : m_sheet.find(line.vendor, line.model);
    if (listed != nullptr) {
        name.vendor = listed->vendor;
        name.model = listed->model;
    } else {
        name.model = line.model;
    }
    return name;
}

}
