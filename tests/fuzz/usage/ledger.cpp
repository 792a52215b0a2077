// The record of earlier imports, of unknown origin: refused, or it survives being written and read again.

#include "core/usage/ledger.h"

#include <cstdlib>
#include <string>

using namespace leeway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto ledger = usage::ledger_from_bytes({reinterpret_cast<const char*>(data), size});
    if (!ledger)
        return 0;
    const std::string bytes = usage::to_bytes(*ledger);
    const auto again = usage::ledger_from_bytes(bytes);
    if (!again || usage::to_bytes(*again) != bytes)
        std::abort();
    return 0;
}
