#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/hyphens.h"
#include "core/document/label.h"
#include "core/document/layout.h"

#include <cmath>

namespace leeway::document {
namespace {

// What the row says about itself, without looking at its neighbours.
struct RowFacts
{
    std::string text; // words with single blanks
    bool mark = false;
    bool mark_alone = false;
    float body_left = 0; // where the text behind a mark starts
    int cells = 1;
    float first_word = 0; // width
};

float median(std::vector<float> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

class Builder
{
public:
    explicit Builder(const std::vector<PrintedPage>& pages) : m_pages(pages), m_hyphens(pages) {}

    void add(const Column& column)
    {
        const auto& rows = column.rows;
        std::vector<RowFacts> facts;
        facts.reserve(rows.size());
        std::vector<float> pitches;
        std::vector<float> heights;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            facts.push_back(facts_of(rows[i]));
            heights.push_back(rows[i].height());
            if (i > 0)
                pitches.push_back(rows[i].top - rows[i - 1].top);
        }
        m_right = column.right;
        m_height = std::max(1.0F, median(std::move(heights)));
        m_pitch = std::max(m_height, pitch_of(pitches));
        const std::vector<float> reach = reach_of(rows);
        for (std::size_t i = 0; i < rows.size();) {
            const std::size_t end = table_end(rows, facts, i);
            if (end > i) {
                flush();
                add_table(rows, i, end);
                i = end;
                continue;
            }
            if (i == 0 ? !continues_over_break(rows[0], facts[0])
                       : starts_block(rows[i - 1], facts[i - 1], reach[i - 1], rows[i], facts[i]))
                flush();
            append(rows[i], facts[i]);
            ++i;
        }
    }

    std::vector<RawBlock> take()
    {
        flush();
        return std::move(m_blocks);
    }

private:
    [[nodiscard]] const std::vector<PrintedWord>& words(const Row& row) const
    {
        return m_pages[row.page].words;
    }

    [[nodiscard]] RowFacts facts_of(const Row& row) const
    {
        RowFacts facts;
        const auto& list = words(row);
        const auto& first_run = row.runs.front();
        for (const Run& run : row.runs) {
            for (std::uint32_t i = run.first; i < run.last; ++i) {
                facts.text += list[i].text;
                if (list[i].space_after || i + 1 == run.last)
                    facts.text += ' ';
            }
        }
        facts.text = base::trimmed(facts.text);
        facts.first_word = list[first_run.first].box.width;
        facts.body_left = row.left;
        const std::string_view text = facts.text;
        if (const auto label = parse_label(text)) {
            facts.mark = true;
            facts.mark_alone = label->size >= text.size();
        } else {
            // "(a)" or "1." alone in front of a gap may not read as a mark without its text.
            facts.mark_alone = text.size() < 8 && parse_label(facts.text + " X").has_value();
            facts.mark = facts.mark_alone;
        }
        float right = first_run.right;
        for (std::size_t i = 1; i < row.runs.size(); ++i) {
            const Run& run = row.runs[i];
            const bool behind_mark = i == 1 && is_mark(row.runs[0], list);
            if (behind_mark)
                facts.body_left = run.left;
            else if (run.left - right > std::max(10.0F, 1.2F * row.height()))
                ++facts.cells;
            right = std::max(right, run.right);
        }
        return facts;
    }

    static bool is_mark(const Run& run, const std::vector<PrintedWord>& list)
    {
        if (run.last - run.first > 2)
            return false;
        std::string text;
        for (std::uint32_t i = run.first; i < run.last; ++i)
            text += list[i].text + " ";
        const auto label = parse_label(text + "X");
        return label && label->size == text.size();
    }

    // The usual distance between lines of a paragraph: the smallest that is common.
    static float pitch_of(std::vector<float> pitches)
    {
        if (pitches.empty())
            return 0;
        std::sort(pitches.begin(), pitches.end());
        return pitches[pitches.size() / 4];
    }

    // How far to the right the lines around each row reach: the greatest right edge among its neighbours that
    // follow one another without a gap.
    [[nodiscard]] std::vector<float> reach_of(const std::vector<Row>& rows) const
    {
        std::vector<float> reach(rows.size());
        for (std::size_t begin = 0; begin < rows.size();) {
            std::size_t end = begin + 1;
            float right = rows[begin].right;
            while (end < rows.size() && !wide_gap(rows[end - 1], rows[end]))
                right = std::max(right, rows[end++].right);
            std::fill(reach.begin() + static_cast<std::ptrdiff_t>(begin),
                      reach.begin() + static_cast<std::ptrdiff_t>(end), right);
            begin = end;
        }
        return reach;
    }

    [[nodiscard]] bool wide_gap(const Row& above, const Row& below) const
    {
        const float pitch = below.top - above.top;
        return pitch > 1.35F * m_pitch || pitch > 2.2F * std::max(above.height(), below.height());
    }

    [[nodiscard]] bool starts_block(const Row& above, const RowFacts& a, float reach, const Row& row,
                                    const RowFacts& b) const
    {
        if (a.mark_alone && a.cells == 1 && row.top - above.top < 1.6F * m_pitch && !b.mark)
            return false; // the mark stands a line above its text
        if (wide_gap(above, row))
            return !goes_on_below(above, a, row, b);
        const float taller =
            std::max(above.height(), row.height()) / std::max(1.0F, std::min(above.height(), row.height()));
        if (taller > 1.25F)
            return true;
        const bool finished = ends_statement(a.text);
        // The first word of this line would have fitted on the line above, so the break was meant.
        const bool broken = above.right + b.first_word + 0.8F * m_height < reach;
        if (b.mark && !refers(last_word(a.text)))
            return finished || broken || b.text.front() == '(' || a.text.ends_with(",") ||
                   a.text.ends_with("and") || a.text.ends_with("or") || strong_mark(b.text);
        if (!finished && is_lower(b.text.front()))
            return false; // the middle of a sentence, however the lines were set
        if (broken && (finished || above.right + b.first_word + 4 * m_height < reach))
            return true;
        const bool indented = row.left > block_left() + 0.8F * m_height;
        return finished && indented && m_rows_in_block > 1;
    }

    // A sentence that goes on below a gap: text set with blank lines between its lines, or a notice that was
    // left out of its middle.
    [[nodiscard]] bool goes_on_below(const Row& above, const RowFacts& a, const Row& row,
                                     const RowFacts& b) const
    {
        constexpr std::size_t full_line = 40;
        const bool close = row.top - above.top < 3.2F * m_height;
        return !b.mark && !ends_statement(a.text) && is_lower(b.text.front()) &&
               std::abs(row.left - block_left()) < 2 * m_height && (close || a.text.size() >= full_line);
    }

    static bool strong_mark(std::string_view text)
    {
        const auto label = parse_label(text);
        return label && (label->path.size() > 1 || label->style == LabelStyle::Named) &&
               label->style != LabelStyle::Bullet && title_share(text.substr(label->size, 40)) > 0.5;
    }

    static std::string_view last_word(std::string_view text)
    {
        const auto blank = text.find_last_of(' ');
        return blank == std::string_view::npos ? text : text.substr(blank + 1);
    }

    // Whether the first row of a page or column goes on with the open block.
    [[nodiscard]] bool continues_over_break(const Row&, const RowFacts& facts) const
    {
        if (m_open.text.empty() || ends_statement(m_open.text))
            return false;
        if (m_open.text.size() < 40 && !is_lower(facts.text.front()))
            return false; // a heading, more likely than a line of text
        if (facts.mark && !refers(last_word(m_open.text)))
            return false;
        if (is_lower(facts.text.front()))
            return true;
        return !all_capitals(facts.text) || all_capitals(m_open.text);
    }

    [[nodiscard]] float block_left() const { return m_block_left; }

    void append(const Row& row, const RowFacts& facts)
    {
        const auto& list = words(row);
        if (m_open.text.empty()) {
            m_rows_in_block = 0;
            m_block_left = facts.body_left;
        } else {
            m_block_left = m_rows_in_block == 1 ? facts.body_left : std::min(m_block_left, facts.body_left);
        }
        ++m_rows_in_block;
        if (!m_open.text.empty())
            join(list[row.runs.front().first].text);
        for (std::size_t r = 0; r < row.runs.size(); ++r) {
            if (r > 0)
                m_open.text += ' ';
            append_run(row.runs[r], row.page);
        }
    }

    void append_run(const Run& run, std::uint32_t page)
    {
        const auto& list = m_pages[page].words;
        for (std::uint32_t i = run.first; i < run.last; ++i) {
            const PrintedWord& word = list[i];
            const auto begin = static_cast<std::uint32_t>(m_open.text.size());
            m_open.text += word.text;
            m_open.words.push_back({begin, static_cast<std::uint32_t>(m_open.text.size()), page, word.box});
            if (word.space_after && i + 1 < run.last)
                m_open.text += ' ';
        }
    }

    // Goes from one line to the next: a blank, or the halves of a broken word put together.
    void join(const std::string& next)
    {
        switch (m_hyphens.at_line_end(m_open.text, next)) {
        case Hyphens::Join::Blank:
            m_open.text += ' ';
            break;
        case Hyphens::Join::Keep:
            break;
        case Hyphens::Join::Drop: {
            const std::size_t size = m_open.text.size() - Hyphens::hyphen_size(m_open.text);
            m_open.text.resize(size);
            m_open.words.back().end = static_cast<std::uint32_t>(size);
            if (m_open.words.back().begin >= size)
                m_open.words.pop_back();
            break;
        }
        }
    }

    void flush()
    {
        if (!m_open.text.empty())
            m_blocks.push_back(std::move(m_open));
        m_open = {};
        m_rows_in_block = 0;
    }

    // The end of the table that starts at row `at`, or `at` when there is none.
    [[nodiscard]] std::size_t table_end(const std::vector<Row>& rows, const std::vector<RowFacts>& facts,
                                        std::size_t at) const
    {
        if (facts[at].cells < 2)
            return at;
        std::size_t end = at + 1;
        std::size_t tabular = 1;
        std::size_t last = end;
        while (end < rows.size()) {
            if (rows[end].top - rows[end - 1].top > 4 * m_pitch)
                break;
            if (facts[end].cells >= 2) {
                ++tabular;
                last = ++end;
            } else if (rows[end].left > rows[at].left + 3 * m_height && !facts[end].mark) {
                ++end; // a cell of a further column that goes on
            } else {
                break;
            }
        }
        // The text of a last cell that goes on below the last full row.
        while (last < end && !wide_gap(rows[last - 1], rows[last]))
            ++last;
        const bool table = tabular >= 2 ? has_aligned_cells(rows, at, last)
                                        : facts[at].cells >= 3 && rows[at].right < m_right - 2 * m_height;
        return table ? last : at;
    }

    // Cells of a table start or end below one another; the gaps of justified text do not.
    static bool has_aligned_cells(const std::vector<Row>& rows, std::size_t begin, std::size_t end)
    {
        constexpr float near = 4;
        std::vector<float> starts;
        std::vector<float> ends;
        std::size_t aligned = 0;
        std::size_t tabular = 0;
        const auto has = [](const std::vector<float>& list, float x) {
            return std::any_of(list.begin(), list.end(),
                               [x](float known) { return std::abs(known - x) < near; });
        };
        for (std::size_t i = begin; i < end && tabular < 50; ++i) {
            const auto& runs = rows[i].runs;
            if (runs.size() < 2)
                continue;
            ++tabular;
            bool hit = false;
            for (std::size_t r = 1; r < runs.size() && r < 20; ++r) {
                hit = hit || has(starts, runs[r].left) || (r + 1 < runs.size() && has(ends, runs[r].right));
                if (starts.size() < 200) {
                    starts.push_back(runs[r].left);
                    ends.push_back(runs[r].right);
                }
            }
            aligned += hit ? 1 : 0;
        }
        return aligned * 2 >= tabular - std::min<std::size_t>(1, tabular) && aligned > 0;
    }

    struct Cell
    {
        float left;
        std::vector<std::pair<Run, std::uint32_t>> runs;
    };

    void add_table(const std::vector<Row>& rows, std::size_t begin, std::size_t end)
    {
        std::vector<Cell> cells;
        float table_left = rows[begin].left;
        for (std::size_t i = begin; i < end; ++i)
            table_left = std::min(table_left, rows[i].left);
        for (std::size_t i = begin; i < end; ++i) {
            const Row& row = rows[i];
            const bool goes_on =
                !cells.empty() && row.left > table_left + 2 * m_height && !wide_gap(rows[i - 1], row);
            if (!goes_on)
                flush_cells(cells);
            std::vector<Cell> parts;
            for (const Run& run : row.runs) {
                if (!parts.empty() &&
                    run.left - parts.back().runs.back().first.right <= std::max(10.0F, 1.2F * row.height()))
                    parts.back().runs.emplace_back(run, row.page);
                else
                    parts.push_back({run.left, {{run, row.page}}});
            }
            for (Cell& part : parts) {
                Cell* nearest = nullptr;
                for (Cell& cell : cells) {
                    if (goes_on && (nearest == nullptr ||
                                    std::abs(cell.left - part.left) < std::abs(nearest->left - part.left)))
                        nearest = &cell;
                }
                if (nearest != nullptr && std::abs(nearest->left - part.left) < 3 * m_height)
                    nearest->runs.insert(nearest->runs.end(), part.runs.begin(), part.runs.end());
                else
                    cells.push_back(std::move(part));
            }
        }
        flush_cells(cells);
    }

    void flush_cells(std::vector<Cell>& cells)
    {
        if (cells.empty())
            return;
        std::stable_sort(cells.begin(), cells.end(),
                         [](const Cell& a, const Cell& b) { return a.left < b.left; });
        m_open.kind = RawBlock::Kind::Row;
        for (const Cell& cell : cells) {
            if (!m_open.text.empty())
                m_open.text += '\t';
            for (std::size_t i = 0; i < cell.runs.size(); ++i) {
                const auto& [run, page] = cell.runs[i];
                if (i > 0)
                    join(m_pages[page].words[run.first].text);
                append_run(run, page);
            }
        }
        cells.clear();
        flush();
    }

    const std::vector<PrintedPage>& m_pages;
    Hyphens m_hyphens;
    std::vector<RawBlock> m_blocks;
    RawBlock m_open;
    std::size_t m_rows_in_block = 0;
    float m_block_left = 0;
    float m_height = 1;
    float m_pitch = 1;
    float m_right = 0; // of the column
};

}

std::vector<RawBlock> blocks_of(const std::vector<PrintedPage>& pages)
{
    std::vector<std::vector<Row>> rows;
    rows.reserve(pages.size());
    for (std::uint32_t p = 0; p < pages.size(); ++p)
        rows.push_back(rows_of(pages[p], p));
    drop_furniture(pages, rows);
    Builder builder(pages);
    for (auto& page : rows) {
        for (const Column& column : columns_of(std::move(page)))
            builder.add(column);
    }
    return builder.take();
}

}
