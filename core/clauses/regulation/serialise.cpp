#include "core/clauses/regulation/serialise.h"

#include "core/clauses/serialise.h"

namespace leeway::clauses {

using nlohmann::json;

namespace {

json date_or_null(const std::optional<base::Date>& date)
{
    return date ? json(base::to_string(*date)) : json();
}

json to_json(const RequirementFinding& finding, const Requirement& requirement, const Assessment& assessment)
{
    const LegalFloor& floor = requirement.floor_on(assessment.day);
    json later = json::array();
    for (const LaterStatus& then : finding.later)
        later.push_back(
            {{"from", base::to_string(then.from)}, {"status", to_string(then.status)}, {"why", then.why}});
    return {{"requirement", requirement.id},
            {"title", requirement.title},
            {"question", requirement.question},
            {"article", requirement.article},
            {"binds", requirement.binds},
            {"force", requirement.force},
            {"status", to_string(finding.status)},
            {"reading", to_string(finding.reading)},
            {"applies_from", date_or_null(requirement.start(assessment.answers))},
            {"applies_until", date_or_null(requirement.until)},
            {"legal_floor", {{"text", floor.text}, {"threshold", floor.threshold}}},
            {"buyer_standard",
             {{"text", requirement.standard.text},
              {"reached", finding.standard ? json(*finding.standard) : json()}}},
            {"proof", to_string(requirement.proof)},
            {"unverified", requirement.unverified},
            {"checks", requirement.checks},
            {"open", finding.open},
            {"lacking", finding.lacking},
            {"figures", figures_json(finding.figures)},
            {"evidence", evidence_json(finding.evidence)},
            {"why", reasons_json(finding.why)},
            {"later", std::move(later)},
            {"ask", requirement.ask},
            {"sources", requirement.sources}};
}

}

json to_json(const Assessment& assessment, const Regulation& regulation)
{
    json rows = json::array();
    for (const RequirementFinding& finding : assessment.findings) {
        if (const Requirement* requirement = regulation.find(finding.requirement))
            rows.push_back(to_json(finding, *requirement, assessment));
    }
    return rows;
}

json questions_json(const Assessment& assessment, const Regulation& regulation)
{
    json rows = json::array();
    for (const Question& question : regulation.questions) {
        const auto answer = assessment.answers.find(question.id);
        rows.push_back({{"question", question.id},
                        {"text", question.text},
                        {"note", question.note},
                        {"answers", question.answers},
                        {"answer", answer == assessment.answers.end() ? "" : answer->second}});
    }
    return rows;
}

json assessment_json(const Assessment& assessment, const Regulation& regulation)
{
    json counts = json::object();
    for (const RequirementFinding& finding : assessment.findings) {
        const std::string status(to_string(finding.status));
        counts[status] = counts.value(status, 0) + 1;
    }
    return {{"regulation",
             {{"id", regulation.id},
              {"title", regulation.title},
              {"version", regulation.version},
              {"sha256", regulation.sha256},
              {"summary", regulation.summary},
              {"notes", regulation.notes}}},
            {"date", base::to_string(assessment.day)},
            {"questions", questions_json(assessment, regulation)},
            {"counts", std::move(counts)},
            {"requirements", to_json(assessment, regulation)}};
}

}
