#include "core/base/json.h"

#include "core/base/file.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <iterator>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace leeway::base {
namespace {

using nlohmann::json;

// Walks the text and counts lines, so that a SAX event knows on which line the parser stands: the line of the
// character read last. A line break counts when the next character is read, because the parser reads one
// character past a number before it delivers it.
class CountingIterator
{
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, int* line) : m_at(at), m_line(line) {}
    reference operator*() const { return *m_at; }
    CountingIterator& operator++()
    {
        *m_line += m_at_line_start ? 1 : 0;
        m_at_line_start = *m_at == '\n';
        ++m_at;
        return *this;
    }
    CountingIterator operator++(int)
    {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return m_at == other.m_at; }
    bool operator!=(const CountingIterator& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    int* m_line;
    bool m_at_line_start = false; // the character read last was a line break
};

std::string escaped(const std::string& key)
{
    std::string result;
    for (const char c : key)
        result += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
    return result;
}

// Builds the value and notes the line of every path.
class Builder : public nlohmann::json_sax<json>
{
public:
    Builder(JsonFile& file, const int& line) : m_file(file), m_line(line) {}

    bool null() override { return add(nullptr, m_line); }
    bool boolean(bool value) override { return add(value, m_line); }
    bool number_integer(number_integer_t value) override { return add(value, m_line); }
    bool number_unsigned(number_unsigned_t value) override { return add(value, m_line); }
    bool number_float(number_float_t value, const string_t&) override { return add(value, m_line); }
    bool string(string_t& value) override { return add(std::move(value), m_line); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        Level& level = m_levels.back();
        if (level.value->contains(name)) {
            error = fmt::format("{}, line {}: the name “{}” stands twice in one object", m_file.name, m_line,
                                name);
            return false;
        }
        level.key = name;
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const json::exception& exception) override
    {
        const std::string what = exception.what();
        auto at = what.find("syntax error");
        if (at == std::string::npos) // "[json.exception.out_of_range.406] number overflow parsing '1e999'"
            at = what.find("] ") == std::string::npos ? 0 : what.find("] ") + 2;
        error = fmt::format("{}, line {}: {}", m_file.name, m_line, to_valid_utf8(what.substr(at)));
        return false;
    }

    std::string error;

private:
    struct Level
    {
        json* value;
        std::string path;
        std::string key;
    };

    std::string path() const
    {
        if (m_levels.empty())
            return {};
        const Level& level = m_levels.back();
        return level.path + "/" +
               (level.value->is_array() ? std::to_string(level.value->size()) : escaped(level.key));
    }

    json* insert(json value, int line)
    {
        m_file.line_of_path[path()] = line;
        if (m_levels.empty()) {
            m_file.value = std::move(value);
            return &m_file.value;
        }
        Level& level = m_levels.back();
        if (level.value->is_array()) {
            level.value->push_back(std::move(value));
            return &level.value->back();
        }
        return &((*level.value)[level.key] = std::move(value));
    }

    bool add(json value, int line)
    {
        insert(std::move(value), line);
        return true;
    }

    bool open(json value)
    {
        if (m_levels.size() >= 64) {
            error = fmt::format("{}, line {}: more than 64 levels of nesting", m_file.name, m_line);
            return false;
        }
        const std::string where = path();
        json* inserted = insert(std::move(value), m_line);
        m_levels.push_back({inserted, where, {}});
        return true;
    }

    bool close()
    {
        m_levels.pop_back();
        return true;
    }

