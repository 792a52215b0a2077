#pragma once

#include <array>
#include <string>
#include <string_view>

/// The XML parts of an office file without the ZIP file around them, which mutations seldom survive: a line
/// "####" ends each. Parts that are not there are empty.
template<std::size_t N>
std::array<std::string, N> parts_of(std::string_view bytes)
{
    constexpr std::string_view mark = "####\n";
    std::array<std::string, N> parts;
    for (std::string& part : parts) {
        const std::size_t end = bytes.find(mark);
        part = bytes.substr(0, end);
        if (end == std::string_view::npos)
            break;
        bytes.remove_prefix(end + mark.size());
    }
    return parts;
}
