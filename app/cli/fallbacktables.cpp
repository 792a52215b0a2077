#include "app/cli/fallback.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/fallback/runs/incumbent.h"
#include "core/fallback/runs/runjson.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::cli {
namespace {

std::string in_ms(const std::optional<double>& time)
{
    return time ? fmt::format("{:.0f}", *time) : "—";
}

// One line, without the line breaks of an answer.
std::string in_short(const std::string& text)
{
    constexpr std::size_t most = 70;
    std::string line = text;
    for (char& c : line)
        c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    return base::shortened(line, most);
}

void print_cases(const fallback::Run& run)
{
    Table table({"Case", "Category", "State", "Score", "First token, ms", "Answer, ms", "Tokens/s", "Why"},
                {Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Right,
                 Align::Right, Align::Left});
    for (const fallback::CaseSummary& summary : fallback::summaries(run)) {
        const fallback::CaseResult& shown = *summary.shown;
        std::string state(to_string(summary.state));
        if (summary.repetitions > 1)
            state += fmt::format(" ({} of {})", summary.passed, summary.graded);
        table.add({shown.id, std::string(to_string(shown.category)), state,
                   summary.graded > 0 ? fmt::format("{:.2f}", summary.score) : "—",
                   in_ms(shown.first_token_ms), in_ms(shown.total_ms),
                   shown.tokens_per_second ? fmt::format("{:.1f}", *shown.tokens_per_second) : "—",
                   in_short(shown.why)});
    }
    table.print();
}

void print_categories(const fallback::Run& run)
{
    Table table({"Category", "Cases", "Pass", "95 % interval"},
                {Align::Left, Align::Right, Align::Right, Align::Right});
    for (const fallback::CategoryRate& rate : fallback::category_rates(run))
        table.add({std::string(to_string(rate.category)), std::to_string(rate.cases),
                   fmt::format("{:.0f} %", rate.pass_rate * 100),
                   fmt::format("{:.0f}–{:.0f} %", rate.low * 100, rate.high * 100)});
    table.print();
}

void print_throughput(const fallback::Run& run)
{
    Table table({"At a time", "Requests/s", "Tokens/s", "First token, ms", "Failed"},
                {Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    for (const fallback::Throughput& level : run.throughput)
        table.add({std::to_string(level.parallel), fmt::format("{:.2f}", level.requests_per_second),
                   fmt::format("{:.1f}", level.tokens_per_second),
                   fmt::format("{:.0f}", level.first_token_ms), std::to_string(level.failed)});
    table.print();
}

void print_comparison(const fallback::Paired& paired)
{
    fmt::print(
        "Against today's recorded answers: both right {}, only the fallback {}, only today's {}, neither {}; "
        "difference {:+.0f} points ({:+.0f} to {:+.0f}), p = {:.3f} (McNemar)\n",
        paired.both, paired.only_first, paired.only_second, paired.neither, paired.difference * 100,
        paired.low * 100, paired.high * 100, paired.p);
}

void print_json(const fallback::Run& run, const std::optional<fallback::Paired>& paired,
                const fallback::Readiness& readiness)
{
    nlohmann::ordered_json json = fallback::report_of(run);
    if (paired)
        json["comparison"] = {{"with", "incumbent"},
                              {"both", paired->both},
                              {"only_run", paired->only_first},
                              {"only_incumbent", paired->only_second},
                              {"neither", paired->neither},
                              {"difference", paired->difference},
                              {"low", paired->low},
                              {"high", paired->high},
                              {"p", paired->p}};
    json["readiness"] = fallback::readiness_report(readiness);
    print_line(json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_readiness(const fallback::Readiness& readiness)
{
    fmt::print("\nReadiness {} of 100\n", readiness.score);
    Table parts({"Part", "Of 100"}, {Align::Left, Align::Right});
    for (const auto& [name, value] :
         {std::pair("quality", readiness.quality), std::pair("speed", readiness.speed),
          std::pair("capacity", readiness.capacity), std::pair("cost", readiness.cost)})
        parts.add({name, value ? std::to_string(*value) : "not known"});
    parts.print();
    Table table({"Category", "Wanted", "May move", "Of the traffic"},
                {Align::Left, Align::Right, Align::Left, Align::Right});
    for (const fallback::CategoryReadiness& each : readiness.categories)
        table.add({std::string(to_string(each.category)), fmt::format("{:.0f} %", each.bar * 100),
                   each.may_move ? "yes" : "no",
                   each.traffic ? fmt::format("{:.0f} %", *each.traffic * 100) : "not known"});
    table.print();
    if (readiness.could_move)
        fmt::print("{:.0f} % of the traffic could move today\n", *readiness.could_move * 100);
    for (const fallback::Reason& reason : readiness.reasons)
        fmt::print("  {} {}\n", reason.against ? "−" : "+", reason.text);
    for (const fallback::Leave& leave : readiness.leave)
        fmt::print("  Contract “{}”, {} {} ({}): {}\n", leave.contract, leave.check, leave.section,
                   leave.verdict, in_short(leave.passage));
}

}

void print_run(const fallback::Run& run, const fallback::Suite& suite, const fallback::Readiness& readiness,
               bool as_json)
{
    const auto paired = fallback::against_incumbent(run, suite);
    if (as_json) {
        print_json(run, paired, readiness);
        return;
    }
    print_cases(run);
    print_line("");
    print_categories(run);
    if (!run.throughput.empty()) {
        print_line("");
        print_throughput(run);
    }
    const fallback::RunTotals sums = fallback::totals(run);
    fmt::print("\n{} on {}: {} of {} cases passed, {} failed, {} invalid, {} errors\n",
               fallback::shown_model(run), run.endpoint, sums.passed, sums.cases, sums.failed, sums.invalid,
               sums.errors);
    if (paired)
        print_comparison(*paired);
    print_readiness(readiness);
}

}
