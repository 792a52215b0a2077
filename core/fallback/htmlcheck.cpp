#include "core/fallback/htmlcheck.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"

#include <gumbo.h>
#include <memory>
#include <re2/re2.h>
#include <unordered_set>
#include <vector>

namespace leeway::fallback {
namespace {

constexpr std::size_t longest = std::size_t{10} << 20;
constexpr int most_tags = 20'000; // the parser walks nested elements by recursion

const std::unordered_set<std::string>& known_elements()
{
    static const std::unordered_set<std::string> names = [] {
        constexpr std::string_view list = "html head title base link meta style body article section nav "
                                          "aside h1 h2 h3 h4 h5 h6 header footer address "
                                          "p hr pre blockquote ol ul li dl dt dd figure figcaption main div "
                                          "a em strong small s cite q dfn abbr ruby rt rp "
                                          "data time code var samp kbd sub sup i b u mark bdi bdo span br "
                                          "wbr img iframe embed object param picture source "
                                          "video audio track map area svg math script noscript canvas ins "
                                          "del table caption colgroup col tbody thead tfoot "
                                          "tr td th form label input button select datalist optgroup option "
                                          "textarea output progress meter fieldset legend "
                                          "details summary dialog menu slot template";
        std::unordered_set<std::string> result;
        for (std::string& name : base::split(list, ' '))
            result.insert(std::move(name));
        return result;
    }();
    return names;
}

bool is_wrapper(const std::string& name)
{
    return name == "html" || name == "head" || name == "body";
}

// Whether the tag of a wrapper element stands in the text itself.
bool written(const std::string& lowered, const std::string& name)
{
    const std::string tag = "<" + name;
    for (auto at = lowered.find(tag); at != std::string::npos; at = lowered.find(tag, at + 1)) {
        const std::string_view rest = std::string_view(lowered).substr(at + tag.size());
        if (!rest.empty() && (rest.front() == '>' || rest.front() == '/' || blank_length(rest) > 0))
            return true;
    }
    return false;
}

std::string name_of(const GumboElement& element)
{
    if (element.tag != GUMBO_TAG_UNKNOWN)
        return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    return piece.data == nullptr ? std::string() : base::lowered(std::string_view(piece.data, piece.length));
}

const GumboVector* children_of(const GumboNode& node)
{
    if (node.type == GUMBO_NODE_DOCUMENT)
        return &node.v.document.children;
    return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE ? &node.v.element.children
                                                                               : nullptr;
}

template<typename Predicate>
const GumboNode* find_element(const GumboNode& root, Predicate fits)
{
    std::vector<const GumboNode*> open = {&root};
    while (!open.empty()) {
        const GumboNode* node = open.back();
        open.pop_back();
        const bool element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
        if (element && fits(node->v.element))
            return node;
        const GumboVector* children = node->type == GUMBO_NODE_TEMPLATE ? nullptr : children_of(*node);
        for (unsigned i = children == nullptr ? 0 : children->length; i-- > 0;)
            open.push_back(static_cast<const GumboNode*>(children->data[i]));
    }
    return nullptr;
}

bool has_text(const GumboNode& body)
{
    const GumboVector& children = body.v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if ((child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA) &&
            !js_trimmed(child->v.text.text).empty())
            return true;
    }
    return false;
}

int count_tags(std::string_view text)
{
    int count = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        count += text[i] == '<' && ((text[i + 1] | 0x20) >= 'a' && (text[i + 1] | 0x20) <= 'z') ? 1 : 0;
    return count;
}

}

std::string html_fault(std::string_view whole)
{
    const std::string text(js_trimmed(whole));
    if (text.empty())
        return "the answer is empty";
    if (text.size() > longest || count_tags(text) > most_tags)
        return "the answer is too large to be read as HTML";
    const std::string lowered = lowered_unicode(text);
    if (lowered.starts_with("<?xml"))
        return "the answer is XML, not HTML";
    const std::unique_ptr<GumboOutput, void (*)(GumboOutput*)> output(
        gumbo_parse_with_options(&kGumboDefaultOptions, text.data(), text.size()),
        [](GumboOutput* parsed) { gumbo_destroy_output(&kGumboDefaultOptions, parsed); });
    const auto from_text = [&](const GumboElement& element, const std::string& name) {
        return written(lowered, name) && element.original_tag.length > 0;
    };
    const GumboNode* body = find_element(
        *output->document, [](const GumboElement& element) { return element.tag == GUMBO_TAG_BODY; });
    if (body != nullptr && !from_text(body->v.element, "body") && has_text(*body))
        return "text stands outside of the HTML elements";
    const GumboNode* own = find_element(*output->document, [&](const GumboElement& element) {
        const std::string name = name_of(element);
        if (is_wrapper(name))
            return from_text(element, name);
        return known_elements().contains(name) || name.find('-') != std::string::npos;
    });
    return own == nullptr ? "the answer holds no element that HTML knows" : std::string();
}

bool holds_html(std::string_view text)
{
    static const auto compile = [](const char* pattern) { return std::make_unique<re2::RE2>(pattern); };
    static const auto opening = compile("<[a-zA-Z][a-zA-Z0-9-]*(?:\\s[^>]*)?>");
    static const auto closing = compile("</[a-zA-Z][a-zA-Z0-9-]*\\s*>");
    static const auto empty = compile("<[a-zA-Z][a-zA-Z0-9-]*(?:\\s[^>]*)?/>");
    static const auto entity = compile("&(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);");
    static const auto doctype = compile("(?i)<!DOCTYPE\\s+html");
    static const auto comment = compile("<!--[^-]*(?:-[^-]+)*-->");
    static const auto attribute = compile("\\s[a-zA-Z-]+=\\s*[\"'][^\"']*[\"']");
    static const auto element =
        compile("(?i)<(?:html|head|body|div|span|p|a|img|h[1-6]|ul|ol|li|table|tr|td|th|form|input|button|"
                "script|style|link|meta|br|hr)\\b");
    if (text.size() > longest)
        return false;
    const re2::StringPiece all(text.data(), text.size());
    const auto found = [&](const auto& pattern) { return re2::RE2::PartialMatch(all, *pattern) ? 1 : 0; };
    const int signs = found(opening) + found(closing) + found(empty) + found(entity) + 2 * found(doctype) +
                      found(comment) + found(attribute) + 2 * found(element);
    return signs >= 2;
}

}
