#pragma once

#include "core/pricing/cost.h"

#include <QString>
#include <initializer_list>
#include <utility>

// What the pricing tests build their requests and sheets from.

inline leeway::pricing::Sheet sheet_of(std::string_view text)
{
    auto sheet = leeway::pricing::parse_sheet("sheet.json", text);
    if (!sheet)
        qFatal("%s", sheet.error().message.c_str());
    return *sheet;
}

using Parts = std::initializer_list<std::pair<leeway::pricing::Component, std::int64_t>>;

/// A single request on 2026-11-02; `parts` are disjoint.
inline leeway::pricing::Usage request(std::string_view model, Parts parts, std::string_view tier = "standard")
{
    leeway::pricing::Usage usage;
    usage.time = leeway::base::Date(std::chrono::year(2026) / 11 / 2) + std::chrono::hours(9);
    usage.vendor = "v";
    usage.model = model;
    usage.service_tier = tier;
    usage.counts[leeway::pricing::Component::Request] = 1;
    for (const auto& [component, count] : parts)
        usage.counts[component] = count;
    return usage;
}

inline QString text(const leeway::base::Decimal& amount)
{
    return QString::fromStdString(amount.to_string());
}

inline QStringList texts(const std::vector<std::string>& lines)
{
    QStringList result;
    for (const std::string& line : lines)
        result.append(QString::fromStdString(line));
    return result;
}

inline QStringList list(std::initializer_list<const char*> lines)
{
    QStringList result;
    for (const char* line : lines)
        result.append(QString::fromUtf8(line));
    return result;
}
