#include "core/base/file.h"
#include "core/base/json.h"
#include "core/scoring/index.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

namespace leeway::scoring {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 20;

std::filesystem::path folder()
{
    return base::data_folder() / "templates" / "profiles";
}

bool is_id(std::string_view text)
{
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

base::Result<Profile> read_profile(const std::filesystem::path& path)
{
    const auto text = base::read_file(path, largest_file);
    if (!text)
        return tl::unexpected(text.error());
    return parse_profile(path.filename().string(), *text);
}

}

base::Result<Profile> parse_profile(const std::string& name, std::string_view text)
{
    const auto file = base::parse_json(name, text);
    if (!file)
        return tl::unexpected(file.error());
    const auto schema = base::read_json((folder() / "profile.schema.json").string(), largest_file);
    if (!schema)
        return tl::unexpected(schema.error());
    if (const auto status = base::validate(*file, schema->value); !status)
        return tl::unexpected(status.error());
    const nlohmann::json& value = file->value;
    Profile profile;
    profile.id = value.at("id").get<std::string>();
    profile.title = value.at("title").get<std::string>();
    profile.note = value.value("note", "");
    profile.weights = value.at("weights").get<std::map<std::string, double>>();
    profile.gates = value.value("gates", std::vector<std::string>{});
    for (auto gate = profile.gates.begin(); gate != profile.gates.end(); ++gate) {
        if (std::find(profile.gates.begin(), gate, *gate) != gate)
            return tl::unexpected(file->error(fmt::format("/gates/{}", gate - profile.gates.begin()),
                                              fmt::format("“{}” is in the list already", *gate)));
    }
    return profile;
}

base::Result<Profile> load_profile(const std::string& path_or_id)
{
    std::error_code error;
    const auto bundled = folder() / (path_or_id + ".json");
    if (is_id(path_or_id) && std::filesystem::exists(bundled, error))
        return read_profile(bundled);
    if (is_id(path_or_id) && !std::filesystem::exists(path_or_id, error))
        return base::fail(
            base::ErrorCode::NotFound,
            fmt::format("There is no profile “{}”: name a file or one of balanced, cost-driven, regulated.",
                        path_or_id));
    return read_profile(path_or_id);
}

base::Result<std::vector<Profile>> bundled_profiles()
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder(), error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.ends_with(".json") && !name.ends_with(".schema.json"))
            files.push_back(entry->path());
    }
    if (files.empty())
        return base::fail(
            base::ErrorCode::NotFound,
            fmt::format("No profiles were found in “{}”; install Leeway again.", folder().string()));
    std::sort(files.begin(), files.end());
    std::vector<Profile> profiles;
    for (const auto& file : files) {
        auto profile = read_profile(file);
        if (!profile)
            return tl::unexpected(profile.error());
        profiles.push_back(std::move(*profile));
    }
    return profiles;
}

std::string to_json(const Profile& profile)
{
    nlohmann::ordered_json value{{"id", profile.id}, {"title", profile.title}};
    if (!profile.note.empty())
        value["note"] = profile.note;
    value["weights"] = profile.weights;
    value["gates"] = profile.gates;
    return value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}
