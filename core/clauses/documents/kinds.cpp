#include "core/clauses/documents/kinds.h"

#include "core/base/file.h"
#include "core/base/templates.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

constexpr std::string_view folder = "checks";
constexpr std::string_view bundled = "english.documents.json";
constexpr std::size_t largest_file = std::size_t{4} << 20;
// What the engine looks for beside the names of kinds.
constexpr std::array<std::string_view, 12> concepts{
    "self",     "main",          "foreign", "conflict", "conflict-of-laws", "prevails",
    "in-order", "in-that-order", "unless",  "replaces", "attachments",      "adds"};

}

int DocumentKind::rank_for(std::string_view check) const
{
    return std::find(leading.begin(), leading.end(), check) != leading.end() ? leading_rank : rank;
}

const DocumentKind* DocumentKinds::find(std::string_view id) const
{
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&](const DocumentKind& kind) { return kind.id == id; });
    return found == kinds.end() ? nullptr : &*found;
}

base::Result<DocumentKinds> parse_document_kinds(const std::string& name, std::string_view text)
{
    const auto file = base::parse_template(folder, "documents.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());
    auto lexicon = Lexicon::compile(*file, "/concepts", {});
    if (!lexicon)
        return tl::unexpected(lexicon.error());
    DocumentKinds result;
    result.lexicon = std::move(*lexicon);
    for (const std::string_view concept_name : concepts) {
        if (result.lexicon.find(concept_name) < 0)
            return tl::unexpected(
                file->error("/concepts", fmt::format("the concept “{}” is missing", concept_name)));
    }
    const nlohmann::json& kinds = file->value.at("kinds");
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        DocumentKind kind;
        kind.id = kinds[i].at("id").get<std::string>();
        if (kind.id == other_kind || result.find(kind.id) != nullptr)
            return tl::unexpected(file->error(fmt::format("/kinds/{}/id", i),
                                              fmt::format("“{}” stands for another kind", kind.id)));
        kind.title = kinds[i].at("title").get<std::string>();
        kind.rank = kinds[i].at("rank").get<int>();
        if (kinds[i].contains("leads")) {
            kind.leading_rank = kinds[i].at("leads").at("rank").get<int>();
            kind.leading = kinds[i].at("leads").at("checks").get<std::vector<std::string>>();
        }
        kind.attachment = kinds[i].value("attachment", false);
        kind.referable = kinds[i].value("referable", true);
        kind.decides = kinds[i].at("decides").get<std::vector<std::string>>();
        kind.name = result.lexicon.find("name." + kind.id);
        kind.loose_name = result.lexicon.find("loose." + kind.id);
        kind.marks = result.lexicon.find("marks." + kind.id);
        if (kind.name < 0)
            return tl::unexpected(file->error(fmt::format("/kinds/{}/id", i),
                                              fmt::format("the concept “name.{}” is missing", kind.id)));
        result.kinds.push_back(std::move(kind));
    }
    return result;
}

base::Result<DocumentKinds> load_document_kinds()
{
    const auto path = base::template_folder(folder) / bundled;
    const auto text = base::read_file(path, largest_file);
    if (!text)
        return tl::unexpected(text.error());
    return parse_document_kinds(path.filename().string(), *text);
}

}
