#include "core/clauses/documents/amendments.h"

#include "core/clauses/places.h"
#include "core/document/characters.h"

#include <algorithm>
#include <optional>

namespace leeway::clauses {
namespace {

constexpr std::string_view amendment = "amendment";
constexpr std::string_view master = "master-agreement";
constexpr std::uint32_t title_sentences = 6;
constexpr std::size_t most_replacements = 500;

bool is_section_word(std::string_view word)
{
    static constexpr std::string_view words[] = {"section", "sections", "clause",    "clauses",
                                                 "article", "articles", "paragraph", "paragraphs"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// The section numbers at the front of a text: "8.2(a)", "8.2 and 8.3", "4, 5 and 6".
std::vector<std::string> section_numbers(std::string_view text)
{
    std::vector<std::string> numbers;
    for (std::size_t at = 0; numbers.size() < 50;) {
        while (at < text.size() && (document::is_blank(text[at]) || text[at] == ','))
            ++at;
        if (text.substr(at).starts_with("and ")) {
            at += 4;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() &&
               (document::is_digit(text[end]) ||
                (text[end] == '.' && end > at && end + 1 < text.size() && document::is_digit(text[end + 1]))))
            ++end;
        if (end == at)
            return numbers;
        while (end < text.size() && text[end] == '(') {
            const std::size_t close = text.find(')', end);
            if (close == std::string_view::npos || close - end > 5)
                break;
            end = close + 1;
        }
        numbers.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return numbers;
}

bool is_kind(const SetPart& part, const DocumentKinds& kinds, std::string_view id)
{
    return part.kind >= 0 && kinds.kinds[static_cast<std::size_t>(part.kind)].id == id;
}

class Finder
{
public:
    Finder(const std::vector<SetPart>& parts, const DocumentKinds& kinds) : m_parts(parts), m_kinds(kinds) {}

    std::vector<Replacement> run()
    {
        for (std::size_t d = 0; d < m_parts.size(); ++d) {
            if (!is_kind(m_parts[d], m_kinds, amendment))
                continue;
            const auto main = named_in_title(d);
            for (std::uint32_t s = 0; s < m_parts[d].text.sentences(); ++s)
                read(d, s, main);
        }
        return std::move(m_found);
    }

private:
    // The document of the set that a mention of a kind means; the first where several are of the kind.
    std::optional<std::size_t> document_of(std::string_view kind) const
    {
        for (std::size_t d = 0; d < m_parts.size(); ++d) {
            if (is_kind(m_parts[d], m_kinds, kind))
                return d;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> mentioned(std::size_t d, std::uint32_t s, bool title) const
    {
        for (const Mention& mention : m_parts[d].text.mentions(s, title)) {
            if (mention.of == Mention::Of::Self || mention.of == Mention::Of::Attachments)
                continue;
            const std::string_view kind =
                mention.of == Mention::Of::Main
                    ? master
                    : std::string_view(m_kinds.kinds[static_cast<std::size_t>(mention.kind)].id);
            if (kind == amendment)
                continue;
            if (const auto document = document_of(kind))
                return document;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> named_in_title(std::size_t d) const
    {
        const auto last = std::min<std::size_t>(title_sentences, m_parts[d].text.sentences());
        for (std::uint32_t s = 0; s < last; ++s) {
            if (const auto document = mentioned(d, s, s < 2))
                return document;
        }
        if (const auto document = document_of(master))
            return document;
        return std::nullopt;
    }

    void read(std::size_t d, std::uint32_t s, std::optional<std::size_t> main)
    {
        const SetText& text = m_parts[d].text;
        if (!text.speaks_of(s, "replaces") || text.speaks_of(s, "adds"))
            return;
        const auto target = mentioned(d, s, false);
        const std::size_t document = target.value_or(main.value_or(m_parts.size()));
        if (document >= m_parts.size() || document == d)
            return;
        const Tokens& tokens = text.tokens();
        const document::Sentence& sentence = text.document().sentences[s];
        for (std::uint32_t t = tokens.sentences[s].begin; t < tokens.sentences[s].end; ++t) {
            // What follows a colon or a quote is the new text.
            if (t > tokens.sentences[s].begin && (tokens.tokens[t].marks & (mark::colon | mark::quote)) != 0)
                return;
            if (!is_section_word(tokens.word(t)) || m_found.size() >= most_replacements)
                continue;
            for (std::string& number :
                 section_numbers(text.document().slice(tokens.tokens[t].end, sentence.end)))
                m_found.push_back({d, s, document, std::move(number)});
        }
    }

    const std::vector<SetPart>& m_parts;
    const DocumentKinds& m_kinds;
    std::vector<Replacement> m_found;
};

bool within(std::string_view section, std::string_view whole)
{
    if (!section.starts_with(whole))
        return false;
    return section.size() == whole.size() || section[whole.size()] == '.' || section[whole.size()] == '(' ||
           section[whole.size()] == ' ';
}

// Where each old block went, -1 for those that were taken out.
std::vector<std::int32_t> survivors(const document::Document& document,
                                    const std::vector<std::string>& sections)
{
    Places places(document);
    std::vector<std::int32_t> result;
    std::int32_t next = 0;
    for (std::size_t b = 0; b < document.blocks.size(); ++b) {
        const std::string& section = places.section(static_cast<std::int32_t>(b));
        const bool goes = std::any_of(sections.begin(), sections.end(),
                                      [&](const std::string& whole) { return within(section, whole); });
        result.push_back(goes ? -1 : next++);
    }
    return result;
}

}

std::vector<Replacement> replacements(const std::vector<SetPart>& parts, const DocumentKinds& kinds)
{
    return Finder(parts, kinds).run();
}

bool has_section(const document::Document& document, const std::string& section)
{
    const auto where = survivors(document, {section});
    return std::find(where.begin(), where.end(), -1) != where.end();
}

document::Document without_sections(const document::Document& document,
                                    const std::vector<std::string>& sections)
{
    const auto where = survivors(document, sections);
    document::Document result = document;
    result.blocks.clear();
    result.sentences.clear();
    // The nearest heading above that is still there.
    const auto heading_of = [&](std::int32_t heading) {
        while (heading >= 0 && where[static_cast<std::size_t>(heading)] < 0)
            heading = document.blocks[static_cast<std::size_t>(heading)].heading;
        return heading < 0 ? -1 : where[static_cast<std::size_t>(heading)];
    };
    for (std::size_t b = 0; b < document.blocks.size(); ++b) {
        if (where[b] < 0)
            continue;
        document::Block block = document.blocks[b];
        block.heading = heading_of(block.heading);
        block.lead_in = block.lead_in < 0 ? -1 : where[static_cast<std::size_t>(block.lead_in)];
        const auto first = document.sentences.begin() + block.first_sentence;
        block.first_sentence = static_cast<std::uint32_t>(result.sentences.size());
        result.sentences.insert(result.sentences.end(), first, first + block.sentence_count);
        result.blocks.push_back(std::move(block));
    }
    return result;
}

}
