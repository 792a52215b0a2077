#include "core/fallback/policy/annex.h"

#include "core/fallback/policy/pace.h"
#include "core/fallback/policy/words.h"

#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace leeway::fallback {
namespace {

// What stands on the page, whatever it is written in.
struct Page
{
    struct Part
    {
        std::string heading;
        std::vector<std::string> sentences;
        std::vector<std::vector<std::string>> table; // the first row is the head
    };
    std::string title;
    std::string note;
    std::vector<Part> parts;
};

std::string share(std::int64_t part, std::int64_t whole)
{
    return fmt::format("{} ({:.1f} %)", part,
                       whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string quality_text(const Tally& tally)
{
    const auto quality = tally.quality();
    return quality ? fmt::format("{:.1f} %", *quality * 100) : std::string("not known");
}

Page::Part compared(const Policy& policy, const Replay& replay, const Outcome& with, const Outcome& without)
{
    Page::Part part;
    part.heading = "What it would have done";
    part.sentences.push_back(fmt::format("Replayed over {} requests from {} to {}.", replay.requests,
                                         base::to_string(replay.first), base::to_string(replay.last)));
    for (const Reaction& reaction : with.reactions) {
        const Incident& incident = reaction.incident;
        std::string text = fmt::format(
            "Assumed at {}, from {}{}: {}.", policy.target(incident.target)->title,
            base::to_string(incident.from),
            incident.duration_s > 0 ? " for " + duration_words(static_cast<double>(incident.duration_s))
                                    : std::string(" on"),
            words_of(incident));
        if (reaction.detected_ms)
            text += fmt::format(
                " The policy reacted after {}{}.",
                duration_words(static_cast<double>(*reaction.detected_ms) / 1000),
                reaction.returned_ms
                    ? fmt::format(" and was back {} after its end",
                                  duration_words(static_cast<double>(*reaction.returned_ms) / 1000))
                    : std::string());
        part.sentences.push_back(std::move(text));
    }
    part.table.push_back({"", "Without failover", "With this policy"});
    const auto row = [&](const char* name, const auto& text) {
        part.table.push_back({name, text(without), text(with)});
    };
    row("Requests that failed", [](const Outcome& o) { return share(o.all.all_failed(), o.all.requests); });
    row("Answers that were late", [](const Outcome& o) { return share(o.all.late, o.all.requests); });
    row("95 % of answers within",
        [](const Outcome& o) { return duration_words(static_cast<double>(o.all.times.p95) / 1000); });
    row("Served by another target", [](const Outcome& o) { return share(o.all.moved, o.all.requests); });
    row("Cost of answers", [&](const Outcome& o) { return o.all.cost.to_fixed(2) + " " + replay.currency; });
    row("Cost of machines", [&](const Outcome& o) { return o.machines.to_fixed(2) + " " + replay.currency; });
    row("Answers expected to be right", [](const Outcome& o) { return quality_text(o.all); });
    return part;
}

Page page_of(const Policy& policy, const Replay* replay, const Outcome* with, const Outcome* without)
{
    Page page{"Failover policy: " + policy.title, policy.note, {}};
    for (Clause& clause : clauses_of(policy))
        page.parts.push_back({std::move(clause.heading), std::move(clause.sentences), {}});
    if (replay != nullptr && with != nullptr && without != nullptr)
        page.parts.push_back(compared(policy, *replay, *with, *without));
    return page;
}

std::string escaped(std::string_view text, bool html)
{
    constexpr std::string_view marks = "\\`*_[]<>#|";
    std::string out;
    for (const char c : text) {
        if (html && c == '<')
            out += "&lt;";
        else if (html && c == '>')
            out += "&gt;";
        else if (html && c == '&')
            out += "&amp;";
        else if (html && c == '"')
            out += "&quot;";
        else if (!html && marks.find(c) != std::string_view::npos)
            out += std::string("\\") + c;
        else
            out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string markdown_table(const std::vector<std::vector<std::string>>& table)
{
    std::string out;
    for (std::size_t i = 0; i < table.size(); ++i) {
        out += "|";
        for (const std::string& cell : table[i])
            out += " " + escaped(cell, false) + " |";
        out += "\n";
        if (i == 0)
            out += "|---|---:|---:|\n";
    }
    return out + "\n";
}

std::string html_table(const std::vector<std::vector<std::string>>& table)
{
    std::string out = "<table>\n";
    for (std::size_t i = 0; i < table.size(); ++i) {
        out += "<tr>";
        for (std::size_t c = 0; c < table[i].size(); ++c) {
            const std::string_view tag = i == 0 || c == 0 ? "th" : "td";
            out += fmt::format("<{0}>{1}</{0}>", tag, escaped(table[i][c], true));
        }
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

}

std::string annex_markdown(const Policy& policy, const Replay* replay, const Outcome* replayed,
                           const Outcome* without)
{
    const Page page = page_of(policy, replay, replayed, without);
    std::string out = "# " + escaped(page.title, false) + "\n\n";
    if (!page.note.empty())
        out += escaped(page.note, false) + "\n\n";
    for (std::size_t i = 0; i < page.parts.size(); ++i) {
        out += fmt::format("## {}. {}\n\n", i + 1, escaped(page.parts[i].heading, false));
        for (std::size_t s = 0; s < page.parts[i].sentences.size(); ++s)
            out += fmt::format("{}.{} {}\n\n", i + 1, s + 1, escaped(page.parts[i].sentences[s], false));
        if (!page.parts[i].table.empty())
            out += markdown_table(page.parts[i].table);
    }
    return out;
}

std::string annex_html(const Policy& policy, const Replay* replay, const Outcome* replayed,
                       const Outcome* without)
{
    const Page page = page_of(policy, replay, replayed, without);
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n"
        "body {{ font: 11pt/1.5 sans-serif; max-width: 42em; margin: 3em auto; color: #1B2430; }}\n"
        "h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.1em; margin-top: 1.6em; }}\n"
        "table {{ border-collapse: collapse; width: 100%; }}\n"
        "th, td {{ text-align: right; padding: 0.3em 0.5em; border-bottom: 1px solid #DDE1E7; }}\n"
        "th:first-child {{ text-align: left; font-weight: normal; }}\n"
        "</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        escaped(page.title, true), escaped(page.title, true));
    if (!page.note.empty())
        out += "<p>" + escaped(page.note, true) + "</p>\n";
    for (std::size_t i = 0; i < page.parts.size(); ++i) {
        out += fmt::format("<h2>{}. {}</h2>\n", i + 1, escaped(page.parts[i].heading, true));
        for (std::size_t s = 0; s < page.parts[i].sentences.size(); ++s)
            out += fmt::format("<p>{}.{} {}</p>\n", i + 1, s + 1, escaped(page.parts[i].sentences[s], true));
        if (!page.parts[i].table.empty())
            out += html_table(page.parts[i].table);
    }
    return out + "</body>\n</html>\n";
}

}
