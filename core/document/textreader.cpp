#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/furniture.h"
#include "core/document/hyphens.h"
#include "core/document/label.h"
#include "core/document/rawblock.h"
#include "core/document/readers.h"

#include <unordered_map>

namespace leeway::document {
namespace {

constexpr std::size_t longest_wrapped = 200; // a longer line is a whole paragraph
constexpr int page_gap = 3;                  // blank lines

struct Line
{
    std::string_view text; // without blanks at the ends
    std::size_t indent = 0;
    int blank_before = 0; // blank lines
    bool page_start = false;
};

std::vector<Line> lines_of(std::string_view text)
{
    std::vector<Line> lines;
    int blank = 0;
    bool page = true;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find_first_of("\n\r\f", at), text.size());
        const std::string_view whole = text.substr(at, end - at);
        const std::string_view trimmed = base::trimmed(whole);
        if (trimmed.empty()) {
            ++blank;
        } else {
            std::size_t indent = 0;
            for (const char c : whole.substr(0, static_cast<std::size_t>(trimmed.data() - whole.data())))
                indent += c == '\t' ? 8 : 1;
            lines.push_back({trimmed, indent, blank, page || blank >= page_gap});
            blank = 0;
            page = false;
        }
        if (end < text.size() && text[end] == '\f')
            page = true;
        at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    }
    return lines;
}

// Marks the lines at the ends of pages that repeat from page to page, and page numbers there.
std::vector<bool> furniture_in(const std::vector<Line>& lines)
{
    constexpr std::size_t deepest = 4;
    std::vector<bool> drop(lines.size(), false);
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].page_start)
            starts.push_back(i);
    }
    starts.push_back(lines.size());
    if (starts.size() < 3)
        return drop;
    struct Seen
    {
        int pages = 0;
        std::size_t last_page = 0;
    };
    std::unordered_map<std::string, Seen> seen;
    const auto each_end = [&](auto&& visit) {
        for (std::size_t p = 0; p + 1 < starts.size(); ++p) {
            const std::size_t count = starts[p + 1] - starts[p];
            for (std::size_t d = 0; d < std::min(deepest, count); ++d) {
                if (!visit(starts[p + 1] - 1 - d, p + 1))
                    break;
            }
            for (std::size_t d = 0; d < std::min(deepest, count); ++d) {
                if (!visit(starts[p] + d, p + 1))
                    break;
            }
        }
    };
    each_end([&](std::size_t i, std::size_t page) {
        Seen& entry = seen[furniture_key(lines[i].text)];
        entry.pages += entry.last_page != page ? 1 : 0;
        entry.last_page = page;
        return true;
    });
    each_end([&](std::size_t i, std::size_t) {
        const std::string key = furniture_key(lines[i].text);
        const bool repeats = key.size() > 3 && lines[i].text.size() < 600 && seen[key].pages >= 3;
        drop[i] = drop[i] || repeats || is_page_number(lines[i].text);
        return static_cast<bool>(drop[i]);
    });
    return drop;
}

// The whole number in `text`, 0 when there is another character.
int number_in(std::string_view text)
{
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return 0;
    return std::atoi(std::string(text).c_str());
}

// Notices that stand on many pages, wherever they stand.
void drop_notices(const std::vector<Line>& lines, std::vector<bool>& drop)
{
    constexpr std::size_t longest = 600;
    std::unordered_map<std::string, std::vector<std::size_t>> seen;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].text.size() > longest)
            continue;
        std::string key = furniture_key(lines[i].text);
        if (reads_like_notice(key))
            seen[std::move(key)].push_back(i);
    }
    for (const auto& [key, places] : seen) {
        for (const std::size_t place : places)
            drop[place] = drop[place] || places.size() >= static_cast<std::size_t>(notice_repeats);
    }
}

// Page numbers that stand alone between blank lines and count up.
void drop_counting_lines(const std::vector<Line>& lines, std::vector<bool>& drop)
{
    int last = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const int number = number_in(lines[i].text);
        const bool alone =
            lines[i].blank_before > 0 && (i + 1 == lines.size() || lines[i + 1].blank_before > 0);
        if (!alone || number <= last || number > last + 2)
            continue;
        drop[i] = true;
        last = number;
    }
}

