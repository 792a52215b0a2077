#include "core/report/outline.h"

#include "core/base/text.h"

#include <charconv>
#include <fmt/format.h>
#include <map>
#include <optional>

namespace leeway::report {
namespace {

// What is needed of the file that is added to.
struct Source
{
    std::size_t xref = 0;                 // offset of the cross-reference table
    std::map<int, std::size_t> offset_of; // object number → offset
    int size = 0;                         // one more than the greatest object number
    int root = 0;
    int info = 0; // 0: none
    std::string catalog;
    std::vector<int> pages; // object numbers
};

class Cursor
{
public:
    Cursor(std::string_view text, std::size_t at) : m_text(text), m_at(std::min(at, text.size())) {}

    void skip_blanks()
    {
        while (m_at < m_text.size() &&
               std::string_view(" \t\r\n\f").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    bool take(std::string_view word)
    {
        skip_blanks();
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }
    std::optional<std::size_t> number()
    {
        skip_blanks();
        std::size_t value = 0;
        const char* end = m_text.data() + m_text.size();
        const auto [next, error] = std::from_chars(m_text.data() + m_at, end, value);
        if (error != std::errc{})
            return std::nullopt;
        m_at = static_cast<std::size_t>(next - m_text.data());
        return value;
    }
    /// "12 0 R"
    std::optional<int> reference()
    {
        const std::size_t start = m_at;
        const auto object = number();
        if (object && number() && take("R") && *object <= 10'000'000)
            return static_cast<int>(*object);
        m_at = start;
        return std::nullopt;
    }
    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    std::string_view m_text;
    std::size_t m_at;
};

std::optional<int> reference_after(std::string_view dictionary, std::string_view key)
{
    const auto at = dictionary.find(key);
    return at == std::string_view::npos ? std::nullopt : Cursor(dictionary, at + key.size()).reference();
}

// The text between "N 0 obj" and "endobj".
std::optional<std::string_view> body_of(std::string_view pdf, const Source& source, int object)
{
    const auto offset = source.offset_of.find(object);
    if (offset == source.offset_of.end())
        return std::nullopt;
    Cursor cursor(pdf, offset->second);
    if (cursor.number() != static_cast<std::size_t>(object) || !cursor.number() || !cursor.take("obj"))
        return std::nullopt;
    const std::size_t end = pdf.find("endobj", cursor.at());
    if (end == std::string_view::npos)
        return std::nullopt;
    return base::trimmed(pdf.substr(cursor.at(), end - cursor.at()));
}

bool read_table(std::string_view pdf, Source& source)
{
    const std::size_t start = pdf.rfind("startxref");
    if (start == std::string_view::npos)
        return false;
    const auto offset = Cursor(pdf, start + 9).number();
    if (!offset)
        return false;
    source.xref = *offset;
    Cursor cursor(pdf, *offset);
    if (!cursor.take("xref"))
        return false;
    while (!cursor.take("trailer")) {
        const auto first = cursor.number();
        const auto count = cursor.number();
        if (!first || !count || *count > pdf.size() / 20 || *first > pdf.size())
            return false;
        for (std::size_t i = 0; i < *count; ++i) {
            const auto place = cursor.number();
            const auto generation = cursor.number();
            const bool used = cursor.take("n");
            if (!place || !generation || (!used && !cursor.take("f")))
                return false;
            if (used)
                source.offset_of[static_cast<int>(*first + i)] = *place;
        }
    }
    const std::string_view trailer = pdf.substr(cursor.at(), start - cursor.at());
    const auto size_key = trailer.find("/Size");
    const auto size =
        size_key == std::string_view::npos ? std::nullopt : Cursor(trailer, size_key + 5).number();
    const auto root = reference_after(trailer, "/Root");
    if (!size || !root || *size > 10'000'000 || trailer.find("/Prev") != std::string_view::npos)
        return false;
    source.size = static_cast<int>(*size);
    source.root = *root;
    source.info = reference_after(trailer, "/Info").value_or(0);
    return true;
}

bool read_pages(std::string_view pdf, Source& source)
{
    const auto catalog = body_of(pdf, source, source.root);
    if (!catalog || catalog->size() < 4 || catalog->substr(catalog->size() - 2) != ">>" ||
        catalog->find("/Outlines") != std::string_view::npos)
        return false;
    source.catalog = std::string(*catalog);
    const auto tree = reference_after(*catalog, "/Pages");
    const auto pages = tree ? body_of(pdf, source, *tree) : std::nullopt;
    if (!pages)
        return false;
    const auto kids = pages->find("/Kids");
    Cursor cursor(*pages, kids == std::string_view::npos ? pages->size() : kids + 5);
    if (!cursor.take("["))
        return false;
    while (const auto page = cursor.reference()) {
        const auto kid = body_of(pdf, source, *page);
        if (!kid || kid->find("/Type /Pages") != std::string_view::npos)
            return false;
        source.pages.push_back(*page);
    }
    return cursor.take("]") && !source.pages.empty();
}

// A text string of PDF: UTF-16 with byte order mark, in hexadecimal.
std::string text_string(const QString& text)
{
    std::string result = "<FEFF";
    for (const QChar unit : text)
        result += fmt::format("{:04X}", unsigned{unit.unicode()});
    return result + ">";
}

struct Item
{
    int parent = -1; // index of an item, -1 for the root
    int previous = -1;
    int next = -1;
    int first = -1;
    int last = -1;
    int children = 0;
};

std::vector<Item> tree_of(const std::vector<Bookmark>& bookmarks)
{
    std::vector<Item> items(bookmarks.size());
    std::vector<int> open; // the last item of each level
    int last_root = -1;
    for (std::size_t i = 0; i < bookmarks.size(); ++i) {
        const auto level = std::min(static_cast<std::size_t>(std::max(0, bookmarks[i].level)), open.size());
        const int self = static_cast<int>(i);
        int before = level < open.size() ? open[level] : -1;
        open.resize(level);
        items[i].parent = open.empty() ? -1 : open.back();
        if (items[i].parent >= 0) {
            Item& parent = items[static_cast<std::size_t>(items[i].parent)];
            before = parent.last;
            parent.last = self;
            if (parent.first < 0)
                parent.first = self;
            ++parent.children;
        } else {
            before = last_root;
            last_root = self;
        }
        if (before >= 0) {
            items[i].previous = before;
            items[static_cast<std::size_t>(before)].next = self;
        }
        open.push_back(self);
    }
    return items;
}

}

base::Result<std::string> with_outline(std::string pdf, const std::vector<Bookmark>& bookmarks,
                                       std::string_view language, double page_height)
{
    Source source;
    if (!read_table(pdf, source) || !read_pages(pdf, source))
        return base::fail(base::ErrorCode::Unreadable,
                          "The PDF is not laid out as expected; no bookmarks were added.");

    if (pdf.back() != '\n')
        pdf += '\n';
    std::vector<std::pair<int, std::size_t>> added; // object number, offset
    const auto object = [&](int number, const std::string& content) {
        added.emplace_back(number, pdf.size());
        pdf += fmt::format("{} 0 obj\n{}\nendobj\n", number, content);
    };
    const int outline = source.size;
    const auto number_of = [&](int item) { return outline + 1 + item; };
    const auto link = [&](std::string_view key, int item) {
        return item < 0 ? std::string() : fmt::format(" {} {} 0 R", key, number_of(item));
    };

    std::string catalog = source.catalog.substr(0, source.catalog.size() - 2);
    catalog += fmt::format(" /Lang ({}) /ViewerPreferences << /DisplayDocTitle true >>", language);
    if (!bookmarks.empty())
        catalog += fmt::format(" /PageMode /UseOutlines /Outlines {} 0 R", outline);
    object(source.root, catalog + " >>");

    const auto items = tree_of(bookmarks);
    if (!items.empty()) {
        int first = -1;
        int last = -1;
        int roots = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].parent >= 0)
                continue;
            first = first < 0 ? static_cast<int>(i) : first;
            last = static_cast<int>(i);
            ++roots;
        }
        object(outline, fmt::format("<< /Type /Outlines{}{} /Count {} >>", link("/First", first),
                                    link("/Last", last), roots));
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Item& item = items[i];
            const Bookmark& mark = bookmarks[i];
            const auto page = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(0, mark.page)), 0,
                                                      source.pages.size() - 1);
            const std::string parent =
                item.parent < 0 ? fmt::format(" /Parent {} 0 R", outline) : link("/Parent", item.parent);
            // A negative count: the children are folded away at first.
            const std::string count = item.children > 0 ? fmt::format(" /Count -{}", item.children) : "";
            object(number_of(static_cast<int>(i)),
                   fmt::format("<< /Title {}{}{}{}{}{}{} /Dest [{} 0 R /XYZ 0 {:.1f} null] >>",
                               text_string(mark.title), parent, link("/Prev", item.previous),
                               link("/Next", item.next), link("/First", item.first), link("/Last", item.last),
                               count, source.pages[page], page_height - mark.top));
        }
    }

    const std::size_t xref = pdf.size();
    pdf += "xref\n";
    for (const auto& [number, offset] : added)
        pdf += fmt::format("{} 1\n{:010} 00000 n \n", number, offset);
    const int size = source.size + (items.empty() ? 0 : 1 + static_cast<int>(items.size()));
    pdf += fmt::format("trailer\n<< /Size {} /Root {} 0 R", size, source.root);
    if (source.info > 0)
        pdf += fmt::format(" /Info {} 0 R", source.info);
    pdf += fmt::format(" /Prev {} >>\nstartxref\n{}\n%%EOF\n", source.xref, xref);
    return pdf;
}

}
