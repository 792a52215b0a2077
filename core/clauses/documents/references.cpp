#include "core/clauses/documents/references.h"

#include "core/base/text.h"
#include "core/document/characters.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace leeway::clauses {
namespace {

constexpr std::size_t longest_label = 5;      // bytes of what follows "Exhibit": "B", "2", "B-1", "VIII"
constexpr std::uint32_t longest_heading = 14; // words of a heading that names an attachment
constexpr std::uint32_t beside = 6;           // words between an attachment's mark and what it is
constexpr std::size_t most_references = 200;

bool is_attachment_word(std::string_view word)
{
    static constexpr std::string_view words[] = {"exhibit", "schedule", "annex", "appendix", "attachment"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// "Exhibit B" in a sentence.
struct Label
{
    std::string key; // "exhibit b"
    Span tokens;
};

std::vector<Label> labels_in(const SetText& text, std::uint32_t sentence)
{
    std::vector<Label> result;
    const Tokens& tokens = text.tokens();
    const Span range = tokens.sentences[sentence];
    for (std::uint32_t t = range.begin; t + 1 < range.end; ++t) {
        if (!is_attachment_word(tokens.word(t)) || !tokens.tokens[t].capital ||
            tokens.tokens[t + 1].marks != 0)
            continue;
        const std::string_view mark = text.slice({t + 1, t + 2});
        const bool fits =
            mark.size() <= longest_label &&
            (document::is_digit(mark.front()) ||
             std::none_of(mark.begin(), mark.end(), [](char c) { return document::is_lower(c); }));
        if (fits)
            result.push_back({tokens.word(t) + " " + base::lowered(mark), {t, t + 2}});
    }
    return result;
}

/// What a set holds: kinds of documents and attachments.
struct Held
{
    std::set<int> kinds;
    std::set<std::string> labels;
};

class Finder
{
public:
    Finder(const std::vector<SetPart>& parts, const DocumentKinds& kinds) : m_parts(parts), m_kinds(kinds) {}

    std::vector<Reference> run()
    {
        for (const SetPart& part : m_parts)
            hold(part);
        for (std::size_t d = 0; d < m_parts.size(); ++d) {
            for (std::uint32_t s = 0; s < m_parts[d].text.sentences(); ++s)
                read(d, s);
        }
        return std::move(m_found);
    }

private:
    void hold(const SetPart& part)
    {
        if (part.kind >= 0)
            m_held.kinds.insert(part.kind);
        const document::Document& document = part.text.document();
        for (std::size_t b = 0; b < document.blocks.size(); ++b) {
            const document::Block& block = document.blocks[b];
            if (block.sentence_count == 0 || block.kind == document::BlockKind::TableRow)
                continue;
            const std::uint32_t s = block.first_sentence;
            const Span words = part.text.tokens().sentences[s];
            const bool heading = block.kind == document::BlockKind::Heading;
            if (words.end - words.begin > longest_heading || (!heading && block.sentence_count > 1))
                continue;
            const auto labels = labels_in(part.text, s);
            const bool labelled = !labels.empty() && labels.front().tokens.begin == words.begin;
            if (labelled)
                m_held.labels.insert(labels.front().key);
            // "Exhibit B: Service Level Agreement", or "Service Level Agreement" without a clause's number.
            if (!labelled && (!heading || !block.number.empty()))
                continue;
            hold_named(part.text, s);
            if (labelled && words.end - words.begin == 2 && b + 1 < document.blocks.size() &&
                document.blocks[b + 1].kind == document::BlockKind::Heading &&
                document.blocks[b + 1].sentence_count > 0)
                hold_named(part.text, document.blocks[b + 1].first_sentence);
        }
    }

    void hold_named(const SetText& text, std::uint32_t sentence)
    {
        for (const Mention& mention : text.mentions(sentence, true)) {
            if (mention.of != Mention::Of::Kind)
                continue;
            m_held.kinds.insert(mention.kind);
            return;
        }
    }

    void read(std::size_t d, std::uint32_t s)
    {
        const SetText& text = m_parts[d].text;
        const auto labels = labels_in(text, s);
        std::vector<bool> explained(labels.size(), false);
        for (const Mention& mention : text.mentions(s)) {
            if (mention.of != Mention::Of::Kind)
                continue;
            const DocumentKind& kind = m_kinds.kinds[static_cast<std::size_t>(mention.kind)];
            if (!kind.referable)
                continue;
            const auto label = label_beside(labels, mention.tokens);
            if (label)
                explained[*label] = true;
            if (m_held.kinds.contains(mention.kind) || (label && m_held.labels.contains(labels[*label].key)))
                continue;
            add(d, s, mention.kind, kind.id, mention.tokens);
        }
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (!explained[i] && !m_held.labels.contains(labels[i].key))
                add(d, s, -1, labels[i].key, labels[i].tokens);
        }
    }

    // "the Service Level Agreement (Exhibit B)", "Exhibit B, the Service Level Agreement".
    static std::optional<std::size_t> label_beside(const std::vector<Label>& labels, Span mention)
    {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const Span label = labels[i].tokens;
            const std::uint32_t between = label.begin >= mention.end   ? label.begin - mention.end
                                          : mention.begin >= label.end ? mention.begin - label.end
                                                                       : 0;
            if (between <= beside)
                return i;
        }
        return std::nullopt;
    }

    void add(std::size_t d, std::uint32_t s, int kind, const std::string& key, Span tokens)
    {
        const SetText& text = m_parts[d].text;
        const auto known = m_index.find(key);
        if (known == m_index.end()) {
            if (m_found.size() >= most_references)
                return;
            m_index.emplace(key, m_found.size());
            m_found.push_back({kind, printed(text, tokens), {}, {}, 0});
        }
        Reference& reference = m_found[m_index.at(key)];
        ++reference.times;
        if (reference.places.size() < most_places &&
            (reference.places.empty() || reference.places.back().document != d ||
             reference.places.back().sentence != s))
            reference.places.push_back({d, s});
        if (reference.address.empty())
            reference.address = address_behind(text, s, tokens);
    }

    // The name without an article in front.
    static std::string printed(const SetText& text, Span tokens)
    {
        while (tokens.end - tokens.begin > 1 && !text.tokens().tokens[tokens.begin].capital)
            ++tokens.begin;
        return base::to_valid_utf8(text.slice(tokens));
    }

    static std::string address_behind(const SetText& text, std::uint32_t s, Span tokens)
    {
        const std::uint32_t begin = text.tokens().tokens[tokens.end - 1].end;
        const std::string_view rest = text.document().slice(begin, text.document().sentences[s].end);
        const std::size_t at = std::min(rest.find("https://"), rest.find("http://"));
        if (at == std::string_view::npos)
            return {};
        const std::size_t end = std::min(rest.size(), rest.find_first_of(" \t\n<>\"(){}|", at));
        std::string_view address = rest.substr(at, std::min<std::size_t>(end - at, 300));
        while (!address.empty() && std::string_view(".,;:)]'").find(address.back()) != std::string_view::npos)
            address.remove_suffix(1);
        return base::to_valid_utf8(address);
    }

    const std::vector<SetPart>& m_parts;
    const DocumentKinds& m_kinds;
    Held m_held;
    std::map<std::string, std::size_t> m_index;
    std::vector<Reference> m_found;
};

}

std::vector<Reference> absent_documents(const std::vector<SetPart>& parts, const DocumentKinds& kinds)
{
    return Finder(parts, kinds).run();
}

}
