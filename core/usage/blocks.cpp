#include "core/usage/blocks.h"

#include "core/usage/csv.h"
#include "core/usage/marks.h"

namespace leeway::usage {
namespace {

std::string_view without_return(std::string_view line)
{
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}

BlockReader::Stop BlockReader::read(const LineSource::Block& block, Rows& rows)
{
    if (block.too_long) {
        rows.set_line(block.first_line);
        rows.add_bad(line_too_long);
        return {block.size, block.first_line + 1};
    }
    if (m_form.layout == LogForm::Layout::Table)
        return read_table(block, rows);
    read_lines(block, rows);
    return {block.size, 0};
}

void BlockReader::read_lines(const LineSource::Block& block, Rows& rows)
{
    std::string_view rest = block.text();
    for (std::int64_t number = block.first_line; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        const std::string_view line = without_return(rest.substr(0, end));
        if (!line.empty()) {
            rows.set_line(number);
            m_records.read_json(line, rows);
        }
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
}

BlockReader::Stop BlockReader::read_table(const LineSource::Block& block, Rows& rows)
{
    const std::string_view text = block.text();
    find_marks(text, m_form.separator, m_marks);
    if (!text.ends_with('\n'))
        m_marks.push_back(static_cast<std::uint32_t>(text.size()));
    std::size_t begin = 0; // of the line
    std::size_t cell = 0;
    std::int64_t number = block.first_line;
    bool quoted = false;
    m_cells.clear();
    for (const std::uint32_t mark : m_marks) {
        if (mark < text.size() && text[mark] == '"') {
            quoted = true;
            continue;
        }
        const bool at_end = mark == text.size() || text[mark] == '\n';
        if (!at_end) {
            m_cells.push_back(text.substr(cell, mark - cell));
            cell = mark + 1;
            continue;
        }
        const std::string_view line = without_return(text.substr(begin, mark - begin));
        if (!line.empty()) {
            rows.set_line(number);
            Split split = Split::Ok;
            if (quoted)
                split = split_record(line, m_form.separator, m_cells, m_unescaped);
            else
                m_cells.push_back(line.substr(cell - begin));
            if (split == Split::OpenQuote)
                return {begin, number};
            if (split == Split::TextAfterQuote)
                rows.add_bad(text_after_quote);
            else
                read_row(m_cells, m_form.columns.size(), m_records, rows);
        }
        begin = cell = mark + 1;
        ++number;
        quoted = false;
        m_cells.clear();
    }
    return {text.size(), number};
}

}
