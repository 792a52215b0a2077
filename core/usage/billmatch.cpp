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

std::string part_in(std::string_view text, bool credit)
{
    if (has_any(text, {"vat", "sales tax", " tax", "tax ", "gst"}) || text == "tax")
        return "tax";
    if (has_any(text, {"discount", "credit", "refund", "rebate", "promotion"}) && credit)
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
    if (has_any(text, {"search", "image", "code", "session", "audio", "page"}))
        return "other";
    return {};
}

bool is_name_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Whether a longer name goes on here: "-mini", ".1", but not a date ("-2024-08-06").
bool goes_on(std::string_view rest)
{
    if (rest.empty() || is_name_part(rest.front()))
        return !rest.empty();
    if (rest.size() < 2 || (rest.front() != '-' && rest.front() != '.'))
        return false;
    const std::string_view behind = rest.substr(1);
    const std::size_t digits = std::min(behind.find_first_not_of("0123456789"), behind.size());
    return is_name_part(behind.front()) && digits < 4;
}

// Whether `name` stands in `text` for itself, not as a part of a longer name. A date may follow.
bool stands_in(std::string_view text, std::string_view name)
{
    for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
        const bool begins = at == 0 || (!is_name_part(text[at - 1]) && text[at - 1] != '-');
        if (begins && !goes_on(text.substr(at + name.size())))
            return true;
    }
    return false;
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

const UsedName* BillNames::named_in(const std::string& vendor, std::string_view text) const
{
    const UsedName* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [logged, used] : m_used) {
        if (!vendor.empty() && pricing::canonical_vendor(used.vendor) != vendor)
            continue;
        for (const std::string& name : {logged.second, used.model}) {
            if (name.size() > longest && stands_in(text, base::lowered(name))) {
                best = &used;
                longest = name.size();
            }
        }
    }
    return best;
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
    const std::string text = base::lowered(line.model) + " " + description;
    const UsedName* used = named_in(vendor, text);
    // Whoever bills may sell the models of others.
    if (used == nullptr)
        used = named_in({}, text);
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
