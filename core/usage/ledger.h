#pragma once

#include "core/base/result.h"
#include "core/usage/digest.h"
#include "core/usage/idset.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// A log that was imported: its content, whatever its name and packing.
struct ImportedLog
{
    Digest head; // of the first 256 kB
    Digest whole;
    std::int64_t lines = 0; // of usage

    bool operator==(const ImportedLog&) const = default;
};

/// What was imported before, so that nothing counts twice: whole logs, for those without ids, and the ids of
/// requests and of sums.
struct Ledger
{
    std::vector<ImportedLog> logs;
    IdSet ids;
};

/// As bytes, 16 for each id and 40 for each log.
std::string to_bytes(const Ledger& ledger);
/// An empty text is an empty ledger; Invalid for anything that to_bytes() did not write.
base::Result<Ledger> ledger_from_bytes(std::string_view bytes);

}
