#include "core/usage/jsonline.h"

#include "core/base/text.h"
#include "core/usage/flatjson.h"

#include <cmath>
#include <fmt/format.h>
#include <simdjson.h>
#include <unordered_map>

namespace leeway::usage {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

// Follows "usage.prompt_tokens" into objects.
bool follow(object from, std::string_view path, element& found)
{
    while (true) {
        const auto dot = path.find('.');
        element value;
        if (from.at_key(path.substr(0, dot)).get(value) != simdjson::SUCCESS)
            return false;
        if (dot == std::string_view::npos) {
            found = value;
            return true;
        }
        if (value.get(from) != simdjson::SUCCESS)
            return false;
        path.remove_prefix(dot + 1);
    }
}

void collect_keys(object from, const std::string& prefix, int depth, std::vector<std::string>& keys)
{
    for (const auto field : from) {
        std::string name = prefix + std::string(field.key);
        object inner;
        if (depth < 4 && field.value.get(inner) == simdjson::SUCCESS)
            collect_keys(inner, name + ".", depth + 1, keys);
        else
            keys.push_back(base::to_valid_utf8(name));
        if (keys.size() > 1000)
            return;
    }
}

void set(RowBuilder& row, std::size_t index, const element& value)
{
    const Field& field = usage_fields()[index];
    if (field.kind == Field::Kind::Unread)
        return;
    switch (value.type()) {
    case element_type::NULL_VALUE:
        return;
    case element_type::INT64:
        row.set_number(index, value.get_int64().value_unsafe());
        return;
    case element_type::UINT64:
        row.set(index, std::to_string(value.get_uint64().value_unsafe()));
        return;
    case element_type::DOUBLE:
        row.set(index, fmt::format("{}", value.get_double().value_unsafe()));
        return;
    case element_type::STRING:
        row.set(index, value.get_string().value_unsafe());
        return;
    case element_type::BOOL:
    case element_type::ARRAY:
    case element_type::OBJECT:
        row.complain(fmt::format("{} is neither a text nor a number", field.name));
        return;
    }
}

}

struct JsonLine::Parser
{
    FlatJson flat;
    simdjson::dom::parser parser;
    std::unordered_map<std::string_view, std::vector<std::size_t>> fields_of; // column → fields
    std::vector<std::string> names;
    std::vector<std::pair<std::string_view, std::size_t>> dotted;

    // Lines of a LineSource are padded.
    bool parse(std::string_view line, object& found)
    {
        element root;
        return parser.parse(line.data(), line.size(), false).get(root) == simdjson::SUCCESS &&
               root.get(found) == simdjson::SUCCESS;
    }
};

JsonLine::JsonLine() : m_parser(std::make_unique<Parser>()) {}

JsonLine::JsonLine(const std::vector<std::string>& columns) : JsonLine()
{
    m_parser->names = columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string_view name = m_parser->names[i];
        if (name.empty())
            continue;
        m_parser->fields_of[name].push_back(i);
        if (name.find('.') != std::string_view::npos)
            m_parser->dotted.emplace_back(name, i);
    }
}

JsonLine::~JsonLine() = default;

void JsonLine::read(std::string_view line, RowBuilder& row)
{
    if (m_parser->flat.read(line, row))
        return;
    object top;
    if (!m_parser->parse(line, top)) {
        row.complain("is not a JSON object, or has a number out of range");
        return;
    }
    for (const auto field : top) {
        const auto known = m_parser->fields_of.find(field.key);
        if (known == m_parser->fields_of.end())
            continue;
        for (const std::size_t index : known->second)
            set(row, index, field.value);
    }
    for (const auto& [name, index] : m_parser->dotted) {
        element value;
        if (top.at_key(name).get(value) != simdjson::SUCCESS && follow(top, name, value))
            set(row, index, value);
    }
    m_parser->flat.learn(line, [this](std::string_view key) {
        const auto known = m_parser->fields_of.find(key);
        return known == m_parser->fields_of.end() ? nullptr : &known->second;
    });
}

std::vector<std::string> JsonLine::keys(std::string_view line)
{
    std::vector<std::string> keys;
    const simdjson::padded_string padded(line);
    object top;
    if (m_parser->parse(padded, top))
        collect_keys(top, {}, 0, keys);
    return keys;
}

std::vector<std::string> JsonLine::texts(std::string_view line, const std::vector<std::string>& columns)
{
    std::vector<std::string> texts(columns.size());
    const simdjson::padded_string padded(line);
    object top;
    if (!m_parser->parse(padded, top))
        return {};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        element value;
        if (top.at_key(columns[i]).get(value) != simdjson::SUCCESS && !follow(top, columns[i], value))
            continue;
        std::string_view text;
        texts[i] = value.get(text) == simdjson::SUCCESS ? base::to_valid_utf8(text)
                                                        : base::to_valid_utf8(simdjson::minify(value));
    }
    return texts;
}

}
