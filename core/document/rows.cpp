#include "core/document/layout.h"

#include <algorithm>
#include <cmath>

namespace leeway::document {
namespace {

constexpr int deepest_columns = 3;

Row row_of(std::vector<Run> runs, std::uint32_t page)
{
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.left < b.left; });
    Row row{{}, page, runs.front().left, runs.front().right, runs.front().top, runs.front().bottom};
    for (const Run& run : runs) {
        row.right = std::max(row.right, run.right);
        row.top = std::min(row.top, run.top);
        row.bottom = std::max(row.bottom, run.bottom);
    }
    row.runs = std::move(runs);
    return row;
}

// Gathers runs into rows: a run belongs to the row whose height it mostly shares, so that raised and lowered
// characters stay with their line.
std::vector<Row> gather(std::vector<Run> runs, std::uint32_t page)
{
    std::stable_sort(runs.begin(), runs.end(),
                     [](const Run& a, const Run& b) { return a.top + a.bottom < b.top + b.bottom; });
    std::vector<Row> rows;
    std::vector<Run> open;
    float top = 0; // of the tallest run of the row
    float bottom = 0;
    for (const Run& run : runs) {
        const float shared = std::min(bottom, run.bottom) - std::max(top, run.top);
        if (!open.empty() && shared < 0.58F * std::min(bottom - top, run.bottom - run.top)) {
            rows.push_back(row_of(std::move(open), page));
            open.clear();
        }
        if (open.empty() || run.bottom - run.top > bottom - top) {
            top = run.top;
            bottom = run.bottom;
        }
        open.push_back(run);
    }
    if (!open.empty())
        rows.push_back(row_of(std::move(open), page));
    return rows;
}

