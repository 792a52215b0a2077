#include "core/scoring/index.h"

#include "core/scoring/spread.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace leeway::scoring {
namespace {

using clauses::Polarity;
using clauses::Verdict;

// A check with all that the formula needs, in whole numbers: weight in hundredths, severity in tenths.
struct Row
{
    const clauses::Check* check = nullptr;
    std::int64_t weight = 0;
    std::int64_t severity = 0;
    Answer answer;
};

std::int64_t hundredths(double weight)
{
    return weight > 0 ? std::llround(std::min(weight, 10.0) * 100) : 0; // 0 for NaN too
}

// 1000 × part / (10 × whole), half up: tenths of a point from weight × severity.
Tenths tenths_of(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0 : static_cast<Tenths>((100 * part + whole / 2) / whole);
}

std::vector<Row> rows_of(const clauses::Pack& pack, const std::vector<Answer>& answers,
                         const Profile& profile)
{
    std::unordered_map<std::string_view, const Answer*> answer_to;
    for (const Answer& answer : answers)
        answer_to[answer.check] = &answer;
    std::vector<Row> rows;
    for (const clauses::Check& check : pack.checks) {
        const bool hazard = check.polarity == Polarity::Hazard;
        Row row{.check = &check, .answer = {}};
        if (const auto found = answer_to.find(check.id); found != answer_to.end())
            row.answer = *found->second;
        else
            row.answer = {check.id, hazard ? Verdict::Met : Verdict::Missing, 0, false};
        if (hazard && row.answer.verdict == Verdict::Missing)
            row.answer.verdict = Verdict::Met; // a hazard that is not there
        const auto weight = profile.weights.find(check.id);
        row.weight = hundredths(weight == profile.weights.end() ? check.weight : weight->second);
        row.severity = severity_tenths(row.answer.verdict);
        rows.push_back(std::move(row));
    }
    return rows;
}

// Shares `value` out by the largest remainder; equal remainders in the pack's order. A check without severity
// never gets a tenth, because the tenths to give are at most as many as there are remainders.
void share_out(Tenths value, std::int64_t whole, const std::vector<Row>& rows,
               std::vector<Contribution>& parts)
{
    std::vector<std::pair<std::int64_t, std::size_t>> remainders;
    Tenths given = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::int64_t exact = 100 * rows[i].weight * rows[i].severity;
        parts[i].points = static_cast<Tenths>(exact / whole);
        given += parts[i].points;
        remainders.emplace_back(exact % whole, i);
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; given < value; ++i, ++given)
        ++parts[remainders[i].second].points;
}

std::vector<SubScore> by_category(const std::vector<Row>& rows)
{
    struct Sums
    {
        std::int64_t weight = 0;
        std::int64_t weighted = 0;
    };
    std::vector<SubScore> scores;
    std::vector<Sums> sums;
    for (const Row& row : rows) {
        auto at = std::find_if(scores.begin(), scores.end(),
                               [&](const SubScore& score) { return score.category == row.check->category; });
        if (at == scores.end()) {
            at = scores.insert(scores.end(), SubScore{row.check->category, 0, 0});
            sums.emplace_back();
        }
        Sums& sum = sums[static_cast<std::size_t>(at - scores.begin())];
        sum.weight += row.weight;
        sum.weighted += row.weight * row.severity;
        ++at->checks;
    }
    for (std::size_t i = 0; i < scores.size(); ++i)
        scores[i].value = tenths_of(sums[i].weighted, sums[i].weight);
    return scores;
}

std::vector<Gate> gates_of(const std::vector<Row>& rows, const Profile& profile)
{
    std::vector<Gate> gates;
    for (const Row& row : rows) {
        if (std::find(profile.gates.begin(), profile.gates.end(), row.check->id) != profile.gates.end())
            gates.push_back({row.check->id, row.answer.verdict == Verdict::Met});
    }
    return gates;
}

void set_range(Index& index, const std::vector<Row>& rows, std::int64_t whole)
{
    std::vector<Uncertain> open;
    for (const Row& row : rows) {
        if (row.weight == 0)
            continue;
        open.push_back({100.0 * static_cast<double>(row.weight) / static_cast<double>(whole),
                        row.check->polarity, row.answer.verdict,
                        row.answer.reviewed ? 1.0 : row.answer.confidence});
    }
    const Spread spread = spread_of(open);
    // The index itself always lies within its range.
    index.low = std::clamp(static_cast<Tenths>(std::floor(spread.low * 10 + 1e-6)), 0, index.value);
    index.high = std::clamp(static_cast<Tenths>(std::ceil(spread.high * 10 - 1e-6)), index.value, 1000);
}

}

int severity_tenths(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Met:
        return 0;
    case Verdict::Partial:
        return 4;
    case Verdict::Missing:
        return 8;
    case Verdict::Adverse:
        break;
    }
    return 10;
}

Index lock_in_index(const clauses::Pack& pack, const std::vector<Answer>& answers, const Profile& profile)
{
    const std::vector<Row> rows = rows_of(pack, answers, profile);
    std::int64_t whole = 0;
    std::int64_t weighted = 0;
    Index index;
    for (const Row& row : rows) {
        whole += row.weight;
        weighted += row.weight * row.severity;
        index.reviewed += row.answer.reviewed ? 1 : 0;
    }
    index.checks = static_cast<int>(rows.size());
    index.value = tenths_of(weighted, whole);
    for (const Row& row : rows) {
        Contribution part;
        part.check = row.check->id;
        part.category = row.check->category;
        part.weight = static_cast<double>(row.weight) / 100;
        part.share = whole == 0 ? 0 : static_cast<double>(row.weight) / static_cast<double>(whole);
        part.severity = static_cast<double>(row.severity) / 10;
        part.index_if_met = tenths_of(weighted - row.weight * row.severity, whole);
        index.contributions.push_back(std::move(part));
    }
    if (whole > 0) {
        share_out(index.value, whole, rows, index.contributions);
        set_range(index, rows, whole);
        if (index.reviewed == index.checks)
            index.low = index.high = index.value;
    }
    index.categories = by_category(rows);
    index.gates = gates_of(rows, profile);
    index.profile = profile.id;
    index.formula = formula_version;
    return index;
}

Profile pack_profile(const clauses::Pack& pack)
{
    Profile profile{.id = pack.id, .title = pack.title, .note = {}, .weights = {}, .gates = {}};
    for (const clauses::Check& check : pack.checks) {
        profile.weights[check.id] = check.weight;
        if (check.gate)
            profile.gates.push_back(check.id);
    }
    return profile;
}

}
