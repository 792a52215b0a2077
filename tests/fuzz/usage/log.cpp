// A usage log of unknown origin: it is refused, or it gives a cube that survives being written and read
// again.

#include "core/usage/reader.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace leeway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("leeway-fuzz-usage-" + std::to_string(getpid()));
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    static_cast<void>(usage::preview(file));
    const auto cube = usage::read_cube({file}, pricing::Sheet{});
    std::filesystem::remove(file);
    if (!cube)
        return 0;
    const auto again = usage::cube_from_json(usage::to_json(*cube));
    if (!again || !(*again == *cube))
        std::abort();
    return 0;
}
