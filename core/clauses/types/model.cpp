#include "core/clauses/types/model.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <filesystem>

namespace leeway::clauses {
namespace {

constexpr std::size_t largest_file = std::size_t{32} << 20;
constexpr std::string_view bundled_model = "clause-types.json";

std::filesystem::path bundled(std::string_view file)
{
    return base::data_folder() / "resources" / "clauses" / file;
}

}

base::Result<SignsFile> load_signs(const std::string& path)
{
    const std::filesystem::path file = path.empty() ? bundled(bundled_signs) : std::filesystem::path(path);
    const auto text = base::read_file(file, largest_file);
    if (!text)
        return tl::unexpected(text.error());
    const auto json = base::parse_json(file.filename().string(), *text);
    if (!json)
        return tl::unexpected(json.error());
    auto signs = read_signs(*json);
    if (!signs)
        return tl::unexpected(signs.error());
    return SignsFile{base::sha256(*text), std::move(*signs)};
}

base::Result<TypeModel> load_type_model(const std::string& path)
{
    const std::filesystem::path file = path.empty() ? bundled(bundled_model) : std::filesystem::path(path);
    const auto json = base::read_json(file.string(), largest_file);
    if (!json)
        return tl::unexpected(json.error());
    const auto at = "/signs/file"_json_pointer;
    const bool named = json->value.contains(at) && json->value.at(at).is_string();
    const auto name = named ? json->value.at(at).get<std::string>() : std::string();
    if (name.empty() || name.find_first_of("/\\") != std::string::npos)
        return tl::unexpected(json->error("/signs/file", "the name of the signs' file is missing; choose a "
                                                         "file that “leeway-cli learn types” made"));
    const std::filesystem::path beside = file.parent_path() / name;
    auto signs = load_signs((std::filesystem::exists(beside) ? beside : bundled(name)).string());
    if (!signs)
        return tl::unexpected(signs.error());
    return read_type_model(*json, std::move(signs->signs), signs->sha256);
}

}