// Page numbers at the end of a page's last line, where a page is one long line: they count up from page to
// page.
void cut_trailing_numbers(std::vector<Line>& lines)
{
    struct Found
    {
        std::size_t line;
        std::size_t page;
        int number;
    };
    std::vector<Found> found;
    std::size_t page = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        page += lines[i].page_start ? 1 : 0;
        if (i + 1 < lines.size() && !lines[i + 1].page_start)
            continue;
        const auto blank = lines[i].text.find_last_of(' ');
        if (blank == std::string_view::npos)
            continue;
        if (const int number = number_in(lines[i].text.substr(blank + 1)); number > 0)
            found.push_back({i, page, number});
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto fits = [&](std::size_t j) {
            return j < found.size() && static_cast<int>(found[j].page) - static_cast<int>(found[i].page) ==
                                           found[j].number - found[i].number;
        };
        if (fits(i + 1) || (i > 0 && fits(i - 1))) {
            std::string_view& text = lines[found[i].line].text;
            text = base::trimmed(text.substr(0, text.find_last_of(' ')));
        }
    }
}

// Cells parted by tabs, bars or three blanks.
std::vector<std::string_view> cells_of(std::string_view line)
{
    std::vector<std::string_view> cells;
    if (line.size() > longest_wrapped)
        return {line};
    std::size_t begin = 0;
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = at;
        while (end < line.size() && is_blank(line[end]))
            ++end;
        const bool bar = line[at] == '|';
        const bool tab = end > at && line.substr(at, end - at).find('\t') != std::string_view::npos;
        if (end - at >= 3 || tab || bar) {
            if (const auto cell = base::trimmed(line.substr(begin, at - begin)); !cell.empty())
                cells.push_back(cell);
            begin = bar ? at + 1 : end;
            at = begin;
        } else {
            at = end > at ? end : at + 1;
        }
    }
    if (const auto cell = base::trimmed(line.substr(begin)); !cell.empty())
        cells.push_back(cell);
    return cells;
}

// Cells of a line of a table, none when the first is only the mark of a clause.
std::vector<std::string_view> table_cells(std::string_view line)
{
    auto cells = cells_of(line);
    if (cells.size() < 2)
        return {};
    const std::string first = std::string(cells[0]) + " X";
    if (const auto label = parse_label(first); cells.size() == 2 && label && label->size + 1 == first.size())
        return {};
    return cells;
}

class TextReader
{
public:
    explicit TextReader(std::vector<Line> lines) : m_lines(std::move(lines)), m_hyphens(views()) {}

    std::vector<RawBlock> read()
    {
        measure();
        for (std::size_t i = 0; i < m_lines.size();) {
            const std::size_t end = table_end(i);
            if (end > i) {
                flush();
                for (; i < end; ++i)
                    add_row(m_lines[i]);
                continue;
            }
            if (i == 0 || starts_block(i))
                flush();
            append(m_lines[i]);
            ++i;
        }
        flush();
        return std::move(m_blocks);
    }

private:
    std::vector<std::string_view> views() const
    {
        std::vector<std::string_view> result;
        result.reserve(m_lines.size());
        for (const Line& line : m_lines)
            result.push_back(line.text);
        return result;
    }

    // How far the lines around each line reach, in characters from the left edge.
    void measure()
    {
        m_reach.resize(m_lines.size());
        for (std::size_t begin = 0; begin < m_lines.size();) {
            std::size_t end = begin;
            std::size_t right = 0;
            do {
                right = std::max(right,
                                 std::min(m_lines[end].indent + m_lines[end].text.size(), longest_wrapped));
                ++end;
            } while (end < m_lines.size() && m_lines[end].blank_before == 0);
            std::fill(m_reach.begin() + static_cast<std::ptrdiff_t>(begin),
                      m_reach.begin() + static_cast<std::ptrdiff_t>(end), right);
            begin = end;
        }
    }

    static bool has_mark(std::string_view text) { return parse_label(text.substr(0, 200)).has_value(); }

