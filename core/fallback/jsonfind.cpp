#include "core/fallback/jsonfind.h"

#include "core/fallback/jstext.h"
#include "core/fallback/yaml.h"

#include <algorithm>

namespace leeway::fallback {
namespace {

using nlohmann::json;

constexpr int deepest = 256;
constexpr std::size_t longest_object = 100'000;
constexpr std::size_t most_scanned = 50'000'000;
constexpr std::size_t most_yaml = 2'000'000;

bool too_deep(std::string_view text)
{
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\')
            ++i;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth = depth >= deepest ? deepest + 1 : depth + 1;
        else if (!quoted && (c == '}' || c == ']'))
            --depth;
        if (depth > deepest)
            return true;
    }
    return false;
}

template<typename Json>
std::optional<Json> parse(std::string_view text)
{
    if (too_deep(text) || text.starts_with("\xEF\xBB\xBF"))
        return std::nullopt;
    Json value = Json::parse(text.begin(), text.end(), nullptr, false);
    if (value.is_discarded())
        return std::nullopt;
    return value;
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Where a // comment begins in a line, npos without one: outside quotation marks and not inside an address.
std::size_t comment_start(std::string_view line)
{
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0) {
            std::size_t slashes = 0;
            while (slashes < i && line[i - 1 - slashes] == '\\')
                ++slashes;
            const bool ends_word = quote == '\'' && i + 1 < line.size() && is_letter(line[i + 1]);
            if (c == quote && slashes % 2 == 0 && !ends_word)
                quote = 0;
            continue;
        }
        if (c == '"' || (c == '\'' && (i == 0 || !is_letter(line[i - 1])))) {
            quote = c;
        } else if (line.substr(i).starts_with("//")) {
            const auto space = i == 0 ? std::string_view::npos : line.find_last_of(" \t\r", i - 1);
            const std::size_t word = space == std::string_view::npos ? 0 : space + 1;
            if (line.substr(word, i + 2 - word).find("://") == std::string_view::npos)
                return i;
        }
    }
    return std::string_view::npos;
}

std::string with_yaml_comments(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto comment = comment_start(line);
        result += line.substr(0, comment);
        if (comment != std::string_view::npos) {
            const auto behind = std::min(line.find_first_not_of('/', comment), line.size());
            result += std::string((behind - comment) / 2, '#');
            result += line.substr(behind);
        }
        if (end != std::string_view::npos)
            result += '\n';
    }
    return result;
}

}

std::optional<json> parse_json_text(std::string_view text)
{
    return parse<json>(text);
}

std::optional<nlohmann::ordered_json> parse_ordered_json(std::string_view text)
{
    return parse<nlohmann::ordered_json>(text);
}

std::vector<json> find_json_objects(std::string_view text)
{
    std::vector<json> found;
    std::size_t scanned = 0;
    std::size_t read_as_yaml = 0;
    for (std::size_t i = text.find('{'); i != std::string_view::npos; i = text.find('{', i + 1)) {
        const std::size_t limit = std::min(i + longest_object, text.size());
        std::size_t open = 1;
        std::size_t j = i + 1;
        for (; j < limit && open > 0; ++j)
            open += text[j] == '{' ? 1U : text[j] == '}' ? std::size_t(-1) : 0U;
        if (j == i + 1) // promptfoo does not try a { that ends the text
            break;
        scanned += j - i;
        if (scanned > most_scanned)
            break;
        const std::string candidate = std::string(text.substr(i, j - i)) + std::string(open, '}');
        std::optional<json> value = open == 0 ? parse_json_text(candidate) : std::nullopt;
        if (!value && read_as_yaml < most_yaml && open <= 64) {
            read_as_yaml += candidate.size();
            value = yaml_value(with_yaml_comments(candidate));
        }
        if (value && value->is_structured()) {
            found.push_back(std::move(*value));
            i = j - 1;
        }
    }
    return found;
}

}
