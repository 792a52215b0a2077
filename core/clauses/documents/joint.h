#pragma once

#include "core/clauses/documents/precedence.h"
#include "core/clauses/documents/together.h"

namespace leeway::clauses {

/// Whether a document speaks of a check itself: silence is no verdict of its own, not even a hazard's `met`.
bool is_explicit(const Finding& finding);

/// Joins the findings of the documents of a set, check by check.
class JointReader
{
public:
    /// `reviews` are those of the documents as amended; `set` has the documents' names and places.
    JointReader(const std::vector<SetPart>& parts, const std::vector<const Review*>& reviews,
                const Together& set, const StatedOrder& order, const DocumentKinds& kinds)
        : m_parts(parts),
          m_reviews(reviews),
          m_set(set),
          m_order(order),
          m_kinds(kinds)
    {
    }

    [[nodiscard]] JointFinding find(const Check& check) const;

private:
    [[nodiscard]] const Finding* own(std::size_t document, const std::string& check) const;
    [[nodiscard]] std::string named(std::size_t document) const;
    [[nodiscard]] bool stated_above(std::size_t high, std::size_t low) const;
    void decide(JointFinding& finding, std::size_t by) const;
    // `speaking`: the other documents that speak of it, of which the first `beside` stand at the same rank.
    void explain(JointFinding& finding, const std::vector<std::size_t>& speaking, std::size_t beside) const;

    const std::vector<SetPart>& m_parts;
    const std::vector<const Review*>& m_reviews;
    const Together& m_set;
    const StatedOrder& m_order;
    const DocumentKinds& m_kinds;
};

}
