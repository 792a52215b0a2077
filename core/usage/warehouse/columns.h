#pragma once

#include "core/usage/fields.h"
#include "core/usage/warehouse/query.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace leeway::usage::warehouse {

/// Where the fields of a table's rows come from, checked.
struct FieldColumns
{
    std::map<std::size_t, Column> of;             // usage_fields() index → column
    std::map<std::size_t, std::int64_t> constant; // counts that are the same in every row
    CellKey fixed;                                // texts that are the same in every row

    [[nodiscard]] bool has(std::size_t field) const { return of.contains(field) || constant.contains(field); }
};

base::Result<FieldColumns> field_columns(const std::vector<Column>& columns, const Source& source);

/// Its place in usage_fields(), for names that are certainly there.
std::size_t field_of(std::string_view name);

}
