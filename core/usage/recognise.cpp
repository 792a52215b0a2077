#include "core/usage/recognise.h"

#include "core/base/text.h"
#include "core/usage/fields.h"
#include "core/usage/jsonline.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace leeway::usage {
namespace {

bool is_fixed(const Mapping* asked, const std::string& field)
{
    return asked != nullptr && asked->fixed.contains(field);
}

// Leeway's own columns, whatever their case; empty when the needed ones are not there.
Mapping own_mapping(const std::vector<std::string>& columns, const Mapping* asked)
{
    Mapping mapping;
    bool tokens = false;
    for (const std::string& column : columns) {
        const std::string name = base::lowered(base::trimmed(column));
        const auto field = field_index(name);
        if (!field || mapping.column_of.contains(name))
            continue;
        mapping.column_of[name] = column;
        tokens = tokens || is_token_field(usage_fields()[*field]);
    }
    const bool model = mapping.column_of.contains("model") || is_fixed(asked, "model");
    return mapping.column_of.contains("time") && model && tokens ? mapping : Mapping{};
}

Mapping azure_mapping(const std::vector<std::string>& columns)
{
    Mapping mapping;
    for (const std::string& column : columns) {
        const std::string name = base::lowered(base::trimmed(column));
        if (name == "timestamp")
            mapping.column_of["time"] = column;
        else if (name == "contexttokens")
            mapping.column_of["input_tokens"] = column;
        else if (name == "generatedtokens")
            mapping.column_of["output_tokens"] = column;
    }
    return mapping.column_of.size() == 3 ? mapping : Mapping{};
}

void recognise(TableForm& form, const Mapping* asked)
{
    form.format = form.json ? "jsonl" : form.separator == '\t' ? "tsv" : "csv";
    form.mapping = own_mapping(form.columns, asked);
    if (!form.mapping.column_of.empty()) {
        form.format = form.json ? "leeway-jsonl" : "leeway-csv";
        return;
    }
    form.mapping = azure_mapping(form.columns);
    if (!form.mapping.column_of.empty())
        form.format = "azure-trace";
}

constexpr std::size_t looked_at_lines = 20;
constexpr std::size_t looked_at_bytes = std::size_t{4} << 20;

void look_at_json(LineSource& source, TableForm& form, LineSource::Line line)
{
    std::deque<LineSource::Kept> taken;
    JsonLine parser;
    std::size_t bytes = 0;
    do {
        taken.emplace_back(line);
        bytes += line.text.size();
        for (std::string& key : parser.keys(line.text)) {
            if (std::ranges::find(form.columns, key) == form.columns.end() && form.columns.size() < 1000)
                form.columns.push_back(std::move(key));
        }
    } while (taken.size() < looked_at_lines && bytes < looked_at_bytes && source.next(line));
    source.put_back(std::move(taken));
}

std::string needed(const TableForm& form)
{
    return fmt::format("“{}” has the columns {}: this is no format that Leeway knows. Say which columns hold "
                       "time, model and input_tokens or output_tokens, or give fixed values for them",
                       form.name, base::shortened(fmt::format("{}", fmt::join(form.columns, ", ")), 200));
}

}

base::Result<TableForm> look_at(LineSource& source, const std::string& name, const Mapping* asked)
{
    TableForm form;
    form.name = name;
    LineSource::Line line;
    do {
        if (!source.next(line)) {
            if (!source.status())
                return tl::unexpected(source.status().error());
            return base::fail(base::ErrorCode::Empty, fmt::format("“{}” has no lines", name));
        }
    } while (!line.too_long && base::trimmed(line.text).empty());
    const std::string_view text = base::trimmed(line.text);
    if (line.too_long)
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("“{}” is not a table: its first line is longer than 16 MB", name));
    if (text.starts_with('['))
        return base::fail(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” is a JSON array; save it as JSON Lines, one object on each line", name));
    form.json = text.starts_with('{');
    if (form.json) {
        look_at_json(source, form, line);
    } else {
        form.separator = separator_of(line.text);
        std::vector<std::string_view> fields;
        std::deque<std::string> unescaped;
        if (split_record(line.text, form.separator, fields, unescaped) != Split::Ok)
            return base::fail(
                base::ErrorCode::Unreadable,
                fmt::format("“{}”, line {}: the header has a quote that is not closed", name, line.number));
        for (const std::string_view field : fields)
            form.columns.push_back(base::to_valid_utf8(base::trimmed(field)));
    }
    recognise(form, asked);
    return form;
}

base::Result<Mapping> effective_mapping(const TableForm& form, const Mapping* asked)
{
    Mapping mapping = asked != nullptr && !asked->column_of.empty() ? *asked : form.mapping;
    if (asked != nullptr)
        mapping.fixed = asked->fixed;
    const auto has = [&](const std::string& field) {
        return mapping.column_of.contains(field) || mapping.fixed.contains(field);
    };
    if (form.format == "azure-trace" && !has("model"))
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("“{}” is an Azure trace, which names no model: give the vendor and the model "
                        "as fixed values",
                        form.name));
    if (!has("time") || !has("model") || (!has("input_tokens") && !has("output_tokens")))
        return base::fail(base::ErrorCode::Invalid, needed(form));
    return mapping;
}

base::Result<std::vector<std::string>> columns_by_field(const TableForm& form, const Mapping& mapping)
{
    std::vector<std::string> columns(usage_fields().size());
    for (const auto* names : {&mapping.column_of, &mapping.fixed}) {
        for (const auto& [field, unused] : *names) {
            if (!field_index(field))
                return base::fail(base::ErrorCode::Invalid,
                                  fmt::format("“{}” is not a field of the usage format", field));
        }
    }
    for (const auto& [field, column] : mapping.column_of) {
        const auto times = std::ranges::count(form.columns, column);
        if (!form.json && times == 0)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” has no column “{}” for {}", form.name, column, field));
        if (!form.json && times > 1)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” has {} columns named “{}”", form.name, times, column));
        columns[*field_index(field)] = column;
    }
    return columns;
}

}
