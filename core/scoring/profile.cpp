#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/scoring/index.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace leeway::scoring {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 20;

constexpr std::string_view kind = "profiles";

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
    const auto file = base::parse_template(kind, "profile.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());
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
    return base::find_template(kind, path_or_id).and_then(read_profile);
}

base::Result<std::vector<Profile>> bundled_profiles()
{
    const auto files = base::template_files(kind);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<Profile> profiles;
    for (const auto& file : *files) {
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
