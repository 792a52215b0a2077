// A usage cube of unknown origin: refused, or one that is written and read as it is, and has no negative
// counts.

#include "core/usage/cubefile.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace leeway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("leeway-fuzz-cube-" + std::to_string(getpid()));
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    static_cast<void>(usage::is_cube_file(file));
    const auto cube = usage::read_cube_file(file);
    std::filesystem::remove(file);
    if (!cube)
        return 0;
    for (const usage::Cell& cell : cube->cells) {
        for (const std::int64_t count : cell.counts.of) {
            if (count < 0)
                std::abort();
        }
    }
    const auto again = usage::cube_from_json(usage::to_json(*cube));
    if (!again || !(*again == *cube))
        std::abort();
    return 0;
}
