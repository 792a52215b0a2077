#include "core/clauses/regulation/loader.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace leeway::clauses {
namespace {

using nlohmann::json;

std::vector<std::string> texts(const json& object, const char* key)
{
    return object.value(key, std::vector<std::string>());
}

class RequirementReader
{
public:
    RequirementReader(const base::JsonFile& file, const Regulation& regulation, std::size_t index)
        : m_file(file),
          m_regulation(regulation),
          m_path(fmt::format("/requirements/{}", index)),
          m_json(file.value.at("requirements").at(index))
    {
    }

    base::Result<Requirement> read()
    {
        read_texts();
        for (auto step :
             {&RequirementReader::applicability, &RequirementReader::dates, &RequirementReader::signals,
              &RequirementReader::parts, &RequirementReader::floors, &RequirementReader::standard}) {
            if (auto done = (this->*step)(); !done)
                return tl::unexpected(done.error());
        }
        return std::move(m_out);
    }

private:
    tl::unexpected<base::Error> complain(const std::string& path, const std::string& what) const
    {
        return tl::unexpected(m_file.error(m_path + path, what));
    }

    void read_texts()
    {
        m_out.id = m_json.at("id").get<std::string>();
        m_out.title = m_json.at("title").get<std::string>();
        m_out.question = m_json.at("question").get<std::string>();
        m_out.article = m_json.at("article").get<std::string>();
        m_out.binds = m_json.at("binds").get<std::string>();
        m_out.force = m_json.value("force", "law");
        const std::string proof = m_json.value("proof", "verified");
        m_out.proof = proof == "verified"    ? Proof::Verified
                      : proof == "secondary" ? Proof::Secondary
                                             : Proof::Unverified;
        m_out.unverified = texts(m_json, "unverified");
        m_out.checks = texts(m_json, "checks");
        m_out.ask = m_json.at("ask").get<std::string>();
        m_out.sources = texts(m_json, "sources");
    }

    base::Status applicability()
    {
        if (!m_json.contains("applies"))
            return {};
        auto applies =
            parse_applicability(m_json.at("applies").get_ref<const std::string&>(), m_regulation.questions);
        if (!applies)
            return complain("/applies", applies.error().message);
        m_out.applies = std::move(*applies);
        return {};
    }

    base::Status date(const json& object, const std::string& path, const char* key,
                      std::optional<base::Date>& out) const
    {
        if (!object.contains(key))
            return {};
        const auto parsed = base::parse_date(object.at(key).get_ref<const std::string&>());
        if (!parsed)
            return complain(path + "/" + key, parsed.error().message);
        out = *parsed;
        return {};
    }

    base::Status dates()
    {
        if (auto done = date(m_json, "", "applies_from", m_out.from); !done)
            return done;
        if (auto done = date(m_json, "", "applies_until", m_out.until); !done)
            return done;
        if (m_out.from && m_out.until && *m_out.until < *m_out.from)
            return complain("/applies_until", "ends before it begins");
        const json& list = m_json.value("applies_later", json::array());
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string path = fmt::format("/applies_later/{}", i);
            std::optional<base::Date> from;
            if (auto done = date(list[i], path, "from", from); !done)
                return done;
            auto when =
                parse_applicability(list[i].at("when").get_ref<const std::string&>(), m_regulation.questions);
            if (!when)
                return complain(path + "/when", when.error().message);
            m_out.later.push_back({*from, std::move(*when)});
        }
        return {};
    }

    base::Status signals()
    {
        auto rules = compile_signals(m_file, m_path, *m_regulation.lexicon);
        if (!rules)
            return tl::unexpected(rules.error());
        m_out.rules = std::move(*rules);
        return {};
    }

    base::Result<Condition> condition(const json& object, const std::string& path, const char* key) const
    {
        if (!object.contains(key))
            return Condition{};
        const std::string own = m_out.checks.size() == 1 ? m_out.checks.front() : std::string();
        auto parsed = parse_condition(object.at(key).get_ref<const std::string&>(), m_out.rules.signals, own);
        if (!parsed)
            return complain(path + "/" + key, parsed.error().message);
        if (const auto known = check_facts(*parsed); !known)
            return complain(path + "/" + key, known.error().message);
        return parsed;
    }

