#include "core/report/findings.h"

#include <algorithm>

namespace leeway::report {
namespace {

const clauses::Finding* finding_of(const clauses::Review& review, const std::string& check)
{
    const auto it = std::find_if(review.findings.begin(), review.findings.end(),
                                 [&](const clauses::Finding& finding) { return finding.check == check; });
    return it == review.findings.end() ? nullptr : &*it;
}

ChecklistRow row_of(const clauses::Check& check, const project::Contract& contract,
                    const scoring::Contribution* contribution)
{
    ChecklistRow row;
    row.check = check.id;
    row.title = check.title;
    row.category = check.category;
    row.verdict =
        check.polarity == clauses::Polarity::Hazard ? clauses::Verdict::Met : clauses::Verdict::Missing;
    const clauses::Finding* finding = finding_of(contract.newest().review, check.id);
    if (finding != nullptr) {
        row.verdict = finding->verdict;
        row.confidence = finding->confidence;
        row.why = finding->why;
        row.evidence = finding->evidence;
    } else if (const auto& outside = contract.newest().review.outside; !outside.empty()) {
        row.why = {clauses::outside_message(outside)};
    }
    if (const project::Decision* decision = contract.decision(check.id); decision != nullptr) {
        // The engine's reasons are for its own verdict only.
        if (finding == nullptr || decision->verdict != finding->verdict)
            row.why.clear();
        row.verdict = decision->verdict;
        row.reviewed = true;
        row.text_changed = decision->text_changed;
        row.note = decision->note;
        row.author = decision->author;
        row.decided = decision->time;
        if (!decision->evidence.empty())
            row.evidence = decision->evidence;
    }
    const bool unread = finding == nullptr && !row.reviewed && !contract.newest().review.outside.empty();
    row.meaning = unread ? "Not read: decide it yourself." : check.meaning(row.verdict);
    if (row.verdict != clauses::Verdict::Met)
        row.ask = check.ask;
    if (contribution != nullptr) {
        row.points = contribution->points;
        row.index_if_met = contribution->index_if_met;
    }
    return row;
}

// Failed gates before everything else, then by what the index would lose; ties in the pack's order.
std::vector<std::string> most_urgent(const ContractPart& part)
{
    constexpr std::size_t shown = 3;
    struct Ask
    {
        std::string check;
        bool gate = false;
        scoring::Tenths drop = 0;
    };
    if (!part.has_index())
        return {};
    std::vector<Ask> asks;
    for (const ChecklistRow& row : part.checklist) {
        if (row.verdict == clauses::Verdict::Met)
            continue;
        const bool gate =
            std::any_of(part.index.gates.begin(), part.index.gates.end(),
                        [&](const scoring::Gate& g) { return g.check == row.check && !g.passed; });
        const scoring::Tenths drop = part.index.value - row.index_if_met;
        if (gate || drop > 0)
            asks.push_back({row.check, gate, drop});
    }
    std::stable_sort(asks.begin(), asks.end(),
                     [](const Ask& a, const Ask& b) { return a.gate != b.gate ? a.gate : a.drop > b.drop; });
    std::vector<std::string> checks;
    for (std::size_t i = 0; i < std::min(shown, asks.size()); ++i)
        checks.push_back(asks[i].check);
    return checks;
}

}

ContractPart part_of(const project::Contract& contract, const clauses::Pack& pack,
                     const scoring::Profile& profile)
{
    const project::Version& version = contract.newest();
    ContractPart part;
    part.id = contract.id;
    part.title = contract.title;
    part.vendor = contract.vendor;
    part.document = version.document.name;
    part.sha256 = version.document.sha256;
    part.pages = static_cast<int>(version.document.pages.size());
    part.version = version.label;
    part.outside = version.review.outside;
    part.index = scoring::lock_in_index(pack, contract.answers(), profile);
    for (const clauses::Check& check : pack.checks) {
        const auto& contributions = part.index.contributions;
        const auto it = std::find_if(contributions.begin(), contributions.end(),
                                     [&](const scoring::Contribution& c) { return c.check == check.id; });
        part.checklist.push_back(row_of(check, contract, it == contributions.end() ? nullptr : &*it));
    }
    part.urgent = most_urgent(part);
    return part;
}

}