// A run that stands inside another one, such as the "th" of "20th", cuts it in two.
void part_runs(Row& row, const std::vector<PrintedWord>& words)
{
    constexpr std::size_t most_runs = 64;
    for (std::size_t i = 1; i < row.runs.size() && row.runs.size() < most_runs; ++i) {
        Run& outer = row.runs[i - 1];
        const Run inner = row.runs[i];
        if (inner.right >= outer.right || inner.left <= outer.left)
            continue;
        std::uint32_t cut = outer.first + 1;
        while (cut < outer.last && words[cut].box.x < inner.left - 1)
            ++cut;
        if (cut == outer.last)
            continue;
        Run rest = outer;
        rest.first = cut;
        rest.left = words[cut].box.x;
        outer.last = cut;
        outer.right = words[cut - 1].box.x + words[cut - 1].box.width;
        row.runs.insert(row.runs.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
    }
}

struct Gutter
{
    float left = 0;
    float right = 0;
};

// A vertical strip that nearly no row crosses, with text like running text on both sides.
bool find_gutter(const std::vector<Row>& rows, float left, float right, Gutter& gutter)
{
    constexpr std::size_t fewest_rows = 6;
    constexpr float narrowest = 8;
    const float width = right - left;
    if (rows.size() < fewest_rows || !(width > 100) || width > 20000)
        return false;
    const auto bins = static_cast<std::size_t>(width) + 2;
    std::vector<int> cover(bins + 1, 0);
    const auto bin = [&](float x) { return static_cast<std::size_t>(std::clamp(x - left, 0.0F, width)); };
    for (const Row& row : rows) {
        for (const Run& run : row.runs) {
            ++cover[bin(run.left)];
            --cover[bin(run.right) + 1];
        }
    }
    const int most = static_cast<int>(rows.size()) / 7;
    int over = 0;
    std::size_t best = 0;
    std::size_t best_end = 0;
    std::size_t begin = bins;
    for (std::size_t i = 0; i < bins; ++i) {
        over += cover[i];
        const bool clear = over <= most && i > bins / 5 && i < bins - bins / 5;
        if (clear && begin == bins)
            begin = i;
        if (!clear && begin != bins) {
            if (i - begin > best_end - best) {
                best = begin;
                best_end = i;
            }
            begin = bins;
        }
    }
    gutter = {left + static_cast<float>(best), left + static_cast<float>(best_end)};
    if (gutter.right - gutter.left < narrowest)
        return false;
    // Columns of running text fill their width; columns of a table do not.
    std::size_t on_left = 0;
    std::size_t on_right = 0;
    std::size_t full_left = 0;
    std::size_t full_right = 0;
    for (const Row& row : rows) {
        bool has_left = false;
        bool has_right = false;
        float end_left = left;
        float end_right = gutter.right;
        for (const Run& run : row.runs) {
            if (run.right <= gutter.left + 1) {
                has_left = true;
                end_left = std::max(end_left, run.right);
            } else if (run.left >= gutter.right - 1) {
                has_right = true;
                end_right = std::max(end_right, run.right);
            }
        }
        on_left += has_left ? 1 : 0;
        on_right += has_right ? 1 : 0;
        full_left += has_left && end_left - left > 0.7F * (gutter.left - left) ? 1 : 0;
        full_right += has_right && end_right - gutter.right > 0.7F * (right - gutter.right) ? 1 : 0;
    }
    const std::size_t wanted = std::max(fewest_rows - 1, rows.size() / 4);
    return on_left >= wanted && on_right >= wanted && full_left * 5 >= on_left * 3 &&
           full_right * 5 >= on_right * 3;
}

void emit(std::vector<Row> rows, std::vector<Column>& out, int depth)
{
    if (rows.empty())
        return;
    float left = rows.front().left;
    float right = rows.front().right;
    for (const Row& row : rows) {
        left = std::min(left, row.left);
        right = std::max(right, row.right);
    }
    Gutter gutter;
    if (depth >= deepest_columns || !find_gutter(rows, left, right, gutter)) {
        out.push_back({std::move(rows), left, right});
        return;
    }
    const std::uint32_t page = rows.front().page;
    const float middle = (gutter.left + gutter.right) / 2;
    std::vector<Run> left_runs;
    std::vector<Run> right_runs;
    std::vector<Row> across;
    const auto flush_columns = [&] {
        emit(gather(std::move(left_runs), page), out, depth + 1);
        emit(gather(std::move(right_runs), page), out, depth + 1);
        left_runs.clear();
        right_runs.clear();
    };
    const auto flush_across = [&] {
        emit(std::move(across), out, deepest_columns);
        across.clear();
    };
    for (Row& row : rows) {
        const bool crosses = std::any_of(row.runs.begin(), row.runs.end(), [&](const Run& run) {
            return run.left < middle && run.right > middle;
        });
        if (crosses) {
            flush_columns();
            across.push_back(std::move(row));
            continue;
        }
        flush_across();
        for (const Run& run : row.runs)
            (run.left < middle ? left_runs : right_runs).push_back(run);
    }
    flush_columns();
    flush_across();
}

}

std::vector<Row> rows_of(const PrintedPage& page, std::uint32_t number)
{
    std::vector<Run> runs;
    for (std::uint32_t i = 0; i < page.words.size(); ++i) {
        const Rect& box = page.words[i].box;
        if (i == 0 || page.words[i - 1].line_end)
            runs.push_back({i, i, box.x, box.x, box.y, box.y + box.height});
        Run& run = runs.back();
        run.last = i + 1;
        run.left = std::min(run.left, box.x);
        run.right = std::max(run.right, box.x + box.width);
        run.top = std::min(run.top, box.y);
        run.bottom = std::max(run.bottom, box.y + box.height);
    }
    std::vector<Row> rows = gather(std::move(runs), number);
    for (Row& row : rows)
        part_runs(row, page.words);
    return rows;
}

std::vector<Column> columns_of(std::vector<Row> rows)
{
    std::vector<Column> columns;
    emit(std::move(rows), columns, 0);
    return columns;
}

}
