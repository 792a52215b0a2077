#include "core/fallback/suiteparts.h"

#include "core/base/text.h"
#include "core/fallback/assertions.h"
#include "core/fallback/csvtable.h"
#include "core/fallback/editdistance.h"
#include "core/fallback/jstext.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

using base::ErrorCode;
using base::fail;
using nlohmann::json;

// promptfoo gives these a threshold of 0.75 when the cell names none, whatever their unit.
bool has_cell_threshold(std::string_view type)
{
    return type == "cost" || type == "latency" || type == "levenshtein" || type == "perplexity" ||
           type == "perplexity-score" || type == "rouge-n" || type == "starts-with";
}

bool takes_list(std::string_view type)
{
    return type == "contains-all" || type == "contains-any" || type == "icontains-all" ||
           type == "icontains-any";
}

bool is_known_type(std::string_view type)
{
    return kind_of(type) != AssertionKind::Unknown && type != "number" && type != "agreement";
}

std::optional<double> finite(std::string_view text)
{
    static const re2::RE2 form("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    text = js_trimmed(text);
    if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form))
        return std::nullopt;
    const double value = js_to_number(text);
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

base::Result<Assertion> assertion_of(std::string_view cell)
{
    for (const std::string_view script : {"javascript:", "fn:", "eval:", "python:", "file://"}) {
        if (cell.starts_with(script))
            return fail(
                ErrorCode::Invalid,
                fmt::format("“{}” is not supported: Leeway runs no scripts and opens no files", script));
    }
    if (cell.starts_with("grade:"))
        return fail(ErrorCode::Invalid, why_refused("llm-rubric"));
    static const re2::RE2 form("(?s)(not-)?([a-z][a-z0-9:-]*?)(?:\\(([0-9]+(?:\\.[0-9]+)?)\\))?(?::(.*))?");
    std::string negated;
    std::string type;
    std::string threshold;
    std::string text;
    const bool has_value = cell.find(':') != std::string_view::npos;
    Assertion result;
    if (!re2::RE2::FullMatch(re2::StringPiece(cell.data(), cell.size()), form, &negated, &type, &threshold,
                             &text) ||
        !is_known_type(type)) {
        result.type = "equals";
        result.value = std::string(cell);
        return result;
    }
    result.type = type;
    result.inverse = !negated.empty();
    result.threshold = finite(threshold);
    if (!result.threshold && has_cell_threshold(type))
        result.threshold = 0.75;
    if (takes_list(type) && !text.empty()) {
        auto list = split_values(text);
        if (!list)
            return tl::unexpected(list.error());
        result.value = json(*list);
    } else if (has_value) {
        const bool as_is = type == "is-json" || type == "contains-json";
        result.value = as_is ? text : std::string(js_trimmed(text));
        if (as_is && text.empty())
            result.value.reset();
    }
    if (auto done = check_assertion(result); !done)
        return tl::unexpected(done.error());
    return result;
}

class Row
{
public:
    Row(const std::string& file, int line) : m_file(file) { m_test.line = line; }

    base::Status take(const std::string& column, const std::string& cell)
    {
        if (column.starts_with("__expected"))
            return expected(column, cell);
        if (column.starts_with("__metadata:"))
            metadata(column.substr(11), cell);
        else if (column.starts_with("__config:"))
            return config(column, cell);
        else if (column == "__prefix" || column == "__suffix")
            m_test.options[column.substr(2)] = cell;
        else if (column == "__description")
            m_test.description = cell;
        else if (column == "__metric")
            m_metric = cell;
        else if (column == "__threshold")
            m_test.threshold = finite(cell);
        else if (column == "__metadata" || (column.starts_with("__") && column != "__providerOutput"))
            return tl::unexpected(complaint(column, "this column is not supported"));
        else if (column == "__providerOutput") {
            if (!js_trimmed(cell).empty())
                return tl::unexpected(complaint(
                    column, "recorded answers are not supported: answers come from the endpoint of the run"));
        } else
            m_test.vars.emplace_back(column, cell);
        return {};
    }

