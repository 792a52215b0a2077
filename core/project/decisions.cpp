#include "core/project/decisions.h"

#include "core/project/database.h"
#include "core/project/reviews.h"
#include "core/project/textmatch.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::project {
namespace {

std::optional<std::string> verdict_now(SQLite::Database& database, Id contract, const std::string& check)
{
    Command select(database, "SELECT verdict FROM decision WHERE contract_id = ? AND check_id = ?");
    select.start(contract, check);
    if (!select.next())
        return std::nullopt;
    return select.text(0);
}

const clauses::Finding* finding_of(const Version& version, const std::string& check)
{
    const auto& findings = version.review.findings;
    const auto it = std::find_if(findings.begin(), findings.end(),
                                 [&](const clauses::Finding& f) { return f.check == check; });
    return it == findings.end() ? nullptr : &*it;
}

void insert_decision(SQLite::Database& database, Id contract, const Version& newest, const Decision& decision)
{
    // A replaced decision keeps its id, and with it its place.
    Command(database, "INSERT INTO decision (contract_id, check_id, verdict, note, author, time, changed_by) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (contract_id, check_id) DO UPDATE SET "
                      "verdict = excluded.verdict, note = excluded.note, author = excluded.author, "
                      "time = excluded.time, changed_by = excluded.changed_by")(
        contract, decision.check, clauses::to_string(decision.verdict), decision.note, decision.author,
        decision.time, decision.text_changed ? std::optional<Id>(newest.id) : std::nullopt);
    Command find(database, "SELECT id FROM decision WHERE contract_id = ? AND check_id = ?");
    find.start(contract, decision.check);
    find.next();
    const Id id = find.integer(0);

    Command(database, "DELETE FROM decision_evidence WHERE decision_id = ?")(id);
    Command(database, "DELETE FROM decision_basis WHERE decision_id = ?")(id);
    write_decision_evidence(database, id, decision.evidence);
    const clauses::Finding* confirmed = finding_of(newest, decision.check);
    const auto& basis =
        !decision.evidence.empty() || confirmed == nullptr ? decision.evidence : confirmed->evidence;
    Command insert(database, "INSERT INTO decision_basis (decision_id, position, text) VALUES (?, ?, ?)");
    std::int64_t position = 0;
    for (const clauses::Evidence& evidence : basis)
        insert(id, position++, evidence.text);
}

// Evidence was taken from the version that was newest then; its place in today's newest is found by its
// words.
void relocate(clauses::Evidence& evidence, const document::Document& document)
{
    const bool inside = evidence.begin <= evidence.end && evidence.end <= document.text.size();
    if (inside &&
        without_spaces(document.slice(evidence.begin, evidence.end)) == without_spaces(evidence.text))
        return;
    const auto range = find_passage(document.text, evidence.text).value_or(std::pair{0U, 0U});
    evidence.begin = range.first;
    evidence.end = range.second;
    if (range.second > 0) {
        evidence.page = document::page_at(document, range.first);
        evidence.section = document::section_at(document, range.first);
    }
}

}

Deed write_decision(SQLite::Database& database, Id contract, const Version& newest, const std::string& check,
                    const std::optional<Decision>& decision)
{
    const auto before = verdict_now(database, contract, check);
    if (!decision) {
        if (!before)
            refuse(base::ErrorCode::NotFound,
                   fmt::format("There is no decision on “{}” to withdraw.", check));
        Command(database, "DELETE FROM decision WHERE contract_id = ? AND check_id = ?")(contract, check);
        return {"withdraw decision", fmt::format("{}: {} → open", check, *before)};
    }
    if (decision->check != check)
        refuse(base::ErrorCode::Invalid,
               fmt::format("A decision on “{}” cannot be set for “{}”.", decision->check, check));
    const bool restored = !decision->author.empty() && decision->time != base::Instant{};
    Decision complete = *decision;
    if (!restored) {
        complete.author = login_name();
        complete.time = now();
    }
    insert_decision(database, contract, newest, complete);
    return {restored ? "undo decide" : "decide",
            fmt::format("{}: {} → {}", check, before.value_or("open"), clauses::to_string(complete.verdict))};
}

int mark_changed(SQLite::Database& database, Id contract, Id version, const std::string& text)
{
    const std::string squashed = without_spaces(text);
    std::vector<Id> changed;
    Command select(database, "SELECT decision.id, decision_basis.text FROM decision "
                             "JOIN decision_basis ON decision_basis.decision_id = decision.id "
                             "WHERE decision.contract_id = ? ORDER BY decision.id, decision_basis.position");
    select.start(contract);
    while (select.next()) {
        const Id id = select.integer(0);
        const bool known = !changed.empty() && changed.back() == id;
        if (!known && squashed.find(without_spaces(select.text(1))) == std::string::npos)
            changed.push_back(id);
    }
    // One that was marked by an earlier version stays marked by it.
    Command mark(database,
                 "UPDATE decision SET changed_by = ?1 WHERE id = ?2 AND (changed_by IS NULL OR "
                 "EXISTS (SELECT 1 FROM version WHERE version.id = changed_by AND removed IS NOT NULL))");
    for (const Id id : changed)
        mark(version, id);
    return static_cast<int>(changed.size());
}

std::vector<Decision> read_decisions(SQLite::Database& database, Id contract,
                                     const document::Document& newest)
{
    std::vector<Decision> decisions;
    Command select(database, "SELECT decision.id, check_id, verdict, note, author, time, "
                             "version.id IS NOT NULL FROM decision LEFT JOIN version "
                             "ON version.id = decision.changed_by AND version.removed IS NULL "
                             "WHERE decision.contract_id = ? ORDER BY decision.id");
    select.start(contract);
    while (select.next()) {
        Decision decision;
        decision.check = select.text(1);
        decision.verdict = verdict_of(select.text(2));
        decision.note = select.text(3);
        decision.author = select.text(4);
        decision.time = select.instant(5);
        decision.text_changed = select.integer(6) != 0;
        decision.evidence = read_decision_evidence(database, select.integer(0));
        for (clauses::Evidence& evidence : decision.evidence)
            relocate(evidence, newest);
        decisions.push_back(std::move(decision));
    }
    return decisions;
}

}
