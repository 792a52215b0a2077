#include "ui/contracts/evidence.h"

#include "ui/widgets/text.h"

namespace leeway::ui {

std::optional<document::TextRange> locate(const document::Document& document,
                                          const clauses::Evidence& evidence)
{
    if (evidence.begin < evidence.end && evidence.end <= document.text.size() &&
        document.slice(evidence.begin, evidence.end) == evidence.text)
        return document::TextRange{evidence.begin, evidence.end};
    if (evidence.text.empty())
        return std::nullopt;
    if (const auto at = document.text.find(evidence.text); at != std::string::npos)
        return document::TextRange{std::uint32_t(at), std::uint32_t(at + evidence.text.size())};
    const auto found = findText(document, str(evidence.text));
    return found.empty() ? std::nullopt : std::optional(found.front());
}

namespace {

void add(std::vector<Highlight>& to, const document::Document& document,
         const std::vector<clauses::Evidence>& evidence, clauses::Verdict verdict, const std::string& check)
{
    for (const auto& passage : evidence)
        if (const auto range = locate(document, passage))
            to.push_back({*range, verdict, passage.role, str(check)});
}

}

std::vector<Highlight> highlightsOf(const document::Document& document,
                                    const std::vector<report::ChecklistRow>& checklist)
{
    std::vector<Highlight> result;
    for (const auto& row : checklist)
        add(result, document, row.evidence, row.verdict, row.check);
    return result;
}

std::vector<Highlight> highlightsOf(const document::Document& document, const clauses::Review& review)
{
    std::vector<Highlight> result;
    for (const auto& finding : review.findings)
        add(result, document, finding.evidence, finding.verdict, finding.check);
    return result;
}

std::optional<clauses::Evidence> evidenceFrom(const document::Document& document, document::TextRange range,
                                              clauses::Role role)
{
    const auto isSpace = [&](std::uint32_t at) {
        return std::string_view(" \t\r\n").find(document.text[at]) != std::string_view::npos;
    };
    while (range.begin < range.end && isSpace(range.begin))
        ++range.begin;
    while (range.begin < range.end && isSpace(range.end - 1))
        --range.end;
    if (range.begin == range.end)
        return std::nullopt;
    clauses::Evidence result;
    result.begin = range.begin;
    result.end = range.end;
    result.page = document::page_at(document, range.begin);
    result.section = document::section_at(document, range.begin);
    result.text = std::string(document.slice(range.begin, range.end));
    result.role = role;
    return result;
}

}
