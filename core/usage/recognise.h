#pragma once

#include "core/usage/csv.h"
#include "core/usage/reader.h"
#include "core/usage/source.h"

#include <string>
#include <vector>

namespace leeway::usage {

/// The form of a table, as its first lines show it.
struct TableForm
{
    std::string name;  // file name, for messages
    bool json = false; // JSON Lines
    char separator = ',';
    std::vector<std::string> columns;
    std::string format; // as in Preview
    Mapping mapping;    // recognised; empty column_of when nothing was
};

/// Looks at the first lines. A table's header is taken off the source, JSON Lines are put back.
base::Result<TableForm> look_at(LineSource& source, const std::string& name, const Mapping* asked);

/// The column of every field (by usage_fields() index, empty for none), checked. JSON Lines
/// may name values inside objects ("usage.prompt_tokens").
base::Result<std::vector<std::string>> columns_by_field(const TableForm& form, const Mapping& mapping);

/// What `asked` says, on top of what was recognised: an empty column_of keeps the recognised columns.
base::Result<Mapping> effective_mapping(const TableForm& form, const Mapping* asked);

}
