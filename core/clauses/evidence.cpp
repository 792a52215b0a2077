#include "core/clauses/evidence.h"

#include <algorithm>
#include <array>
#include <map>

namespace leeway::clauses {
namespace {

constexpr double agreement_worth = 1.0; // of each further signal of the check at the same sentence
constexpr double deciding_worth = 1.5;  // of each further deciding signal
constexpr double operative_worth = 1.5; // of a sentence that obliges, allows or forbids
constexpr double acting_worth = 1.0;    // of one in which a party acts ("Customer pays …")
constexpr double figure_worth = 0.5;    // of a time, a share or a sum
constexpr double definition_cost = 1.5;
constexpr double long_cost = 0.02;  // of each word above a short sentence
constexpr double close_worth = 2.0; // within which a further passage is as good as the best
constexpr std::uint32_t short_sentence = 40;
constexpr std::uint32_t longest_title = 10;  // words
constexpr std::uint32_t longest_caption = 3; // words that say nothing without a verb
constexpr std::size_t longest_function_word = 3;

// The heading with which a paragraph begins: "7.3 No training. Provider shall not …".
bool runs_in(const Reading& reading, std::uint32_t sentence)
{
    const std::uint32_t block = reading.sentences[sentence].block;
    const bool first = sentence == 0 || reading.sentences[sentence - 1].block != block;
    return first && sentence + 1 < reading.sentences.size() && reading.sentences[sentence + 1].block == block;
}

bool says_nothing(const Reading& reading, std::uint32_t sentence)
{
    const Phrase& phrase = reading.sentences[sentence];
    if (phrase.is_heading)
        return true;
    const std::uint32_t words = phrase.tokens.end - phrase.tokens.begin;
    if (words > longest_title)
        return false;
    bool capitals = true;
    for (std::uint32_t t = phrase.tokens.begin; t < phrase.tokens.end; ++t) {
        const Token& token = reading.tokens.tokens[t];
        const std::string& word = reading.tokens.word(t);
        if (word == "is" || word == "are" || token.kind == TokenKind::Money)
            return false;
        if (token.kind == TokenKind::Word && !token.capital && word.size() > longest_function_word)
            capitals = false;
    }
    const auto any = [&](const auto& holds) {
        return std::any_of(reading.clauses.begin() + phrase.clauses.begin,
                           reading.clauses.begin() + phrase.clauses.end, holds);
    };
    // "No training." is denied, but nobody acts in it.
    if (runs_in(reading, sentence) && !any([](const Clause& clause) { return clause.actor != Side::None; }))
        return true;
    return !any([](const Clause& clause) { return clause.own; }) && (capitals || words <= longest_caption);
}

// The sentence itself, or the one below a heading or caption; past the end where neither says anything.
std::uint32_t telling(const Reading& reading, std::uint32_t sentence)
{
    const auto count = static_cast<std::uint32_t>(reading.sentences.size());
    const std::uint32_t next = sentence + 1;
    if (!says_nothing(reading, sentence))
        return sentence;
    return next < count && !says_nothing(reading, next) ? next : count;
}

bool defines(const Reading& reading, const Phrase& phrase)
{
    constexpr std::uint32_t reach = 12;
    const std::uint32_t end = std::min(phrase.tokens.end, phrase.tokens.begin + reach);
    for (std::uint32_t t = phrase.tokens.begin; t < end; ++t) {
        const std::string& word = reading.tokens.word(t);
        if (word == "means" || word == "mean")
            return true;
    }
    return false;
}

struct Candidate
{
    std::uint32_t sentence = 0;
    std::vector<std::uint32_t> signals; // the deciding ones, in the order of the resolution
    Role role = Role::Gives;
    double worth = 0;
};

double plain_worth(const Reading& reading, const Phrase& phrase)
{
    double worth = 0;
    const auto any = [&](const auto& holds) {
        return std::any_of(reading.clauses.begin() + phrase.clauses.begin,
                           reading.clauses.begin() + phrase.clauses.end, holds);
    };
    if (any([](const Clause& clause) { return clause.own && clause.modality != Modality::Is; }))
        worth += operative_worth;
    else if (any([](const Clause& clause) { return clause.own; }))
        worth += acting_worth;
    for (std::uint32_t t = phrase.tokens.begin; t < phrase.tokens.end; ++t) {
        if (reading.tokens.tokens[t].kind > TokenKind::Number) {
            worth += figure_worth;
            break;
        }
    }
    if (defines(reading, phrase))
        worth -= definition_cost;
    const std::uint32_t words = phrase.tokens.end - phrase.tokens.begin;
    return words > short_sentence ? worth - long_cost * (words - short_sentence) : worth;
}

std::vector<Candidate> candidates(const Reading& reading, const CheckRules& rules,
                                  const Resolution& resolution,
                                  const std::vector<std::vector<Match>>& matches, bool headings_stand)
{
    std::map<std::uint32_t, Candidate> found;
    for (const std::uint32_t signal : resolution.deciding) {
        for (const Match& match : matches[signal]) {
            const std::uint32_t sentence = headings_stand ? match.sentence : telling(reading, match.sentence);
            if (sentence >= reading.sentences.size())
                continue;
            const auto [at, fresh] =
                found.try_emplace(sentence, Candidate{sentence, {}, rules.signals[signal].role, 0});
            at->second.worth += fresh ? plain_worth(reading, reading.sentences[sentence]) : deciding_worth;
            at->second.signals.push_back(signal);
        }
    }
    for (std::uint32_t signal = 0; signal < matches.size(); ++signal) {
        const bool decides = std::find(resolution.deciding.begin(), resolution.deciding.end(), signal) !=
                             resolution.deciding.end();
        for (const Match& match : matches[signal]) {
            if (const auto at = found.find(match.sentence); !decides && at != found.end())
                at->second.worth += agreement_worth;
        }
    }
    std::vector<Candidate> result;
    for (const auto& [sentence, candidate] : found)
        result.push_back(candidate);
    std::stable_sort(result.begin(), result.end(),
                     [](const Candidate& a, const Candidate& b) { return a.worth > b.worth; });
    return result;
}

class Choice
{
public:
    [[nodiscard]] bool has_role(Role role) const { return m_roles[static_cast<std::size_t>(role)]; }

