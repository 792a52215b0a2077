#include "core/base/text.h"
#include "core/report/findings.h"
#include "core/report/format.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::report {
namespace {

using clauses::Verdict;

std::string with_places(std::string sentence, const ChecklistRow& row)
{
    const std::string where = places(row.evidence);
    return where.empty() ? sentence : fmt::format("{} ({})", sentence, where);
}

// Without the full stop, so that a place can follow.
std::string open_ended(std::string sentence)
{
    if (!sentence.empty() && sentence.back() == '.')
        sentence.pop_back();
    return sentence;
}

std::string named(const Model& model, const ContractPart& part, const std::string& sentence)
{
    return model.contracts.size() > 1 ? fmt::format("{}: {}", part.title, sentence) : sentence;
}

bool is_failed_gate(const ContractPart& part, const std::string& check)
{
    return std::any_of(part.index.gates.begin(), part.index.gates.end(),
                       [&](const scoring::Gate& gate) { return gate.check == check && !gate.passed; });
}

void add_gates(const Model& model, const ContractPart& part, std::vector<std::string>& sentences)
{
    for (const scoring::Gate& gate : part.index.gates) {
        const ChecklistRow* row = part.row(gate.check);
        if (gate.passed || row == nullptr || (!part.has_index() && !row->reviewed))
            continue;
        const std::string verdict = base::lowered(report::verdict(row->verdict));
        sentences.push_back(named(model, part,
                                  with_places(fmt::format("“{}” must be met and is {}: {}", row->title,
                                                          verdict, open_ended(row->meaning)),
                                              *row) +
                                      "."));
    }
}

void add_worst(const Model& model, const ContractPart& part, std::size_t limit,
               std::vector<std::string>& sentences)
{
    std::vector<const ChecklistRow*> rows;
    for (const ChecklistRow& row : part.checklist) {
        if (row.verdict == Verdict::Adverse && row.points > 0 && !is_failed_gate(part, row.check))
            rows.push_back(&row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto* a, const auto* b) { return a->points > b->points; });
    for (std::size_t i = 0; i < std::min(limit, rows.size()); ++i)
        sentences.push_back(named(model, part, with_places(open_ended(rows[i]->meaning), *rows[i]) + "."));
}

std::vector<std::string> titles_of_changed(const ContractPart& part)
{
    std::vector<std::string> titles;
    for (const ChecklistRow& row : part.checklist) {
        if (row.text_changed)
            titles.push_back(row.title);
    }
    return titles;
}

bool has_rate_of_its_own(const project::Settings& settings)
{
    return settings.currency_per_usd != base::Decimal::from_integer(1) || !settings.rate_source.empty();
}

}

std::vector<std::string> stands_out(const Model& model)
{
    constexpr std::size_t adverse_alone = 4;
    constexpr std::size_t adverse_of_several = 2;
    std::vector<std::string> sentences;
    for (const ContractPart& part : model.contracts) {
        if (!part.outside.empty())
            sentences.push_back(named(model, part, clauses::outside_message(part.outside)));
    }
    for (const ContractPart& part : model.contracts)
        add_gates(model, part, sentences);
    for (const ContractPart& part : model.contracts)
        add_worst(model, part, model.contracts.size() == 1 ? adverse_alone : adverse_of_several, sentences);
    if (model.matrix && model.matrix->outcomes.size() > 1)
        sentences.push_back(answer_of(*model.matrix) + ".");
    for (const ContractPart& part : model.contracts) {
        const auto changed = static_cast<std::int64_t>(titles_of_changed(part).size());
        if (changed > 0)
            sentences.push_back(
                named(model, part,
                      fmt::format("{} on text that version {} no longer has.",
                                  plural(changed, "decision rests", "decisions rest"), part.version)));
    }
    return sentences;
}

std::vector<std::string> do_next(const Model& model, const project::Snapshot& snapshot)
{
    std::vector<std::string> tasks;
    if (model.contracts.empty())
        tasks.emplace_back("Add the vendor's contract.");
    for (const ContractPart& part : model.contracts) {
        const int open = part.index.checks - part.index.reviewed;
        if (open > 0)
            tasks.push_back(
                fmt::format("Decide {} of “{}”.", plural(open, "open check", "open checks"), part.title));
        const auto changed = titles_of_changed(part);
        if (!changed.empty())
            tasks.push_back(fmt::format("Look again at what changed in version {} of “{}”: {}.", part.version,
                                        part.title, fmt::join(changed, ", ")));
        if (!part.urgent.empty()) {
            const ChecklistRow& row = *part.row(part.urgent.front());
            tasks.push_back(
                fmt::format("Negotiate “{}” first: met, it takes the index of “{}” from {} to {}.", row.title,
                            part.title, index(part.index.value), index(row.index_if_met)));
        }
    }
    if (snapshot.cube.empty()) {
        tasks.emplace_back("Import usage logs or type monthly volumes, to see what a price rise would cost.");
    } else if (!model.matrix) {
        tasks.emplace_back("Choose scenarios, to see what a price rise would cost.");
    } else {
        if (!model.matrix->gate)
            tasks.emplace_back("Enter the date of the budget lock, to get the decision gate.");
        if (snapshot.sheet.currency == "USD" && snapshot.settings.currency != "USD" &&
            !has_rate_of_its_own(snapshot.settings))
            tasks.push_back(fmt::format("Enter the exchange rate from USD to {} with its source.",
                                        snapshot.settings.currency));
    }
    return tasks;
}

}
