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
            if (!finding->evidence.empty()) {
                leave.section = finding->evidence.front().section;
                leave.passage = finding->evidence.front().text;
            }
            all.push_back(std::move(leave));
        }
    }
    return all;
}

}