    // A condition speaks of the requirement's own figures and of the checks to which it says that it maps.
    base::Status check_facts(const Condition& parsed) const
    {
        for (const Fact& fact : parsed.facts) {
            const auto& parameters = m_out.rules.parameters;
            if (fact.kind == Fact::Kind::Figure && fact.check.empty() &&
                std::none_of(parameters.begin(), parameters.end(),
                             [&](const ParameterRule& rule) { return rule.name == fact.figure; }))
                return base::fail(base::ErrorCode::Invalid,
                                  fmt::format("“{}” is not among the parameters", fact.figure));
            if (!fact.check.empty() &&
                std::find(m_out.checks.begin(), m_out.checks.end(), fact.check) == m_out.checks.end())
                return base::fail(
                    base::ErrorCode::Invalid,
                    fmt::format("“{}” is not among the checks of this requirement", fact.check));
        }
        return {};
    }

    base::Status parts()
    {
        const json& list = m_json.value("parts", json::array());
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto when = condition(list[i], fmt::format("/parts/{}", i), "when");
            if (!when)
                return tl::unexpected(when.error());
            m_out.parts.push_back({list[i].at("title").get<std::string>(), std::move(*when)});
        }
        return {};
    }

    base::Status floors()
    {
        const json& list = m_json.at("legal_floor");
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string path = fmt::format("/legal_floor/{}", i);
            LegalFloor floor;
            floor.text = list[i].at("text").get<std::string>();
            floor.threshold = list[i].value("threshold", "");
            if (auto done = date(list[i], path, "from", floor.from); !done)
                return done;
            if (i > 0 &&
                (!floor.from || (m_out.floors.back().from && *floor.from <= *m_out.floors.back().from)))
                return complain(path, "a later floor begins after the one before: give it a “from”");
            if (auto done = steps(list[i], path, floor); !done)
                return done;
            if (floor.steps.empty() && m_out.parts.empty())
                return complain(path, "needs “resolve”, or the requirement needs “parts”");
            m_out.floors.push_back(std::move(floor));
        }
        return {};
    }

    base::Status steps(const json& object, const std::string& path, LegalFloor& floor) const
    {
        const json& list = object.value("resolve", json::array());
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto when = condition(list[i], fmt::format("{}/resolve/{}", path, i), "if");
            if (!when)
                return tl::unexpected(when.error());
            const auto& status = list[i].at("status").get_ref<const std::string&>();
            floor.steps.push_back({std::move(*when),
                                   status == "covered"  ? Status::Covered
                                   : status == "weaker" ? Status::Weaker
                                                        : Status::Absent,
                                   list[i].value("why", "")});
        }
        // Where parts are named, they decide what the steps leave open.
        if (!floor.steps.empty() && m_out.parts.empty() && !floor.steps.back().when.empty())
            return complain(path + "/resolve", "the last entry must stand without “if”");
        return {};
    }

    base::Status standard()
    {
        if (!m_json.contains("buyer_standard"))
            return {};
        const json& standard = m_json.at("buyer_standard");
        m_out.standard.text = standard.at("text").get<std::string>();
        auto when = condition(standard, "/buyer_standard", "when");
        if (!when)
            return tl::unexpected(when.error());
        m_out.standard.when = std::move(*when);
        return {};
    }

    const base::JsonFile& m_file;
    const Regulation& m_regulation;
    std::string m_path;
    const json& m_json;
    Requirement m_out;
};

}

base::Status read_questions(const base::JsonFile& file, Regulation& regulation)
{
    std::set<std::string> ids;
    const json& list = file.value.value("questions", json::array());
    for (std::size_t i = 0; i < list.size(); ++i) {
        Question question;
        question.id = list[i].at("id").get<std::string>();
        question.text = list[i].at("text").get<std::string>();
        question.note = list[i].value("note", "");
        question.answers = list[i].value("answers", std::vector<std::string>{"yes", "no"});
        if (!ids.insert(question.id).second)
            return tl::unexpected(file.error(fmt::format("/questions/{}/id", i),
                                             fmt::format("the question “{}” stands twice", question.id)));
        regulation.questions.push_back(std::move(question));
    }
    return {};
}

base::Status read_requirements(const base::JsonFile& file, Regulation& regulation)
{
    std::set<std::string> ids;
    for (std::size_t i = 0; i < file.value.at("requirements").size(); ++i) {
        auto requirement = RequirementReader(file, regulation, i).read();
        if (!requirement)
            return tl::unexpected(requirement.error());
        if (!ids.insert(requirement->id).second)
            return tl::unexpected(file.error(fmt::format("/requirements/{}/id", i),
                                             fmt::format("“{}” stands twice", requirement->id)));
        regulation.requirements.push_back(std::move(*requirement));
    }
    return {};
}

}
