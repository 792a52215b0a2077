#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/output.h"
#include "app/cli/regulation.h"
#include "app/cli/stands.h"
#include "app/cli/together.h"
#include "core/clauses/regulation/regulation.h"
#include "core/clauses/review.h"
#include "core/clauses/serialise.h"
#include "core/document/contents.h"
#include "core/document/notice.h"
#include "core/document/worker.h"
#include "core/report/format.h"
#include "core/scoring/index.h"
#include "core/scoring/index_json.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <thread>

namespace leeway::cli {
namespace {

struct Options
{
    std::vector<std::string> files;
    std::string pack = "ai-procurement";
    std::string profile = "balanced";
    std::string format = "table";
    std::string bar;
    std::vector<std::string> answers;
    std::string date;
    bool together = false;
    bool playbook = false;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
};

// One file's answer, or why there is none.
struct Answer
{
    std::string document;
    std::string sha256;
    std::size_t pages = 0;
    clauses::Review review;
    scoring::Index index;
    nlohmann::json notices;
    std::vector<std::string> warnings;
    document::Document text;            // with --together only
    std::vector<clauses::Stand> stands; // with --playbook only
};

// An answer for each document, or why there is none. An e-mail has several documents.
using Answers = std::vector<base::Result<Answer>>;

nlohmann::json notices_of(const document::Document& document)
{
    nlohmann::json list = nlohmann::json::array();
    for (const document::Notice& notice : document.notices) {
        nlohmann::json entry{{"kind", document::to_string(notice.kind)}, {"count", notice.count}};
        if (notice.kind == document::Notice::Kind::Doubtful)
            entry["page"] = document::page_at(document, notice.begin);
        if (notice.kind == document::Notice::Kind::Comment) {
            entry["page"] = document::page_at(document, notice.begin);
            entry["section"] = document::section_at(document, notice.begin);
            entry["on"] = document.slice(notice.begin, notice.end);
        }
        if (!notice.text.empty())
            entry["text"] = notice.text;
        list.push_back(std::move(entry));
    }
    return list;
}

std::vector<scoring::Answer> as_answers(const clauses::Review& review)
{
    std::vector<scoring::Answer> answers;
    for (const clauses::Finding& finding : review.findings)
        answers.push_back({finding.check, finding.verdict, finding.confidence, false});
    return answers;
}

Answer answer_to(std::string name, document::Document document, const Options& options,
                 const clauses::Pack& pack, const scoring::Profile& profile)
{
    Answer answer{std::move(name),
                  document.sha256,
                  document::page_count(document),
                  clauses::review(document, pack),
                  {},
                  notices_of(document),
                  document::warnings(document),
                  {},
                  {}};
    if (const std::string& language = answer.review.outside; !language.empty())
        answer.warnings.insert(answer.warnings.begin(), clauses::outside_message(language));
    answer.index = scoring::lock_in_index(pack, as_answers(answer.review), profile);
    if (options.playbook)
        answer.stands = clauses::take_stands(document, answer.review.findings, pack);
    if (options.together)
        answer.text = std::move(document);
    return answer;
}

Answers check_all(const Options& options, const clauses::Pack& pack, const scoring::Profile& profile)
{
    return answer_all<Answer>(options.files, options.jobs,
                              [&](std::string name, document::Document document) -> base::Result<Answer> {
                                  return answer_to(std::move(name), std::move(document), options, pack,
                                                   profile);
                              });
}

nlohmann::json to_json(const Answer& answer, const clauses::Pack& pack)
{
    nlohmann::json entry{
        {"document", answer.document},
        {"sha256", answer.sha256},
        {"pages", answer.pages},
        {"notices", answer.notices},
        {"language", answer.review.outside.empty() ? "en" : answer.review.outside},
        {"index", answer.review.outside.empty() ? scoring::to_json(answer.index) : nlohmann::json()},
        {"findings", clauses::to_json(answer.review)}};
    if (!answer.stands.empty())
        entry["playbook"] = stands_json(answer.stands, pack);
    return entry;
}

void print_table(const Answer& answer, const clauses::Pack& pack)
{
    if (!answer.review.outside.empty()) {
        fmt::print("{}\nNo lock-in index. {}\n", answer.document,
                   clauses::outside_message(answer.review.outside));
        return;
    }
    fmt::print("{}\nLock-in index {:.1f} of 100 (range {:.1f} to {:.1f}, nothing reviewed yet)\n\n",
               answer.document, answer.index.value / 10.0, answer.index.low / 10.0, answer.index.high / 10.0);
    Table table({"Check", "Verdict", "Sure", "Where", "Why"}, {Align::Left, Align::Left, Align::Right});
    for (const clauses::Finding& finding : answer.review.findings) {
        const clauses::Check* check = pack.find(finding.check);
        const std::string where = finding.evidence.empty() ? "—" : report::place(finding.evidence.front());
        table.add({check != nullptr ? check->title : finding.check,
                   std::string(clauses::to_string(finding.verdict)),
                   fmt::format("{:.0f} %", finding.confidence * 100), where,
                   fmt::format("{}", fmt::join(finding.why.begin(),
                                               finding.why.begin() +
                                                   std::min<std::ptrdiff_t>(2, std::ssize(finding.why)),
                                               " "))});
    }
    table.print();
}

// Met is best; a silent contract is worse than a weak promise and better than a hostile clause.
bool below(clauses::Verdict verdict, clauses::Verdict bar)
{
    return static_cast<int>(verdict) > static_cast<int>(bar);
}

// Whether a finding is worse than the bar; without a bar none is.
bool any_below(const auto& findings, const std::string& bar_text)
{
    const auto bar = clauses::parse_verdict(bar_text);
    return bar && std::any_of(findings.begin(), findings.end(),
                              [&](const auto& finding) { return below(finding.verdict, *bar); });
}

// A text that was not read has not reached any bar.
bool is_below(const clauses::Review& review, const std::string& bar)
{
    return any_below(review.findings, bar) || (!bar.empty() && !review.outside.empty());
}

base::Result<Joint> join_all(const Answers& answers, const clauses::Pack& pack,
                             const scoring::Profile& profile)
{
    std::vector<clauses::SetMember> members;
    for (const auto& answer : answers) {
        if (answer && answer->review.outside.empty())
            members.push_back({&answer->text, &answer->review});
    }
    return join(members, pack, profile);
}

int run_regulation(const Options& options)
{
    if (options.together || options.playbook)
        return refuse(
            "--together and --playbook go with rule packs only; leave them out for a regulation pack.");
    return check_regulation({options.files, options.pack, options.answers, options.date, options.format,
                             options.bar, options.jobs});
}

int run(const Options& options)
{
    if (clauses::is_regulation(options.pack))
        return run_regulation(options);
    if (!options.answers.empty() || !options.date.empty())
        return refuse("--answer and --date go with a regulation pack, such as --pack eu-data-act.");
    const auto pack = clauses::load_pack(options.pack);
    if (!pack)
        return complain(pack.error());
    const auto profile = scoring::load_profile(options.profile);
    if (!profile)
        return complain(profile.error());
    const auto answers = check_all(options, *pack, *profile);

    int exit = Done;
    nlohmann::json documents = nlohmann::json::array();
    for (const auto& answer : answers) {
        if (!answer) {
            exit = std::max<int>(exit, complain(answer.error()));
            continue;
        }
        for (const std::string& warning : answer->warnings)
            note(fmt::format("{}: {}", answer->document, warning));
        if (options.format == "json") {
            documents.push_back(to_json(*answer, *pack));
        } else {
            if (&answer != &answers.front())
                print_line("");
            print_table(*answer, *pack);
            if (options.playbook)
                print_stands(answer->stands, *pack);
        }
        // The bar is for the whole contract where the files are one.
        if (!options.together && exit == Done && is_below(answer->review, options.bar))
            exit = BelowBar;
    }
    if (options.together) {
        const auto joint = join_all(answers, *pack, *profile);
        if (!joint)
            return complain(joint.error());
        if (exit == Done && any_below(joint->together.findings, options.bar))
            exit = BelowBar;
        if (options.format == "json") {
            documents = {{"documents", std::move(documents)}, {"together", to_json(*joint)}};
        } else if (!joint->together.documents.empty()) {
            print_line("");
            print_joint(*joint, *pack);
        }
    }
    if (options.format == "json")
        print_line(documents.dump(1));
    return exit;
}

}

void add_check(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("check", "Review contracts: a verdict with evidence for every check");
    command
        ->add_option("FILE", options->files,
                     "Contracts: PDF, DOCX, ODT, Markdown, HTML, text, e-mail or pictures of pages")
        ->required();
    command
        ->add_option(
            "--pack", options->pack,
            "Rule pack or regulation pack: a file, or the name of a bundled one, such as eu-data-act")
        ->capture_default_str();
    command->add_option("--profile", options->profile, "Weights: a file, or balanced, regulated, cost-driven")
        ->capture_default_str();
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command
        ->add_option("--fail-under", options->bar,
                     "Exit 1 when a finding is worse than met, partial or missing")
        ->check(CLI::IsMember({"met", "partial", "missing"}));
    command->add_flag(
        "--together", options->together,
        "Also read the files as the documents of one contract: joint verdicts, and what is not here");
    command->add_flag("--playbook", options->playbook,
                      "Also say which negotiating position each check reaches and what is unacceptable");
    command
        ->add_option("--answer", options->answers,
                     "For a regulation pack: QUESTION=ANSWER, such as financial-entity=yes; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--date", options->date,
                        "For a regulation pack: the day for which it is asked, YYYY-MM-DD; today by default");
    command->add_option("--jobs", options->jobs, "Files read at the same time")->check(CLI::Range(1U, 64U));
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}
