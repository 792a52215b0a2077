#include "core/fallback/toolcalls.h"

#include "core/base/text.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jsonschema.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using Json = nlohmann::ordered_json;

const std::string* text_at(const Json& object, const char* key)
{
    const auto item = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && item != object.end() && item->is_string()
               ? &item->get_ref<const std::string&>()
               : nullptr;
}

const Json* object_at(const Json& object, const char* key)
{
    const auto item = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && item != object.end() && item->is_structured() ? &*item : nullptr;
}

void add(std::set<std::string>& names, const std::string* name)
{
    if (name != nullptr)
        names.insert(*name);
}

bool is_type(const Json& object, std::string_view type)
{
    const std::string* own = text_at(object, "type");
    return own != nullptr && *own == type;
}

// One entry of a list of calls, whichever vendor's.
void add_entry(std::set<std::string>& names, const Json& entry)
{
    if (is_type(entry, "tool_use") && text_at(entry, "name") != nullptr)
        add(names, text_at(entry, "name"));
    else if (const Json* call = object_at(entry, "functionCall"))
        add(names, text_at(*call, "name"));
    else if (const Json* function = object_at(entry, "function"))
        add(names, text_at(*function, "name"));
    else
        add(names, text_at(entry, "name"));
}

void add_block(std::set<std::string>& names, const Json& value)
{
    if (value.is_array()) {
        for (const Json& entry : value)
            add_entry(names, entry);
        return;
    }
    if (const Json* list = object_at(value, "tool_calls"); list != nullptr && list->is_array()) {
        for (const Json& entry : *list) {
            if (const Json* function = object_at(entry, "function"))
                add(names, text_at(*function, "name"));
            add(names, text_at(entry, "name"));
        }
    } else if (is_type(value, "tool_use") || is_type(value, "function_call")) {
        add(names, text_at(value, "name"));
    } else if (const Json* call = object_at(value, "functionCall")) {
        add(names, text_at(*call, "name"));
    } else if (const Json* tool = object_at(value, "toolCall")) {
        if (const Json* inner = object_at(*tool, "functionCalls"); inner != nullptr && inner->is_array()) {
            for (const Json& entry : *inner)
                add(names, text_at(entry, "name"));
        }
    }
}

struct Bracket
{
    char sign;
    std::size_t at;
    bool starts_line;
    bool ends_line;
    int section; // counts the code fences and open quotation marks before it
};

// The brackets of a text that stand outside quotation marks and code fences.
std::vector<Bracket> brackets_of(std::string_view text)
{
    std::vector<Bracket> found;
    int section = 0;
    char fence = 0;
    std::size_t fence_length = 0;
    for (std::size_t line_at = 0; line_at < text.size();) {
        const auto end = std::min(text.find('\n', line_at), text.size());
        const std::string_view line = text.substr(line_at, end - line_at);
        const std::string_view content = base::trimmed(line);
        const std::size_t run =
            std::min(content.find_first_not_of(content.empty() ? ' ' : content.front()), content.size());
        const bool marker =
            !content.empty() && (content.front() == '`' || content.front() == '~') && run >= 3;
        const std::size_t begin = line_at;
        line_at = end + 1;
        if (fence != 0) {
            if (marker && content.front() == fence && run >= fence_length && run == content.size())
                fence = 0;
            continue;
        }
        if (marker && (content.front() == '~' || content.find('`', run) == std::string_view::npos)) {
            fence = content.front();
            fence_length = run;
            ++section;
            continue;
        }
        const std::size_t first =
            content.empty() ? 0 : static_cast<std::size_t>(content.data() - text.data());
        const std::size_t last = first + content.size();
        bool quoted = false;
        for (std::size_t i = begin; i < end; ++i) {
            const char c = text[i];
            if (quoted && c == '\\')
                ++i;
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && (c == '{' || c == '[' || c == '}' || c == ']'))
                found.push_back({c, i, i == first, i + 1 == last, section});
        }
        section += quoted ? 1 : 0;
    }
    return found;
}

