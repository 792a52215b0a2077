#include "core/clauses/rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <limits>

namespace leeway::clauses {
namespace {

using nlohmann::json;

struct PlainAsk
{
    std::string_view name;
    Ask ask;
    Side side = Side::None;
};

constexpr std::array plain_asks{PlainAsk{"@vendor", Ask::Actor, Side::Vendor},
                                PlainAsk{"@customer", Ask::Actor, Side::Customer},
                                PlainAsk{"@either", Ask::Actor, Side::Either},
                                PlainAsk{"@nobody", Ask::Actor, Side::None},
                                PlainAsk{"@may", Ask::May},
                                PlainAsk{"@must", Ask::Must},
                                PlainAsk{"@must-not", Ask::MustNot},
                                PlainAsk{"@need-not", Ask::NeedNot},
                                PlainAsk{"@allowed", Ask::Allowed},
                                PlainAsk{"@denied", Ask::Denied},
                                PlainAsk{"@exception", Ask::Exception},
                                PlainAsk{"@condition", Ask::Condition},
                                PlainAsk{"@override", Ask::Override},
                                PlainAsk{"@item", Ask::Item},
                                PlainAsk{"@title", Ask::Title}};

constexpr std::array<std::pair<std::string_view, Ask>, 3> places{
    {{"heading:", Ask::Heading}, {"around:", Ask::Around}, {"sentence:", Ask::Sentence}}};
constexpr std::array<std::pair<std::string_view, Ask>, 3> figures{
    {{"@days", Ask::Days}, {"@percent", Ask::Percent}, {"@money", Ask::Money}}};

base::Result<Atom> figure_atom(Ask ask, std::string_view compare)
{
    Atom atom;
    atom.ask = ask;
    atom.least = 0;
    atom.most = std::numeric_limits<double>::max();
    if (compare.empty())
        return atom;
    const std::size_t signs = compare.find_first_not_of("<>=");
    double value = 0;
    if (signs == std::string_view::npos ||
        std::from_chars(compare.data() + signs, compare.data() + compare.size(), value).ec != std::errc())
        return base::fail(base::ErrorCode::Invalid, fmt::format("“{}” compares with no number", compare));
    const std::string_view sign = compare.substr(0, signs);
    constexpr double hair = 1e-6;
    if (sign == ">=")
        atom.least = value - hair;
    else if (sign == ">")
        atom.least = value + hair;
    else if (sign == "<=")
        atom.most = value + hair;
    else if (sign == "<")
        atom.most = value - hair;
    else if (sign == "=")
        atom.least = value - hair, atom.most = value + hair;
    else
        return base::fail(base::ErrorCode::Invalid, fmt::format("“{}” is no comparison", compare));
    return atom;
}

base::Result<Atom> parse_atom(std::string_view name, const Lexicon& lexicon)
{
    for (const PlainAsk& plain : plain_asks) {
        if (plain.name == name)
            return Atom{plain.ask, 0, plain.side, 0, 0};
    }
    for (const auto& [word, ask] : figures) {
        if (name.starts_with(word))
            return figure_atom(ask, name.substr(word.size()));
    }
    Ask ask = Ask::Concept;
    for (const auto& [word, place] : places) {
        if (name.starts_with(word)) {
            ask = place;
            name.remove_prefix(word.size());
            break;
        }
    }
    const int id = lexicon.find(name);
    if (id < 0)
        return base::fail(base::ErrorCode::Invalid, fmt::format("there is no concept “{}”", name));
    return Atom{ask, static_cast<ConceptId>(id), Side::None, 0, 0};
}

class Compiler
{
public:
    Compiler(const base::JsonFile& file, std::string path, const Lexicon& lexicon)
        : m_file(file),
          m_lexicon(lexicon),
          m_path(std::move(path)),
          m_check(file.value.at(json::json_pointer(m_path)))
    {
    }

    base::Result<CheckRules> compile(bool resolves)
    {
        auto done = signals();
        if (done && resolves)
            done = resolutions();
        if (done)
            done = parameters();
        if (!done)
            return tl::unexpected(done.error());
        return std::move(m_out);
    }

private:
    int find_signal(std::string_view name) const
    {
        for (std::size_t i = 0; i < m_out.signals.size(); ++i) {
            if (m_out.signals[i].name == name)
                return static_cast<int>(i);
        }
        return -1;
    }

    static Role role_of(const std::string& text)
    {
        return text == "takes" ? Role::Takes : text == "bounds" ? Role::Bounds : Role::Gives;
    }

