#include "core/clauses/regulation/assess.h"

#include "core/clauses/evidence.h"
#include "core/clauses/grammar.h"
#include "core/clauses/matching.h"
#include "core/clauses/parameters.h"
#include "core/clauses/parties.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace leeway::clauses {
namespace {

// What the text says of one requirement on one day.
struct Reached
{
    Status status = Status::Absent;
    std::string why;
    std::set<std::uint32_t> signals; // that speak for it
    std::set<std::string> checks;    // whose findings do
};

class Reader
{
public:
    Reader(const document::Document& document, const Reading& reading, const Review& review,
           const Regulation& regulation, const Requirement& requirement)
        : m_document(document),
          m_reading(reading),
          m_review(review),
          m_regulation(regulation),
          m_requirement(requirement),
          m_matches(match_signals(reading, requirement.rules)),
          m_figures(read_parameters(document, reading, requirement.rules, matched_sentences()))
    {
    }

    RequirementFinding find(const Answers& answers, base::Date day)
    {
        RequirementFinding finding;
        finding.requirement = m_requirement.id;
        m_start = m_requirement.start(answers);
        const Application application = application_of(m_requirement.applies, answers);
        const Reached reached = reach(day);
        finding.reading = reached.status;
        finding.status = status_on(day, application.applies, reached.status);
        finding.open = application.open;
        finding.why = bearing(finding.status, application, day);
        if (finding.status == Status::NotApplicable)
            return finding;
        finding.figures = m_figures;
        if (reached.status != Status::Covered)
            finding.lacking = lacking(day);
        show(reached, finding);
        finding.standard = standard(day);
        if (application.applies == Applies::Yes)
            finding.later = later(day, finding.status, reached);
        return finding;
    }

private:
    std::vector<std::uint32_t> matched_sentences() const
    {
        std::set<std::uint32_t> sentences;
        for (const auto& places : m_matches) {
            for (const Match& match : places)
                sentences.insert(match.sentence);
        }
        return {sentences.begin(), sentences.end()};
    }

    Facts facts(base::Date day) const { return {&m_matches, &m_review.findings, &m_figures, day}; }

    void note_speaking(const Condition& condition, base::Date day, Reached& reached) const
    {
        for (const Fact* fact : speaking(condition, facts(day))) {
            if (fact->kind == Fact::Kind::Signal)
                reached.signals.insert(fact->signal);
            else if (!fact->check.empty())
                reached.checks.insert(fact->check);
        }
    }

    std::vector<std::string> lacking(base::Date day) const
    {
        std::vector<std::string> titles;
        for (const RequiredPart& part : m_requirement.parts) {
            if (!holds(part.when, facts(day)))
                titles.push_back(part.title);
        }
        return titles;
    }

    Reached reach(base::Date day) const
    {
        Reached reached;
        for (const RequiredPart& part : m_requirement.parts) {
            if (holds(part.when, facts(day)))
                note_speaking(part.when, day, reached);
        }
        const LegalFloor& floor = m_requirement.floor_on(day);
        for (const FloorStep& step : floor.steps) {
            if (!holds(step.when, facts(day)))
                continue;
            reached.status = step.status;
            reached.why = step.why;
            note_speaking(step.when, day, reached);
            return reached;
        }
        const std::size_t lacks = lacking(day).size();
        const std::size_t parts = m_requirement.parts.size();
        reached.status = lacks == 0 ? Status::Covered : lacks < parts ? Status::Weaker : Status::Absent;
        return reached;
    }

    Status status_on(base::Date day, Applies applies, Status reading) const
    {
        if (applies == Applies::No || (m_requirement.until && day > *m_requirement.until))
            return Status::NotApplicable;
        if (m_start && day < *m_start)
            return applies == Applies::Unknown ? Status::Unanswered : Status::NotYetInForce;
        return applies == Applies::Unknown ? Status::Unanswered : reading;
    }

    std::string question_text(const std::string& id) const
    {
        const auto& questions = m_regulation.questions;
        const auto found = std::find_if(questions.begin(), questions.end(),
                                        [&](const Question& question) { return question.id == id; });
        return found == questions.end() ? id : found->text;
    }

