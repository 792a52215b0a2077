#include "core/fallback/templates.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using base::ErrorCode;
using base::fail;
using nlohmann::json;

bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool in_name(char c)
{
    return starts_name(c) || (c >= '0' && c <= '9');
}

// A path such as order.lines[0]["unit price"].
struct Path
{
    std::vector<std::string> steps;
};

std::string_view read_name(std::string_view& text)
{
    std::size_t end = 0;
    while (end < text.size() && in_name(text[end]))
        ++end;
    const std::string_view name = text.substr(0, end);
    text.remove_prefix(end);
    return name;
}

// The step between brackets: a number or a quoted name.
bool read_bracket(std::string_view& text, Path& path)
{
    const auto close = text.find(']');
    if (close == std::string_view::npos)
        return false;
    std::string_view inside = base::trimmed(text.substr(1, close - 1));
    text.remove_prefix(close + 1);
    const bool quoted = inside.size() >= 2 && (inside.front() == '"' || inside.front() == '\'') &&
                        inside.back() == inside.front();
    if (quoted)
        inside = inside.substr(1, inside.size() - 2);
    else if (inside.empty() || inside.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    path.steps.emplace_back(inside);
    return true;
}

base::Error refusal(std::string_view expression)
{
    const auto bar = expression.find('|');
    if (bar != std::string_view::npos) {
        std::string_view rest = base::trimmed(expression.substr(bar + 1));
        return {ErrorCode::Invalid,
                fmt::format("the template filter “{}” is not supported; write the value into the variable",
                            read_name(rest))};
    }
    return {ErrorCode::Invalid, fmt::format("the template expression “{}” is not supported: only names of "
                                            "variables such as {{{{order.total}}}} are",
                                            base::shortened(expression, 60))};
}

base::Result<Path> parse_path(std::string_view expression)
{
    std::string_view text = base::trimmed(expression);
    Path path;
    if (text.empty() || !starts_name(text.front()))
        return tl::unexpected(refusal(expression));
    path.steps.emplace_back(read_name(text));
    if (path.steps.front() == "env")
        return fail(ErrorCode::Invalid,
                    "the template reads the environment ({{env.…}}), which a suite may not");
    while (!text.empty()) {
        if (text.front() == '.' && text.size() > 1 && in_name(text[1])) {
            text.remove_prefix(1);
            path.steps.emplace_back(read_name(text));
        } else if (text.front() != '[' || !read_bracket(text, path)) {
            return tl::unexpected(refusal(expression));
        }
    }
    return path;
}

const json* find(const json& vars, const Path& path)
{
    const json* at = &vars;
    for (const std::string& step : path.steps) {
        if (at->is_object() && at->contains(step)) {
            at = &(*at)[step];
        } else if (at->is_array() && !step.empty() && step.size() < 9 &&
                   step.find_first_not_of("0123456789") == std::string::npos &&
                   std::stoul(step) < at->size()) {
            at = &(*at)[std::stoul(step)];
        } else {
            return nullptr;
        }
    }
    return at;
}

std::string text_of(const json& value)
{
    if (value.is_null())
        return {};
    return value.is_structured() ? value.dump(-1, ' ', false, json::error_handler_t::replace)
                                 : js_string(value);
}

// Calls `literal` and `path` for the parts of a template in order.
template<typename Literal, typename OnPath>
base::Status walk(std::string_view text, Literal literal, OnPath on_path)
{
    bool trim_next = false;
    while (!text.empty()) {
        std::size_t open = text.find('{');
        while (open != std::string_view::npos &&
               (open + 1 >= text.size() ||
                std::string_view("{%#").find(text[open + 1]) == std::string_view::npos))
            open = text.find('{', open + 1);
        std::string_view before = text.substr(0, open);
        if (trim_next)
            before.remove_prefix(std::min(before.find_first_not_of(" \t\r\n"), before.size()));
        if (open == std::string_view::npos) {
            literal(before);
            return {};
        }
        const char kind = text[open + 1];
        const std::string_view closing = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
        const auto close = text.find(closing, open + 2);
        if (close == std::string_view::npos) { // promptfoo takes such a text as it stands
            literal(trim_next ? before : text.substr(0, open));
            literal(text.substr(open));
            return {};
        }
        std::string_view inside = text.substr(open + 2, close - open - 2);
        if (inside.starts_with('-')) {
            inside.remove_prefix(1);
            const auto last = before.find_last_not_of(" \t\r\n");
            before = before.substr(0, last == std::string_view::npos ? 0 : last + 1);
        }
        trim_next = inside.ends_with('-');
        if (trim_next)
            inside.remove_suffix(1);
        literal(before);
        text.remove_prefix(close + 2);
        if (kind == '#')
            continue;
        if (kind == '%') {
            std::string_view tag = base::trimmed(inside);
            return fail(ErrorCode::Invalid,
                        fmt::format("the template tag “{}” is not supported; only variables "
                                    "such as {{{{name}}}} are",
                                    read_name(tag)));
        }
        auto path = parse_path(inside);
        if (!path)
            return tl::unexpected(path.error());
        on_path(*path);
    }
    return {};
}

// {{ name }} exactly, at the first place in `text`.
bool first_plain_name(std::string_view text, std::size_t& begin, std::size_t& end, std::string& name)
{
    for (std::size_t open = text.find("{{"); open != std::string_view::npos;
         open = text.find("{{", open + 1)) {
        std::string_view rest = text.substr(open + 2);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
        const std::string_view found = read_name(rest);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
        if (found.empty() || found.find('$') != std::string_view::npos || !rest.starts_with("}}"))
            continue;
        begin = open;
        end = text.size() - rest.size() + 2;
        name = found;
        return true;
    }
    return false;
}

}

base::Result<std::string> render(std::string_view text, const json& vars)
{
    std::string result;
    result.reserve(text.size());
    auto done = walk(
        text, [&](std::string_view part) { result += part; },
        [&](const Path& path) {
            if (const json* value = find(vars, path))
                result += text_of(*value);
        });
    if (!done)
        return tl::unexpected(done.error());
    return result;
}

base::Status check_template(std::string_view text)
{
    return walk(
        text, [](std::string_view) {}, [](const Path&) {});
}

json resolved(const json& vars)
{
    constexpr std::size_t longest = std::size_t{4} << 20; // a text that names itself doubles in each round
    json result = vars;
    if (!result.is_object())
        return result;
    for (json& value : result) {
        if (value.is_string() && value.get_ref<const std::string&>().ends_with('\n'))
            value.get_ref<std::string&>().pop_back();
    }
    for (int round = 0; round < 5; ++round) {
        bool changed = false;
        for (json& value : result) {
            std::size_t begin = 0;
            std::size_t end = 0;
            std::string name;
            if (!value.is_string() ||
                !first_plain_name(value.get_ref<const std::string&>(), begin, end, name) ||
                !result.contains(name))
                continue;
            std::string& text = value.get_ref<std::string&>();
            const std::string filling = text_of(result[name]);
            if (text.size() + filling.size() > longest)
                continue;
            text.replace(begin, end - begin, filling);
            changed = true;
        }
        if (!changed)
            break;
    }
    return result;
}

}
