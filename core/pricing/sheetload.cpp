#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/pricing/gunzip.h"
#include "core/pricing/litellm.h"
#include "core/pricing/modelsdev.h"
#include "core/pricing/numbertext.h"
#include "core/pricing/sheetjson.h"

#include <filesystem>
#include <fmt/format.h>

namespace leeway::pricing {
namespace {

constexpr std::size_t size_limit = std::size_t{256} << 20;

bool looks_like_sheet(std::string_view text)
{
    const std::string_view head = text.substr(0, 4096);
    return head.find(fmt::format("\"{}\"", sheet_format)) != std::string_view::npos;
}

base::Result<Sheet> parse_text(const std::string& name, std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return base::fail(base::ErrorCode::Empty, fmt::format("{} is empty", name));
    if (looks_like_sheet(text))
        return sheet_from_json(name, text);
    const auto map = parse_number_text(name, text);
    if (!map)
        return tl::unexpected(map.error());
    const auto format = map->value.is_object() ? map->value.find("format") : map->value.end();
    if (map->value.is_object() && format != map->value.end() && format->is_string() &&
        *format == sheet_format)
        return sheet_from_json(name, text);
    if (is_litellm_map(map->value))
        return import_litellm(*map);
    if (is_models_dev(map->value))
        return import_models_dev(*map);
    return base::fail(
        base::ErrorCode::Invalid,
        fmt::format("{} is neither a Leeway price sheet (“format”: “{}”) nor LiteLLM's price map "
                    "nor models.dev's api.json",
                    name, sheet_format));
}

}

base::Result<Sheet> parse_sheet(const std::string& name, std::string_view bytes)
{
    std::string unpacked;
    if (is_gzip(bytes)) {
        auto text = gunzip(name, bytes, size_limit);
        if (!text)
            return tl::unexpected(text.error());
        unpacked = std::move(*text);
    }
    auto sheet = parse_text(name, is_gzip(bytes) ? std::string_view(unpacked) : bytes);
    if (sheet)
        sheet->sha256 = base::sha256(bytes);
    return sheet;
}

base::Result<Sheet> load_sheet(const std::string& path)
{
    const auto bytes = base::read_file(path, size_limit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return parse_sheet(std::filesystem::path(path).filename().string(), *bytes);
}

base::Result<Sheet> bundled_sheet()
{
    return load_sheet((base::data_folder() / "resources/prices/leeway-prices.json").string());
}

}