    // The candidate's first signal for which no chosen sentence stands.
    [[nodiscard]] std::vector<std::uint32_t>::const_iterator first_new(const Candidate& candidate) const
    {
        return std::find_if(candidate.signals.begin(), candidate.signals.end(), [&](std::uint32_t signal) {
            return std::find(m_signals.begin(), m_signals.end(), signal) == m_signals.end();
        });
    }

    void add(const Candidate& candidate, bool wanted)
    {
        const bool taken = std::any_of(m_chosen.begin(), m_chosen.end(),
                                       [&](const Deciding& d) { return d.sentence == candidate.sentence; });
        if (!wanted || taken || m_chosen.size() == most_passages)
            return;
        const auto fresh = first_new(candidate);
        const std::uint32_t signal = fresh != candidate.signals.end() ? *fresh : candidate.signals.front();
        m_chosen.push_back({candidate.sentence, signal});
        m_roles[static_cast<std::size_t>(candidate.role)] = true;
        m_signals.insert(m_signals.end(), candidate.signals.begin(), candidate.signals.end());
    }

    [[nodiscard]] std::vector<Deciding> in_order()
    {
        std::sort(m_chosen.begin(), m_chosen.end(),
                  [](const Deciding& a, const Deciding& b) { return a.sentence < b.sentence; });
        return std::move(m_chosen);
    }

private:
    std::vector<Deciding> m_chosen;
    std::vector<std::uint32_t> m_signals; // that the chosen sentences stand for
    std::array<bool, 3> m_roles{};
};

bool is_numbered(const std::string& section)
{
    return section.front() >= '0' && section.front() <= '9';
}

bool is_named_part(const std::string& section)
{
    static constexpr std::array parts{
        std::string_view("Schedule"), std::string_view("Annex"),   std::string_view("Appendix"),
        std::string_view("Exhibit"),  std::string_view("Section"), std::string_view("Article"),
        std::string_view("Part"),     std::string_view("Clause"),  std::string_view("Addendum")};
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return section.starts_with(part); });
}

}

std::vector<Deciding> deciding_sentences(const Reading& reading, const CheckRules& rules,
                                         const Resolution& resolution,
                                         const std::vector<std::vector<Match>>& matches)
{
    Choice choice;
    std::vector<Candidate> ranked = candidates(reading, rules, resolution, matches, false);
    if (ranked.empty())
        ranked = candidates(reading, rules, resolution, matches, true);
    for (const Candidate& candidate : ranked)
        choice.add(candidate, !choice.has_role(candidate.role));
    for (const Candidate& candidate : ranked)
        choice.add(candidate, choice.first_new(candidate) != candidate.signals.end());
    for (const Candidate& candidate : ranked)
        choice.add(candidate, candidate.worth >= ranked.front().worth - close_worth);
    return choice.in_order();
}

Evidence make_passage(const document::Document& document, std::uint32_t sentence, Role role)
{
    const document::Sentence& at = document.sentences[sentence];
    Evidence evidence;
    evidence.begin = at.begin;
    evidence.end = at.end;
    evidence.page = document::page_at(document, at.begin);
    evidence.section = document::section_at(document, at.begin);
    evidence.text = std::string(document.slice(at.begin, at.end));
    evidence.role = role;
    return evidence;
}

std::string reason_text(std::string why, const std::string& section)
{
    static constexpr std::string_view place = "{section}";
    const std::string cited = section.empty()          ? "The text"
                              : is_numbered(section)   ? "§" + section
                              : is_named_part(section) ? section
                                                       : "The part “" + section + "”";
    for (auto at = why.find(place); at != std::string::npos; at = why.find(place, at + cited.size()))
        why.replace(at, place.size(), cited);
    return why;
}

}
