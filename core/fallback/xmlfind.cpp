#include "core/fallback/jstext.h"
#include "core/fallback/xmlcheck.h"
#include "core/fallback/xmltree.h"

#include <algorithm>
#include <optional>

namespace leeway::fallback {
namespace {

enum class Kind { Opening, Closing, Empty, Other };

struct Tag
{
    Kind kind;
    std::size_t begin;
    std::size_t end; // behind the >
    std::string name;
};

bool starts_name(char32_t c)
{
    return c == ':' || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c != 0xFFFD && !(c >= 0x300 && c < 0x370) &&
            !(c >= 0x2000 && c < 0x200C) && !(c >= 0x2010 && c < 0x2070));
}

bool in_name(char32_t c)
{
    return starts_name(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 ||
           (c >= 0x300 && c < 0x370) || (c >= 0x203F && c <= 0x2040);
}

std::string read_name(std::string_view text)
{
    std::size_t end = 0;
    for (;;) {
        const auto [code, length] = front_of(text.substr(end));
        if (length == 0 || !(end == 0 ? starts_name(code) : in_name(code)))
            return std::string(text.substr(0, end));
        end += length;
    }
}

// Behind the > that ends a tag, quotation marks considered; npos where another < comes first.
std::size_t tag_end(std::string_view text, std::size_t from)
{
    char quote = 0;
    for (std::size_t i = from + 1; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '<')
            return std::string_view::npos;
        else if (c == '>')
            return i + 1;
    }
    return std::string_view::npos;
}

std::size_t behind(std::string_view text, std::size_t from, std::string_view delimiter)
{
    const auto at = text.find(delimiter, from);
    return at == std::string_view::npos ? text.size() : at + delimiter.size();
}

std::size_t declaration_end(std::string_view text, std::size_t at)
{
    if (text.substr(at).starts_with("<!--"))
        return behind(text, at + 4, "-->");
    if (text.substr(at).starts_with("<![CDATA["))
        return behind(text, at + 9, "]]>");
    char quote = 0;
    int brackets = 0;
    for (std::size_t i = at + 2; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[')
            ++brackets;
        else if (c == ']' && brackets > 0)
            --brackets;
        else if (c == '>' && brackets == 0)
            return i + 1;
    }
    return text.size();
}

std::optional<Tag> read_tag(std::string_view text, std::size_t at)
{
    if (at + 1 >= text.size())
        return std::nullopt;
    const char next = text[at + 1];
    if (next == '!')
        return Tag{Kind::Other, at, declaration_end(text, at), {}};
    if (next == '?')
        return Tag{Kind::Other, at, behind(text, at + 2, "?>"), {}};
    const bool closing = next == '/';
    std::string name = read_name(text.substr(at + (closing ? 2 : 1)));
    if (name.empty())
        return std::nullopt;
    const std::size_t end = tag_end(text, at);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view inside = js_trimmed(text.substr(at, end - 1 - at));
    return Tag{closing                 ? Kind::Closing
               : inside.ends_with('/') ? Kind::Empty
                                       : Kind::Opening,
               at, end, std::move(name)};
}

// Walks the tags; text that only looks like one is passed over.
template<typename Visit>
void for_each_tag(std::string_view text, Visit visit)
{
    // A quotation mark that never closes makes every < look to the end of the text, hence the limit.
    std::size_t work = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos && work < 64 * text.size() + 1'000'000;
         at = text.find('<', at + 1)) {
        const auto tag = read_tag(text, at);
        work += tag ? tag->end - at : text.size() - at;
        if (!tag)
            continue;
        visit(*tag);
        at = tag->end - 1;
    }
}

struct Piece
{
    std::size_t begin;
    std::size_t end;
    std::optional<std::size_t> parent; // where the element around it opens

