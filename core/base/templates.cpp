#include "core/base/templates.h"

#include "core/base/file.h"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>

namespace leeway::base {
namespace {

bool is_id(std::string_view text)
{
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

}

std::filesystem::path template_folder(std::string_view kind)
{
    return data_folder() / "templates" / kind;
}

Result<std::vector<std::filesystem::path>> template_files(std::string_view kind)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(template_folder(kind), error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".json" && is_id(entry->path().stem().string()))
            files.push_back(entry->path());
    }
    if (files.empty())
        return fail(ErrorCode::NotFound, fmt::format("No {} were found in “{}”; install Leeway again.", kind,
                                                     template_folder(kind).string()));
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::filesystem::path> find_template(std::string_view kind, const std::string& path_or_id)
{
    std::error_code error;
    if (!is_id(path_or_id))
        return std::filesystem::path(path_or_id);
    const auto bundled = template_folder(kind) / (path_or_id + ".json");
    if (std::filesystem::exists(bundled, error))
        return bundled;
    if (std::filesystem::exists(path_or_id, error))
        return std::filesystem::path(path_or_id);
    const auto files = template_files(kind);
    if (!files)
        return tl::unexpected(files.error());
    std::string ids;
    for (const auto& file : *files)
        ids += (ids.empty() ? "" : ", ") + file.stem().string();
    return fail(ErrorCode::NotFound, fmt::format("There is no “{}” among the {}: name a file or one of {}.",
                                                 path_or_id, kind, ids));
}

Result<JsonFile> parse_template(std::string_view kind, std::string_view schema, const std::string& name,
                                std::string_view text)
{
    auto file = parse_json(name, text);
    if (!file)
        return file;
    const auto rules = read_json((template_folder(kind) / schema).string());
    if (!rules)
        return tl::unexpected(rules.error());
    if (const auto status = validate(*file, rules->value); !status)
        return tl::unexpected(status.error());
    return file;
}

}
