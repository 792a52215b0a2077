#include "core/clauses/documents/joint.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

// How much less sure a verdict is when another document says otherwise and no order of precedence is stated.
constexpr double doubt = 0.8;

}

bool is_explicit(const Finding& finding)
{
    return finding.verdict != Verdict::Missing &&
           (finding.verdict != Verdict::Met || !finding.evidence.empty());
}

const Finding* JointReader::own(std::size_t document, const std::string& check) const
{
    const auto& findings = m_reviews[document]->findings;
    const auto found =
        std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.check == check; });
    return found == findings.end() ? nullptr : &*found;
}

std::string JointReader::named(std::size_t document) const
{
    const DocumentKind* kind = m_kinds.find(m_set.documents[document].kind);
    const std::string& name = m_set.documents[document].name;
    return kind == nullptr ? fmt::format("“{}”", name) : fmt::format("“{}” ({})", name, kind->title);
}

bool JointReader::stated_above(std::size_t high, std::size_t low) const
{
    std::vector<std::size_t> open{high};
    std::vector<bool> seen(m_parts.size(), false);
    while (!open.empty()) {
        const std::size_t d = open.back();
        open.pop_back();
        if (d == low)
            return true;
        if (seen[d])
            continue;
        seen[d] = true;
        for (const auto& [above, below] : m_order.above) {
            if (above == d)
                open.push_back(below);
        }
    }
    return false;
}

JointFinding JointReader::find(const Check& check) const
{
    JointFinding finding;
    finding.check = check.id;
    std::vector<std::size_t> speaking;
    std::size_t beside = 0;
    for (const auto& layer : layers_of(m_parts, m_order, m_kinds, check.id)) {
        std::vector<std::size_t> explicit_here;
        for (const std::size_t d : layer) {
            const Finding* own_finding = own(d, check.id);
            if (own_finding != nullptr && is_explicit(*own_finding))
                explicit_here.push_back(d);
        }
        if (explicit_here.empty())
            continue;
        if (finding.decided_by) {
            speaking.insert(speaking.end(), explicit_here.begin(), explicit_here.end());
            continue;
        }
        std::sort(explicit_here.begin(), explicit_here.end());
        const auto worst =
            std::max_element(explicit_here.begin(), explicit_here.end(), [&](std::size_t a, std::size_t b) {
                return own(a, check.id)->verdict < own(b, check.id)->verdict;
            });
        const std::size_t by = *worst;
        decide(finding, by);
        explicit_here.erase(worst);
        beside = explicit_here.size();
        speaking = std::move(explicit_here);
    }
    if (!finding.decided_by) {
        finding.verdict = check.polarity == Polarity::Hazard ? Verdict::Met : Verdict::Missing;
        for (std::size_t d = 0; d < m_parts.size(); ++d) {
            if (const Finding* silent = own(d, check.id))
                finding.confidence =
                    d == 0 ? silent->confidence : std::min(finding.confidence, silent->confidence);
        }
        finding.why = {m_parts.size() > 1 ? "No document of the set speaks of it."
                                          : "The document does not speak of it.",
                       check.meaning(finding.verdict)};
        return finding;
    }
    explain(finding, speaking, beside);
    return finding;
}

void JointReader::decide(JointFinding& finding, std::size_t by) const
{
    const Finding& own_finding = *own(by, finding.check);
    finding.decided_by = by;
    finding.verdict = own_finding.verdict;
    finding.confidence = own_finding.confidence;
    finding.parameters = own_finding.parameters;
    for (const Evidence& evidence : own_finding.evidence)
        finding.evidence.push_back({by, evidence});
}

void JointReader::explain(JointFinding& finding, const std::vector<std::size_t>& speaking,
                          std::size_t beside) const
{
    const std::size_t by = *finding.decided_by;
    std::vector<std::string> yields;
    bool worse_of_two = false;
    for (std::size_t i = 0; i < speaking.size(); ++i) {
        const std::size_t d = speaking[i];
        const Finding& other = *own(d, finding.check);
        if (other.verdict == finding.verdict)
            continue;
        finding.overruled.push_back(d);
        std::string_view reason = "usually stands below it; no document states the order";
        if (i < beside) {
            reason = "stands at the same rank, where the worse decides";
            worse_of_two = true;
        } else if (stated_above(by, d)) {
            reason = "stands below it by the stated order";
        } else {
            finding.assumed = true;
        }
        yields.push_back(fmt::format("{} says {} and {}.", named(d), to_string(other.verdict), reason));
    }
    if (finding.assumed)
        finding.confidence *= doubt;
    if (m_parts.size() > 1 && speaking.empty())
        finding.why.push_back(fmt::format("Only {} speaks of it.", named(by)));
    else if (m_parts.size() > 1)
        finding.why.push_back(fmt::format("{} decides{}.", named(by),
                                          yields.empty() ? "; what others say of it agrees"
                                          : worse_of_two ? ": the worse of those at its rank"
                                                         : ""));
    finding.why.insert(finding.why.end(), yields.begin(), yields.end());
    const Finding& own_finding = *own(by, finding.check);
    finding.why.insert(finding.why.end(), own_finding.why.begin(), own_finding.why.end());
}

}
