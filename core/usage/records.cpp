#include "core/usage/records.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::string_view no_object = "is not a JSON object, or has a number out of range";

// By columns alone.
class MappedReader : public RecordReader
{
public:
    MappedReader(const LogForm& form, const std::vector<std::string>& columns) : m_json(columns)
    {
        if (form.json())
            return;
        for (std::size_t field = 0; field < columns.size(); ++field) {
            if (columns[field].empty() || usage_fields()[field].kind == Field::Kind::Unread)
                continue;
            const auto at = std::ranges::find(form.columns, columns[field]) - form.columns.begin();
            m_cells.emplace_back(static_cast<std::size_t>(at), field);
        }
    }

    void read_cells(std::span<const std::string_view> cells, Rows& rows) override
    {
        RowBuilder& row = rows.begin();
        for (const auto& [cell, field] : m_cells)
            row.set(field, cells[cell]);
        rows.end();
    }

    void read_json(std::string_view text, Rows& rows) override
    {
        m_json.read(text, rows.begin());
        rows.end();
    }

private:
    std::vector<std::pair<std::size_t, std::size_t>> m_cells; // cell → field
    JsonLine m_json;
};

// By a format that knows what its records mean.
class FormatReader : public RecordReader
{
public:
    explicit FormatReader(const LogForm& form)
        : m_format(*form.known),
          m_record(form.json() ? std::vector<std::string>() : form.columns)
    {
    }

    void read_cells(std::span<const std::string_view> cells, Rows& rows) override
    {
        m_record.set(cells);
        m_format.read(m_record, rows);
    }

    void read_json(std::string_view text, Rows& rows) override
    {
        simdjson::dom::element root;
        if (m_parser.parse(text.data(), text.size(), false).get(root) == simdjson::SUCCESS &&
            m_record.set(root))
            m_format.read(m_record, rows);
        else
            rows.add_bad(no_object);
    }

private:
    const Format& m_format;
    Record m_record;
    simdjson::dom::parser m_parser;
};

}

std::unique_ptr<RecordReader> record_reader(const LogForm& form, const std::vector<std::string>& columns,
                                            bool by_columns)
{
    if (form.known != nullptr && !by_columns)
        return std::make_unique<FormatReader>(form);
    return std::make_unique<MappedReader>(form, columns);
}

void read_row(std::span<const std::string_view> cells, std::size_t columns, RecordReader& reader, Rows& rows)
{
    const bool extra = cells.size() > columns &&
                       std::ranges::any_of(cells.subspan(columns), [](auto cell) { return !cell.empty(); });
    if (cells.size() < columns || extra)
        rows.add_bad(fmt::format("has {} fields, the header has {}", cells.size(), columns));
    else
        reader.read_cells(cells, rows);
}

}
