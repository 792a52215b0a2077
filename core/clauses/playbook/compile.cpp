#include "core/clauses/playbook/playbook.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

using nlohmann::json;

// Compiles the conditions of one check, which may stand in two files.
class CheckReader
{
public:
    CheckReader(const Check& check, const CheckRules& rules) : m_check(check), m_parameters(rules.parameters)
    {
        m_out.rules.signals = rules.signals;
        m_out.check_signals = rules.signals.size();
        m_out.positions.resize(check.positions.size());
        m_out.unacceptable.resize(check.unacceptable.size());
    }

    // `path` is that of an object with `positions` and `unacceptable`.
    base::Status add(const base::JsonFile& file, const std::string& path)
    {
        const json& object = file.value.at(json::json_pointer(path));
        for (const char* key : {"positions", "unacceptable"}) {
            const json& list = object.value(key, json::array());
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (auto done = add(file, fmt::format("{}/{}/{}", path, key, i), key, list[i], i); !done)
                    return done;
            }
        }
        return {};
    }

    base::Status add_signals(const base::JsonFile& file, const std::string& path, const Lexicon& lexicon)
    {
        auto own = compile_signals(file, path, lexicon);
        if (!own)
            return tl::unexpected(own.error());
        for (std::size_t i = 0; i < own->signals.size(); ++i) {
            const auto& known = m_out.rules.signals;
            if (std::any_of(known.begin(), known.end(),
                            [&](const Signal& signal) { return signal.name == own->signals[i].name; }))
                return tl::unexpected(
                    file.error(fmt::format("{}/signals/{}/name", path, i),
                               fmt::format("the check has a signal “{}” already", own->signals[i].name)));
            m_out.rules.signals.push_back(std::move(own->signals[i]));
        }
        m_out.rules.parameters = std::move(own->parameters);
        m_parameters.insert(m_parameters.end(), m_out.rules.parameters.begin(), m_out.rules.parameters.end());
        return {};
    }

    CheckPlaybook take() { return std::move(m_out); }

private:
    base::Status add(const base::JsonFile& file, const std::string& path, std::string_view key,
                     const json& entry, std::size_t index)
    {
        if (!entry.is_object() || !entry.contains("when"))
            return {};
        auto condition =
            parse_condition(entry.at("when").get_ref<const std::string&>(), m_out.rules.signals, m_check.id);
        if (!condition)
            return tl::unexpected(file.error(path + "/when", condition.error().message));
        for (const Fact& fact : condition->facts) {
            if (fact.kind == Fact::Kind::Figure && fact.check.empty() && !knows(fact.figure))
                return tl::unexpected(
                    file.error(path + "/when",
                               fmt::format("“{}” is not among the parameters of this check", fact.figure)));
        }
        if (key == "positions") {
            // An entry of the playbook file says which one it means; one of the pack is it.
            const auto& label = entry.at("label").get_ref<const std::string&>();
            const std::size_t at = entry.contains("text") ? index : find_position(label);
            if (at >= m_out.positions.size())
                return tl::unexpected(
                    file.error(path + "/label", fmt::format("the check has no position “{}”", label)));
            m_out.positions[at].when = std::move(*condition);
            return {};
        }
        const auto& text = entry.at("text").get_ref<const std::string&>();
        const auto found = std::find(m_check.unacceptable.begin(), m_check.unacceptable.end(), text);
        if (found == m_check.unacceptable.end())
            return tl::unexpected(
                file.error(path + "/text", fmt::format("the check has no unacceptable entry “{}”", text)));
        m_out.unacceptable[static_cast<std::size_t>(found - m_check.unacceptable.begin())].when =
            std::move(*condition);
        return {};
    }

    bool knows(const std::string& figure) const
    {
        return std::any_of(m_parameters.begin(), m_parameters.end(),
                           [&](const ParameterRule& rule) { return rule.name == figure; });
    }

    std::size_t find_position(const std::string& label) const
    {
        const auto& all = m_check.positions;
        return static_cast<std::size_t>(
            std::find_if(all.begin(), all.end(), [&](const Position& p) { return p.label == label; }) -
            all.begin());
    }

    const Check& m_check;
    std::vector<ParameterRule> m_parameters;
    CheckPlaybook m_out;
};

}

base::Result<Playbook> compile_playbook(const base::JsonFile& file, const base::JsonFile* playbook,
                                        const Pack& pack)
{
    if (playbook != nullptr) {
        for (const auto& [id, entry] : playbook->value.at("checks").items()) {
            if (pack.find(id) == nullptr)
                return tl::unexpected(playbook->error(
                    "/checks/" + id, "the pack has no such check; take this out or name another"));
        }
    }
    Playbook result;
    for (std::size_t i = 0; i < pack.checks.size(); ++i) {
        CheckReader reader(pack.checks[i], pack.rules->checks[i]);
        if (auto done = reader.add(file, fmt::format("/checks/{}", i)); !done)
            return tl::unexpected(done.error());
        const std::string path = "/checks/" + pack.checks[i].id;
        if (playbook != nullptr && playbook->value.contains(json::json_pointer(path))) {
            if (auto done = reader.add_signals(*playbook, path, pack.rules->lexicon); !done)
                return tl::unexpected(done.error());
            if (auto done = reader.add(*playbook, path); !done)
                return tl::unexpected(done.error());
        }
        result.checks.push_back(reader.take());
    }
    return result;
}

}
