#include "core/clauses/documents/settext.h"

#include "core/clauses/parties.h"
#include "core/document/characters.h"

#include <algorithm>

namespace leeway::clauses {
namespace {

constexpr std::size_t most_mentions = 64; // of one sentence

}

SetText::SetText(const document::Document& document, const DocumentKinds& kinds)
    : m_document(document),
      m_kinds(kinds),
      m_tokens(tokenize(document)),
      m_kind_of_name(kinds.lexicon.size(), -1)
{
    mark_parties(m_tokens);
    Lexicon::Matcher matcher(kinds.lexicon, m_tokens);
    for (const Span& sentence : m_tokens.sentences) {
        const auto begin = static_cast<std::uint32_t>(m_hits.size());
        matcher.find(sentence, m_hits);
        m_sentences.push_back({begin, static_cast<std::uint32_t>(m_hits.size())});
    }
    for (std::size_t k = 0; k < kinds.kinds.size(); ++k)
        m_kind_of_name[static_cast<std::size_t>(kinds.kinds[k].name)] = static_cast<int>(k);
}

std::vector<Hit> SetText::hits(std::uint32_t sentence, int concept_id) const
{
    std::vector<Hit> result;
    for (std::uint32_t h = m_sentences[sentence].begin; h < m_sentences[sentence].end; ++h) {
        if (m_hits[h].concept_id == concept_id)
            result.push_back(m_hits[h]);
    }
    return result;
}

std::vector<Hit> SetText::hits(std::uint32_t sentence, std::string_view concept_name) const
{
    return hits(sentence, m_kinds.lexicon.find(concept_name));
}

bool SetText::speaks_of(std::uint32_t sentence, std::string_view concept_name) const
{
    const int id = m_kinds.lexicon.find(concept_name);
    const Span& range = m_sentences[sentence];
    return std::any_of(m_hits.begin() + range.begin, m_hits.begin() + range.end,
                       [&](const Hit& hit) { return hit.concept_id == id; });
}

std::vector<Mention> SetText::mentions(std::uint32_t sentence, bool title) const
{
    const int self = m_kinds.lexicon.find("self");
    const int main = m_kinds.lexicon.find("main");
    const int attachments = m_kinds.lexicon.find("attachments");
    std::vector<Mention> found;
    for (std::uint32_t h = m_sentences[sentence].begin; h < m_sentences[sentence].end; ++h) {
        const Hit& hit = m_hits[h];
        Mention mention{Mention::Of::Kind, -1, {hit.first, hit.last + 1}};
        if (const int kind = m_kind_of_name[hit.concept_id]; kind >= 0)
            mention.kind = kind;
        else if (hit.concept_id == self)
            mention.of = Mention::Of::Self;
        else if (hit.concept_id == main)
            mention.of = Mention::Of::Main;
        else if (hit.concept_id == attachments)
            mention.of = Mention::Of::Attachments;
        else
            continue;
        // "the terms and conditions", "a service level agreement": words, not a document's name.
        if (!title && mention.of != Mention::Of::Self && mention.of != Mention::Of::Attachments &&
            !m_tokens.tokens[hit.last].capital)
            continue;
        found.push_back(mention);
    }
    const auto size = [](const Mention& m) { return m.tokens.end - m.tokens.begin; };
    std::stable_sort(found.begin(), found.end(),
                     [&](const Mention& a, const Mention& b) { return size(a) > size(b); });
    std::vector<Mention> kept;
    for (const Mention& mention : found) {
        const bool free = std::none_of(kept.begin(), kept.end(), [&](const Mention& k) {
            return mention.tokens.begin < k.tokens.end && k.tokens.begin < mention.tokens.end;
        });
        if (free && kept.size() < most_mentions)
            kept.push_back(mention);
    }
    for (Mention& mention : kept) {
        if (mention.of != Mention::Of::Self)
            continue;
        const auto inside = std::find_if(found.begin(), found.end(), [&](const Mention& m) {
            return m.kind >= 0 && m.tokens.begin > mention.tokens.begin && m.tokens.end <= mention.tokens.end;
        });
        if (inside != found.end())
            mention.kind = inside->kind;
    }
    std::sort(kept.begin(), kept.end(),
              [](const Mention& a, const Mention& b) { return a.tokens.begin < b.tokens.begin; });
    return kept;
}

std::string_view SetText::slice(Span tokens) const
{
    return m_document.slice(m_tokens.tokens[tokens.begin].begin, m_tokens.tokens[tokens.end - 1].end);
}

Evidence SetText::passage(std::uint32_t sentence) const
{
    const document::Sentence& at = m_document.sentences[sentence];
    Evidence evidence;
    evidence.begin = at.begin;
    evidence.end = at.end;
    evidence.page = document::page_at(m_document, at.begin);
    evidence.section = document::section_at(m_document, at.begin);
    evidence.text = std::string(m_document.slice(at.begin, at.end));
    return evidence;
}

}
