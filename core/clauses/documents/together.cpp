#include "core/clauses/documents/together.h"

#include "core/clauses/documents/amendments.h"
#include "core/clauses/documents/joint.h"
#include "core/clauses/documents/precedence.h"
#include "core/clauses/documents/recognise.h"
#include "core/clauses/documents/references.h"
#include "core/clauses/documents/settext.h"
#include "core/clauses/rules.h"
#include "core/clauses/weigh/checkweights.h"

#include <algorithm>
#include <deque>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

class SetReader
{
public:
    SetReader(const std::vector<SetMember>& members, const Pack& pack, const DocumentKinds& kinds)
        : m_members(members),
          m_pack(pack),
          m_kinds(kinds)
    {
    }

    Together run()
    {
        recognise_all();
        review_short_ones();
        const StatedOrder order = stated_order(m_parts, m_kinds);
        take_order(order);
        replace_sections();
        JointReader joint(m_parts, m_reviews, m_result, order, m_kinds);
        for (const Check& check : m_pack.checks)
            m_result.findings.push_back(joint.find(check));
        take_absent();
        return std::move(m_result);
    }

private:
    void recognise_all()
    {
        for (const SetMember& member : m_members) {
            m_texts.emplace_back(*member.document, m_kinds);
            m_reviews.push_back(member.review);
            const Recognised seen = recognise(m_texts.back(), m_kinds);
            m_parts.push_back({m_texts.back(), seen.kind});
            SetDocument document;
            document.name = member.document->name;
            document.kind = kind_id(seen.kind);
            document.title = seen.title;
            document.recognised_by = std::string(to_string(seen.by));
            m_result.documents.push_back(std::move(document));
        }
    }

    // A short document of a set is no excerpt that is to be weighed: what it does not say, another one says.
    void review_short_ones()
    {
        for (std::size_t d = 0; d < m_members.size() && m_members.size() > 1; ++d) {
            if (m_members[d].document->sentences.size() <= longest_passage)
                review_again(d, *m_members[d].document);
        }
    }

    void review_again(std::size_t d, const document::Document& document)
    {
        if (m_plain.rules == nullptr) {
            auto rules = std::make_shared<Rules>(*m_pack.rules);
            for (CheckRules& check : rules->checks)
                check.weights.reset();
            m_plain = m_pack;
            m_plain.rules = std::move(rules);
        }
        const bool is_short = document.sentences.size() <= longest_passage;
        m_own_reviews.push_back(review(document, is_short ? m_plain : m_pack));
        m_reviews[d] = &m_own_reviews.back();
    }

    [[nodiscard]] std::string kind_id(int kind) const
    {
        return kind < 0 ? std::string(other_kind) : m_kinds.kinds[static_cast<std::size_t>(kind)].id;
    }

    void take_order(const StatedOrder& order)
    {
        m_result.order_stated = !order.above.empty();
        for (const PrecedenceClause& clause : order.clauses) {
            SetPassage passage{clause.document, m_texts[clause.document].passage(clause.sentence)};
            if (clause.used)
                m_result.order.push_back(std::move(passage));
        }
        int place = 1;
        for (const auto& layer : layers_of(m_parts, order, m_kinds, {})) {
            for (const std::size_t d : layer)
                m_result.documents[d].place = place;
            place += static_cast<int>(layer.size());
        }
        if (!m_result.order_stated && m_members.size() > 1)
            m_result.notes.push_back(
                "No document states an order of precedence between these; the usual one is "
                "assumed.");
    }

    // Reviews documents again without the sections that amendments take out of them.
    void replace_sections()
    {
        std::vector<std::vector<std::string>> gone(m_members.size());
        for (const Replacement& replacement : replacements(m_parts, m_kinds)) {
            const std::string& name = m_result.documents[replacement.document].name;
            const std::string& by = m_result.documents[replacement.amendment].name;
            auto& sections = gone[replacement.document];
            if (std::find(sections.begin(), sections.end(), replacement.section) != sections.end())
                continue;
            if (has_section(*m_members[replacement.document].document, replacement.section))
                sections.push_back(replacement.section);
            else
                m_result.notes.push_back(fmt::format("“{}” replaces section {} of “{}”, which has none.", by,
                                                     replacement.section, name));
        }
        for (std::size_t d = 0; d < m_members.size(); ++d) {
            if (gone[d].empty())
                continue;
            review_again(d, without_sections(*m_members[d].document, gone[d]));
            m_result.documents[d].replaced = std::move(gone[d]);
        }
    }

    void take_absent()
    {
        for (const Reference& reference : absent_documents(m_parts, m_kinds)) {
            AbsentDocument absent;
            absent.kind = kind_id(reference.kind);
            absent.name = reference.name;
            absent.title = reference.name;
            absent.address = reference.address;
            absent.times = reference.times;
            for (const Reference::Place& place : reference.places)
                absent.passages.push_back({place.document, m_texts[place.document].passage(place.sentence)});
            if (reference.kind >= 0) {
                const DocumentKind& kind = m_kinds.kinds[static_cast<std::size_t>(reference.kind)];
                absent.title = kind.title;
                std::copy_if(kind.decides.begin(), kind.decides.end(), std::back_inserter(absent.checks),
                             [&](const std::string& check) { return m_pack.find(check) != nullptr; });
            }
            m_result.absent.push_back(std::move(absent));
        }
    }

    const std::vector<SetMember>& m_members;
    const Pack& m_pack;
    Pack m_plain; // with rules alone
    const DocumentKinds& m_kinds;
    std::deque<SetText> m_texts;
    std::deque<Review> m_own_reviews;
    std::vector<const Review*> m_reviews;
    std::vector<SetPart> m_parts;
    Together m_result;
};

}

Together read_together(const std::vector<SetMember>& members, const Pack& pack, const DocumentKinds& kinds)
{
    return SetReader(members, pack, kinds).run();
}

}
