#include "core/clauses/parts.h"

#include "core/base/file.h"
#include "core/base/templates.h"

#include <fmt/format.h>
#include <system_error>

namespace leeway::clauses {

using nlohmann::json;

base::Result<std::string> read_part(const base::JsonFile& pack, const std::string& key,
                                    const std::filesystem::path& folder, std::string_view kind)
{
    const auto& name = pack.value.at(key).get_ref<const std::string&>();
    std::error_code error;
    const bool beside = !folder.empty() && std::filesystem::exists(folder / name, error);
    auto text = base::read_file((beside ? folder : base::template_folder(kind)) / name, largest_pack_file);
    if (!text)
        return tl::unexpected(pack.error("/" + key, text.error().message));
    return text;
}

base::Result<std::vector<std::filesystem::path>> pack_files(std::string_view kind, const std::string& id)
{
    const auto pack = base::find_template(kind, id);
    if (!pack)
        return tl::unexpected(pack.error());
    const auto file = base::read_json(pack->string(), largest_pack_file);
    if (!file)
        return tl::unexpected(file.error());
    std::vector<std::filesystem::path> files{*pack};
    for (const auto& [key, folder] :
         {std::pair("lexicon", kind), std::pair("weights", kind), std::pair("playbook", kind),
          std::pair("base_lexicon", std::string_view("checks"))}) {
        if (file->value.contains(key))
            files.push_back(base::template_folder(folder) / file->value.at(key).get<std::string>());
    }
    return files;
}

void add_concepts(base::JsonFile& concepts, const base::JsonFile& added)
{
    json& all = concepts.value["concepts"];
    if (!all.is_object())
        all = json::object();
    concepts.name =
        concepts.name.empty() ? added.name : fmt::format("{} (with {})", added.name, concepts.name);
    const json own = added.value.value("concepts", json::object());
    for (const auto& [name, phrases] : own.items()) {
        all[name] = phrases;
        for (std::size_t i = 0; i < phrases.size(); ++i) {
            const std::string path = fmt::format("/concepts/{}/{}", name, i);
            if (const auto line = added.line_of_path.find(path); line != added.line_of_path.end())
                concepts.line_of_path[path] = line->second;
        }
    }
    for (const json& name : added.value.value("inheritable", json::array()))
        concepts.value["inheritable"].push_back(name);
}

}