    base::Result<PromptfooTest> finished()
    {
        for (const auto& [index, threshold] : m_thresholds) {
            if (index < m_test.assertions.size())
                m_test.assertions[index].threshold = threshold;
        }
        for (Assertion& assertion : m_test.assertions) {
            assertion.metric = m_metric;
            assertion.line = m_test.line;
        }
        return std::move(m_test);
    }

private:
    [[nodiscard]] base::Error complaint(const std::string& column, const std::string& what) const
    {
        return {ErrorCode::Invalid,
                fmt::format("{}, line {}, column {}: {}", m_file, m_test.line, column, what)};
    }

    base::Status expected(const std::string& column, const std::string& cell)
    {
        const std::string_view text = js_trimmed(cell);
        if (text.empty())
            return {};
        auto assertion = assertion_of(text);
        if (!assertion)
            return tl::unexpected(complaint(column, assertion.error().message));
        m_test.assertions.push_back(std::move(*assertion));
        return {};
    }

    // key or key[] for a list; a comma behind a backslash does not part.
    void metadata(std::string key, const std::string& cell)
    {
        if (js_trimmed(cell).empty())
            return;
        if (!key.ends_with("[]")) {
            m_test.metadata[key] = cell;
            return;
        }
        key.resize(key.size() - 2);
        json list = json::array();
        std::string item;
        for (std::size_t i = 0; i <= cell.size(); ++i) {
            if (i == cell.size() || (cell[i] == ',' && (i == 0 || cell[i - 1] != '\\'))) {
                list.push_back(std::string(js_trimmed(item)));
                item.clear();
            } else if (cell[i] != '\\' || i + 1 == cell.size() || cell[i + 1] != ',') {
                item += cell[i];
            }
        }
        m_test.metadata[key] = std::move(list);
    }

    // __config:__expected2:threshold
    base::Status config(const std::string& column, const std::string& cell)
    {
        static const re2::RE2 form("__config:__expected([0-9]{0,4}):(\\w+)");
        std::string index;
        std::string key;
        if (!re2::RE2::FullMatch(column, form, &index, &key) || index == "0" || key != "threshold")
            return tl::unexpected(complaint(
                column, "only __config:__expected:threshold and __config:__expected2:threshold are known"));
        const auto value = finite(cell);
        if (!value)
            return tl::unexpected(complaint(column, "must be a number"));
        m_thresholds[index.empty() ? 0 : std::stoul(index) - 1] = *value;
        return {};
    }

    const std::string& m_file;
    PromptfooTest m_test;
    std::string m_metric;
    std::map<std::size_t, double> m_thresholds;
};

}

base::Result<std::vector<PromptfooTest>> read_csv_tests(const std::string& name, std::string_view text)
{
    const auto rows = csv_rows(name, base::to_valid_utf8(text));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return fail(ErrorCode::Empty, fmt::format("{}: holds nothing", name));
    std::vector<std::string> columns;
    for (const std::string& column : rows->front().cells)
        columns.emplace_back(js_trimmed(column));
    std::vector<PromptfooTest> tests;
    for (std::size_t r = 1; r < rows->size(); ++r) {
        const CsvRow& cells = (*rows)[r];
        if (cells.cells.size() > columns.size())
            return fail(ErrorCode::Invalid,
                        fmt::format("{}, line {}: has {} cells, but the header names {} columns", name,
                                    cells.line, cells.cells.size(), columns.size()));
        Row row(name, cells.line);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (auto done = row.take(columns[i], i < cells.cells.size() ? cells.cells[i] : std::string());
                !done)
                return tl::unexpected(done.error());
        }
        auto test = row.finished();
        if (!test)
            return tl::unexpected(test.error());
        tests.push_back(std::move(*test));
    }
    return tests;
}

}
