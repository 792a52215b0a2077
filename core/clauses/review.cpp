#include "core/clauses/review.h"

#include "core/clauses/evidence.h"
#include "core/clauses/matching.h"
#include "core/clauses/parameters.h"
#include "core/clauses/parties.h"
#include "core/clauses/passage.h"

#include <algorithm>
#include <set>

namespace leeway::clauses {
namespace {

constexpr std::size_t most_picked = 2; // sentences that weights alone make evidence

class Reviewer
{
public:
    Reviewer(const document::Document& document, const Pack& pack)
        : m_document(document),
          m_pack(pack),
          m_rules(*pack.rules)
    {
        Tokens tokens = tokenize(document);
        m_review.parties = mark_parties(tokens);
        m_reading = read(document, m_rules.lexicon, std::move(tokens));
        m_is_passage = m_reading.sentences.size() <= longest_passage;
        if (m_is_passage)
            m_spoken =
                spoken_features(m_reading, {0, static_cast<std::uint32_t>(m_reading.sentences.size())});
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
    Finding find(const Check& check, const CheckRules& rules)
    {
        const auto matches = match_signals(m_reading, rules);
        const Ruling ruling = rule(rules, matches);
        const Resolution& resolution = *ruling.resolution;
        Finding finding;
        finding.check = check.id;
        finding.verdict = resolution.verdict;
        finding.confidence = resolution.confidence;
        if (m_is_passage && !rules.weights.empty() && !stands(ruling) && on_subject(m_spoken, matches, rules))
            weigh(check, rules, matches, ruling, finding);
        std::vector<std::uint32_t> sentences;
        if (finding.verdict != Verdict::Missing && finding.verdict == resolution.verdict)
            sentences = gather(resolution, rules, matches, finding);
        if (sentences.empty() && finding.verdict != Verdict::Missing && m_is_passage &&
            !rules.weights.empty())
            sentences = pick(rules, matches, finding);
        finding.why.push_back(resolution.verdict == finding.verdict && !resolution.why.empty()
                                  ? resolution.why
                                  : check.meaning(finding.verdict));
        finding.parameters = read_parameters(m_document, m_reading, rules, sentences);
        return finding;
    }

    // A short text is weighed: what it speaks of counts beside the signals.
    void weigh(const Check& check, const CheckRules& rules, const std::vector<std::vector<Match>>& matches,
               const Ruling& ruling, Finding& finding) const
    {
        VerdictScores scores = prior_scores(ruling);
        add_scores(scores, check_features(matches, ruling), rules.weights);
        add_scores(scores, m_spoken, rules.weights);
        for (double& score : scores)
            score /= rules.temperature;
        VerdictScores chances = softmax(scores);
        if (check.polarity == Polarity::Hazard)
            chances[static_cast<std::size_t>(Verdict::Missing)] = 0;
        const auto best = std::max_element(chances.begin(), chances.end());
        finding.verdict = static_cast<Verdict>(best - chances.begin());
        finding.confidence = *best;
    }

    // The sentences whose own features speak most for the verdict.
    std::vector<std::uint32_t> pick(const CheckRules& rules, const std::vector<std::vector<Match>>& matches,
                                    Finding& finding) const
    {
        std::vector<std::pair<double, std::uint32_t>> ranked;
        for (std::uint32_t s = 0; s < m_reading.sentences.size(); ++s) {
            std::vector<std::vector<Match>> here(matches.size());
            for (std::size_t i = 0; i < matches.size(); ++i)
                std::copy_if(matches[i].begin(), matches[i].end(), std::back_inserter(here[i]),
                             [&](const Match& match) { return match.sentence == s; });
            VerdictScores scores{};
            auto features = check_features(here, Ruling{});
            features.erase(features.begin(), features.begin() + 2); // bias and rule are the same everywhere
            add_scores(scores, features, rules.weights);
            add_scores(scores, spoken_features(m_reading, {s, s + 1}), rules.weights);
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
        const Role role = finding.verdict == Verdict::Adverse   ? Role::Takes
                          : finding.verdict == Verdict::Partial ? Role::Bounds
                                                                : Role::Gives;
        for (const std::uint32_t s : sentences)
            finding.evidence.push_back(passage(s, role));
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
            finding.evidence.push_back(passage(sentence, signal.role));
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

    Evidence passage(std::uint32_t sentence, Role role) const
    {
        const document::Sentence& at = m_document.sentences[sentence];
        Evidence evidence;
        evidence.begin = at.begin;
        evidence.end = at.end;
        evidence.page = document::page_at(m_document, at.begin);
        evidence.section = document::section_at(m_document, at.begin);
        evidence.text = std::string(m_document.slice(at.begin, at.end));
        evidence.role = role;
        return evidence;
    }

    const document::Document& m_document;
    const Pack& m_pack;
    const Rules& m_rules;
    Reading m_reading;
    bool m_is_passage = false;
    std::vector<Feature> m_spoken; // of the whole text, when it is short
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
    return Reviewer(document, pack).run();
}

}
