#include "core/clauses/review.h"

#include "core/clauses/evidence.h"
#include "core/clauses/matching.h"
#include "core/clauses/parameters.h"
#include "core/clauses/parties.h"
#include "core/clauses/weigh/contractweights.h"
#include "core/document/language.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>

namespace leeway::clauses {
namespace {

constexpr std::size_t most_picked = 2; // sentences that weights alone make evidence
constexpr float surely_bearing = 0.6F; // from here on a sentence is evidence beside those of the rules

class Reviewer
{
public:
    Reviewer(const document::Document& document, Tokens tokens, const Pack& pack)
        : m_document(document),
          m_pack(pack),
          m_rules(*pack.rules)
    {
        m_review.parties = mark_parties(tokens);
        m_reading = read(document, m_rules.lexicon, std::move(tokens));
        const auto count = static_cast<std::uint32_t>(m_reading.sentences.size());
        if (m_rules.subjects == nullptr || count < shortest_passage)
            return;
        m_sayings = std::make_unique<Sayings>(m_reading, m_rules.lexicon);
        if (count <= longest_passage && m_reading.tokens.tokens.size() <= longest_passage_words)
            look_for_subjects({0, count});
        if (m_subjects.empty() && m_rules.contracts != nullptr)
            m_bearing = bearing_sentences(m_rules.contracts->bearing, count,
                                          [&](std::uint32_t s) { return m_sayings->gist(s); });
    }

    Review run()
    {
        m_review.pack = m_pack.id;
        m_review.pack_version = m_pack.version;
        m_review.pack_sha256 = m_pack.sha256;
        m_review.engine = std::string(engine_version);
        for (std::size_t i = 0; i < m_pack.checks.size(); ++i)
            m_review.findings.push_back(find(m_pack.checks[i], m_rules.checks[i]));
        return std::move(m_review);
    }

private:
    // A short text on few checks is weighed as a whole, on each that it is on.
    void look_for_subjects(Span sentences)
    {
        std::vector<float> odds(m_rules.subjects->checks.size());
        m_rules.subjects->score(m_sayings->gist_of(sentences), odds);
        const auto count = static_cast<std::size_t>(
            std::count_if(odds.begin(), odds.end(), [](float o) { return on_subject(o, false); }));
        if (count > most_subjects)
            return;
        m_subjects = std::move(odds);
        m_wording = m_sayings->of(sentences);
    }

    [[nodiscard]] bool is_on(const Check& check, const std::vector<std::vector<Match>>& matches) const
    {
        const auto place = m_rules.subjects->place_of(check.id);
        return place < m_subjects.size() && on_subject(m_subjects[place], any_fires(matches));
    }

    Finding find(const Check& check, const CheckRules& rules)
    {
        const auto matches = match_signals(m_reading, rules);
        const Ruling ruling = rule(rules, matches);
        const Resolution& resolution = *ruling.resolution;
        Finding finding;
        finding.check = check.id;
        finding.verdict = resolution.verdict;
        finding.confidence = resolution.confidence;
        const bool weighed = !m_subjects.empty() && rules.weights != nullptr && is_on(check, matches);
        if (weighed)
            weigh(check, rules, matches, ruling, finding);
        const std::size_t place = m_bearing.empty() ? 0 : m_rules.contracts->bearing.place_of(check.id);
        const bool by_bearing = place < m_bearing.size() && !m_rules.contracts->checks[place].empty();
        if (by_bearing)
            weigh_contract(check, ruling, place, finding);
        std::vector<std::uint32_t> sentences;
        if (finding.verdict != Verdict::Missing && finding.verdict == resolution.verdict)
            sentences = gather(resolution, rules, matches, finding);
        if (sentences.empty() && finding.verdict != Verdict::Missing && weighed)
            sentences = pick(rules, matches, finding);
        if (by_bearing && finding.verdict != Verdict::Missing)
            add_bearing(m_bearing[place], rules, matches, sentences, finding);
        finding.why.push_back(resolution.verdict == finding.verdict && !resolution.why.empty()
                                  ? resolution.why
                                  : check.meaning(finding.verdict));
        finding.parameters = read_parameters(m_document, m_reading, rules, sentences);
        return finding;
    }

