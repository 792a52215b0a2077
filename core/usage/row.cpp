#include "core/usage/row.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <utility>

namespace leeway::usage {
namespace {

using Kind = Field::Kind;
using pricing::Component;
using pricing::Side;

constexpr std::size_t longest_text = 1000;
constexpr std::string_view standard = "standard"; // the service tier unless a line has one

// No control character but those that texts have, and nothing beyond ASCII.
bool plain_ascii(std::string_view text)
{
    constexpr std::uint64_t high = 0x8080808080808080ULL;
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    while (text.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        if (((word | (word - ones)) & high) != 0)
            return false; // beyond ASCII, or a zero (or one too strict, which costs only time)
        text.remove_prefix(8);
    }
    return std::ranges::all_of(text, [](char c) { return c > 0; });
}

// "1700000000" and "1700000000123": seconds and milliseconds since 1970.
std::optional<base::Instant> parse_epoch(std::string_view text)
{
    if (text.size() != 10 && text.size() != 13)
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return base::Instant(std::chrono::milliseconds(text.size() == 10 ? value * 1000 : value));
}

// Two digits, -1 when they are none.
int two_digits(const char* at)
{
    const int tens = at[0] - '0';
    const int ones = at[1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

constexpr std::uint64_t bit_of(std::size_t field)
{
    return std::uint64_t{1} << field;
}

}

ComponentSet set_of(const pricing::Counts& counts)
{
    ComponentSet set = 0;
    for (std::size_t i = 0; i < counts.of.size(); ++i)
        set |= ComponentSet{counts.of[i] != 0} << i;
    return set;
}

RowBuilder::RowBuilder(RowRules rules) : m_rules(std::move(rules))
{
    for (const auto& [field, value] : m_rules.pinned)
        m_pinned |= bit_of(field);
}

void RowBuilder::begin(std::int64_t line, pricing::Usage& row)
{
    row.vendor.clear();
    row.model.clear();
    if (row.service_tier.size() != standard.size() ||
        std::memcmp(row.service_tier.data(), standard.data(), standard.size()) != 0)
        row.service_tier = standard;
    row.region.clear();
    row.tag.clear();
    row.request_id.clear();
    row.line = line;
    if (m_usage == &row)
        for_each_component(m_components, [&](std::size_t i) { row.counts.of[i] = 0; });
    else
        row.counts = {};
    row.counts[Component::Request] = 1;
    m_components = set_of(Component::Request) | set_of(Component::Input) | set_of(Component::Output);
    m_usage = &row;
    m_input = 0;
    m_output = 0;
    m_parts = {};
    m_any_tokens = false;
    m_time = false;
    m_seen = 0;
    m_reason.clear();
    if (m_pinned == 0)
        return;
    const std::uint64_t pinned = std::exchange(m_pinned, 0);
    for (const auto& [field, value] : m_rules.pinned)
        set(field, value);
    m_pinned = pinned;
}

void RowBuilder::complain(std::string reason)
{
    if (m_reason.empty())
        m_reason = std::move(reason);
}

bool RowBuilder::claim(std::size_t field)
{
    const std::uint64_t bit = bit_of(field);
    if ((m_pinned & bit) != 0)
        return false;
    if ((m_seen & bit) != 0) {
        complain(fmt::format("{} stands twice", usage_fields()[field].name));
        return false;
    }
    m_seen |= bit;
    return true;
}

void RowBuilder::set_text(const Field& field, std::string& target, std::string_view value, bool plain)
{
    if (value.size() > longest_text)
        complain(fmt::format("{} is longer than {} bytes", field.name, longest_text));
    else if (plain || plain_ascii(value))
        target.assign(value);
    else if (value.find('\0') != std::string_view::npos)
        complain(fmt::format("{} contains a NUL character", field.name));
    else
        target = base::to_valid_utf8(value);
}

// "2026-11-30T14:02:11Z" on the day of the line before, which most lines are.
std::optional<base::Instant> RowBuilder::quick_time(std::string_view text)
{
    if ((text.size() != 20 && text.size() != 24) || text.back() != 'Z' || text[13] != ':' ||
        text[16] != ':' || (text[10] != 'T' && text[10] != ' ') ||
        std::memcmp(text.data(), m_day_text.data(), 10) != 0)
        return std::nullopt;
    const int hour = two_digits(text.data() + 11);
    const int minute = two_digits(text.data() + 14);
    const int second = two_digits(text.data() + 17);
    int thousandths = 0;
    if (text.size() == 24) {
        const int tenths = text[20] - '0';
        const int rest = two_digits(text.data() + 21);
        if (text[19] != '.' || tenths < 0 || tenths > 9 || rest < 0)
            return std::nullopt;
        thousandths = tenths * 100 + rest;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return std::nullopt;
    return m_day + std::chrono::milliseconds(((hour * 60 + minute) * 60 + second) * 1000 + thousandths);
}

void RowBuilder::set_time(std::string_view value)
{
    if (value.empty())
        return;
    std::optional<base::Instant> time = quick_time(value);
    if (!time && m_rules.trace_start) {
        const CountText offset = parse_count(value);
        if (offset.complaint != nullptr)
            return complain(fmt::format("time “{}” {}", base::shortened(base::to_valid_utf8(value), 40),
                                        offset.complaint));
        time = *m_rules.trace_start + std::chrono::milliseconds(offset.value);
    }
    if (!time) {
        const auto exact = base::parse_instant(value.substr(0, 80));
        if (exact && value.size() >= 10 && value.size() <= 80) {
            std::copy_n(value.data(), 10, m_day_text.data());
            m_day = base::Instant(*base::parse_date(value.substr(0, 10)));
        }
        time = exact ? std::optional(*exact) : parse_epoch(value);
        if (!time)
            return complain(fmt::format("time: {}", base::to_valid_utf8(exact.error().message)));
    }
    if (*time > m_rules.latest)
        return complain(fmt::format("time “{}” lies in the future", base::to_string(*time)));
    m_usage->time = *time;
    m_time = true;
}

void RowBuilder::set_number(std::size_t field, std::int64_t value)
{
    const Field& f = usage_fields()[field];
    const bool counts = f.kind == Kind::WholeInput || f.kind == Kind::WholeOutput || f.kind == Kind::Count ||
                        f.kind == Kind::Seconds;
    if (!counts) {
        set(field, std::to_string(value));
        return;
    }
    if (!claim(field))
        return;
    if (value < 0 || value > largest_count) {
        complain(fmt::format("{} {} {}", f.name, value, value < 0 ? "is negative" : "is out of range"));
        return;
    }
    m_any_tokens = m_any_tokens || is_token_field(f);
    if (f.kind == Kind::WholeInput)
        m_input = value;
    else if (f.kind == Kind::WholeOutput)
        m_output = value;
    else {
        m_usage->counts[f.component] = value;
        m_components |= set_of(f.component);
        if (const Side side = pricing::side_of(f.component); side != Side::Unit)
            m_parts[side == Side::Input ? 0 : 1] += value;
    }
}

void RowBuilder::set(std::size_t field, std::string_view value)
{
    set_any(field, value, false);
}

void RowBuilder::set_plain(std::size_t field, std::string_view value)
{
    set_any(field, value, true);
}

void RowBuilder::set_any(std::size_t field, std::string_view value, bool plain)
{
    const Field& f = usage_fields()[field];
    if (!value.empty() && (value.front() <= ' ' || value.back() <= ' '))
        value = base::trimmed(value);
    switch (f.kind) {
    case Kind::WholeInput:
    case Kind::WholeOutput:
    case Kind::Count:
    case Kind::Seconds: {
        if (value.empty()) {
            m_any_tokens = m_any_tokens || is_token_field(f);
            return;
        }
        const CountText number = parse_count(value, f.kind == Kind::Seconds);
        if (number.complaint == nullptr)
            set_number(field, number.value);
        else if (claim(field))
            complain(fmt::format("{} “{}” {}", f.name,
                                 base::shortened(base::to_valid_utf8(value.substr(0, 80)), 40),
                                 number.complaint));
        return;
    }
    case Kind::Unread:
        return;
    default:
        break;
    }
    if (!claim(field))
        return;
    switch (f.kind) {
    case Kind::Time:
        set_time(value);
        return;
    case Kind::Vendor:
        set_text(f, m_usage->vendor, value, plain);
        return;
    case Kind::Model:
        set_text(f, m_usage->model, value, plain);
        return;
    case Kind::ServiceTier:
        set_text(f, m_usage->service_tier, value, plain);
        if (m_usage->service_tier != standard)
            m_usage->service_tier = pricing::canonical_tier(m_usage->service_tier);
        return;
    case Kind::Region:
        set_text(f, m_usage->region, value, plain);
        return;
    case Kind::Tag:
        set_text(f, m_usage->tag, value, plain);
        return;
    case Kind::RequestId:
        set_text(f, m_usage->request_id, value, plain);
        return;
    default:
        return;
    }
}

void RowBuilder::complain_of_parts(Side side, std::int64_t total, std::string_view name)
{
    std::string parts;
    for (const Field& field : usage_fields()) {
        if (field.kind == Kind::Count && pricing::side_of(field.component) == side &&
            m_usage->counts[field.component] > 0)
            parts += fmt::format("{}{} {}", parts.empty() ? "" : " + ", field.name,
                                 m_usage->counts[field.component]);
    }
    complain(fmt::format("{} exceed {} {}, of which they are parts", parts, name, total));
}

bool RowBuilder::finish()
{
    if (!m_time)
        complain("has no time");
    if (m_usage->model.empty())
        complain("has no model");
    if (!m_any_tokens)
        complain("has neither input_tokens nor output_tokens");
    if (m_usage->counts.requests() < 1)
        complain("requests is 0");
    m_usage->counts[Component::Input] = m_input - m_parts[0];
    m_usage->counts[Component::Output] = m_output - m_parts[1];
    if (m_parts[0] > m_input)
        complain_of_parts(Side::Input, m_input, "input_tokens");
    if (m_parts[1] > m_output)
        complain_of_parts(Side::Output, m_output, "output_tokens");
    return m_reason.empty();
}

}
