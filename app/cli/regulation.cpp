#include "app/cli/regulation.h"

#include "app/cli/files.h"
#include "app/cli/output.h"
#include "core/clauses/regulation/serialise.h"
#include "core/document/notice.h"
#include "core/report/format.h"

#include <chrono>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

using clauses::Status;

// The checks to which regulations map are those of this pack.
constexpr const char* checks_pack = "ai-procurement";
constexpr std::size_t longest_why = 220; // bytes that the table shows of the reasons

struct Answer
{
    std::string document;
    std::string sha256;
    std::size_t pages = 0;
    std::vector<std::string> warnings;
    clauses::Assessment assessment;
};

struct Question
{
    clauses::Regulation regulation;
    clauses::Pack pack;
    clauses::Answers answers;
    base::Date day{};
};

base::Result<Question> read_question(const RegulationOptions& options)
{
    Question question;
    auto regulation = clauses::load_regulation(options.regulation);
    if (!regulation)
        return tl::unexpected(regulation.error());
    question.regulation = std::move(*regulation);
    auto pack = clauses::load_pack(checks_pack);
    if (!pack)
        return tl::unexpected(pack.error());
    question.pack = std::move(*pack);
    return question;
}

base::Status read_answers(const RegulationOptions& options, Question& question)
{
    for (const std::string& text : options.answers) {
        auto answer = clauses::parse_answer(text);
        if (!answer)
            return tl::unexpected(answer.error());
        question.answers.insert_or_assign(std::move(answer->first), std::move(answer->second));
    }
    if (auto known = clauses::check_answers(question.answers, question.regulation.questions); !known)
        return tl::unexpected(known.error());
    question.day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    if (!options.date.empty()) {
        const auto day = base::parse_date(options.date);
        if (!day)
            return tl::unexpected(day.error());
        question.day = *day;
    }
    return {};
}

base::Result<Answer> answer_to(std::string name, const document::Document& document, const Question& question)
{
    const clauses::Review review = clauses::review(document, question.pack);
    if (!review.outside.empty())
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("{}: {}", name, clauses::outside_message(review.outside)));
    auto assessment = clauses::assess(document, review, question.regulation, question.answers, question.day);
    if (!assessment)
        return tl::unexpected(assessment.error());
    return Answer{std::move(name), document.sha256, document::page_count(document),
                  document::warnings(document), std::move(*assessment)};
}

nlohmann::json to_json(const Answer& answer, const Question& question)
{
    nlohmann::json json = clauses::assessment_json(answer.assessment, question.regulation);
    json["document"] = answer.document;
    json["sha256"] = answer.sha256;
    json["pages"] = answer.pages;
    return json;
}

void print_rows(const Answer& answer, const clauses::Regulation& regulation)
{
    Table table({"Id", "Requirement", "Article", "Status", "Legal floor", "Where", "Why"});
    for (const clauses::RequirementFinding& finding : answer.assessment.findings) {
        const clauses::Requirement& requirement = *regulation.find(finding.requirement);
        const std::string& threshold = requirement.floor_on(answer.assessment.day).threshold;
        table.add({requirement.id, requirement.title, requirement.article,
                   std::string(clauses::to_string(finding.status)), threshold.empty() ? "—" : threshold,
                   finding.evidence.empty() ? "—" : report::place(finding.evidence.front()),
                   in_line(fmt::format("{}", fmt::join(finding.why, " ")), longest_why)});
    }
    table.print();
}

void print_open(const Answer& answer, const clauses::Regulation& regulation)
{
    bool any = false;
    for (const clauses::Question& question : regulation.questions) {
        if (answer.assessment.answers.contains(question.id))
            continue;
        if (!any)
            print_line("\nOpen questions; answer them with --answer ID=ANSWER");
        any = true;
        fmt::print("  {} ({}): {}{}\n", question.id, fmt::join(question.answers, ", "), question.text,
                   question.note.empty() ? "" : " " + question.note);
    }
}

void print_later(const Answer& answer, const clauses::Regulation& regulation)
{
    bool any = false;
    for (const clauses::RequirementFinding& finding : answer.assessment.findings) {
        for (const clauses::LaterStatus& later : finding.later) {
            if (!any)
                print_line("\nWhat changes with the contract as it is");
            any = true;
            fmt::print("  {}: {} {} is {}. {}\n", report::date(later.from), finding.requirement,
                       regulation.find(finding.requirement)->title, clauses::to_string(later.status),
                       later.why);
        }
    }
}

void print_proof(const clauses::Regulation& regulation)
{
    bool any = false;
    for (const clauses::Requirement& requirement : regulation.requirements) {
        if (requirement.proof == clauses::Proof::Verified && requirement.unverified.empty())
            continue;
        if (!any)
            print_line("\nNot verified in the text of the law");
        any = true;
        fmt::print("  {} ({}){}{}\n", requirement.id, clauses::to_string(requirement.proof),
                   requirement.unverified.empty() ? "" : ": ", fmt::join(requirement.unverified, " "));
    }
    if (!regulation.notes.empty())
        print_line("\nNotes");
    for (const std::string& note : regulation.notes)
        fmt::print("  - {}\n", note);
}

void print_answer(const Answer& answer, const clauses::Regulation& regulation)
{
    const clauses::Assessment& assessment = answer.assessment;
    fmt::print("{}\n{}, as of {}\n{} covered, {} weaker than the floor, {} absent, {} not applicable, {} "
               "unanswered, {} not yet in force\n\n",
               answer.document, regulation.title, report::date(assessment.day),
               assessment.count(Status::Covered), assessment.count(Status::Weaker),
               assessment.count(Status::Absent), assessment.count(Status::NotApplicable),
               assessment.count(Status::Unanswered), assessment.count(Status::NotYetInForce));
    print_rows(answer, regulation);
    print_later(answer, regulation);
    print_open(answer, regulation);
}

bool below(const clauses::Assessment& assessment, const std::string& bar)
{
    return (bar == "met" && assessment.count(Status::Weaker) > 0) ||
           ((bar == "met" || bar == "partial") && assessment.count(Status::Absent) > 0);
}

}

int check_regulation(const RegulationOptions& options)
{
    auto question = read_question(options);
    if (!question)
        return complain(question.error());
    if (const auto read = read_answers(options, *question); !read)
        return refuse(read.error().message);
    const auto answers = answer_all<Answer>(options.files, options.jobs,
                                            [&](std::string name, const document::Document& document) {
                                                return answer_to(std::move(name), document, *question);
                                            });
    int exit = Done;
    nlohmann::json documents = nlohmann::json::array();
    for (const auto& result : answers) {
        if (!result) {
            exit = std::max<int>(exit, complain(result.error()));
            continue;
        }
        for (const std::string& warning : result->warnings)
            note(fmt::format("{}: {}", result->document, warning));
        if (options.format == "json") {
            documents.push_back(to_json(*result, *question));
        } else {
            if (&result != &answers.front())
                print_line("");
            print_answer(*result, question->regulation);
        }
        if (exit == Done && below(result->assessment, options.bar))
            exit = BelowBar;
    }
    if (options.format == "json")
        print_line(documents.dump(1));
    else
        print_proof(question->regulation);
    return exit;
}

}
