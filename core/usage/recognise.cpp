#include "core/usage/recognise.h"

#include "core/base/text.h"
#include "core/usage/csv.h"
#include "core/usage/fields.h"
#include "core/usage/formats/billed.h"
#include "core/usage/jsonline.h"
#include "core/usage/values.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <initializer_list>
#include <utility>

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

// The mapping of these columns (in lower case) to fields when all of them are there; else an empty one.
Mapping mapping_of(const std::vector<std::string>& columns,
                   std::initializer_list<std::pair<std::string_view, const char*>> fields)
{
    Mapping mapping;
    for (const std::string& column : columns) {
        const std::string name = base::lowered(base::trimmed(column));
        for (const auto& [known, field] : fields) {
            if (name == known)
                mapping.column_of[field] = column;
        }
    }
    return mapping.column_of.size() == fields.size() ? mapping : Mapping{};
}

// What a person sees of a known format.
Mapping shown_mapping(const Format& format)
{
    Mapping mapping;
    mapping.column_of = {{"time", std::string(format.time)},
                         {"model", std::string(format.model)},
                         {"input_tokens", std::string(format.input)},
                         {"output_tokens", std::string(format.output)}};
    return mapping;
}

void recognise(LogForm& form, Record* first, const Mapping* asked)
{
    form.format = form.json() ? "jsonl" : form.separator == '\t' ? "tsv" : "csv";
    form.mapping = own_mapping(form.columns, asked);
    if (!form.mapping.column_of.empty()) {
        form.format = form.json() ? "leeway-jsonl" : "leeway-csv";
        return;
    }
    form.mapping = mapping_of(
        form.columns,
        {{"timestamp", "time"}, {"contexttokens", "input_tokens"}, {"generatedtokens", "output_tokens"}});
    if (!form.mapping.column_of.empty()) {
        form.format = "azure-trace";
        return;
    }
    form.mapping = mapping_of(
        form.columns,
        {{"timestamp", "time"}, {"input_length", "input_tokens"}, {"output_length", "output_tokens"}});
    if (!form.mapping.column_of.empty()) {
        form.format = "mooncake-trace";
        form.relative_times = true;
        return;
    }
    Shape shape{form.layout == LogForm::Layout::Table, {}, first};
    for (const std::string& column : form.columns)
        shape.names.push_back(base::lowered(column));
    form.known = recognised_format(shape);
    if (form.known != nullptr) {
        form.format = form.known->name;
        form.mapping = shown_mapping(*form.known);
    } else {
        form.billed = billed_title(shape);
    }
}

constexpr std::size_t looked_at_lines = 20;
constexpr std::size_t looked_at_bytes = std::size_t{4} << 20;

// Whether objects go over several lines, as the first line and the one after it show.
bool goes_over_lines(const std::deque<LineSource::Kept>& lines)
{
    if (base::trimmed(lines.front().text).starts_with('['))
        return true;
    if (lines.size() == 1)
        return false;
    int depth = 0;
    bool in_text = false;
    bool escaped = false;
    for (const char c : lines.front().text) {
        in_text = in_text ? escaped || c != '"' : c == '"';
        escaped = in_text && !escaped && c == '\\';
        if (!in_text)
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    }
    simdjson::dom::parser parser;
    return depth > 0 && !in_text && parser.parse(lines.back().text).error() != simdjson::SUCCESS;
}

// Adds the names of the values in `text`; false when that is no object.
void add_names(LogForm& form, JsonLine& parser, std::string_view text)
{
    for (std::string& key : parser.keys(text)) {
        if (std::ranges::find(form.columns, key) == form.columns.end() && form.columns.size() < 1000)
            form.columns.push_back(std::move(key));
    }
}

