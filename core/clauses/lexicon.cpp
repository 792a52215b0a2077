#include "core/clauses/lexicon.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

// Elements below this number are classes of tokens, in this order.
constexpr std::array<std::string_view, 7> classes{"vendor",  "customer", "party", "duration",
                                                  "percent", "money",    "number"};
constexpr std::uint8_t short_gap = 3;   // words that ".." stands for
constexpr std::uint8_t longest_gap = 8; // words that "..." stands for
constexpr std::size_t shortest_prefix = 2;
constexpr std::size_t longest_prefix = 32;
constexpr std::size_t most_expansions = 6000;
constexpr std::size_t longest_phrase = 40; // words; with three gaps of eight a hit stays under 80

bool in_class(std::uint32_t element, const Token& token)
{
    switch (element) {
    case 0:
        return token.side == Side::Vendor;
    case 1:
        return token.side == Side::Customer;
    case 2:
        return token.side != Side::None;
    case 3:
        return token.kind == TokenKind::Duration;
    case 4:
        return token.kind == TokenKind::Percent;
    case 5:
        return token.kind == TokenKind::Money;
    default:
        return token.kind == TokenKind::Number;
    }
}

// A bit for each class that the token is in.
std::uint64_t class_bits(const Token& token)
{
    if (token.kind == TokenKind::Word && token.side == Side::None)
        return 0;
    std::uint64_t bits = 0;
    for (std::uint32_t element = 0; element < classes.size(); ++element)
        bits |= std::uint64_t{in_class(element, token)} << element;
    return bits;
}

}

class LexiconBuilder
{
public:
    LexiconBuilder(Lexicon& out, const base::JsonFile& file, std::string pointer)
        : m_out(out),
          m_file(file),
          m_pointer(std::move(pointer)),
          m_concepts(m_file.value.at(nlohmann::json::json_pointer(m_pointer)))
    {
    }

