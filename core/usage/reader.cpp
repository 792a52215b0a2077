#include "core/usage/reader.h"

#include "core/base/text.h"
#include "core/usage/csv.h"
#include "core/usage/fields.h"
#include "core/usage/jsonline.h"
#include "core/usage/recognise.h"
#include "core/usage/source.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::usage {
namespace {

constexpr std::int64_t judged_from = 1000; // lines, before a file is refused for its bad ones

// Hands good and bad lines on, and stops the reading of a file that is something else.
class Lines
{
public:
    Lines(const LineSource& source, std::string name, const Mapping& mapping,
          const std::function<void(const pricing::Usage&)>& sink, const std::function<void(BadLine)>& bad,
          const base::Progress& progress)
        : m_source(source),
          m_name(std::move(name)),
          m_sink(sink),
          m_bad(bad),
          m_progress(progress)
    {
        for (const auto& [field, value] : mapping.fixed) {
            if (!mapping.column_of.contains(field))
                m_fixed.emplace_back(*field_index(field), value);
        }
    }

    RowBuilder row;

    void begin(std::int64_t line)
    {
        m_line = line;
        row.begin(line);
        for (const auto& [field, value] : m_fixed)
            row.set(field, value);
    }

    // False when reading is to stop; status() says why.
    bool end()
    {
        if (const pricing::Usage* usage = row.finish()) {
            ++m_good;
            m_sink(*usage);
        } else {
            ++m_bad_count;
            if (m_first_reason.empty())
                m_first_reason = fmt::format("line {} {}", m_line, row.reason());
            if (m_bad)
                m_bad({m_name, m_line, row.reason()});
        }
        const std::int64_t count = m_good + m_bad_count;
        if (count % 1000 != 0)
            return true;
        if (count % 8000 == 0 && !base::keep_going(m_progress, m_source.position(), m_source.size())) {
            m_status = base::fail(base::ErrorCode::Cancelled, "The import was stopped.");
            return false;
        }
        return judge();
    }

    base::Status finish()
    {
        if (!m_status)
            return m_status;
        if (!m_source.status())
            return m_source.status();
        if (m_good == 0 && m_bad_count == 0)
            return base::fail(base::ErrorCode::Empty, fmt::format("“{}” has a header but no lines", m_name));
        if (m_good == 0)
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” has no usable line: {}", m_name, m_first_reason));
        judge();
        return m_status;
    }

private:
    bool judge()
    {
        const std::int64_t count = m_good + m_bad_count;
        if (count < judged_from || m_bad_count * 5 <= count)
            return true;
        m_status =
            base::fail(base::ErrorCode::Invalid,
                       fmt::format("{} of the first {} lines of “{}” are bad: {}. Check the mapping of the "
                                   "columns",
                                   m_bad_count, count, m_name, m_first_reason));
        return false;
    }

    const LineSource& m_source;
    std::string m_name;
    const std::function<void(const pricing::Usage&)>& m_sink;
    const std::function<void(BadLine)>& m_bad;
    const base::Progress& m_progress;
    std::vector<std::pair<std::size_t, std::string>> m_fixed;
    std::int64_t m_line = 0;
    std::int64_t m_good = 0;
    std::int64_t m_bad_count = 0;
    std::string m_first_reason;
    base::Status m_status;
};

void read_json(LineSource& source, const std::vector<std::string>& columns, Lines& lines)
{
    JsonLine parser(columns);
    LineSource::Line line;
    while (source.next(line)) {
        if (line.text.empty() && !line.too_long)
            continue;
        lines.begin(line.number);
        if (line.too_long)
            lines.row.complain("is longer than 16 MB");
        else
            parser.read(line.text, lines.row);
        if (!lines.end())
            return;
    }
}

// Where the fields of a CSV record go: by column, fields or none.
std::vector<std::vector<std::size_t>> fields_by_column(const TableForm& form,
                                                       const std::vector<std::string>& columns)
{
    std::vector<std::vector<std::size_t>> fields(form.columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].empty() || usage_fields()[i].kind == Field::Kind::Unread)
            continue;
        const auto at = std::ranges::find(form.columns, columns[i]) - form.columns.begin();
        fields[static_cast<std::size_t>(at)].push_back(i);
    }
    return fields;
}

void read_csv(LineSource& source, const TableForm& form, const std::vector<std::string>& columns,
              Lines& lines)
{
    const auto fields = fields_by_column(form, columns);
    CsvReader reader(source, form.separator);
    CsvReader::Record record;
    while (reader.next(record)) {
        lines.begin(record.line);
        if (record.fields == nullptr) {
            lines.row.complain(std::string(record.reason));
        } else {
            const auto& values = *record.fields;
            const bool extra =
                values.size() > fields.size() &&
                std::any_of(values.begin() + static_cast<std::ptrdiff_t>(fields.size()), values.end(),
                            [](std::string_view value) { return !value.empty(); });
            if (values.size() < fields.size() || extra)
                lines.row.complain(
                    fmt::format("has {} fields, the header has {}", values.size(), fields.size()));
            for (std::size_t i = 0; i < std::min(values.size(), fields.size()); ++i) {
                for (const std::size_t field : fields[i])
                    lines.row.set(field, values[i]);
            }
        }
        if (!lines.end())
            return;
    }
}

}

base::Status read_usage(const std::filesystem::path& file, const Mapping* mapping,
                        const std::function<void(const pricing::Usage&)>& sink,
                        const std::function<void(BadLine)>& bad, const base::Progress& progress)
{
    auto source = LineSource::open(file);
    if (!source)
        return tl::unexpected(source.error());
    const std::string name = file.filename().string();
    const auto form = look_at(*source, name, mapping);
    if (!form)
        return tl::unexpected(form.error());
    const auto used = effective_mapping(*form, mapping);
    if (!used)
        return tl::unexpected(used.error());
    const auto columns = columns_by_field(*form, *used);
    if (!columns)
        return tl::unexpected(columns.error());
    Lines lines(*source, name, *used, sink, bad, progress);
    if (form->json)
        read_json(*source, *columns, lines);
    else
        read_csv(*source, *form, *columns, lines);
    return lines.finish();
}

base::Result<Preview> preview(const std::filesystem::path& file, int rows)
{
    auto source = LineSource::open(file);
    if (!source)
        return tl::unexpected(source.error());
    auto form = look_at(*source, file.filename().string(), nullptr);
    if (!form)
        return tl::unexpected(form.error());
    Preview result{form->columns, {}, form->format, form->mapping};
    const auto wanted = static_cast<std::size_t>(std::max(rows, 0));
    if (form->json) {
        JsonLine parser;
        LineSource::Line line;
        while (result.rows.size() < wanted && source->next(line)) {
            if (auto texts = parser.texts(line.text, form->columns); !texts.empty())
                result.rows.push_back(std::move(texts));
        }
        return result;
    }
    CsvReader reader(*source, form->separator);
    CsvReader::Record record;
    while (result.rows.size() < wanted && reader.next(record)) {
        if (record.fields == nullptr)
            continue;
        std::vector<std::string> row;
        for (const std::string_view value : *record.fields)
            row.push_back(base::shortened(base::to_valid_utf8(value), 1000));
        row.resize(form->columns.size());
        result.rows.push_back(std::move(row));
    }
    return result;
}

}