    base::Status signals()
    {
        const json& list = m_check.value("signals", json::array());
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string path = fmt::format("{}/signals/{}", m_path, i);
            Signal signal;
            signal.name = list[i].at("name").get<std::string>();
            signal.role = role_of(list[i].at("role").get<std::string>());
            signal.scope = list[i].value("scope", "sentence") == "clause" ? Scope::Clause : Scope::Sentence;
            signal.why = list[i].value("why", "");
            if (find_signal(signal.name) >= 0)
                return tl::unexpected(
                    m_file.error(path + "/name", fmt::format("the signal “{}” stands twice", signal.name)));
            auto when = Expression::parse(list[i].at("when").get_ref<const std::string&>(),
                                          [&](std::string_view name) -> base::Result<std::uint32_t> {
                                              auto atom = parse_atom(name, m_lexicon);
                                              if (!atom)
                                                  return tl::unexpected(atom.error());
                                              signal.atoms.push_back(*atom);
                                              return static_cast<std::uint32_t>(signal.atoms.size() - 1);
                                          });
            if (!when)
                return tl::unexpected(m_file.error(path + "/when", when.error().message));
            signal.when = std::move(*when);
            m_out.signals.push_back(std::move(signal));
        }
        return {};
    }

    base::Status resolutions()
    {
        const json& list = m_check.at("resolve");
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string path = fmt::format("{}/resolve/{}", m_path, i);
            Resolution resolution;
            resolution.confidence = list[i].value("confidence", 0.5);
            resolution.why = list[i].value("why", "");
            auto verdict = parse_verdict(list[i].at("verdict").get_ref<const std::string&>());
            if (!verdict)
                return tl::unexpected(m_file.error(path + "/verdict", verdict.error().message));
            resolution.verdict = *verdict;
            if (m_check.at("polarity") == "hazard" && *verdict == Verdict::Missing)
                return tl::unexpected(
                    m_file.error(path + "/verdict", "a hazard check is never “missing”: use “met”"));
            if (list[i].contains("if")) {
                auto when = Expression::parse(
                    list[i].at("if").get_ref<const std::string&>(),
                    [&](std::string_view name) -> base::Result<std::uint32_t> {
                        const int signal = find_signal(name);
                        if (signal < 0)
                            return base::fail(base::ErrorCode::Invalid,
                                              fmt::format("there is no signal “{}” in this check", name));
                        return static_cast<std::uint32_t>(signal);
                    });
                if (!when)
                    return tl::unexpected(m_file.error(path + "/if", when.error().message));
                resolution.deciding = when->positive();
                resolution.when = std::move(*when);
            }
            m_out.resolutions.push_back(std::move(resolution));
        }
        if (!m_out.resolutions.back().when.nodes().empty())
            return tl::unexpected(
                m_file.error(m_path + "/resolve", "the last entry must stand without “if”"));
        return {};
    }

    base::Status parameters()
    {
        const json& list = m_check.value("parameters", json::array());
        for (std::size_t i = 0; i < list.size(); ++i) {
            ParameterRule rule;
            rule.name = list[i].at("name").get<std::string>();
            const auto& figure = list[i].at("figure").get_ref<const std::string&>();
            rule.kind = figure == "percent" ? TokenKind::Percent
                        : figure == "money" ? TokenKind::Money
                        : figure == "word"  ? TokenKind::Word
                                            : TokenKind::Duration;
            rule.value = list[i].value("value", "");
            if (list[i].contains("near")) {
                const auto& name = list[i].at("near").get_ref<const std::string&>();
                rule.near = m_lexicon.find(name);
                if (rule.near < 0)
                    return tl::unexpected(m_file.error(fmt::format("{}/parameters/{}/near", m_path, i),
                                                       fmt::format("there is no concept “{}”", name)));
            }
            m_out.parameters.push_back(std::move(rule));
        }
        return {};
    }

    const base::JsonFile& m_file;
    const Lexicon& m_lexicon;
    std::string m_path;
    const json& m_check;
    CheckRules m_out;
};

}

base::Result<CheckRules> compile_rules(const base::JsonFile& file, std::size_t index, const Lexicon& lexicon)
{
    return Compiler(file, fmt::format("/checks/{}", index), lexicon).compile(true);
}

base::Result<CheckRules> compile_signals(const base::JsonFile& file, const std::string& pointer,
                                         const Lexicon& lexicon)
{
    return Compiler(file, pointer, lexicon).compile(false);
}

}