    // A short text is weighed: what it says counts beside the rules.
    void weigh(const Check& check, const CheckRules& rules, const std::vector<std::vector<Match>>& matches,
               const Ruling& ruling, Finding& finding) const
    {
        Wording wording = m_wording;
        wording[static_cast<std::size_t>(SaidGroup::Rules)] = rules_said(rules, matches, ruling);
        const VerdictScores found = chances(*rules.weights, wording, check.polarity);
        const Verdict chosen = choose(found);
        const double confidence = found[static_cast<std::size_t>(chosen)];
        if (confidence < unsure && ruling.decided)
            return;
        finding.verdict = chosen;
        finding.confidence = confidence;
    }

    // Of a longer text, the sentences that bear on the check are weighed, and stand beside the rules.
    void weigh_contract(const Check& check, const Ruling& ruling, std::size_t place, Finding& finding)
    {
        const ContractWeights& weights = *m_rules.contracts;
        const auto& bearing = m_bearing[place];
        const Wording wording =
            gathered(bearing, [&](std::uint32_t s) -> const Wording& { return sentence_wording(s); });
        const VerdictScores said = chances(weights.checks[place], wording, check.polarity);
        const VerdictScores found =
            joined_chances(weights.joined, known_of(said, ruling, bearing, check.polarity), check.polarity);
        const Settled settled = settle(found, *ruling.resolution);
        finding.verdict = settled.verdict;
        finding.confidence = settled.confidence;
    }

    const Wording& sentence_wording(std::uint32_t s)
    {
        const auto [at, fresh] = m_wordings.try_emplace(s);
        if (fresh)
            at->second = m_sayings->of({s, s + 1}, m_subjects.empty() ? &m_rules.contracts->known : nullptr);
        return at->second;
    }

    // The sentences that bear most on a verdict join its evidence.
    void add_bearing(const std::vector<BearingSentence>& bearing, const CheckRules& rules,
                     const std::vector<std::vector<Match>>& matches, std::vector<std::uint32_t>& sentences,
                     Finding& finding) const
    {
        const bool needs_place = finding.verdict == Verdict::Partial || finding.verdict == Verdict::Adverse;
        for (const BearingSentence& candidate : bearing) {
            if (m_reading.sentences[candidate.sentence].is_heading)
                continue;
            if (sentences.size() >= most_passages)
                break;
            const bool needed = needs_place && sentences.empty();
            if (!needed && (chance_of(candidate.odds) < surely_bearing))
                break;
            if (std::find(sentences.begin(), sentences.end(), candidate.sentence) != sentences.end())
                continue;
            sentences.push_back(candidate.sentence);
            finding.evidence.push_back(
                make_passage(m_document, candidate.sentence,
                             role_of(candidate.sentence, rules, matches, finding.verdict)));
        }
        std::sort(sentences.begin(), sentences.end());
        std::stable_sort(finding.evidence.begin(), finding.evidence.end(),
                         [](const Evidence& a, const Evidence& b) { return a.begin < b.begin; });
    }

    // What a sentence that weights chose does: what a signal sees in it, or else what the verdict is about.
    static Role role_of(std::uint32_t sentence, const CheckRules& rules,
                        const std::vector<std::vector<Match>>& matches, Verdict verdict)
    {
        const Role expected = verdict == Verdict::Adverse   ? Role::Takes
                              : verdict == Verdict::Partial ? Role::Bounds
                                                            : Role::Gives;
        Role seen = expected;
        for (std::size_t i = 0; i < matches.size(); ++i) {
            const bool fires = std::any_of(matches[i].begin(), matches[i].end(),
                                           [&](const Match& m) { return m.sentence == sentence; });
            if (fires && rules.signals[i].role == expected)
                return expected;
            if (fires)
                seen = rules.signals[i].role;
        }
        return seen;
    }

