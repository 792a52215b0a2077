#include "core/fallback/csvtable.h"

#include <fmt/format.h>

namespace leeway::fallback {

base::Result<std::vector<CsvRow>> csv_rows(const std::string& name, std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    std::vector<CsvRow> rows;
    int line = 1;
    CsvRow row{line, {}};
    std::string cell;
    const auto end_row = [&] {
        row.cells.push_back(std::move(cell));
        cell.clear();
        if (row.cells.size() > 1 || !row.cells.front().empty())
            rows.push_back(std::move(row));
        row = {line, {}};
    };
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '"' && cell.empty()) {
            const int opened = line;
            bool closed = false;
            for (++i; i < text.size() && !closed; ++i) {
                line += text[i] == '\n' ? 1 : 0;
                if (text[i] != '"')
                    cell += text[i];
                else if (i + 1 < text.size() && text[i + 1] == '"')
                    cell += text[i++];
                else
                    closed = true;
            }
            if (!closed)
                return base::fail(base::ErrorCode::Invalid,
                                  fmt::format("{}, line {}: a quotation mark is not closed", name, opened));
        } else if (c == ',') {
            row.cells.push_back(std::move(cell));
            cell.clear();
            ++i;
        } else if (c == '\n' || c == '\r') {
            i += c == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
            ++line;
            end_row();
        } else {
            cell += c;
            ++i;
        }
    }
    if (!cell.empty() || !row.cells.empty())
        end_row();
    return rows;
}

}
