#include "core/project/values.h"

#include <algorithm>

namespace leeway::project {

const Decision* Contract::decision(std::string_view check) const
{
    const auto it =
        std::find_if(decisions.begin(), decisions.end(), [&](const Decision& d) { return d.check == check; });
    return it == decisions.end() ? nullptr : &*it;
}

std::vector<scoring::Answer> Contract::answers() const
{
    std::vector<scoring::Answer> answers;
    if (!versions.empty()) {
        for (const clauses::Finding& finding : newest().review.findings) {
            if (decision(finding.check) == nullptr)
                answers.push_back({finding.check, finding.verdict, finding.confidence, false});
        }
    }
    for (const Decision& decided : decisions)
        answers.push_back({decided.check, decided.verdict, 1, true});
    return answers;
}

const Contract* Snapshot::contract(Id id) const
{
    const auto it =
        std::find_if(contracts.begin(), contracts.end(), [&](const Contract& c) { return c.id == id; });
    return it == contracts.end() ? nullptr : &*it;
}

}