base::Status look_at_json(LineSource& source, LogForm& form, const LineSource::Line& first_line,
                          const Mapping* asked)
{
    std::deque<LineSource::Kept> taken;
    taken.emplace_back(first_line);
    LineSource::Line line;
    while (taken.size() < 2 && source.next(line)) {
        if (line.too_long || !base::trimmed(line.text).empty())
            taken.emplace_back(line);
    }
    form.layout = goes_over_lines(taken) ? LogForm::Layout::Values : LogForm::Layout::Lines;
    source.put_back(std::exchange(taken, {}));

    JsonLine parser;
    simdjson::dom::parser first_parser;
    simdjson::dom::element root;
    Record first;
    bool has_first = false;
    std::size_t bytes = 0;
    JsonValues values(source, true);
    const bool in_lines = form.layout == LogForm::Layout::Lines;
    for (std::size_t i = 0; i < looked_at_lines && bytes < looked_at_bytes; ++i) {
        if (!(in_lines ? source.next(line) : values.next(line)))
            break;
        if (in_lines)
            taken.emplace_back(line);
        bytes += line.text.size();
        add_names(form, parser, line.text);
        if (!has_first &&
            first_parser.parse(line.text.data(), line.text.size()).get(root) == simdjson::SUCCESS)
            has_first = first.set(root);
    }
    if (values.too_long() && !has_first)
        return base::fail(base::ErrorCode::TooLarge,
                          fmt::format("“{}” {}", form.name, JsonValues::what_is_too_long));
    recognise(form, has_first ? &first : nullptr, asked);
    source.put_back(in_lines ? std::move(taken) : values.kept());
    return {};
}

base::Status look_at_table(LogForm& form, const LineSource::Line& header, const Mapping* asked)
{
    form.separator = separator_of(header.text);
    std::vector<std::string_view> fields;
    std::deque<std::string> unescaped;
    if (split_record(header.text, form.separator, fields, unescaped) != Split::Ok)
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("“{}”, line {}: the header has a quote that is not closed", form.name,
                                      header.number));
    for (const std::string_view field : fields)
        form.columns.push_back(base::to_valid_utf8(base::trimmed(field)));
    recognise(form, nullptr, asked);
    return {};
}

std::string needed(const LogForm& form)
{
    return fmt::format("“{}” has the columns {}: this is no format that Leeway knows. Say which columns hold "
                       "time, model and input_tokens or output_tokens, or give fixed values for them",
                       form.name, base::shortened(fmt::format("{}", fmt::join(form.columns, ", ")), 200));
}

}

base::Result<LogForm> look_at(LineSource& source, const std::string& name, const Mapping* asked)
{
    LogForm form;
    form.name = name;
    LineSource::Line line;
    do {
        if (!source.next(line)) {
            if (!source.status())
                return tl::unexpected(source.status().error());
            return base::fail(base::ErrorCode::Empty, fmt::format("“{}” has no lines", name));
        }
    } while (!line.too_long && base::trimmed(line.text).empty());
    if (line.too_long)
        return base::fail(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” is not a log: its first line is longer than 16 MB. If it is JSON, save "
                        "it as JSON Lines, one object on each line",
                        name));
    const std::string_view text = base::trimmed(line.text);
    const bool json = text.starts_with('{') || text.starts_with('[');
    if (auto status = json ? look_at_json(source, form, line, asked) : look_at_table(form, line, asked);
        !status)
        return tl::unexpected(status.error());
    return form;
}

base::Result<Mapping> effective_mapping(const LogForm& form, const Mapping* asked)
{
    Mapping mapping = asked != nullptr && !asked->column_of.empty() ? *asked : form.mapping;
    if (asked != nullptr)
        mapping.fixed = asked->fixed;
    const auto has = [&](const std::string& field) {
        return mapping.column_of.contains(field) || mapping.fixed.contains(field);
    };
    const bool trace = form.format == "azure-trace" || form.relative_times;
    if (trace && !has("model"))
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("“{}” is {} trace, which names no model: give the vendor and the model "
                                      "as fixed values",
                                      form.name, form.relative_times ? "a Mooncake" : "an Azure"));
    if (!form.billed.empty() && mapping.column_of.empty())
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("“{}” is {}: it holds billed amounts, not usage. Compare it with an invoice; "
                        "for the usage, export the usage itself",
                        form.name, form.billed));
    if (!has("time") || !has("model") || (!has("input_tokens") && !has("output_tokens")))
        return base::fail(base::ErrorCode::Invalid, needed(form));
    return mapping;
}

base::Result<std::vector<std::string>> columns_by_field(const LogForm& form, const Mapping& mapping)
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
        if (!form.json() && times == 0)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” has no column “{}” for {}", form.name, column, field));
        if (!form.json() && times > 1)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” has {} columns named “{}”", form.name, times, column));
        columns[*field_index(field)] = column;
    }
    return columns;
}

}