    bool operator==(const Piece&) const = default;
};

std::vector<Piece> closed_elements(std::string_view text)
{
    struct Open
    {
        std::string name;
        std::size_t begin;
    };
    std::vector<Open> open;
    std::vector<Piece> pieces;
    const auto parent = [&] { return open.empty() ? std::nullopt : std::optional(open.back().begin); };
    for_each_tag(text, [&](const Tag& tag) {
        if (tag.kind == Kind::Empty) {
            pieces.push_back({tag.begin, tag.end, parent()});
        } else if (tag.kind == Kind::Opening) {
            open.push_back({tag.name, tag.begin});
        } else if (tag.kind == Kind::Closing) {
            if (!open.empty() && open.back().name == tag.name) {
                const std::size_t begin = open.back().begin;
                open.pop_back();
                pieces.push_back({begin, tag.end, parent()});
            } else {
                open.clear();
            }
        }
    });
    return pieces;
}

// Rows of siblings first, then each outermost element.
std::vector<Piece> outermost(const std::vector<Piece>& pieces)
{
    std::vector<std::size_t> begins;
    for (const Piece& piece : pieces)
        begins.push_back(piece.begin);
    std::sort(begins.begin(), begins.end());
    const auto inside_a_piece = [&](const Piece& piece) {
        return piece.parent && std::binary_search(begins.begin(), begins.end(), *piece.parent);
    };
    std::vector<Piece> single;
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(single),
                 [&](const Piece& piece) { return !inside_a_piece(piece); });
    std::map<std::optional<std::size_t>, std::vector<Piece>> rows;
    for (const Piece& piece : single)
        rows[piece.parent].push_back(piece);
    std::vector<Piece> result;
    for (const auto& [parent, row] : rows) {
        if (row.size() < 2)
            continue;
        Piece whole{row.front().begin, row.front().end, parent};
        for (const Piece& piece : row) {
            whole.begin = std::min(whole.begin, piece.begin);
            whole.end = std::max(whole.end, piece.end);
        }
        result.push_back(whole);
    }
    std::sort(single.begin(), single.end(), [](const Piece& a, const Piece& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    result.insert(result.end(), single.begin(), single.end());
    return result;
}

void add_attributes(std::string_view tag, XmlElement& element)
{
    std::size_t at = 1 + read_name(tag.substr(1)).size();
    while (at < tag.size()) {
        const std::string name = read_name(tag.substr(at));
        if (name.empty()) {
            const auto close = tag[at] == '"' || tag[at] == '\'' ? tag.find(tag[at], at + 1) : at;
            at = close == std::string_view::npos ? tag.size() : close + 1;
            continue;
        }
        element.add_attribute(name);
        at += name.size();
        const auto value = tag.find_first_not_of(" \t\r\n", at);
        if (value == std::string_view::npos || tag[value] != '=')
            continue;
        const auto quote = tag.find_first_not_of(" \t\r\n", value + 1);
        if (quote == std::string_view::npos)
            return;
        const bool in_quotes = tag[quote] == '"' || tag[quote] == '\'';
        const auto end = in_quotes ? tag.find(tag[quote], quote + 1) : tag.find_first_of(" \t\r\n/>", quote);
        at = end == std::string_view::npos ? tag.size() : end + 1;
    }
}

XmlElement tree_of(std::string_view text)
{
    XmlBuilder builder;
    std::size_t behind_tag = 0;
    for_each_tag(text, [&](const Tag& tag) {
        if (!js_trimmed(text.substr(behind_tag, tag.begin - behind_tag)).empty())
            builder.text();
        behind_tag = tag.end;
        if (tag.kind == Kind::Opening || tag.kind == Kind::Empty) {
            if (XmlElement* element = builder.open(tag.name))
                add_attributes(text.substr(tag.begin, tag.end - tag.begin), *element);
        }
        if (tag.kind == Kind::Closing || tag.kind == Kind::Empty)
            builder.close();
    });
    return builder.root();
}

}

std::string embedded_xml_fault(std::string_view text, const std::vector<std::string>& required)
{
    const std::vector<Piece> pieces = outermost(closed_elements(text));
    if (pieces.empty())
        return "the answer holds no XML element";
    if (required.empty())
        return {};
    std::vector<Piece> tried;
    for (const Piece& piece : pieces) {
        const bool seen = std::any_of(tried.begin(), tried.end(), [&](const Piece& other) {
            return piece.begin >= other.begin && piece.end <= other.end;
        });
        if (seen)
            continue;
        if (missing_paths(tree_of(text.substr(piece.begin, piece.end - piece.begin)), required).empty())
            return {};
        tried.push_back(piece);
    }
    return "no XML in the answer holds all required elements";
}

}