    base::Status build()
    {
        for (const auto& [name, phrases] : m_concepts.items())
            m_out.m_names.push_back(name);
        if (m_out.m_names.size() > 4000)
            return tl::unexpected(m_file.error(m_pointer, "more than 4000 concepts"));
        m_out.m_inheritable.resize(m_out.m_names.size());
        m_out.m_by_first.resize(classes.size());
        ConceptId id = 0;
        for (const auto& [name, phrases] : m_concepts.items()) {
            auto rows = expand_concept(name, 0);
            if (!rows)
                return tl::unexpected(rows.error());
            for (Row& row : *rows)
                add(row, id);
            ++id;
        }
        for (Lexicon::Starts& starts : m_out.m_by_first) {
            std::stable_sort(starts.adjacent.begin(), starts.adjacent.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
        }
        return {};
    }

private:
    struct Piece
    {
        std::string word; // "=form", "begin*", "<class>" or a word
        std::uint8_t gap = 0;
    };
    using Row = std::vector<Piece>;
    using Rows = base::Result<std::vector<Row>>;

    base::Error error(const std::string& name, std::size_t index, const std::string& complaint) const
    {
        return m_file.error(fmt::format("{}/{}/{}", m_pointer, name, index), complaint);
    }

    Rows expand_concept(const std::string& name, int depth)
    {
        const auto known = m_expanded.find(name);
        if (known != m_expanded.end())
            return known->second;
        const auto& phrases = m_concepts.at(name);
        std::vector<Row> all;
        for (std::size_t i = 0; i < phrases.size(); ++i) {
            auto rows = expand(name, i, phrases[i].get_ref<const std::string&>(), depth);
            if (!rows)
                return rows;
            all.insert(all.end(), rows->begin(), rows->end());
            if (all.size() > most_expansions)
                return tl::unexpected(error(name, i, "the concept stands for too many phrases"));
        }
        m_expanded.emplace(name, all);
        return all;
    }

    Rows expand(const std::string& name, std::size_t index, const std::string& phrase, int depth)
    {
        if (depth > 8)
            return tl::unexpected(error(name, index, "concepts refer to one another in a circle"));
        std::vector<Row> rows{Row()};
        std::uint8_t gap = 0;
        int gaps = 0;
        for (const std::string& part : base::split(phrase, ' ')) {
            if (part.empty())
                continue;
            if (part == ".." || part == "...") {
                if (++gaps > 3)
                    return tl::unexpected(error(name, index, "more than three gaps in a phrase"));
                gap = part == ".." ? short_gap : longest_gap;
                continue;
            }
            auto choices = part_choices(name, index, part, depth);
            if (!choices)
                return choices;
            std::vector<Row> longer;
            for (const Row& row : rows) {
                for (const Row& choice : *choices) {
                    Row joined = row;
                    for (std::size_t k = 0; k < choice.size(); ++k) {
                        Piece piece = choice[k];
                        if (k == 0)
                            piece.gap = std::max(piece.gap, row.empty() ? std::uint8_t{0} : gap);
                        joined.push_back(std::move(piece));
                    }
                    longer.push_back(std::move(joined));
                }
            }
            if (longer.size() > most_expansions)
                return tl::unexpected(error(name, index, "the phrase stands for too many phrases"));
            if (std::any_of(longer.begin(), longer.end(),
                            [](const Row& row) { return row.size() > longest_phrase; }))
                return tl::unexpected(error(name, index, "more than 40 words in a phrase"));
            rows = std::move(longer);
            gap = 0;
        }
        std::erase_if(rows, [](const Row& row) { return row.empty(); });
        if (rows.empty())
            return tl::unexpected(error(name, index, "the phrase is empty"));
        return rows;
    }

    // The rows that one blank-separated part of a phrase stands for; an empty row where it is optional.
    Rows part_choices(const std::string& name, std::size_t index, std::string part, int depth)
    {
        std::vector<Row> result;
        if (part.size() > 1 && part.back() == '?') {
            part.pop_back();
            result.emplace_back();
        }
        for (const std::string& option : base::split(part, '|')) {
            if (option.size() > 2 && option.front() == '<' && option.back() == '>') {
                const std::string inner = option.substr(1, option.size() - 2);
                if (std::find(classes.begin(), classes.end(), inner) != classes.end()) {
                    result.push_back({{option, 0}});
                    continue;
                }
                if (!m_concepts.contains(inner))
                    return tl::unexpected(error(name, index, fmt::format("there is no concept “{}”", inner)));
                auto rows = expand_concept(inner, depth + 1);
                if (!rows)
                    return rows;
                result.insert(result.end(), rows->begin(), rows->end());
                continue;
            }
            const bool exact = option.starts_with('=');
            const bool prefix = option.size() > shortest_prefix && option.back() == '*';
            const std::string bare =
                option.substr(exact ? 1 : 0, option.size() - (exact ? 1 : 0) - (prefix ? 1 : 0));
            Row row;
            for (const std::string& word : phrase_words(bare))
                row.push_back({exact ? "=" + word : word, 0});
            if (row.empty())
                return tl::unexpected(error(name, index, fmt::format("“{}” is no word", option)));
            if (prefix)
                row.back().word += '*';
            result.push_back(std::move(row));
        }
        return result;
    }

    std::uint32_t element(const std::string& word)
    {
        const auto numbered = [&](auto& map, const std::string& key) {
            const auto next = static_cast<std::uint32_t>(m_out.m_by_first.size());
            const auto [at, fresh] = map.emplace(key, next);
            if (fresh)
                m_out.m_by_first.emplace_back();
            return at->second;
        };
        if (word.front() == '<') {
            const auto* found = std::find(classes.begin(), classes.end(), word.substr(1, word.size() - 2));
            return static_cast<std::uint32_t>(found - classes.begin());
        }
        if (word.front() == '=' && word.size() > 1)
            return numbered(m_out.m_exact, word.substr(1));
        if (word.back() == '*' && word.size() > 1)
            return numbered(m_out.m_prefixes, word.substr(0, word.size() - 1));
        return numbered(m_out.m_stems, stem(word));
    }

    void add(const Row& row, ConceptId id)
    {
        Lexicon::Phrase phrase;
        phrase.concept_id = id;
        for (const Piece& piece : row)
            phrase.steps.push_back({element(piece.word), piece.gap});
        phrase.steps.front().gap = 0;
        const std::uint32_t first = phrase.steps.front().element;
        if (phrase.steps.size() == 1) {
            m_out.m_by_first[first].alone.push_back(id);
            return;
        }
        Lexicon::Start start;
        start.phrase = static_cast<std::uint32_t>(m_out.m_phrases.size());
        start.second = phrase.steps[1].element;
        std::size_t farthest = 0; // words behind the first at which a step can stand
        for (std::size_t i = 1; i < phrase.steps.size(); ++i) {
            farthest += phrase.steps[i].gap + std::size_t{1};
            const std::uint64_t bit = std::uint64_t{1} << (phrase.steps[i].element % 64);
            if (farthest == 1)
                start.next |= bit;
            else if (farthest <= short_gap + std::size_t{1})
                start.within_short_gap |= bit;
            else if (farthest <= longest_gap + std::size_t{1})
                start.within_long_gap |= bit;
        }
        Lexicon::Starts& starts = m_out.m_by_first[first];
        (phrase.steps[1].gap == 0 ? starts.adjacent : starts.apart).push_back(start);
        m_out.m_phrases.push_back(std::move(phrase));
    }

    Lexicon& m_out;
    const base::JsonFile& m_file;
    std::string m_pointer;
    const nlohmann::json& m_concepts;
    std::unordered_map<std::string, std::vector<Row>> m_expanded;
};

base::Result<Lexicon> Lexicon::compile(const base::JsonFile& file, const std::string& concepts,
                                       const std::vector<std::string>& inheritable)
{
    Lexicon result;
    if (auto built = LexiconBuilder(result, file, concepts).build(); !built)
        return tl::unexpected(built.error());
    for (const std::string& name : inheritable) {
        const int id = result.find(name);
        if (id < 0)
            return tl::unexpected(file.error("/inheritable", fmt::format("there is no concept “{}”", name)));
        result.m_inheritable[static_cast<std::size_t>(id)] = true;
    }
    return result;
}

int Lexicon::find(std::string_view name) const
{
    // nlohmann's objects are sorted by name.
    const auto found = std::lower_bound(m_names.begin(), m_names.end(), name);
    return found != m_names.end() && *found == name ? static_cast<int>(found - m_names.begin()) : -1;
}

Lexicon::Matcher::Matcher(const Lexicon& lexicon, const Tokens& tokens)
    : m_lexicon(lexicon),
      m_tokens(tokens),
      m_words(tokens.vocabulary.size())
{
}

void Lexicon::Matcher::learn(std::uint32_t word)
{
    const std::string_view text = m_tokens.vocabulary.at(word);
    const auto begin = static_cast<std::ptrdiff_t>(m_elements.size());
    const auto add = [&](const auto& map, const std::string& key) {
        if (const auto found = map.find(key); found != map.end())
            m_elements.push_back(found->second);
    };
    add(m_lexicon.m_exact, m_tokens.vocabulary.at(word));
    add(m_lexicon.m_stems, m_tokens.vocabulary.stem_of(word));
    if (text.size() >= shortest_prefix) {
        const std::string_view opening = text.substr(0, shortest_prefix);
        for (auto at = m_lexicon.m_prefixes.lower_bound(opening);
             at != m_lexicon.m_prefixes.end() && at->first.starts_with(opening); ++at) {
            if (at->first.size() <= longest_prefix && text.starts_with(at->first))
                m_elements.push_back(at->second);
        }
    }
    std::sort(m_elements.begin() + begin, m_elements.end());
    Known& known = m_words[word];
    known.begin = static_cast<std::uint32_t>(begin);
    known.count = static_cast<std::uint32_t>(m_elements.size()) - known.begin;
    for (std::uint32_t i = 0; i < known.count; ++i)
        known.signature |= std::uint64_t{1} << (m_elements[known.begin + i] % 64);
    known.learnt = true;
}

bool Lexicon::Matcher::fits(std::uint32_t element, std::uint32_t token) const
{
    if (element < classes.size())
        return in_class(element, m_tokens.tokens[token]);
    const Known& known = m_words[m_tokens.tokens[token].word];
    if ((known.signature >> (element % 64) & 1) == 0)
        return false;
    const auto* begin = m_elements.data() + known.begin;
    return std::find(begin, begin + known.count, element) != begin + known.count;
}

int Lexicon::Matcher::match(std::size_t phrase, std::size_t step, std::uint32_t token,
                            std::uint32_t end) const
{
    const auto& steps = m_lexicon.m_phrases[phrase].steps;
    if (step == steps.size())
        return static_cast<int>(token) - 1;
    for (std::uint32_t at = token; at < end && at <= token + steps[step].gap; ++at) {
        if (!fits(steps[step].element, at))
            continue;
        if (step + 1 == steps.size())
            return static_cast<int>(at);
        if (const int last = match(phrase, step + 1, at + 1, end); last >= 0)
            return last;
    }
    return -1;
}

template<typename Visit>
void Lexicon::Matcher::each_element(std::uint32_t token, const Visit& visit) const
{
    const Token& t = m_tokens.tokens[token];
    const Known& known = m_words[t.word];
    for (std::uint32_t e = known.begin; e < known.begin + known.count; ++e)
        visit(m_elements[e]);
    for (std::uint64_t left = class_bits(t); left != 0; left &= left - 1)
        visit(static_cast<std::uint32_t>(std::countr_zero(left)));
}

void Lexicon::Matcher::find_adjacent(std::uint32_t element, std::uint32_t token, std::uint32_t end,
                                     const Ahead& ahead, std::vector<Hit>& hits) const
{
    const auto& adjacent = m_lexicon.m_by_first[element].adjacent;
    if (adjacent.empty() || token + 1 == end)
        return;
    each_element(token + 1, [&](std::uint32_t second) {
        auto start = std::lower_bound(adjacent.begin(), adjacent.end(), second,
                                      [](const Start& s, std::uint32_t e) { return s.second < e; });
        for (; start != adjacent.end() && start->second == second; ++start) {
            if (!ahead.may_hold(*start))
                continue;
            if (const int last = match(start->phrase, 2, token + 2, end); last >= 0)
                hits.push_back(
                    {token, static_cast<std::uint32_t>(last), m_lexicon.m_phrases[start->phrase].concept_id});
        }
    });
}

void Lexicon::Matcher::find_from(std::uint32_t element, std::uint32_t token, std::uint32_t end,
                                 const Ahead& ahead, std::vector<Hit>& hits) const
{
    const Starts& starts = m_lexicon.m_by_first[element];
    for (const ConceptId id : starts.alone)
        hits.push_back({token, token, id});
    find_adjacent(element, token, end, ahead, hits);
    for (const Start& start : starts.apart) {
        // Most phrases end here; only the others are looked up.
        if (!ahead.may_hold(start))
            continue;
        if (const int last = match(start.phrase, 1, token + 1, end); last >= 0)
            hits.push_back(
                {token, static_cast<std::uint32_t>(last), m_lexicon.m_phrases[start.phrase].concept_id});
    }
}

bool Lexicon::Matcher::Ahead::may_hold(const Start& start) const
{
    return ((start.next & ~next) | (start.within_short_gap & ~within_short_gap) |
            (start.within_long_gap & ~within_long_gap)) == 0;
}

Lexicon::Matcher::Ahead Lexicon::Matcher::ahead_of(std::size_t at) const
{
    Ahead ahead;
    const std::size_t end = std::min(m_signatures.size(), at + longest_gap + 2);
    for (std::size_t i = at + 1; i < end; ++i) {
        if (i == at + 1)
            ahead.next = m_signatures[i];
        if (i <= at + short_gap + 1)
            ahead.within_short_gap |= m_signatures[i];
        ahead.within_long_gap |= m_signatures[i];
    }
    return ahead;
}

void Lexicon::Matcher::find(Span range, std::vector<Hit>& hits)
{
    m_signatures.clear();
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const Token& token = m_tokens.tokens[i];
        if (!m_words[token.word].learnt)
            learn(token.word);
        m_signatures.push_back(m_words[token.word].signature | class_bits(token));
    }
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (m_signatures[i - range.begin] == 0)
            continue;
        const Ahead ahead = ahead_of(i - range.begin);
        each_element(i, [&](std::uint32_t element) { find_from(element, i, range.end, ahead, hits); });
    }
}

}
