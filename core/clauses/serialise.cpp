#include "core/clauses/serialise.h"

#include "core/base/text.h"

#include <cmath>

namespace leeway::clauses {

using nlohmann::json;

json to_json(const Finding& finding)
{
    json parameters = json::object();
    for (const Parameter& parameter : finding.parameters)
        parameters[parameter.name] =
            parameter.unit.empty() ? parameter.value : parameter.value + " " + parameter.unit;
    json evidence = json::array();
    for (const Evidence& passage : finding.evidence)
        evidence.push_back({{"page", passage.page},
                            {"section", base::to_valid_utf8(passage.section)},
                            {"text", base::to_valid_utf8(passage.text)},
                            {"role", to_string(passage.role)}});
    std::string why;
    for (const std::string& reason : finding.why)
        why += (why.empty() ? "" : " ") + reason;
    return {{"check", finding.check},
            {"verdict", to_string(finding.verdict)},
            {"confidence", std::round(finding.confidence * 1000) / 1000},
            {"parameters", std::move(parameters)},
            {"evidence", std::move(evidence)},
            {"why", base::to_valid_utf8(why)}};
}

json to_json(const Review& review)
{
    json findings = json::array();
    for (const Finding& finding : review.findings)
        findings.push_back(to_json(finding));
    return findings;
}

}