// Drops the brackets that have no partner.
std::vector<Bracket> paired(const std::vector<Bracket>& brackets)
{
    std::vector<bool> keep(brackets.size());
    std::vector<std::size_t> open;
    int section = 0;
    for (std::size_t i = 0; i < brackets.size(); ++i) {
        if (brackets[i].section != section) {
            open.clear();
            section = brackets[i].section;
        }
        const char sign = brackets[i].sign;
        if (sign == '{' || sign == '[') {
            open.push_back(i);
        } else if (!open.empty() && brackets[open.back()].sign == (sign == '}' ? '{' : '[')) {
            keep[i] = keep[open.back()] = true;
            open.pop_back();
        } else {
            open.clear();
        }
    }
    std::vector<Bracket> result;
    for (std::size_t i = 0; i < brackets.size(); ++i) {
        if (keep[i])
            result.push_back(brackets[i]);
    }
    return result;
}

// Reads the blocks between `from` and `to` of the paired brackets; a block that is not JSON is searched
// inside.
class BlockReader
{
public:
    BlockReader(std::string_view text, const std::vector<Bracket>& brackets)
        : m_text(text),
          m_brackets(brackets)
    {
    }

    bool read(std::set<std::string>& names)
    {
        std::vector<std::pair<std::size_t, std::size_t>> pending = {{0, m_brackets.size()}};
        std::size_t work = 4 * m_text.size() + 1;
        while (!pending.empty()) {
            const auto [from, to] = pending.back();
            pending.pop_back();
            int depth = 0;
            std::size_t start = from;
            for (std::size_t i = from; i < to; ++i) {
                const bool opens = m_brackets[i].sign == '{' || m_brackets[i].sign == '[';
                if (opens && depth++ == 0)
                    start = i;
                if (opens || --depth != 0 || !m_brackets[i].ends_line)
                    continue;
                const std::string_view block =
                    m_text.substr(m_brackets[start].at, m_brackets[i].at + 1 - m_brackets[start].at);
                if (block.size() > work)
                    return false;
                work -= block.size();
                if (const auto value = parse_ordered_json(block)) {
                    if (m_brackets[start].starts_line)
                        add_block(names, *value);
                } else {
                    pending.emplace_back(start + 1, i);
                }
            }
        }
        return true;
    }

private:
    std::string_view m_text;
    const std::vector<Bracket>& m_brackets;
};

}

std::set<std::string> tools_called(const Json& calls)
{
    std::set<std::string> names;
    add_block(names, calls);
    return names;
}

base::Result<std::set<std::string>> tools_called_in(std::string_view text)
{
    if (const auto whole = parse_ordered_json(text)) {
        if (whole->is_string())
            return tools_called_in(whole->get_ref<const std::string&>());
        return tools_called(*whole);
    }
    std::set<std::string> names;
    const auto brackets = paired(brackets_of(text));
    if (!BlockReader(text, brackets).read(names))
        return base::fail(base::ErrorCode::TooLarge,
                          "the answer's JSON is too broken to look for calls of tools in it");
    return names;
}

base::Result<std::string> call_fault(const Json& call, const nlohmann::json& functions)
{
    const std::string* name = text_at(call, "name");
    const std::string* arguments = text_at(call, "arguments");
    if (name == nullptr || arguments == nullptr)
        return std::string("the answer is not a call with a name and arguments");
    const auto parsed = parse_json_text(*arguments);
    if (!parsed)
        return fmt::format("the arguments of “{}” are not JSON", *name);
    for (const nlohmann::json& function : functions) {
        if (!function.is_object() || function.value("name", nlohmann::json()) != nlohmann::json(*name))
            continue;
        if (!function.contains("parameters") || function["parameters"].is_null())
            break;
        const auto violation = schema_violation(function["parameters"], *parsed);
        if (!violation)
            return tl::unexpected(violation.error());
        return violation->empty()
                   ? std::string()
                   : fmt::format("the arguments of “{}” do not follow its schema: {}", *name, *violation);
    }
    return fmt::format("“{}” was called, but no function of that name with parameters was offered", *name);
}

}
