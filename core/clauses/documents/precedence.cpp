#include "core/clauses/documents/precedence.h"

#include <algorithm>
#include <numeric>

namespace leeway::clauses {
namespace {

constexpr int unknown_rank = 1000; // of documents of no known kind
constexpr std::string_view master = "master-agreement";
constexpr std::size_t most_clauses = 200; // of one document; hostile text has no more say

/// Groups of documents from the highest to the lowest.
using Ladder = std::vector<std::vector<std::size_t>>;

class Reader
{
public:
    Reader(const std::vector<SetPart>& parts, const DocumentKinds& kinds) : m_parts(parts), m_kinds(kinds) {}

    StatedOrder run()
    {
        std::vector<std::size_t> documents(m_parts.size());
        std::iota(documents.begin(), documents.end(), std::size_t{0});
        // Where two documents state different orders, the higher one's stands.
        std::stable_sort(documents.begin(), documents.end(),
                         [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
        for (const std::size_t d : documents) {
            m_document = d;
            const std::size_t clauses = m_order.clauses.size();
            for (std::uint32_t s = 0; s < text().sentences(); ++s) {
                if (m_order.clauses.size() - clauses < most_clauses)
                    read(s);
            }
        }
        return std::move(m_order);
    }

private:
    [[nodiscard]] const SetText& text() const { return m_parts[m_document].text; }

    [[nodiscard]] int rank(std::size_t document) const
    {
        const int kind = m_parts[document].kind;
        return kind < 0 ? unknown_rank : m_kinds.kinds[static_cast<std::size_t>(kind)].rank;
    }

    void read(std::uint32_t s)
    {
        if (!text().speaks_of(s, "conflict") || text().speaks_of(s, "conflict-of-laws"))
            return;
        if (const auto listed = text().hits(s, "in-order"); !listed.empty())
            take(s, listed_after(s, listed.front().last));
        else if (const auto before = text().hits(s, "in-that-order"); !before.empty())
            take(s, rungs(among(text().mentions(s), 0, before.front().first)));
        else
            prevailing(s);
    }

    // "in the following order: the Order Form; the DPA; this Agreement", in the sentence, the rest of its
    // block and the list behind it.
    Ladder listed_after(std::uint32_t s, std::uint32_t token) const
    {
        const auto& document = text().document();
        auto mentions = among(text().mentions(s), token + 1, text().tokens().sentences[s].end);
        const int at = document::block_at(document, document.sentences[s].begin);
        if (at < 0)
            return rungs(mentions);
        const auto add = [&](std::uint32_t sentence) {
            const auto more = text().mentions(sentence);
            // One rung for each item: its first name.
            if (!more.empty())
                mentions.push_back(more.front());
        };
        const document::Block& block = document.blocks[static_cast<std::size_t>(at)];
        if (mentions.empty()) {
            for (std::uint32_t t = s + 1; t < block.first_sentence + block.sentence_count; ++t) {
                const auto more = text().mentions(t);
                mentions.insert(mentions.end(), more.begin(), more.end());
            }
        }
        for (std::size_t b = static_cast<std::size_t>(at) + 1; b < document.blocks.size(); ++b) {
            if (document.blocks[b].kind != document::BlockKind::ListItem || document.blocks[b].lead_in < at)
                break;
            if (document.blocks[b].sentence_count > 0)
                add(document.blocks[b].first_sentence);
        }
        return rungs(mentions);
    }

    static std::vector<Mention> among(const std::vector<Mention>& mentions, std::uint32_t begin,
                                      std::uint32_t end)
    {
        std::vector<Mention> result;
        std::copy_if(mentions.begin(), mentions.end(), std::back_inserter(result),
                     [&](const Mention& m) { return m.tokens.begin >= begin && m.tokens.begin < end; });
        return result;
    }

    Ladder rungs(const std::vector<Mention>& mentions) const
    {
        Ladder ladder;
        for (const Mention& mention : mentions)
            ladder.push_back(meant(mention));
        return ladder;
    }

    // "If this Agreement and the Order Form conflict, the Order Form prevails [over this Agreement]."
    void prevailing(std::uint32_t s)
    {
        const auto verbs = text().hits(s, "prevails");
        if (verbs.empty())
            return;
        const Hit& verb = verbs.front();
        const Span sentence = text().tokens().sentences[s];
        if (verb.last > sentence.begin && text().tokens().word(verb.last - 1) == "not")
            return;
        std::uint32_t end = sentence.end; // "… prevails over this Agreement unless the SOW says otherwise"
        for (const Hit& hit : text().hits(s, "unless")) {
            if (hit.first > verb.last)
                end = std::min(end, hit.first);
        }
        const auto mentions = text().mentions(s);
        const auto before = among(mentions, sentence.begin, verb.first);
        if (before.empty())
            return;
        // The subject stands behind the last comma, else next to the verb.
        const std::uint32_t comma = last_comma(sentence.begin, verb.first);
        auto subjects = among(before, comma, verb.first);
        if (subjects.empty())
            return;
        if (comma == sentence.begin)
            subjects = {before.back()};
        const std::uint32_t subject = subjects.front().tokens.begin;
        std::vector<std::size_t> high;
        for (const Mention& mention : subjects)
            join(high, meant(mention));
        std::vector<std::size_t> low;
        for (const Mention& mention : mentions) {
            if (mention.tokens.begin < end &&
                (mention.tokens.begin >= verb.first || mention.tokens.begin < subject))
                join(low, meant(mention));
        }
        std::erase_if(low,
                      [&](std::size_t d) { return std::find(high.begin(), high.end(), d) != high.end(); });
        // "If there is a conflict, this Agreement prevails" is over all others, "a conflict with the Rules"
        // not.
        if (low.empty() && mentions.size() == subjects.size() && !says_with_what(s)) {
            for (std::size_t d = 0; d < m_parts.size(); ++d) {
                if (std::find(high.begin(), high.end(), d) == high.end())
                    low.push_back(d);
            }
        }
        take(s, {high, low});
    }

    [[nodiscard]] bool says_with_what(std::uint32_t s) const
    {
        const std::uint32_t end = text().tokens().sentences[s].end;
        for (const Hit& hit : text().hits(s, "conflict")) {
            const std::string_view next = hit.last + 1 < end ? text().tokens().word(hit.last + 1) : "";
            if (next == "between" || next == "with" || next == "among")
                return true;
        }
        return text().speaks_of(s, "foreign");
    }

    // The token behind the last comma before `end`, `begin` where there is none.
    [[nodiscard]] std::uint32_t last_comma(std::uint32_t begin, std::uint32_t end) const
    {
        for (std::uint32_t t = end; t-- > begin;) {
            if ((text().tokens().tokens[t].marks & mark::comma) != 0)
                return t;
        }
        return begin;
    }

    static void join(std::vector<std::size_t>& to, const std::vector<std::size_t>& from)
    {
        for (const std::size_t d : from) {
            if (std::find(to.begin(), to.end(), d) == to.end())
                to.push_back(d);
        }
    }

    // The documents of the set that a mention means.
    [[nodiscard]] std::vector<std::size_t> meant(const Mention& mention) const
    {
        if (mention.of == Mention::Of::Self)
            return {m_document};
        if (mention.of == Mention::Of::Attachments)
            return attachments();
        std::string_view kind = master;
        if (mention.of == Mention::Of::Kind)
            kind = m_kinds.kinds[static_cast<std::size_t>(mention.kind)].id;
        const auto is_kind = [&](std::size_t d) {
            const int k = m_parts[d].kind;
            return k >= 0 && m_kinds.kinds[static_cast<std::size_t>(k)].id == kind;
        };
        if (mention.of == Mention::Of::Main && is_kind(m_document))
            return {m_document};
        std::vector<std::size_t> result;
        for (std::size_t d = 0; d < m_parts.size(); ++d) {
            if (is_kind(d))
                result.push_back(d);
        }
        return result;
    }

    // The other documents that usually are exhibits.
    [[nodiscard]] std::vector<std::size_t> attachments() const
    {
        std::vector<std::size_t> result;
        for (std::size_t d = 0; d < m_parts.size(); ++d) {
            const int kind = m_parts[d].kind;
            if (d != m_document && kind >= 0 && m_kinds.kinds[static_cast<std::size_t>(kind)].attachment)
                result.push_back(d);
        }
        return result;
    }

    void take(std::uint32_t s, const Ladder& ladder)
    {
        std::vector<std::size_t> higher;
        std::size_t named = 0;
        bool used = false;
        for (const auto& rung : ladder) {
            std::vector<std::size_t> fresh;
            for (const std::size_t d : rung) {
                if (std::find(higher.begin(), higher.end(), d) == higher.end())
                    fresh.push_back(d);
            }
            for (const std::size_t low : fresh) {
                for (const std::size_t high : higher)
                    used = state(high, low) || used;
            }
            higher.insert(higher.end(), fresh.begin(), fresh.end());
            ++named;
        }
        if (named >= 2)
            m_order.clauses.push_back({m_document, s, used});
    }

    // Notes that one document stands above another, unless the opposite has been stated.
    bool state(std::size_t high, std::size_t low)
    {
        if (reaches(low, high))
            return false;
        const std::pair<std::size_t, std::size_t> edge{high, low};
        if (std::find(m_order.above.begin(), m_order.above.end(), edge) == m_order.above.end())
            m_order.above.push_back(edge);
        return true;
    }

    [[nodiscard]] bool reaches(std::size_t from, std::size_t to) const
    {
        std::vector<std::size_t> open{from};
        std::vector<bool> seen(m_parts.size(), false);
        while (!open.empty()) {
            const std::size_t d = open.back();
            open.pop_back();
            if (d == to)
                return true;
            if (seen[d])
                continue;
            seen[d] = true;
            for (const auto& [high, low] : m_order.above) {
                if (high == d)
                    open.push_back(low);
            }
        }
        return false;
    }

    const std::vector<SetPart>& m_parts;
    const DocumentKinds& m_kinds;
    std::size_t m_document = 0;
    StatedOrder m_order;
};

}

StatedOrder stated_order(const std::vector<SetPart>& parts, const DocumentKinds& kinds)
{
    return Reader(parts, kinds).run();
}

std::vector<std::vector<std::size_t>> layers_of(const std::vector<SetPart>& parts, const StatedOrder& order,
                                                const DocumentKinds& kinds, std::string_view check)
{
    // What stands above a document stands above all that this one is above of; then its own rank counts.
    using Rank = std::pair<int, int>;
    std::vector<Rank> ranks;
    for (const SetPart& part : parts) {
        const int own =
            part.kind < 0 ? unknown_rank : kinds.kinds[static_cast<std::size_t>(part.kind)].rank_for(check);
        ranks.emplace_back(own, own);
    }
    for (std::size_t pass = 0; pass < parts.size(); ++pass) {
        for (const auto& [high, low] : order.above)
            ranks[high].first = std::min(ranks[high].first, ranks[low].first);
    }
    std::vector<std::vector<std::size_t>> layers;
    std::vector<bool> placed(parts.size(), false);
    std::size_t left = parts.size();
    while (left > 0) {
        std::vector<std::size_t> layer;
        Rank best{unknown_rank + 1, 0};
        for (std::size_t d = 0; d < parts.size(); ++d) {
            const bool waits = std::any_of(order.above.begin(), order.above.end(), [&](const auto& edge) {
                return edge.second == d && !placed[edge.first];
            });
            if (placed[d] || waits || ranks[d] > best)
                continue;
            if (ranks[d] < best)
                layer.clear();
            best = ranks[d];
            layer.push_back(d);
        }
        for (const std::size_t d : layer)
            placed[d] = true;
        left -= layer.size();
        layers.push_back(std::move(layer));
    }
    return layers;
}

}
