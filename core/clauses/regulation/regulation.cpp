#include "core/clauses/regulation/regulation.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/templates.h"
#include "core/clauses/parts.h"
#include "core/clauses/regulation/loader.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

using nlohmann::json;

constexpr std::string_view kind = "regulations";

base::Status add_lexicon(const base::JsonFile& pack, const std::string& key, std::string_view part_kind,
                         const std::filesystem::path& folder, base::JsonFile& concepts, std::string& hashed)
{
    if (!pack.value.contains(key))
        return {};
    auto text = read_part(pack, key, folder, part_kind);
    if (!text)
        return tl::unexpected(text.error());
    auto file =
        base::parse_template("checks", "lexicon.schema.json", pack.value.at(key).get<std::string>(), *text);
    if (!file)
        return tl::unexpected(file.error());
    add_concepts(concepts, *file);
    hashed += *text;
    return {};
}

base::Result<Lexicon> read_concepts(const base::JsonFile& pack, const std::filesystem::path& folder,
                                    std::string& hashed)
{
    base::JsonFile concepts;
    for (const auto& [key, part_kind] :
         {std::pair("base_lexicon", std::string_view("checks")), std::pair("lexicon", kind)}) {
        if (auto added = add_lexicon(pack, key, part_kind, folder, concepts, hashed); !added)
            return tl::unexpected(added.error());
    }
    add_concepts(concepts, pack);
    return Lexicon::compile(concepts, "/concepts",
                            concepts.value.value("inheritable", std::vector<std::string>()));
}

}

std::string_view to_string(Proof proof)
{
    static constexpr std::array<std::string_view, 3> names{"verified", "secondary", "unverified"};
    return names[static_cast<std::size_t>(proof)];
}

std::string_view to_string(Status status)
{
    static constexpr std::array<std::string_view, 6> names{
        "covered", "weaker than the floor", "absent", "not applicable", "unanswered", "not yet in force"};
    return names[static_cast<std::size_t>(status)];
}

std::optional<base::Date> Requirement::start(const Answers& answers) const
{
    const auto found = std::find_if(later.begin(), later.end(), [&](const LaterStart& start) {
        return application_of(start.when, answers).applies == Applies::Yes;
    });
    return found == later.end() ? from : found->from;
}

const LegalFloor& Requirement::floor_on(base::Date day) const
{
    const LegalFloor* found = &floors.front();
    for (const LegalFloor& floor : floors) {
        if (floor.from && *floor.from <= day)
            found = &floor;
    }
    return *found;
}

const Requirement* Regulation::find(std::string_view requirement) const
{
    const auto found = std::find_if(requirements.begin(), requirements.end(),
                                    [&](const Requirement& r) { return r.id == requirement; });
    return found == requirements.end() ? nullptr : &*found;
}

base::Result<Regulation> parse_regulation(const std::string& name, std::string_view text,
                                          const std::filesystem::path& folder)
{
    const auto file = base::parse_template(kind, "regulation.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());
    Regulation regulation;
    regulation.id = file->value.at("id").get<std::string>();
    regulation.title = file->value.at("title").get<std::string>();
    regulation.version = file->value.at("version").get<std::string>();
    regulation.summary = file->value.value("summary", "");
    regulation.notes = file->value.value("notes", std::vector<std::string>());
    std::string hashed(text);
    auto lexicon = read_concepts(*file, folder, hashed);
    if (!lexicon)
        return tl::unexpected(lexicon.error());
    regulation.lexicon = std::make_shared<const Lexicon>(std::move(*lexicon));
    regulation.sha256 = base::sha256(hashed);
    if (auto done = read_questions(*file, regulation); !done)
        return tl::unexpected(done.error());
    if (auto done = read_requirements(*file, regulation); !done)
        return tl::unexpected(done.error());
    return regulation;
}

base::Result<Regulation> load_regulation(const std::string& path_or_id)
{
    const auto path = base::find_template(kind, path_or_id);
    if (!path)
        return tl::unexpected(path.error());
    const auto text = base::read_file(*path, largest_pack_file);
    if (!text)
        return tl::unexpected(text.error());
    return parse_regulation(path->filename().string(), *text, path->parent_path());
}

bool is_regulation(const std::string& path_or_id)
{
    const auto path = base::find_template(kind, path_or_id);
    if (!path)
        return false;
    const auto file = base::read_json(path->string(), largest_pack_file);
    return file && file->value.is_object() && file->value.contains("requirements");
}

}
