#include "core/clauses/serialise.h"

#include "core/base/text.h"

#include <cmath>

namespace leeway::clauses {

using nlohmann::json;

json figures_json(const std::vector<Parameter>& figures)
{
    json result = json::object();
    for (const Parameter& figure : figures)
        result[figure.name] =
            base::to_valid_utf8(figure.unit.empty() ? figure.value : figure.value + " " + figure.unit);
    return result;
}

json evidence_json(const std::vector<Evidence>& evidence)
{
    json result = json::array();
    for (const Evidence& passage : evidence)
        result.push_back({{"page", passage.page},
                          {"section", base::to_valid_utf8(passage.section)},
                          {"text", base::to_valid_utf8(passage.text)},
                          {"role", to_string(passage.role)}});
    return result;
}

json reasons_json(const std::vector<std::string>& reasons)
{
    std::string why;
    for (const std::string& reason : reasons)
        why += (why.empty() ? "" : " ") + reason;
    return base::to_valid_utf8(why);
}

json to_json(const Finding& finding)
{
    return {{"check", finding.check},
            {"verdict", to_string(finding.verdict)},
            {"confidence", std::round(finding.confidence * 1000) / 1000},
            {"parameters", figures_json(finding.parameters)},
            {"evidence", evidence_json(finding.evidence)},
            {"why", reasons_json(finding.why)}};
}

json to_json(const Review& review)
{
    json findings = json::array();
    for (const Finding& finding : review.findings)
        findings.push_back(to_json(finding));
    return findings;
}

}
