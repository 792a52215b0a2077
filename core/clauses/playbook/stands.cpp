#include "core/clauses/evidence.h"
#include "core/clauses/parameters.h"
#include "core/clauses/parties.h"
#include "core/clauses/playbook/playbook.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace leeway::clauses {
namespace {

class Negotiator
{
public:
    Negotiator(const document::Document& document, const Reading& reading,
               const std::vector<Finding>& findings, const Check& check, const CheckPlaybook& playbook)
        : m_document(document),
          m_reading(reading),
          m_findings(findings),
          m_finding(find_finding(findings, check.id)),
          m_check(check),
          m_playbook(playbook),
          m_matches(match_signals(reading, playbook.rules)),
          m_figures(read_figures())
    {
    }

    Stand take()
    {
        Stand stand;
        stand.check = m_check.id;
        find_position(stand);
        for (std::size_t i = 0; i < m_playbook.unacceptable.size(); ++i) {
            const auto& when = m_playbook.unacceptable[i].when;
            if (!when) {
                stand.unread.push_back(i);
            } else if (holds(*when, facts())) {
                Breach breach;
                breach.entry = i;
                explain(*when, breach.evidence, breach.why);
                stand.breaches.push_back(std::move(breach));
            }
        }
        return stand;
    }

private:
    // Figures of the playbook are read where its own signals fired; those of the finding come first.
    std::vector<Parameter> read_figures() const
    {
        std::set<std::uint32_t> sentences;
        for (std::size_t i = m_playbook.check_signals; i < m_matches.size(); ++i) {
            for (const Match& match : m_matches[i])
                sentences.insert(match.sentence);
        }
        std::vector<Parameter> figures =
            m_finding == nullptr ? std::vector<Parameter>() : m_finding->parameters;
        for (Parameter& own :
             read_parameters(m_document, m_reading, m_playbook.rules, {sentences.begin(), sentences.end()}))
            figures.push_back(std::move(own));
        return figures;
    }

    Facts facts() const { return {&m_matches, &m_findings, &m_figures, {}}; }

    void find_position(Stand& stand) const
    {
        const std::size_t count = m_playbook.positions.size();
        for (std::size_t i = 0; i < count; ++i) {
            const auto& when = m_playbook.positions[i].when;
            const bool reached = when ? holds(*when, facts())
                                      : m_finding != nullptr && by_verdict(i, count, m_finding->verdict);
            if (!reached)
                continue;
            stand.position = i;
            stand.stated = when.has_value();
            if (when)
                explain(*when, stand.evidence, stand.why);
            break;
        }
        if (m_finding == nullptr)
            stand.why.emplace_back("The review holds no finding for this check.");
        else if (!stand.stated)
            stand.why.push_back(fmt::format("The verdict is {}: {}", to_string(m_finding->verdict),
                                            m_check.meaning(m_finding->verdict)));
    }

    // Passages and reasons of what speaks for a condition.
    void explain(const Condition& when, std::vector<Evidence>& evidence, std::vector<std::string>& why) const
    {
        Resolution resolution;
        std::set<std::string> said;
        for (const Fact* fact : speaking(when, facts())) {
            if (fact->kind == Fact::Kind::Signal)
                resolution.deciding.push_back(fact->signal);
            else if (fact->kind == Fact::Kind::Figure && said.insert(fact->figure).second)
                why.push_back(figure_text(fact->figure));
        }
        const bool by_signal = !resolution.deciding.empty();
        for (const auto& [sentence, number] :
             deciding_sentences(m_reading, m_playbook.rules, resolution, m_matches)) {
            const Signal& signal = m_playbook.rules.signals[number];
            evidence.push_back(make_passage(m_document, sentence, signal.role));
            if (!signal.why.empty() && said.insert(signal.why).second)
                why.push_back(reason_text(signal.why, evidence.back().section));
        }
        if (by_signal || m_finding == nullptr)
            return;
        evidence = m_finding->evidence;
        why.insert(why.begin(), fmt::format("The verdict is {}: {}", to_string(m_finding->verdict),
                                            m_check.meaning(m_finding->verdict)));
    }

    std::string figure_text(const std::string& name) const
    {
        const auto found = std::find_if(m_figures.begin(), m_figures.end(),
                                        [&](const Parameter& figure) { return figure.name == name; });
        return found == m_figures.end() ? name : fmt::format("{}: {} {}.", name, found->value, found->unit);
    }

    const document::Document& m_document;
    const Reading& m_reading;
    const std::vector<Finding>& m_findings;
    const Finding* m_finding;
    const Check& m_check;
    const CheckPlaybook& m_playbook;
    std::vector<std::vector<Match>> m_matches;
    std::vector<Parameter> m_figures;
};

}

bool by_verdict(std::size_t position, std::size_t count, Verdict verdict)
{
    const bool last = position + 1 == count;
    if (verdict == Verdict::Partial)
        return last && count > 1;
    return verdict == Verdict::Met && (position > 0 || count < 3);
}

std::vector<Stand> take_stands(const document::Document& document, const std::vector<Finding>& findings,
                               const Pack& pack)
{
    Tokens tokens = tokenize(document);
    mark_parties(tokens);
    const Reading reading = read(document, pack.rules->lexicon, std::move(tokens));
    std::vector<Stand> stands;
    for (std::size_t i = 0; i < pack.checks.size(); ++i)
        stands.push_back(
            Negotiator(document, reading, findings, pack.checks[i], pack.playbook->checks[i]).take());
    return stands;
}

}
