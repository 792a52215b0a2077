#include "core/usage/cubefile.h"

#include "core/base/file.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;
constexpr std::size_t looked_at = 256; // bytes: the keys of a cube are in the order of the alphabet

}

bool is_cube_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::array<char, looked_at> bytes{};
    in.read(bytes.data(), bytes.size());
    const std::string_view head =
        base::trimmed(std::string_view(bytes.data(), static_cast<std::size_t>(in.gcount())));
    return head.starts_with('{') && head.find("\"averaged\"") != std::string_view::npos &&
           head.find("\"bad_lines\"") != std::string_view::npos;
}

base::Result<Cube> read_cube_file(const std::filesystem::path& file)
{
    const auto text = base::read_file(file, most_bytes);
    if (!text)
        return tl::unexpected(text.error());
    auto cube = cube_from_json(*text);
    if (!cube)
        return base::fail(cube.error().code, fmt::format("“{}” is no usage cube that can be read: {}",
                                                         file.filename().string(), cube.error().message));
    return cube;
}

}
