#include "core/report/calendar.h"

#include "core/base/templates.h"
#include "core/base/text.h"
#include "core/clauses/regulation/regulation.h"
#include "core/clauses/term/term.h"
#include "core/clauses/words.h"
#include "core/report/format.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

namespace leeway::report {
namespace {

constexpr std::string_view renewal_check = "renewal-control";
constexpr std::string_view review_check = "price-review";
constexpr std::size_t shown_bytes = 300;

const clauses::Finding* finding_of(const project::Contract& contract, std::string_view check)
{
    const auto& findings = contract.newest().review.findings;
    const auto found = std::ranges::find(findings, check, &clauses::Finding::check);
    return found == findings.end() ? nullptr : &*found;
}

const clauses::Parameter* parameter_of(const clauses::Finding* finding, std::string_view name)
{
    if (finding == nullptr)
        return nullptr;
    const auto found = std::ranges::find(finding->parameters, name, &clauses::Parameter::name);
    return found == finding->parameters.end() ? nullptr : &*found;
}

double number_of(const clauses::Parameter* parameter)
{
    const auto value = parameter == nullptr
                           ? base::Decimal()
                           : base::Decimal::parse(parameter->value).value_or(base::Decimal());
    return value.to_double();
}

simulation::DateSource source_of(const project::Contract& contract, std::string_view check)
{
    simulation::DateSource source;
    source.title = contract.title;
    source.contract = contract.id;
    source.check = check;
    return source;
}

simulation::DateSource source_of(const project::Contract& contract, std::string_view check,
                                 const clauses::StatedIn& said)
{
    simulation::DateSource source = source_of(contract, check);
    if (said.end == 0)
        return source;
    const document::Document& document = contract.newest().document;
    source.section = document::section_at(document, said.begin);
    source.page = document::page_at(document, said.begin);
    source.text = base::shortened(document.slice(said.begin, said.end), shown_bytes);
    return source;
}

simulation::DateSource source_of(const project::Contract& contract, const ChecklistRow& row)
{
    simulation::DateSource source = source_of(contract, row.check);
    if (row.evidence.empty())
        return source;
    const clauses::Evidence& evidence = row.evidence.front();
    source.section = evidence.section;
    source.page = evidence.page;
    source.text = base::shortened(evidence.text, shown_bytes);
    return source;
}

// Whether a text counts to `number` in that unit: "60 days", "two (2) calendar months'", "12-month".
bool counts(std::string_view text, int number, std::string_view unit)
{
    constexpr std::size_t reach = 2; // a word may stand between: "calendar", "business"
    std::string words = base::lowered(text);
    std::ranges::replace_if(
        words, [](unsigned char c) { return std::isalnum(c) == 0; }, ' ');
    std::vector<std::string> before;
    for (const std::string& word : base::split(words, ' ')) {
        if (word.empty())
            continue;
        const bool counted = word.starts_with(unit) && word.size() <= unit.size() + 1;
        for (std::size_t i = 0; counted && i < std::min(reach, before.size()); ++i) {
            const std::string& figure = before[before.size() - 1 - i];
            if (figure == std::to_string(number) || clauses::number_word(figure) == number)
                return true;
        }
        before.push_back(word);
    }
    return false;
}

// Findings have notice in days, 30 for a month; months are kept where a passage counts that many of them.
std::optional<simulation::NoticeTime> notice_of(const clauses::Finding* finding)
{
    const int days = static_cast<int>(std::lround(number_of(parameter_of(finding, "notice"))));
    if (days <= 0 || days > 3650)
        return std::nullopt;
    const auto said = [&](int number, std::string_view unit) {
        return std::ranges::any_of(finding->evidence, [&](const clauses::Evidence& passage) {
            return counts(passage.text, number, unit);
        });
    };
    const bool by_month = days % 30 == 0 && said(days / 30, "month") && !said(days, "day");
    simulation::NoticeTime notice{days, by_month ? days / 30 : 0, {}};
    notice.words = by_month ? plural(notice.months, "month", "months") : plural(days, "day", "days");
    return notice;
}

// "at most 3 % a year, 60 days' notice"
std::string allowed(const clauses::Finding* finding)
{
    std::string text;
    const auto join = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (const auto* cap = parameter_of(finding, "cap"))
        join(fmt::format("at most {}", percent(number_of(cap))));
    if (const auto* index = parameter_of(finding, "index"))
        join(fmt::format("by {}", index->value));
    if (const auto* notice = parameter_of(finding, "notice"))
        join(fmt::format("{}' notice", plural(std::lround(number_of(notice)), "day", "days")));
    return text;
}

// A vendor that may change prices at any time has no day for it.
bool has_review(const ChecklistRow* row)
{
    return row != nullptr && !row->evidence.empty() &&
           (row->verdict == clauses::Verdict::Met || row->verdict == clauses::Verdict::Partial);
}

struct Start
{
    std::vector<std::string> titles;
    std::string article;
};

void add_regulation(const clauses::Regulation& regulation, std::vector<simulation::RegulationDate>& dates)
{
    std::map<base::Date, Start> starts;
    std::map<base::Date, Start> further;
    std::map<base::Date, Start> floors;
    const auto add = [](std::map<base::Date, Start>& to, std::optional<base::Date> day,
                        const clauses::Requirement& requirement) {
        if (!day)
            return;
        Start& start = to[*day];
        if (std::ranges::find(start.titles, requirement.title) == start.titles.end())
            start.titles.push_back(requirement.title);
        start.article = requirement.article;
    };
    for (const clauses::Requirement& requirement : regulation.requirements) {
        add(starts, requirement.from, requirement);
        for (const clauses::LaterStart& later : requirement.later)
            add(further, later.from, requirement);
        for (const clauses::LegalFloor& floor : requirement.floors)
            add(floors, floor.from, requirement);
    }
    const std::string name = regulation.title.substr(0, regulation.title.find(':'));
    const auto write = [&](const std::map<base::Date, Start>& from, std::string_view one,
                           std::string_view many) {
        for (const auto& [day, start] : from) {
            const bool single = start.titles.size() == 1;
            dates.push_back({day, name,
                             single
                                 ? fmt::format(fmt::runtime(one), start.titles.front())
                                 : fmt::format(fmt::runtime(many), start.titles.size(), start.titles.front()),
                             single ? start.article : std::string()});
        }
    };
    write(starts, "“{}” begins to apply, if it concerns you",
          "{} requirements begin to apply, if they concern you (“{}” and others)");
    write(further, "“{}” begins to apply in further cases",
          "{} requirements begin to apply in further cases (“{}” and others)");
    write(floors, "the law asks for more on “{}”",
          "the law asks for more on {} requirements (“{}” and others)");
}

}

simulation::ContractTerm term_of(const project::Contract& contract, const ContractPart& part)
{
    const clauses::Term said = clauses::term_of(contract.newest().document);
    simulation::ContractTerm term{contract.title, contract.id};
    term.begins = said.begins;
    term.ends = said.ends;
    term.renewal_months = said.renewal_months;
    term.renews = said.renews;
    term.notice = notice_of(finding_of(contract, renewal_check));
    term.term_source =
        source_of(contract, renewal_check, said.ends_in.end > 0 ? said.ends_in : said.begins_in);
    const ChecklistRow* renewal = part.row(renewal_check);
    term.renewal_source = renewal != nullptr && !renewal->evidence.empty()
                              ? source_of(contract, *renewal)
                              : source_of(contract, renewal_check, said.renews_in);
    if (const ChecklistRow* review = part.row(review_check); has_review(review)) {
        term.price_review = source_of(contract, *review);
        term.price_review->text = allowed(finding_of(contract, review_check));
    }
    return term;
}

std::string place(const simulation::DateSource& source)
{
    std::string text = source.title;
    if (!source.section.empty())
        text += " · " + section(source.section);
    if (source.page > 0)
        text += fmt::format(" · p. {}", source.page);
    return text;
}

const std::vector<simulation::RegulationDate>& regulation_dates()
{
    static const std::vector<simulation::RegulationDate> dates = [] {
        std::vector<simulation::RegulationDate> all;
        const auto files = base::template_files("regulations");
        if (!files)
            return all;
        for (const std::filesystem::path& file : *files) {
            if (const auto regulation = clauses::load_regulation(file.stem().string()))
                add_regulation(*regulation, all);
        }
        return all;
    }();
    return dates;
}

simulation::CalendarFacts calendar_facts(const Model& model, const project::Snapshot& snapshot,
                                         std::vector<simulation::ContractTerm>& terms)
{
    terms.clear();
    for (std::size_t i = 0; i < std::min(snapshot.contracts.size(), model.contracts.size()); ++i)
        terms.push_back(term_of(snapshot.contracts[i], model.contracts[i]));
    simulation::CalendarFacts facts;
    if (!snapshot.scenarios.scenarios.empty())
        facts.plan = &snapshot.scenarios.plan;
    facts.contracts = terms;
    facts.sheet = &snapshot.sheet;
    std::set<const pricing::Model*> seen;
    for (const usage::Cell& cell : snapshot.cube.cells) {
        const pricing::Model* used = snapshot.sheet.find(cell.key.vendor, cell.key.model);
        if (used != nullptr && seen.insert(used).second)
            facts.used.push_back(used);
    }
    if (!snapshot.contracts.empty())
        facts.regulations = regulation_dates();
    return facts;
}

}