    JsonFile& m_file;
    const int& m_line;
    std::vector<Level> m_levels;
};

std::string unescaped(std::string step)
{
    for (const auto& [from, to] : {std::pair("~1", "/"), std::pair("~0", "~")}) {
        for (auto at = step.find(from); at != std::string::npos; at = step.find(from, at + 1))
            step.replace(at, 2, to);
    }
    return step;
}

// What a "$ref" within the schema stands for; nullptr when it leads elsewhere.
const json* resolved(const json& schema, const json* at)
{
    for (int i = 0; i < 8 && at != nullptr && at->contains("$ref"); ++i) {
        const std::string reference = at->at("$ref").get<std::string>();
        if (!reference.starts_with("#/"))
            return nullptr;
        const json::json_pointer target(reference.substr(1));
        at = schema.contains(target) ? &schema.at(target) : nullptr;
    }
    return at;
}

// The part of a schema that describes the value at `pointer`; nullptr where it cannot be told.
const json* schema_at(const json& schema, const std::string& pointer)
{
    const json* at = resolved(schema, &schema);
    if (pointer.empty())
        return at;
    for (const std::string& step : split(std::string_view(pointer).substr(1), '/')) {
        if (at == nullptr)
            return nullptr;
        const std::string name = unescaped(step);
        const json* next = nullptr;
        if (at->contains("items"))
            next = &at->at("items");
        else if (at->contains("properties") && at->at("properties").contains(name))
            next = &at->at("properties").at(name);
        else if (at->contains("additionalProperties"))
            next = &at->at("additionalProperties");
        at = next != nullptr && next->is_object() ? resolved(schema, next) : nullptr;
    }
    return at;
}

// "; expected number", "; one of “a”, “b”": what the schema wants where it is not met.
std::string wish(const json& schema, const std::string& pointer, const std::string& complaint)
{
    const json* at = schema_at(schema, pointer);
    if (at == nullptr || !at->is_object())
        return {};
    const auto listed = [](const json& values, std::string_view quotes) {
        std::string text;
        for (const json& value : values.is_array() ? values : json::array({values})) {
            text += text.empty() ? "" : ", ";
            text += value.is_string()
                        ? fmt::format("{1}{0}{2}", value.get<std::string>(),
                                      quotes.substr(0, quotes.size() / 2), quotes.substr(quotes.size() / 2))
                        : value.dump();
        }
        return text;
    };
    if (complaint.find("'type'") != std::string::npos && at->contains("type"))
        return "; expected " + listed(at->at("type"), "");
    if (complaint.find("enum") != std::string::npos && at->contains("enum"))
        return "; one of " + listed(at->at("enum"), "“”");
    return {};
}

}

Error JsonFile::error(const std::string& pointer, const std::string& complaint) const
{
    std::string known = pointer;
    auto line = line_of_path.find(known);
    while (line == line_of_path.end() && !known.empty()) {
        known.resize(known.rfind('/') == std::string::npos ? 0 : known.rfind('/'));
        line = line_of_path.find(known);
    }
    return {ErrorCode::Invalid,
            fmt::format("{}, line {}, {}: {}", name, line == line_of_path.end() ? 1 : line->second,
                        pointer.empty() ? "/" : pointer, complaint)};
}

Result<JsonFile> parse_json(std::string name, std::string_view text)
{
    JsonFile file;
    file.name = std::move(name);
    int line = 1;
    Builder builder(file, line);
    const CountingIterator begin(text.data(), &line);
    const CountingIterator end(text.data() + text.size(), &line);
    if (!json::sax_parse(begin, end, &builder))
        return fail(ErrorCode::Invalid, builder.error);
    return file;
}

Result<JsonFile> read_json(const std::string& path, std::size_t limit)
{
    auto text = read_file(path, limit);
    if (!text)
        return tl::unexpected(text.error());
    return parse_json(std::filesystem::path(path).filename().string(), *text);
}

Status validate(const JsonFile& file, const json& schema_json)
{
    valijson::Schema schema;
    try {
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json), schema);
        valijson::Validator validator;
        valijson::ValidationResults results;
        if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(file.value), &results))
            return {};
        // The deepest complaint is the concrete one; those above it only say that a part failed.
        valijson::ValidationResults::Error entry;
        std::string pointer;
        std::string complaint = "does not follow the schema";
        std::size_t depth = 0;
        while (results.popError(entry)) {
            if (entry.context.size() <= depth)
                continue;
            depth = entry.context.size();
            complaint = entry.description;
            pointer.clear();
            for (const std::string& step : entry.context) {
                if (step.starts_with('['))
                    pointer += "/" + escaped(step.substr(1, step.size() - 2));
            }
        }
        return tl::unexpected(file.error(pointer, complaint + wish(schema_json, pointer, complaint)));
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Invalid, fmt::format("{}: {}", file.name, exception.what()));
    }
}

}