    // The sentences whose own wording speaks most for the verdict.
    std::vector<std::uint32_t> pick(const CheckRules& rules, const std::vector<std::vector<Match>>& matches,
                                    Finding& finding)
    {
        std::vector<std::pair<double, std::uint32_t>> ranked;
        for (std::uint32_t s = 0; s < m_reading.sentences.size(); ++s) {
            if (m_reading.sentences[s].is_heading)
                continue;
            const VerdictScores scores = rules.weights->scores(sentence_wording(s));
            const double mean = (scores[0] + scores[1] + scores[2] + scores[3]) / 4;
            const double score = scores[static_cast<std::size_t>(finding.verdict)] - mean;
            ranked.emplace_back(-score, s);
        }
        std::sort(ranked.begin(), ranked.end());
        // What is said needs a place, silence has none.
        const bool needs_place = finding.verdict == Verdict::Partial || finding.verdict == Verdict::Adverse;
        const auto against =
            std::find_if(ranked.begin(), ranked.end(), [](const auto& r) { return r.first >= 0; });
        const auto speaking = static_cast<std::size_t>(against - ranked.begin());
        ranked.resize(
            std::min({most_picked, ranked.size(), std::max<std::size_t>(speaking, needs_place ? 1 : 0)}));
        std::vector<std::uint32_t> sentences;
        for (const auto& [score, s] : ranked)
            sentences.push_back(s);
        std::sort(sentences.begin(), sentences.end());
        for (const std::uint32_t s : sentences)
            finding.evidence.push_back(
                make_passage(m_document, s, role_of(s, rules, matches, finding.verdict)));
        return sentences;
    }

    // Turns the deciding sentences into evidence and reasons; gives the sentences in order.
    std::vector<std::uint32_t> gather(const Resolution& resolution, const CheckRules& rules,
                                      const std::vector<std::vector<Match>>& matches, Finding& finding) const
    {
        std::vector<std::uint32_t> sentences;
        std::vector<std::pair<Role, std::string>> reasons;
        std::set<std::string> said;
        for (const auto& [sentence, number] : deciding_sentences(m_reading, rules, resolution, matches)) {
            const Signal& signal = rules.signals[number];
            sentences.push_back(sentence);
            finding.evidence.push_back(make_passage(m_document, sentence, signal.role));
            if (!signal.why.empty() && said.insert(signal.why).second)
                reasons.emplace_back(signal.role, reason_text(signal.why, finding.evidence.back().section));
        }
        // What is given comes before what is taken back or bounded.
        std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) {
            return a.first == Role::Gives && b.first != Role::Gives;
        });
        for (std::size_t i = 0; i < reasons.size(); ++i) {
            const bool turns = finding.verdict != Verdict::Met && i > 0 &&
                               reasons[i - 1].first == Role::Gives && reasons[i].first != Role::Gives;
            finding.why.push_back(turns ? turning(std::move(reasons[i].second))
                                        : std::move(reasons[i].second));
        }
        return sentences;
    }

    static std::string turning(std::string reason)
    {
        if (reason.starts_with("The "))
            reason.front() = 't';
        return "But " + reason;
    }

    const document::Document& m_document;
    const Pack& m_pack;
    const Rules& m_rules;
    Reading m_reading;
    std::unique_ptr<Sayings> m_sayings; // none: the rules alone decide
    std::vector<float> m_subjects;      // of a passage: how much it sounds like texts on each check
    // Of a longer text: on each check of ContractWeights.
    std::vector<std::vector<BearingSentence>> m_bearing;
    Wording m_wording;                           // of the whole text, when it is short
    std::map<std::uint32_t, Wording> m_wordings; // of sentences, once they are asked for
    Review m_review;
};

}

std::string_view to_string(Role role)
{
    switch (role) {
    case Role::Gives:
        return "gives";
    case Role::Takes:
        return "takes";
    case Role::Bounds:
        return "bounds";
    }
    return "gives";
}

Review review(const document::Document& document, const Pack& pack)
{
    return review(document, tokenize(document), pack);
}

Review review(const document::Document& document, Tokens tokens, const Pack& pack)
{
    std::string outside = document::outside_language(document, "en");
    if (outside.empty())
        return Reviewer(document, std::move(tokens), pack).run();
    return {.pack = pack.id,
            .pack_version = pack.version,
            .pack_sha256 = pack.sha256,
            .engine = std::string(engine_version),
            .parties = {},
            .findings = {},
            .outside = std::move(outside)};
}

std::string outside_message(std::string_view language)
{
    return fmt::format(
        "The text is in {}, and the checks read English: nothing was looked for. Add an English "
        "translation or version, or read it yourself and decide each check.",
        document::language_name(language));
}

}
