#include "core/clauses/documents/serialise.h"

#include "core/base/text.h"
#include "core/clauses/serialise.h"

namespace leeway::clauses {
namespace {

using nlohmann::json;

json passages_json(const Together& together, const std::vector<SetPassage>& passages, bool roles)
{
    json result = json::array();
    for (const SetPassage& passage : passages) {
        json item = {{"document", base::to_valid_utf8(together.documents[passage.document].name)},
                     {"page", passage.evidence.page},
                     {"section", base::to_valid_utf8(passage.evidence.section)},
                     {"text", base::to_valid_utf8(passage.evidence.text)}};
        if (roles)
            item["role"] = to_string(passage.evidence.role);
        result.push_back(std::move(item));
    }
    return result;
}

json finding_json(const Together& together, const JointFinding& joint)
{
    Finding plain;
    plain.check = joint.check;
    plain.verdict = joint.verdict;
    plain.confidence = joint.confidence;
    plain.parameters = joint.parameters;
    plain.why = joint.why;
    json result = to_json(plain);
    result["evidence"] = passages_json(together, joint.evidence, true);
    const auto name = [&](std::size_t d) { return base::to_valid_utf8(together.documents[d].name); };
    result["decided_by"] = joint.decided_by ? json(name(*joint.decided_by)) : json(nullptr);
    result["overruled"] = json::array();
    for (const std::size_t d : joint.overruled)
        result["overruled"].push_back(name(d));
    result["assumed"] = joint.assumed;
    return result;
}

}

json to_json(const Together& together)
{
    json documents = json::array();
    for (const SetDocument& document : together.documents)
        documents.push_back({{"document", base::to_valid_utf8(document.name)},
                             {"kind", document.kind},
                             {"title", base::to_valid_utf8(document.title)},
                             {"recognised_by", document.recognised_by},
                             {"place", document.place},
                             {"replaced", document.replaced}});
    json findings = json::array();
    for (const JointFinding& finding : together.findings)
        findings.push_back(finding_json(together, finding));
    json absent = json::array();
    for (const AbsentDocument& document : together.absent)
        absent.push_back({{"kind", document.kind},
                          {"title", document.title},
                          {"name", document.name},
                          {"address", document.address},
                          {"times", document.times},
                          {"evidence", passages_json(together, document.passages, false)},
                          {"checks", document.checks}});
    json notes = json::array();
    for (const std::string& note : together.notes)
        notes.push_back(base::to_valid_utf8(note));
    return {
        {"documents", std::move(documents)},
        {"precedence",
         {{"stated", together.order_stated}, {"evidence", passages_json(together, together.order, false)}}},
        {"notes", std::move(notes)},
        {"findings", std::move(findings)},
        {"absent", std::move(absent)}};
}

}
