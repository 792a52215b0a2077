#include "core/usage/formats/record.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace leeway::usage {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

std::optional<element> unless_null(const element& value)
{
    return value.type() == element_type::NULL_VALUE ? std::nullopt : std::optional(value);
}

std::optional<element> element_in(const object& from, std::string_view path)
{
    element value;
    if (from.at_key(path).get(value) == simdjson::SUCCESS)
        return unless_null(value);
    const auto dot = path.find('.');
    if (dot == std::string_view::npos || from.at_key(path.substr(0, dot)).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return element_at(value, path.substr(dot + 1));
}

std::int64_t checked(CountText count, std::string_view text, std::string_view path, RowBuilder& row)
{
    if (count.complaint == nullptr)
        return count.value;
    row.complain(fmt::format("{} “{}” {}", path, base::shortened(base::to_valid_utf8(text.substr(0, 80)), 40),
                             count.complaint));
    return 0;
}

}

std::optional<element> element_at(const element& from, std::string_view path)
{
    object inside;
    if (from.get(inside) != simdjson::SUCCESS)
        return std::nullopt;
    return element_in(inside, path);
}

std::string_view text_of(const element& value, std::string& scratch)
{
    switch (value.type()) {
    case element_type::STRING:
        return value.get_string().value_unsafe();
    case element_type::INT64:
        return scratch = std::to_string(value.get_int64().value_unsafe());
    case element_type::UINT64:
        return scratch = std::to_string(value.get_uint64().value_unsafe());
    case element_type::DOUBLE:
        return scratch = fmt::format("{}", value.get_double().value_unsafe());
    case element_type::BOOL:
        return value.get_bool().value_unsafe() ? "true" : "false";
    default:
        return {};
    }
}

std::int64_t count_of(const element& value, std::string_view path, RowBuilder& row)
{
    std::string scratch;
    const auto type = value.type();
    if (type == element_type::ARRAY || type == element_type::OBJECT || type == element_type::BOOL) {
        row.complain(fmt::format("{} is neither a text nor a number", path));
        return 0;
    }
    const std::string_view text = text_of(value, scratch);
    return text.empty() ? 0 : checked(parse_count(base::trimmed(text)), text, path, row);
}

Record::Record(std::vector<std::string> columns) : m_columns(std::move(columns))
{
    for (std::string& column : m_columns)
        column = base::lowered(base::trimmed(column));
}

void Record::set(std::span<const std::string_view> cells)
{
    m_cells = cells;
    m_root.reset();
    m_parsed_column.reset();
}

bool Record::set(const simdjson::dom::element& object)
{
    m_root = object;
    m_cells = {};
    return object.is_object();
}

std::optional<element> Record::parsed(std::size_t column)
{
    if (m_parsed_column != column) {
        m_parsed_column = column;
        m_parsed.reset();
        element root;
        const std::string_view cell = m_cells[column];
        if (m_parser.parse(cell.data(), cell.size()).get(root) == simdjson::SUCCESS)
            m_parsed = unless_null(root);
    }
    return m_parsed;
}

// A text that holds JSON is looked into.
std::optional<element> Record::find_in_object(std::string_view path)
{
    const auto value = element_at(*m_root, path);
    const auto dot = path.find('.');
    if (value || dot == std::string_view::npos)
        return value;
    const auto outer = element_at(*m_root, path.substr(0, dot));
    std::string_view text;
    simdjson::dom::element inner;
    if (!outer || outer->get(text) != simdjson::SUCCESS || !text.starts_with('{') ||
        m_parser.parse(text.data(), text.size()).get(inner) != simdjson::SUCCESS)
        return std::nullopt;
    return element_at(inner, path.substr(dot + 1));
}

Record::Value Record::find(std::string_view path)
{
    if (m_root)
        return {std::nullopt, find_in_object(path)};
    const auto column_of = [&](std::string_view name) {
        const auto at = std::ranges::find_if(m_columns, [&](const std::string& column) {
            return column.size() == name.size() && column == base::lowered(name);
        });
        const auto index = static_cast<std::size_t>(at - m_columns.begin());
        return index < m_cells.size() && !m_cells[index].empty() && m_cells[index] != "null"
                   ? std::optional(index)
                   : std::nullopt;
    };
    if (const auto column = column_of(path))
        return {m_cells[*column], std::nullopt};
    const auto dot = path.find('.');
    if (dot == std::string_view::npos)
        return {};
    const auto column = column_of(path.substr(0, dot));
    if (!column)
        return {};
    const auto cell = parsed(*column);
    return {std::nullopt, cell ? element_at(*cell, path.substr(dot + 1)) : std::nullopt};
}

Record::Value Record::find(Paths paths)
{
    for (const std::string_view path : paths) {
        if (Value value = find(path); value.cell || value.element)
            return value;
    }
    return {};
}

bool Record::has(Paths paths)
{
    const Value value = find(paths);
    return value.cell || value.element;
}

std::string_view Record::text(Paths paths)
{
    const Value value = find(paths);
    if (value.cell)
        return base::trimmed(*value.cell);
    return value.element ? text_of(*value.element, m_number) : std::string_view();
}

std::int64_t Record::count(Paths paths, RowBuilder& row)
{
    for (const std::string_view path : paths) {
        const Value value = find(path);
        if (value.cell)
            return checked(parse_count(base::trimmed(*value.cell)), *value.cell, path, row);
        if (value.element)
            return count_of(*value.element, path, row);
    }
    return 0;
}

std::optional<element> Record::json(Paths paths)
{
    const Value value = find(paths);
    std::string_view text;
    simdjson::dom::element inner;
    if (value.element && value.element->get(text) == simdjson::SUCCESS &&
        m_parser.parse(text.data(), text.size()).get(inner) == simdjson::SUCCESS)
        return inner;
    if (!value.cell)
        return value.element;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (m_cells[i].data() == value.cell->data())
            return parsed(i);
    }
    return std::nullopt;
}

}
