#include "core/clauses/documents/recognise.h"

#include "core/base/text.h"

#include <algorithm>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t title_sentences = 3;
constexpr std::uint32_t longest_title = 30; // words; longer ones are text
constexpr std::uint32_t opening_sentences = 40;
constexpr std::size_t title_bytes = 117; // 120 with the "…"
constexpr std::size_t least_marks = 4;
constexpr std::size_t words_a_mark = 150; // a text on a subject speaks of it at least so often

// The first kind named in a title.
int named_in(const SetText& text, std::uint32_t sentence)
{
    for (const Mention& mention : text.mentions(sentence, true)) {
        if (mention.kind >= 0)
            return mention.kind;
    }
    return -1;
}

int loosely_named_in(const SetText& text, std::uint32_t sentence, const DocumentKinds& kinds)
{
    for (std::size_t k = 0; k < kinds.kinds.size(); ++k) {
        if (!text.hits(sentence, kinds.kinds[k].loose_name).empty())
            return static_cast<int>(k);
    }
    return -1;
}

// "this Data Processing Addendum (“DPA”)", "these Terms of Service": the kind that the opening so names most
// often, by `name` of each kind.
int called_by_itself(const SetText& text, const DocumentKinds& kinds, int DocumentKind::*name)
{
    std::vector<int> times(kinds.kinds.size(), 0);
    const auto last = std::min<std::size_t>(opening_sentences, text.sentences());
    const auto& tokens = text.tokens();
    for (std::uint32_t s = 0; s < last; ++s) {
        for (std::size_t k = 0; k < kinds.kinds.size(); ++k) {
            for (const Hit& hit : text.hits(s, kinds.kinds[k].*name)) {
                if (hit.first == tokens.sentences[s].begin)
                    continue;
                const std::string& before = tokens.word(hit.first - 1);
                if (before == "this" || before == "these")
                    ++times[k];
            }
        }
    }
    const auto most = std::max_element(times.begin(), times.end());
    return most == times.end() || *most == 0 ? -1 : static_cast<int>(most - times.begin());
}

int named_by_file(const document::Document& document, const DocumentKinds& kinds)
{
    std::string words = document.name.substr(0, document.name.rfind('.'));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '_' || c == '-' || c == '.'; }, ' ');
    document::Document name;
    name.text = words;
    name.sentences = {{0, static_cast<std::uint32_t>(words.size())}};
    const SetText text(name, kinds);
    return named_in(text, 0);
}

int by_marks(const SetText& text, const DocumentKinds& kinds)
{
    int best = -1;
    std::size_t most = 0;
    for (std::size_t k = 0; k < kinds.kinds.size(); ++k) {
        std::size_t marks = 0;
        for (std::uint32_t s = 0; s < text.sentences(); ++s)
            marks += std::min<std::size_t>(2, text.hits(s, kinds.kinds[k].marks).size());
        if (marks >= least_marks && marks * words_a_mark >= text.tokens().tokens.size() && marks > most) {
            most = marks;
            best = static_cast<int>(k);
        }
    }
    return best;
}

std::string title_of(const document::Document& document)
{
    const auto heading =
        std::find_if(document.blocks.begin(), document.blocks.end(),
                     [](const document::Block& block) { return block.kind == document::BlockKind::Heading; });
    const bool near = heading != document.blocks.end() && heading - document.blocks.begin() < 3;
    const auto block = near ? heading : document.blocks.begin();
    if (block == document.blocks.end())
        return {};
    return base::shortened(base::trimmed(document.slice(block->begin, block->end)), title_bytes);
}

}

std::string_view to_string(Recognised::By by)
{
    switch (by) {
    case Recognised::By::Nothing:
        return "";
    case Recognised::By::Title:
        return "title";
    case Recognised::By::Self:
        return "self";
    case Recognised::By::FileName:
        return "name";
    case Recognised::By::Words:
        return "words";
    }
    return "";
}

Recognised recognise(const SetText& text, const DocumentKinds& kinds)
{
    using By = Recognised::By;
    Recognised result;
    result.title = title_of(text.document());
    const auto found = [&](int kind, By by) {
        if (kind < 0 || result.kind >= 0)
            return;
        result.kind = kind;
        result.by = by;
    };
    const auto titles =
        std::min<std::uint32_t>(title_sentences, static_cast<std::uint32_t>(text.sentences()));
    const auto is_title = [&](std::uint32_t s) {
        const Span& words = text.tokens().sentences[s];
        return words.end - words.begin <= longest_title;
    };
    for (std::uint32_t s = 0; s < titles; ++s) {
        if (is_title(s))
            found(named_in(text, s), By::Title);
    }
    found(called_by_itself(text, kinds, &DocumentKind::name), By::Self);
    found(named_by_file(text.document(), kinds), By::FileName);
    for (std::uint32_t s = 0; s < titles; ++s) {
        if (is_title(s))
            found(loosely_named_in(text, s, kinds), By::Title);
    }
    found(by_marks(text, kinds), By::Words);
    found(called_by_itself(text, kinds, &DocumentKind::loose_name), By::Self);
    return result;
}

}