    [[nodiscard]] bool starts_block(std::size_t i) const
    {
        const Line& above = m_lines[i - 1];
        const Line& line = m_lines[i];
        const bool finished = ends_statement(above.text);
        const auto blank = above.text.find_last_of(' ');
        const std::string_view last =
            blank == std::string_view::npos ? above.text : above.text.substr(blank + 1);
        const bool mark = has_mark(line.text) && !refers(last);
        if (line.blank_before > 0 || line.page_start) {
            if (finished || mark || above.text.size() < 40)
                return true;
            if (is_lower(line.text.front()))
                return false;
            // A page's end cuts sentences anywhere; a blank line alone does not.
            return !line.page_start || all_capitals(line.text) || line.text.size() < 40;
        }
        if (above.text.size() > longest_wrapped)
            return finished || !is_lower(line.text.front());
        if (mark)
            return true;
        if (!finished && is_lower(line.text.front()))
            return false; // the middle of a sentence, however the lines were set
        const std::size_t first_word = std::min(line.text.find(' '), line.text.size());
        const bool broken = above.indent + above.text.size() + 1 + first_word + 2 < m_reach[i - 1];
        if (broken && (finished || above.text.size() * 2 < m_reach[i - 1] || !is_lower(line.text.front())))
            return true;
        return finished && line.indent >= above.indent + 3;
    }

    [[nodiscard]] std::size_t table_end(std::size_t at) const
    {
        std::size_t end = at;
        while (end < m_lines.size() && (end == at || m_lines[end].blank_before < 2) &&
               !table_cells(m_lines[end].text).empty())
            ++end;
        return end - at >= 2 ? end : at;
    }

    void add_row(const Line& line)
    {
        RawBlock row;
        row.kind = RawBlock::Kind::Row;
        for (const std::string_view cell : table_cells(line.text)) {
            if (!row.text.empty())
                row.text += '\t';
            row.text += tidy(cell);
        }
        m_blocks.push_back(std::move(row));
    }

    void append(const Line& line)
    {
        if (!m_open.empty()) {
            switch (m_hyphens.at_line_end(m_open, line.text)) {
            case Hyphens::Join::Blank:
                m_open += ' ';
                break;
            case Hyphens::Join::Keep:
                break;
            case Hyphens::Join::Drop:
                m_open.resize(m_open.size() - Hyphens::hyphen_size(m_open));
                break;
            }
        }
        m_open += line.text;
    }

    void flush()
    {
        if (m_open.empty())
            return;
        RawBlock block;
        block.text = std::move(m_open);
        m_blocks.push_back(std::move(block));
        m_open.clear();
    }

    std::vector<Line> m_lines;
    Hyphens m_hyphens;
    std::vector<std::size_t> m_reach;
    std::vector<RawBlock> m_blocks;
    std::string m_open;
};

// "=====", "* * *": lines that only draw.
bool is_rule(std::string_view text)
{
    return text.find_first_not_of("-=_*~# \t") == std::string_view::npos && text.size() > 2;
}

}

void read_text(Document& document, std::string_view text)
{
    std::vector<Line> lines = lines_of(text);
    std::vector<bool> drop = furniture_in(lines);
    drop_counting_lines(lines, drop);
    drop_notices(lines, drop);
    std::vector<Line> kept;
    kept.reserve(lines.size());
    bool page = false;
    int blank = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        page = page || lines[i].page_start;
        blank = std::max(blank, lines[i].blank_before);
        if (drop[i])
            continue;
        if (is_rule(lines[i].text)) {
            blank = std::max(blank, 1);
            continue;
        }
        kept.push_back(lines[i]);
        kept.back().page_start = page;
        kept.back().blank_before = blank;
        page = false;
        blank = 0;
    }
    cut_trailing_numbers(kept);
    std::vector<RawBlock> blocks = split_run_on(TextReader(std::move(kept)).read());
    for (RawBlock& block : blocks) {
        if (block.kind != RawBlock::Kind::Row)
            block.text = tidy(block.text);
    }
    assemble(document, std::move(blocks), true);
}

}
