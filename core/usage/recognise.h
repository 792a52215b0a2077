#pragma once

#include "core/usage/formats/format.h"
#include "core/usage/reader.h"
#include "core/usage/source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::usage {

/// The form of a log, as its first lines show it.
struct LogForm
{
    enum class Layout : std::uint8_t {
        Table,
        Lines, // JSON, an object on each line
        Values // JSON over several lines, or a list
    };

    std::string name; // file name, for messages
    Layout layout = Layout::Table;
    char separator = ',';
    std::vector<std::string> columns;
    std::string format;            // as in Preview
    const Format* known = nullptr; // for logs that are more than columns
    bool relative_times = false;   // milliseconds since the trace began
    std::string_view billed;       // what it is, when it holds amounts and no usage; else empty
    Mapping mapping;               // recognised; empty column_of when nothing was

    [[nodiscard]] bool json() const { return layout != Layout::Table; }
};

/// Looks at the first lines. A table's header is taken off the source, JSON is put back.
base::Result<LogForm> look_at(LineSource& source, const std::string& name, const Mapping* asked);

/// The column of every field (by usage_fields() index, empty for none), checked. JSON may name values inside
/// objects ("usage.prompt_tokens").
base::Result<std::vector<std::string>> columns_by_field(const LogForm& form, const Mapping& mapping);

/// What `asked` says, on top of what was recognised: an empty column_of keeps the recognised columns. Refuses
/// a log without what is needed, and one that holds amounts instead of usage.
base::Result<Mapping> effective_mapping(const LogForm& form, const Mapping* asked);

}
