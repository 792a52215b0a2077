#include "core/clauses/pack.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/templates.h"
#include "core/clauses/parts.h"
#include "core/clauses/playbook/playbook.h"
#include "core/clauses/rules.h"
#include "core/clauses/weigh/contractweights.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace leeway::clauses {
namespace {

using nlohmann::json;

constexpr std::string_view kind = "checks";

std::vector<std::string> texts(const json& object, const char* key)
{
    return object.value(key, std::vector<std::string>());
}

Check read_check(const json& item)
{
    Check check;
    check.id = item.at("id").get<std::string>();
    check.title = item.at("title").get<std::string>();
    check.question = item.at("question").get<std::string>();
    check.polarity = item.at("polarity") == "hazard" ? Polarity::Hazard : Polarity::Protective;
    check.category = item.at("category").get<std::string>();
    check.recommended = item.value("recommended", false);
    check.why = item.value("why", "");
    check.ask = item.value("ask", "");
    for (const json& position : item.value("positions", json::array()))
        check.positions.push_back(
            {position.at("label").get<std::string>(), position.at("text").get<std::string>()});
    for (const json& entry : item.value("unacceptable", json::array()))
        check.unacceptable.push_back((entry.is_object() ? entry.at("text") : entry).get<std::string>());
    check.clause = item.value("clause", "");
    const json verdicts = item.value("verdicts", json::object());
    check.when_met = verdicts.value("met", "");
    check.when_partial = verdicts.value("partial", "");
    check.when_missing = verdicts.value("missing", "");
    check.when_adverse = verdicts.value("adverse", "");
    check.weight = item.value("weight", 1.0);
    check.gate = item.value("gate", false);
    check.sources = texts(item, "sources");
    return check;
}

// The concepts of a pack: those of the lexicon it names, and its own, which win over the lexicon's.
base::Result<base::JsonFile> read_concepts(const base::JsonFile& pack, const std::filesystem::path& folder,
                                           std::string& lexicon_text)
{
    base::JsonFile result;
    if (pack.value.contains("lexicon")) {
        auto text = read_part(pack, "lexicon", folder, kind);
        if (!text)
            return tl::unexpected(text.error());
        const auto name = pack.value.at("lexicon").get<std::string>();
        auto file = base::parse_template(kind, "lexicon.schema.json", name, *text);
        if (!file)
            return tl::unexpected(file.error());
        lexicon_text = std::move(*text);
        result = std::move(*file);
    }
    if (!pack.value.contains("lexicon") || !pack.value.value("concepts", json::object()).empty())
        add_concepts(result, pack);
    return result;
}

// The playbook file that the pack names; null without one.
base::Result<base::JsonFile> read_playbook(const base::JsonFile& pack, const std::filesystem::path& folder,
                                           std::string& playbook_text)
{
    if (!pack.value.contains("playbook"))
        return base::JsonFile{};
    auto text = read_part(pack, "playbook", folder, kind);
    if (!text)
        return tl::unexpected(text.error());
    playbook_text = *text;
    return base::parse_template(kind, "playbook.schema.json", pack.value.at("playbook").get<std::string>(),
                                playbook_text);
}

// Reads the weights file that the pack names; its text joins the pack's hash.
base::Status read_weights(const base::JsonFile& pack, const std::filesystem::path& folder, const Pack& checks,
                          Rules& rules, std::string& hashed)
{
    if (!pack.value.contains("weights"))
        return {};
    auto text = read_part(pack, "weights", folder, kind);
    if (!text)
        return tl::unexpected(text.error());
    const auto name = pack.value.at("weights").get<std::string>();
    auto file = base::parse_template(kind, "weights.schema.json", name, *text);
    if (!file)
        return tl::unexpected(file.error());
    for (std::size_t i = 0; i < checks.checks.size(); ++i) {
        const std::string& id = checks.checks[i].id;
        if (!file->value.at("checks").contains(id))
            continue;
        auto weights = read_check_weights(*file, "/checks", id);
        if (!weights)
            return tl::unexpected(weights.error());
        rules.checks[i].weights = std::make_shared<const CheckWeights>(std::move(*weights));
    }
    auto subjects = read_bearing_weights(*file, "/subjects");
    if (!subjects)
        return tl::unexpected(subjects.error());
    rules.subjects = std::make_shared<const BearingWeights>(std::move(*subjects));
    if (file->value.contains("contracts")) {
        auto contracts = read_contract_weights(*file);
        if (!contracts)
            return tl::unexpected(contracts.error());
        rules.contracts = std::make_shared<const ContractWeights>(std::move(*contracts));
    }
    hashed += *text;
    return {};
}

}

