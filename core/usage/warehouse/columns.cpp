#include "core/usage/warehouse/columns.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace leeway::usage::warehouse {
namespace {

using FieldKind = Field::Kind;

tl::unexpected<base::Error> refuse(std::string message)
{
    return base::fail(base::ErrorCode::Invalid, std::move(message));
}

std::string names_of(const std::vector<Column>& columns)
{
    std::string names;
    for (const Column& column : columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return base::shortened(names, 300);
}

bool is_count(const Field& field)
{
    return is_token_field(field) || field.kind == FieldKind::Count || field.kind == FieldKind::Seconds;
}

bool fits(const Field& field, Kind kind)
{
    if (field.kind == FieldKind::Time)
        return kind == Kind::Time || kind == Kind::Date || kind == Kind::Integer || kind == Kind::Text;
    if (is_count(field))
        return kind == Kind::Integer || kind == Kind::Number || kind == Kind::Text;
    return true;
}

// What the user mapped, or the columns that are named like fields, whatever their case.
std::map<std::string, std::string> asked_columns(const std::vector<Column>& columns, const Mapping& mapping)
{
    if (!mapping.column_of.empty())
        return mapping.column_of;
    std::map<std::string, std::string> named;
    for (const Column& column : columns) {
        const std::string name = base::lowered(column.name);
        if (field_index(name) && !mapping.fixed.contains(name))
            named.emplace(name, column.name);
    }
    return named;
}

base::Status take_column(const std::string& name, const std::string& wanted,
                         const std::vector<Column>& columns, const Source& source, FieldColumns& result)
{
    const auto index = field_index(name);
    if (!index)
        return refuse(fmt::format("“{}” is not a field of the usage format.", name));
    const Field& field = usage_fields()[*index];
    const auto column = std::ranges::find(columns, wanted, &Column::name);
    if (column == columns.end())
        return refuse(fmt::format("“{}” has no column “{}” for {}; it has {}.", source.table, wanted, name,
                                  names_of(columns)));
    if (!fits(field, column->kind))
        return refuse(
            fmt::format("“{}” is of type {}, which cannot be read as {}. Map a column of {} to it, or make "
                        "a view that converts it.",
                        column->name, column->type, field.name,
                        field.kind == FieldKind::Time ? "times" : "whole numbers"));
    if (field.kind != FieldKind::Unread)
        result.of.emplace(*index, *column);
    return {};
}

base::Status take_fixed(const std::string& name, const std::string& value, FieldColumns& result)
{
    const auto index = field_index(name);
    if (!index)
        return refuse(fmt::format("“{}” is not a field of the usage format.", name));
    const Field& field = usage_fields()[*index];
    const std::string text = base::to_valid_utf8(base::trimmed(value));
    if (is_count(field)) {
        const CountText count = parse_count(text, field.kind == FieldKind::Seconds);
        const bool no_requests = field.component == pricing::Component::Request && count.value == 0;
        if (count.complaint != nullptr || no_requests)
            return refuse(fmt::format("{} cannot be “{}” in every row: it {}.", name,
                                      base::shortened(text, 40), no_requests ? "is 0" : count.complaint));
        result.constant[*index] = count.value;
        return {};
    }
    switch (field.kind) {
    case FieldKind::Vendor:
        result.fixed.vendor = text;
        break;
    case FieldKind::Model:
        result.fixed.model = text;
        break;
    case FieldKind::ServiceTier:
        result.fixed.service_tier = pricing::canonical_tier(text);
        break;
    case FieldKind::Region:
        result.fixed.region = text;
        break;
    case FieldKind::Tag:
        result.fixed.tag = text;
        break;
    case FieldKind::Time:
    case FieldKind::RequestId:
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("{} cannot be the same in every row: name the column that holds it.", name));
    default:
        break;
    }
    return {};
}

}

std::size_t field_of(std::string_view name)
{
    return *field_index(name);
}

base::Result<FieldColumns> field_columns(const std::vector<Column>& columns, const Source& source)
{
    FieldColumns result;
    const auto asked = asked_columns(columns, source.mapping);
    for (const auto& [name, wanted] : asked) {
        if (auto status = take_column(name, wanted, columns, source, result); !status)
            return tl::unexpected(status.error());
    }
    for (const auto& [name, value] : source.mapping.fixed) {
        if (asked.contains(name))
            continue;
        if (auto status = take_fixed(name, value, result); !status)
            return tl::unexpected(status.error());
    }
    const bool model = result.of.contains(field_of("model")) || !result.fixed.model.empty();
    const bool tokens = result.has(field_of("input_tokens")) || result.has(field_of("output_tokens"));
    if (!result.of.contains(field_of("time")) || !model || !tokens)
        return refuse(
            fmt::format("“{}” has the columns {}. Say which of them hold time, model and input_tokens or "
                        "output_tokens; all but the time may also be fixed values.",
                        source.table, names_of(columns)));
    return result;
}

}
