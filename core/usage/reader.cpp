#include "core/usage/reader.h"

#include "core/base/text.h"
#include "core/usage/csv.h"
#include "core/usage/delivery.h"
#include "core/usage/jsonline.h"
#include "core/usage/pipeline.h"
#include "core/usage/reading.h"
#include "core/usage/recognise.h"
#include "core/usage/source.h"
#include "core/usage/values.h"

#include <algorithm>
#include <utility>

namespace leeway::usage {
namespace {

// Clocks differ, and so do zones.
constexpr std::chrono::hours future_allowance{24};

// A trace that has no dates begins here unless the mapping says otherwise.
constexpr base::Date trace_day = std::chrono::year(2025) / 1 / 1;

base::Result<RowRules> rules_of(const LogForm& form, const Mapping& mapping)
{
    RowRules rules;
    rules.latest =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + future_allowance;
    const bool known = form.known != nullptr;
    for (const auto& [field, value] : mapping.fixed) {
        if (form.relative_times && field == "time") {
            const auto start = base::parse_instant(value);
            if (!start)
                return tl::unexpected(start.error());
            rules.trace_start = *start;
        } else if (known || !mapping.column_of.contains(field)) {
            rules.pinned.emplace_back(*field_index(field), value);
        }
    }
    if (form.relative_times && !rules.trace_start)
        rules.trace_start = base::Instant(trace_day);
    return rules;
}

// Whether `asked` names columns of its own, and not those that were recognised anyway.
bool by_columns(const LogForm& form, const Mapping* asked)
{
    return form.known == nullptr ||
           (asked != nullptr && !asked->column_of.empty() && asked->column_of != form.mapping.column_of);
}

}

base::Result<ReadingPlan> plan_of(LogForm form, const Mapping* asked)
{
    ReadingPlan plan;
    plan.by_columns = by_columns(form, asked);
    if (plan.by_columns)
        form.known = nullptr;
    const auto mapping = effective_mapping(form, asked);
    if (!mapping)
        return tl::unexpected(mapping.error());
    if (plan.by_columns) {
        auto columns = columns_by_field(form, *mapping);
        if (!columns)
            return tl::unexpected(columns.error());
        plan.columns = std::move(*columns);
    } else if (auto fields = columns_by_field(form, {{}, mapping->fixed}); !fields) {
        return tl::unexpected(fields.error());
    }
    // The column of a trace holds an offset only as long as it is the one that was recognised.
    form.relative_times = form.relative_times && mapping->column_of.contains("time") &&
                          mapping->column_of.at("time") == form.mapping.column_of.at("time");
    auto rules = rules_of(form, *mapping);
    if (!rules)
        return tl::unexpected(rules.error());
    plan.rules = std::move(*rules);
    plan.form = std::move(form);
    return plan;
}

base::Result<LogRead> read_log(const std::filesystem::path& file, const Mapping* mapping,
                               const ReadTargets& targets, const base::Progress& progress, int threads)
{
    auto source = LineSource::open(file);
    if (!source)
        return tl::unexpected(source.error());
    auto form = look_at(*source, file.filename().string(), mapping);
    if (!form)
        return tl::unexpected(form.error());
    auto plan = plan_of(std::move(*form), mapping);
    if (!plan)
        return tl::unexpected(plan.error());
    plan->threads = threads;
    LogRead read{plan->form.format, source->digest(), {}, 0};
    Delivery delivery(*source, plan->form, targets, progress);
    read_all(*source, *plan, delivery);
    if (auto status = delivery.finish(); !status)
        return tl::unexpected(status.error());
    read.whole = source->digest();
    read.lines = delivery.good();
    return read;
}

base::Status read_usage(const std::filesystem::path& file, const Mapping* mapping,
                        const std::function<void(const pricing::Usage&)>& sink,
                        const std::function<void(BadLine)>& bad, const base::Progress& progress)
{
    const ReadTargets targets{
        [&](std::span<const pricing::Usage> lines) { std::ranges::for_each(lines, sink); }, bad, {}};
    const auto read = read_log(file, mapping, targets, progress);
    return read ? base::Status() : tl::unexpected(read.error());
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
    if (form->json()) {
        JsonLine parser;
        JsonValues values(*source);
        LineSource::Line line;
        const bool in_lines = form->layout == LogForm::Layout::Lines;
        while (result.rows.size() < wanted && (in_lines ? source->next(line) : values.next(line))) {
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