std::string_view to_string(Polarity polarity)
{
    return polarity == Polarity::Hazard ? "hazard" : "protective";
}

std::string_view to_string(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Met:
        return "met";
    case Verdict::Partial:
        return "partial";
    case Verdict::Missing:
        return "missing";
    case Verdict::Adverse:
        return "adverse";
    }
    return "missing";
}

base::Result<Verdict> parse_verdict(std::string_view text)
{
    for (const Verdict verdict : {Verdict::Met, Verdict::Partial, Verdict::Missing, Verdict::Adverse}) {
        if (to_string(verdict) == text)
            return verdict;
    }
    return base::fail(base::ErrorCode::Invalid,
                      fmt::format("“{}” is no verdict; use met, partial, missing or adverse", text));
}

const std::string& Check::meaning(Verdict verdict) const
{
    switch (verdict) {
    case Verdict::Met:
        return when_met;
    case Verdict::Partial:
        return when_partial;
    case Verdict::Missing:
        return when_missing;
    case Verdict::Adverse:
        return when_adverse;
    }
    return when_missing;
}

const Check* Pack::find(std::string_view check) const
{
    const auto found =
        std::find_if(checks.begin(), checks.end(), [&](const Check& c) { return c.id == check; });
    return found == checks.end() ? nullptr : &*found;
}

base::Result<Pack> parse_pack(const std::string& name, std::string_view text,
                              const std::filesystem::path& folder)
{
    auto file = base::parse_template(kind, "pack.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());

    Pack pack;
    pack.id = file->value.at("id").get<std::string>();
    pack.title = file->value.at("title").get<std::string>();
    pack.version = file->value.at("version").get<std::string>();
    std::string lexicon_text;
    auto concepts = read_concepts(*file, folder, lexicon_text);
    if (!concepts)
        return tl::unexpected(concepts.error());
    std::string playbook_text;
    const auto playbook = read_playbook(*file, folder, playbook_text);
    if (!playbook)
        return tl::unexpected(playbook.error());
    if (playbook->value.contains("concepts"))
        add_concepts(*concepts, *playbook);
    auto lexicon = Lexicon::compile(*concepts, "/concepts", texts(concepts->value, "inheritable"));
    if (!lexicon)
        return tl::unexpected(lexicon.error());
    auto rules = std::make_shared<Rules>();
    rules->lexicon = std::move(*lexicon);
    std::set<std::string> ids;
    const json& checks = file->value.at("checks");
    for (std::size_t i = 0; i < checks.size(); ++i) {
        pack.checks.push_back(read_check(checks[i]));
        if (!ids.insert(pack.checks.back().id).second)
            return tl::unexpected(
                file->error(fmt::format("/checks/{}/id", i),
                            fmt::format("the check “{}” stands twice", pack.checks.back().id)));
        auto compiled = compile_rules(*file, i, rules->lexicon);
        if (!compiled)
            return tl::unexpected(compiled.error());
        rules->checks.push_back(std::move(*compiled));
    }
    std::string hashed = std::string(text) + lexicon_text;
    if (auto read = read_weights(*file, folder, pack, *rules, hashed); !read)
        return tl::unexpected(read.error());
    pack.sha256 = base::sha256(hashed + playbook_text);
    pack.rules = std::move(rules);
    auto compiled = compile_playbook(*file, playbook->value.is_null() ? nullptr : &*playbook, pack);
    if (!compiled)
        return tl::unexpected(compiled.error());
    pack.playbook = std::make_shared<const Playbook>(std::move(*compiled));
    return pack;
}

base::Result<Pack> load_pack(const std::string& path_or_id)
{
    const auto path = base::find_template(kind, path_or_id);
    if (!path)
        return tl::unexpected(path.error());
    const auto text = base::read_file(*path, largest_pack_file);
    if (!text)
        return tl::unexpected(text.error());
    return parse_pack(path->filename().string(), *text, path->parent_path());
}

}
