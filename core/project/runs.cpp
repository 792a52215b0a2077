#include "core/project/runs.h"

#include "core/fallback/reader.h"
#include "core/fallback/runs/runjson.h"
#include "core/project/database.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>

namespace leeway::project {
namespace {

using nlohmann::ordered_json;

std::string text_of(const ordered_json& json)
{
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json json_in(const std::string& text)
{
    auto json = ordered_json::parse(text, nullptr, false);
    if (json.is_discarded())
        refuse_damaged("a run in it cannot be read");
    return json;
}

fallback::Run head_in(const std::string& text)
{
    auto head = fallback::head_from(json_in(text));
    if (!head)
        refuse_damaged("a run in it cannot be read: " + head.error().message);
    return std::move(*head);
}

// A run that is there, or, with `removed`, one that was removed.
fallback::Run head_of(SQLite::Database& database, Id id, bool removed = false)
{
    Command row(database, removed ? "SELECT head FROM run WHERE id = ? AND removed IS NOT NULL"
                                  : "SELECT head FROM run WHERE id = ? AND removed IS NULL");
    row.start(id);
    if (!row.next())
        refuse(base::ErrorCode::NotFound, "This run is not in the project any more.");
    return head_in(row.text(0));
}

std::string in_words(const fallback::Run& run)
{
    return fmt::format("“{}” on {}, model {}", run.suite, run.endpoint, run.identity.model);
}

std::vector<fallback::Endpoint> read_endpoints(SQLite::Database& database)
{
    std::vector<fallback::Endpoint> endpoints;
    Command row(database, "SELECT name, kind, url, model, key_variable, certificates, context FROM endpoint "
                          "ORDER BY position");
    row.start();
    while (row.next()) {
        const auto kind = fallback::endpoint_kind_from(row.text(1));
        if (!kind)
            refuse_damaged("an endpoint in it is of an unknown kind");
        fallback::Endpoint endpoint;
        endpoint.name = row.text(0);
        endpoint.kind = *kind;
        endpoint.url = row.text(2);
        endpoint.model = row.text(3);
        endpoint.key_variable = row.text(4);
        endpoint.certificates = row.text(5);
        endpoint.context = static_cast<int>(row.offset(6));
        endpoints.push_back(std::move(endpoint));
    }
    return endpoints;
}

std::vector<StoredSuite> read_suites(SQLite::Database& database)
{
    std::vector<StoredSuite> suites;
    Command row(database, "SELECT id, added, name, sha256, cases FROM suite ORDER BY id");
    row.start();
    while (row.next())
        suites.push_back(
            {row.integer(0), row.instant(1), row.text(2), row.text(3), static_cast<int>(row.offset(4))});
    return suites;
}

std::vector<StoredRun> read_runs(SQLite::Database& database)
{
    std::vector<StoredRun> runs;
    Command row(database, "SELECT id, suite_id, head, ended IS NOT NULL, "
                          "(SELECT count(*) FROM run_result WHERE run_id = run.id) "
                          "FROM run WHERE removed IS NULL ORDER BY id");
    row.start();
    while (row.next())
        runs.push_back({row.integer(0), row.integer(1), head_in(row.text(2)), static_cast<int>(row.offset(4)),
                        row.integer(3) != 0});
    return runs;
}

}

const StoredRun* run_to_go_on(const FallbackPart& part, const fallback::RunIdentity& identity)
{
    const auto fits = [&](const StoredRun& run) {
        fallback::RunIdentity known = run.head.identity;
        if (identity.model.empty())
            known.model.clear();
        return known == identity;
    };
    const auto found = std::find_if(part.runs.rbegin(), part.runs.rend(), fits);
    return found == part.runs.rend() || found->ended ? nullptr : &*found;
}

const StoredRun* newest_run(const FallbackPart& part, std::string_view suite, std::string_view model)
{
    const auto found = std::find_if(part.runs.rbegin(), part.runs.rend(), [&](const StoredRun& run) {
        return run.head.suite == suite && run.answers > 0 &&
               (model.empty() || run.head.identity.model == model);
    });
    return found == part.runs.rend() ? nullptr : &*found;
}

Deed write_endpoints(SQLite::Database& database, const std::vector<fallback::Endpoint>& endpoints)
{
    Command(database, "DELETE FROM endpoint")();
    Command row(database,
                "INSERT INTO endpoint (position, name, kind, url, model, key_variable, certificates, "
                "context) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    std::int64_t position = 0;
    std::string names;
    for (const fallback::Endpoint& endpoint : endpoints) {
        // Also keeps passwords out of the file.
        if (auto status = fallback::check_endpoint(endpoint, false); !status)
            throw Refused{status.error()};
        row(position++, endpoint.name, to_string(endpoint.kind), endpoint.url, endpoint.model,
            endpoint.key_variable, endpoint.certificates, endpoint.context);
        names += (names.empty() ? "" : ", ") + shown_name(endpoint);
    }
    return {"change endpoints", names.empty() ? "none" : names};
}

Id known_suite(SQLite::Database& database, const std::string& sha256)
{
    Command row(database, "SELECT id FROM suite WHERE sha256 = ?");
    row.start(sha256);
    return row.next() ? row.integer(0) : 0;
}

Deed insert_suite(SQLite::Database& database, const fallback::Suite& suite, Id& id)
{
    const std::string json = fallback::to_json(suite);
    if (auto read_back = fallback::parse_suite("suite.json", json); !read_back)
        refuse(base::ErrorCode::Invalid,
               fmt::format("The suite cannot be kept: {}", read_back.error().message));
    Command(database, "INSERT INTO suite (added, name, sha256, cases, json) VALUES (?, ?, ?, ?, ?)")(
        now(), suite.name, suite.sha256, suite.cases.size(), json);
    id = database.getLastInsertRowid();
    return {"add suite",
            fmt::format("“{}”, {} cases, SHA-256 {}", suite.name, suite.cases.size(), suite.sha256)};
}

Deed insert_run(SQLite::Database& database, Id suite, const fallback::Run& head, Id& id)
{
    Command(database, "INSERT INTO run (suite_id, head) VALUES (?, ?)")(suite, text_of(head_to_json(head)));
    id = database.getLastInsertRowid();
    return {"begin run", in_words(head)};
}

void write_result(SQLite::Database& database, Id run, const fallback::CaseResult& result)
{
    Command(database, "INSERT OR REPLACE INTO run_result (run_id, case_index, repetition, json) "
                      "VALUES (?, ?, ?, ?)")(run, result.index, result.repetition, text_of(to_json(result)));
}

namespace {

std::string outcome_in_words(const fallback::Run& run)
{
    const fallback::RunTotals sums = fallback::totals(run);
    return fmt::format("{}: {} of {} cases passed, {} failed, {} invalid, {} errors", in_words(run),
                       sums.passed, sums.cases, sums.failed, sums.invalid, sums.errors);
}

void write_run(SQLite::Database& database, Id id, const fallback::Run& run)
{
    // A question that the server refuses as it stands gets no other answer by being asked again.
    const bool whole = std::ranges::all_of(run.results, [](const fallback::CaseResult& result) {
        return result.finished() || result.trouble == fallback::Trouble::BadRequest;
    });
    const std::optional<std::int64_t> ended =
        whole ? std::optional<std::int64_t>(now().time_since_epoch().count()) : std::nullopt;
    Command(database, "UPDATE run SET head = ?, ended = ? WHERE id = ?")(text_of(head_to_json(run)), ended,
                                                                         id);
    for (const fallback::CaseResult& result : run.results)
        write_result(database, id, result);
}

}

Deed end_run(SQLite::Database& database, Id id, const fallback::Run& run)
{
    head_of(database, id);
    write_run(database, id, run);
    return {"end run", outcome_in_words(run)};
}

Deed regrade_run(SQLite::Database& database, Id id, Id suite, const fallback::Run& run)
{
    head_of(database, id);
    Command(database, "UPDATE run SET suite_id = ? WHERE id = ?")(suite, id);
    Command(database,
            "DELETE FROM run_result WHERE run_id = ?")(id); // cases may stand elsewhere in the suite
    write_run(database, id, run);
    return {"grade run again", outcome_in_words(run)};
}

Deed judge_run(SQLite::Database& database, Id id, const fallback::Judge& judge, int cases)
{
    return {"judge run", fmt::format("{}: {} cases, by {} at {}", in_words(head_of(database, id)), cases,
                                     judge.model, judge.url)};
}

Deed remove_run(SQLite::Database& database, Id id)
{
    const fallback::Run head = head_of(database, id);
    Command(database, "UPDATE run SET removed = ? WHERE id = ?")(now(), id);
    return {"remove run", in_words(head)};
}

Deed restore_run(SQLite::Database& database, Id id)
{
    const fallback::Run head = head_of(database, id, true);
    Command(database, "UPDATE run SET removed = NULL WHERE id = ?")(id);
    return {"restore run", in_words(head)};
}

FallbackPart read_fallback(SQLite::Database& database)
{
    return {read_endpoints(database), read_suites(database), read_runs(database)};
}

fallback::Suite read_suite(SQLite::Database& database, Id id)
{
    Command row(database, "SELECT json, sha256 FROM suite WHERE id = ?");
    row.start(id);
    if (!row.next())
        refuse(base::ErrorCode::NotFound, "This suite is not in the project.");
    auto suite = fallback::parse_suite("suite.json", row.text(0));
    if (!suite)
        refuse_damaged("a suite in it cannot be read: " + suite.error().message);
    suite->sha256 = row.text(1);
    return std::move(*suite);
}

fallback::Run read_run(SQLite::Database& database, Id id)
{
    fallback::Run run = head_of(database, id);
    Command row(database, "SELECT json FROM run_result WHERE run_id = ? ORDER BY case_index, repetition");
    row.start(id);
    while (row.next()) {
        auto result = fallback::case_result_from(json_in(row.text(0)));
        if (!result)
            refuse_damaged("an answer in it cannot be read: " + result.error().message);
        run.results.push_back(std::move(*result));
    }
    return run;
}

}
