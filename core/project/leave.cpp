#include "core/project/leave.h"

#include <algorithm>

namespace leeway::project {

std::vector<fallback::Leave> leave_of(const std::vector<Contract>& contracts,
                                      const std::vector<std::string_view>& checks)
{
    std::vector<fallback::Leave> all;
    for (const Contract& contract : contracts) {
        const auto& findings = contract.newest().review.findings;
        for (const std::string_view check : checks) {
            const auto finding = std::ranges::find(findings, check, &clauses::Finding::check);
            if (finding == findings.end())
                continue;
            const Decision* decision = contract.decision(check);
            fallback::Leave leave;
            leave.check = check;
            leave.verdict = to_string(decision != nullptr ? decision->verdict : finding->verdict);
            leave.contract = contract.title;
            // A passage stands only beside the verdict that it was found for.
            const bool other = decision != nullptr && decision->verdict != finding->verdict;
            const bool own = decision != nullptr && !decision->evidence.empty();
            const auto& evidence = own ? decision->evidence : finding->evidence;
            if (!evidence.empty() && (own || !other)) {
                leave.section = evidence.front().section;
                leave.passage = evidence.front().text;
            } else if (other) {
                leave.passage = decision->note;
            }
            all.push_back(std::move(leave));
        }
    }
    return all;
}

}
