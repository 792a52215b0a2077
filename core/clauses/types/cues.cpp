#include "core/clauses/types/cues.h"

#include "core/clauses/types/kinds.h"

#include <fmt/format.h>

namespace leeway::clauses {
namespace {

const nlohmann::json& schema()
{
    static const nlohmann::json json = nlohmann::json::parse(R"({
        "type": "object", "required": ["concepts", "cues"],
        "properties": {
            "concepts": {"type": "object", "maxProperties": 500, "additionalProperties": {
                "type": "array", "minItems": 1, "maxItems": 1000,
                "items": {"type": "string", "minLength": 1, "maxLength": 600}}},
            "cues": {"type": "array", "maxItems": 1000, "items": {
                "type": "object", "required": ["type", "all", "weight"], "additionalProperties": false,
                "properties": {
                    "type": {"type": "string"},
                    "all": {"type": "array", "minItems": 1, "maxItems": 8, "items": {"type": "string"}},
                    "none": {"type": "array", "maxItems": 8, "items": {"type": "string"}},
                    "weight": {"type": "number", "minimum": -10, "maximum": 10}}}}}})");
    return json;
}

// The ids of the concepts in a list of a cue; their names are added to the cue's.
base::Status add_concepts(const base::JsonFile& file, const std::string& pointer, const std::string& prefix,
                          const Lexicon& lexicon, std::vector<ConceptId>& ids, std::string& name)
{
    const auto at = nlohmann::json::json_pointer(pointer);
    if (!file.value.contains(at))
        return {};
    for (const auto& item : file.value.at(at)) {
        const auto& wanted = item.get_ref<const std::string&>();
        const int id = lexicon.find(wanted);
        if (id < 0)
            return tl::unexpected(file.error(pointer, fmt::format("there is no concept “{}”", wanted)));
        ids.push_back(static_cast<ConceptId>(id));
        name += " " + prefix + wanted;
    }
    return {};
}

}

base::Result<Signs> read_signs(const base::JsonFile& file)
{
    if (const auto valid = base::validate(file, schema()); !valid)
        return tl::unexpected(valid.error());
    auto lexicon = Lexicon::compile(file, "/concepts", {});
    if (!lexicon)
        return tl::unexpected(lexicon.error());
    Signs signs{std::move(*lexicon), {}};
    const auto& cues = file.value.at("cues");
    for (std::size_t i = 0; i < cues.size(); ++i) {
        const std::string pointer = fmt::format("/cues/{}", i);
        Cue cue;
        cue.name = cues[i].at("type").get<std::string>();
        cue.type = type_index(cue.name);
        if (cue.type == type_count)
            return tl::unexpected(
                file.error(pointer + "/type", fmt::format("there is no clause type “{}”", cue.name)));
        cue.name += ":";
        for (const bool wanted : {true, false}) {
            const auto added = add_concepts(file, pointer + (wanted ? "/all" : "/none"), wanted ? "" : "-",
                                            signs.lexicon, wanted ? cue.all : cue.none, cue.name);
            if (!added)
                return tl::unexpected(added.error());
        }
        cue.weight = cues[i].at("weight").get<float>();
        signs.cues.push_back(std::move(cue));
    }
    return signs;
}

}
