#include "core/project/reviews.h"

#include "core/document/language.h"
#include "core/project/database.h"

#include <fmt/format.h>
#include <limits>

namespace leeway::project {
namespace {

using clauses::Evidence;

clauses::Role role_of(const std::string& word)
{
    for (const auto role : {clauses::Role::Gives, clauses::Role::Takes, clauses::Role::Bounds}) {
        if (word == clauses::to_string(role))
            return role;
    }
    refuse_damaged(fmt::format("“{}” is not a role of evidence", word));
}

void write_evidence(Command& insert, Id owner, const std::vector<Evidence>& evidence)
{
    std::int64_t position = 0;
    for (const Evidence& e : evidence)
        insert(owner, position++, e.begin, e.end, e.page, e.section, e.text, clauses::to_string(e.role));
}

std::vector<Evidence> read_evidence(Command& select, Id owner)
{
    std::vector<Evidence> evidence;
    select.start(owner);
    while (select.next()) {
        const std::int64_t page = select.integer(2);
        if (page < 0 || page > std::numeric_limits<int>::max())
            refuse_damaged("a page number is out of range");
        evidence.push_back({select.offset(0), select.offset(1), static_cast<int>(page), select.text(3),
                            select.text(4), role_of(select.text(5))});
    }
    return evidence;
}

bool is_inside(const std::vector<Evidence>& evidence, const document::Document& document)
{
    for (const Evidence& e : evidence) {
        if (e.begin > e.end || e.end > document.text.size())
            return false;
    }
    return true;
}

void write_findings(SQLite::Database& database, Id version, const document::Document& document,
                    const clauses::Review& review)
{
    Command finding(database, "INSERT INTO finding (version_id, position, check_id, verdict, confidence) "
                              "VALUES (?, ?, ?, ?, ?)");
    Command parameter(database, "INSERT INTO finding_parameter (finding_id, position, name, value, unit) "
                                "VALUES (?, ?, ?, ?, ?)");
    Command reason(database, "INSERT INTO finding_reason (finding_id, position, text) VALUES (?, ?, ?)");
    Command evidence(database, "INSERT INTO finding_evidence (finding_id, position, begin_byte, end_byte, "
                               "page, section, text, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    std::int64_t position = 0;
    for (const clauses::Finding& f : review.findings) {
        if (!is_inside(f.evidence, document))
            refuse(base::ErrorCode::Invalid,
                   fmt::format("The evidence of “{}” lies outside the document's text.", f.check));
        finding(version, position++, f.check, clauses::to_string(f.verdict), f.confidence);
        const Id id = database.getLastInsertRowid();
        std::int64_t detail = 0;
        for (const clauses::Parameter& p : f.parameters)
            parameter(id, detail++, p.name, p.value, p.unit);
        detail = 0;
        for (const std::string& why : f.why)
            reason(id, detail++, why);
        write_evidence(evidence, id, f.evidence);
    }
}

}

clauses::Verdict verdict_of(const std::string& word)
{
    const auto verdict = clauses::parse_verdict(word);
    if (!verdict)
        refuse_damaged(fmt::format("“{}” is not a verdict", word));
    return *verdict;
}

void write_review(SQLite::Database& database, Id version, const document::Document& document,
                  const clauses::Review& review)
{
    Command(database,
            "UPDATE version SET pack = ?, pack_version = ?, pack_sha256 = ?, engine = ? WHERE id = ?")(
        review.pack, review.pack_version, review.pack_sha256, review.engine, version);
    Command(database, "DELETE FROM finding WHERE version_id = ?")(version);
    Command(database, "DELETE FROM party WHERE version_id = ?")(version);
    Command party(database, "INSERT INTO party (version_id, side, position, name) VALUES (?, ?, ?, ?)");
    std::int64_t position = 0;
    for (const std::string& name : review.parties.vendor)
        party(version, "vendor", position++, name);
    for (const std::string& name : review.parties.customer)
        party(version, "customer", position++, name);
    write_findings(database, version, document, review);
}

clauses::Review read_review(SQLite::Database& database, Id version, const document::Document& document)
{
    clauses::Review review;
    Command head(database, "SELECT pack, pack_version, pack_sha256, engine FROM version WHERE id = ?");
    head.start(version);
    if (head.next()) {
        review.pack = head.text(0);
        review.pack_version = head.text(1);
        review.pack_sha256 = head.text(2);
        review.engine = head.text(3);
    }
    Command party(database, "SELECT side, name FROM party WHERE version_id = ? ORDER BY side, position");
    party.start(version);
    while (party.next()) {
        auto& names = party.text(0) == "vendor" ? review.parties.vendor : review.parties.customer;
        names.push_back(party.text(1));
    }

    Command finding(database, "SELECT id, check_id, verdict, confidence FROM finding WHERE version_id = ? "
                              "ORDER BY position");
    Command parameter(database, "SELECT name, value, unit FROM finding_parameter WHERE finding_id = ? "
                                "ORDER BY position");
    Command reason(database, "SELECT text FROM finding_reason WHERE finding_id = ? ORDER BY position");
    Command evidence(database, "SELECT begin_byte, end_byte, page, section, text, role FROM finding_evidence "
                               "WHERE finding_id = ? ORDER BY position");
    finding.start(version);
    while (finding.next()) {
        const Id id = finding.integer(0);
        clauses::Finding f;
        f.check = finding.text(1);
        f.verdict = verdict_of(finding.text(2));
        f.confidence = finding.real(3);
        parameter.start(id);
        while (parameter.next())
            f.parameters.push_back({parameter.text(0), parameter.text(1), parameter.text(2)});
        reason.start(id);
        while (reason.next())
            f.why.push_back(reason.text(0));
        f.evidence = read_evidence(evidence, id);
        if (!is_inside(f.evidence, document))
            refuse_damaged(fmt::format("the evidence of “{}” lies outside its document", f.check));
        review.findings.push_back(std::move(f));
    }
    // Not stored, because it follows from the text.
    if (review.findings.empty())
        review.outside = document::outside_language(document, "en");
    return review;
}

void write_decision_evidence(SQLite::Database& database, Id decision, const std::vector<Evidence>& evidence)
{
    Command insert(database,
                   "INSERT INTO decision_evidence (decision_id, position, begin_byte, end_byte, page, "
                   "section, text, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    write_evidence(insert, decision, evidence);
}

std::vector<Evidence> read_decision_evidence(SQLite::Database& database, Id decision)
{
    Command select(database, "SELECT begin_byte, end_byte, page, section, text, role FROM decision_evidence "
                             "WHERE decision_id = ? ORDER BY position");
    return read_evidence(select, decision);
}

}
