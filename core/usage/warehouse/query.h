#pragma once

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/pricing/context.h"
#include "core/usage/cube.h"
#include "core/usage/reader.h"
#include "core/usage/warehouse/dialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::usage::warehouse {

/// What is to be read: a table, which of its columns are which fields, and the days (UTC, both included).
struct Source
{
    std::string table; // "schema.table", or a Parquet or CSV file for DuckDB
    Mapping mapping;   // an empty column_of takes the columns that are named like fields
    std::optional<base::Date> first;
    std::optional<base::Date> last;
};

/// What a column of the answer holds.
struct Output
{
    enum class Role : std::uint8_t {
        Slot,    // of Query::slot_minutes each, since 1970
        Text,    // usage_fields()[field]
        Bucket,  // context tier
        Problem, // why rows are bad; empty for good ones
        Rows,
        Copies,       // rows with those that were seen before
        Averaged,     // rows of several requests
        FirstExample, // of bad rows
        LastExample,
        Sum,  // of `component`
        Above // of `component`, beyond marginal border `border`
    };
    Role role = Role::Rows;
    std::size_t field = 0;
    pricing::Component component = pricing::Component::Count_;
    std::size_t border = 0;
};

struct Query
{
    std::string sql;
    std::vector<Output> outputs; // by column of the answer
    int slot_minutes = 60;       // divides the off-peak hours of the price sheet
    CellKey fixed;               // the texts that are the same in every row
    std::string table;           // as the user named it
    std::string example;         // what the examples of bad rows are: "request_id" or "time"
};

/// One statement that reduces the table to sums by hour (or less, where off-peak hours begin within one),
/// vendor, model, tag, service tier, region and context tier, by the rules of Leeway's usage format. Bad rows
/// come back as counts by reason; a row later than `latest` is one. Errors say which column is missing or of
/// a type that does not fit.
base::Result<Query> build_query(const Dialect& dialect, const std::vector<Column>& columns,
                                const Source& source, const pricing::Borders& borders, base::Instant latest);

}