    // Why the requirement is held against the contract, or why not (yet).
    std::vector<std::string> bearing(Status status, const Application& application, base::Date day) const
    {
        std::vector<std::string> why;
        if (status == Status::NotApplicable && application.applies == Applies::No) {
            for (const std::string& question : application.against)
                why.push_back(
                    fmt::format("Does not apply after the answer to “{}”", question_text(question)));
        } else if (status == Status::NotApplicable) {
            why.push_back(fmt::format("Applied until {}.", base::to_string(*m_requirement.until)));
        }
        for (const std::string& question : application.open)
            why.push_back(fmt::format("Open: {}", question_text(question)));
        if (status != Status::NotApplicable && m_start && day < *m_start)
            why.push_back(fmt::format("Applies from {}.", base::to_string(*m_start)));
        return why;
    }

    // Reasons, passages and what is lacking.
    void show(const Reached& reached, RequirementFinding& finding) const
    {
        if (!reached.why.empty())
            finding.why.push_back(reached.why);
        Resolution resolution;
        resolution.deciding.assign(reached.signals.begin(), reached.signals.end());
        std::set<std::string> said;
        for (const auto& [sentence, number] :
             deciding_sentences(m_reading, m_requirement.rules, resolution, m_matches)) {
            const Signal& signal = m_requirement.rules.signals[number];
            finding.evidence.push_back(make_passage(m_document, sentence, signal.role));
            if (!signal.why.empty() && said.insert(signal.why).second)
                finding.why.push_back(reason_text(signal.why, finding.evidence.back().section));
        }
        for (const std::string& check : reached.checks)
            borrow(*find_finding(m_review.findings, check), finding);
        std::stable_sort(finding.evidence.begin(), finding.evidence.end(),
                         [](const Evidence& a, const Evidence& b) { return a.begin < b.begin; });
        if (!finding.lacking.empty())
            finding.why.push_back(fmt::format("Not found: {}.", fmt::join(finding.lacking, "; ")));
    }

    static void borrow(const Finding& from, RequirementFinding& finding)
    {
        finding.why.push_back(fmt::format("The check {} is {}: {}", from.check, to_string(from.verdict),
                                          fmt::join(from.why, " ")));
        for (const Evidence& passage : from.evidence) {
            if (std::none_of(finding.evidence.begin(), finding.evidence.end(),
                             [&](const Evidence& known) { return known.begin == passage.begin; }))
                finding.evidence.push_back(passage);
        }
        for (const Parameter& figure : from.parameters) {
            if (std::find(finding.figures.begin(), finding.figures.end(), figure) == finding.figures.end())
                finding.figures.push_back(figure);
        }
    }

    std::optional<bool> standard(base::Date day) const
    {
        if (m_requirement.standard.when.empty())
            return std::nullopt;
        return holds(m_requirement.standard.when, facts(day));
    }

    std::vector<LaterStatus> later(base::Date day, Status now, const Reached& reached) const
    {
        std::set<base::Date> days;
        if (m_start)
            days.insert(*m_start);
        for (const LegalFloor& floor : m_requirement.floors) {
            if (floor.from)
                days.insert(*floor.from);
        }
        if (m_requirement.until)
            days.insert(*m_requirement.until + std::chrono::days(1));
        std::vector<LaterStatus> result;
        Status last = now;
        std::string last_why = reached.why;
        for (const base::Date from : days) {
            if (from <= day)
                continue;
            const Reached then = reach(from);
            const Status status = status_on(from, Applies::Yes, then.status);
            if (status == last && then.why == last_why)
                continue;
            result.push_back({from, status, then.why.empty() ? m_requirement.floor_on(from).text : then.why});
            last = status;
            last_why = then.why;
        }
        return result;
    }

    const document::Document& m_document;
    const Reading& m_reading;
    const Review& m_review;
    const Regulation& m_regulation;
    const Requirement& m_requirement;
    std::optional<base::Date> m_start; // of the duty, for these answers
    std::vector<std::vector<Match>> m_matches;
    std::vector<Parameter> m_figures;
};

}

std::size_t Assessment::count(Status status) const
{
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [&](const RequirementFinding& finding) { return finding.status == status; }));
}

base::Result<Assessment> assess(const document::Document& document, const Review& review,
                                const Regulation& regulation, const Answers& answers, base::Date day)
{
    if (const auto known = check_answers(answers, regulation.questions); !known)
        return tl::unexpected(known.error());
    Tokens tokens = tokenize(document);
    mark_parties(tokens);
    const Reading reading = read(document, *regulation.lexicon, std::move(tokens));
    Assessment assessment{regulation.id, regulation.version, regulation.sha256, day, answers, {}};
    for (const Requirement& requirement : regulation.requirements)
        assessment.findings.push_back(
            Reader(document, reading, review, regulation, requirement).find(answers, day));
    return assessment;
}

}
