// Billed lines of unknown origin: refused, or lines that add up.

#include "core/usage/formats/billed.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace leeway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("leeway-fuzz-billed-" + std::to_string(getpid()));
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    std::vector<usage::BilledLine> lines;
    const auto status =
        usage::read_billed(file, [&](const usage::BilledLine& line) { lines.push_back(line); }, {});
    std::filesystem::remove(file);
    for (const usage::BilledLine& line : lines) {
        if (line.to < line.from || line.amount.currency.size() != 3)
            std::abort();
    }
    if (status && lines.empty())
        std::abort();
    static_cast<void>(usage::billed_total(lines, "USD"));
    return 0;
}
