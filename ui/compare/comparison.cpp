#include "ui/compare/comparison.h"

#include "core/clauses/places.h"
#include "core/report/format.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>

namespace leeway::ui {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Comparison", text);
}

ShownClause shown(const clauses::ClauseSide& side, const document::Document& document,
                  clauses::Places& places)
{
    ShownClause result;
    if (side.block < 0)
        return result;
    clauses::Evidence where;
    where.page = document::page_at(document, side.text.begin);
    where.section = places.section(side.block);
    result.place = str(report::place(where));
    const auto length = [&](std::uint32_t begin, std::uint32_t end) {
        return int(str(document.slice(begin, end)).size());
    };
    result.text = str(document.slice(side.text.begin, side.text.end));
    for (const clauses::ByteRange& words : side.changed)
        result.changed.emplace_back(length(side.text.begin, words.begin), length(words.begin, words.end));
    result.text.replace(u'\n', u' ');
    return result;
}

bool overlaps(const clauses::ByteRange& range, const clauses::Finding& finding)
{
    return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const clauses::Evidence& e) {
        return e.begin < range.end && range.begin < e.end;
    });
}

}

std::vector<VersionName> version_names(const project::Snapshot& snapshot)
{
    std::vector<VersionName> names;
    for (const project::Contract& contract : snapshot.contracts) {
        for (const project::Version& version : contract.versions) {
            const QString label = translated("version %1").arg(str(version.label));
            names.push_back({version.id, snapshot.contracts.size() > 1
                                             ? u"%1 · %2"_s.arg(str(contract.title), label)
                                             : label});
        }
    }
    return names;
}

VersionPair first_pair(const project::Snapshot& snapshot, project::Id id)
{
    const project::Contract* contract = snapshot.contract(id);
    if (contract == nullptr)
        return {};
    const project::Id newest = contract->newest().id;
    if (contract->versions.size() > 1)
        return {contract->versions[contract->versions.size() - 2].id, newest};
    for (const project::Contract& other : snapshot.contracts) {
        if (other.id != id)
            return {other.newest().id, newest};
    }
    return {0, newest};
}

const project::Version* find_version(const project::Snapshot& snapshot, project::Id id)
{
    for (const project::Contract& contract : snapshot.contracts) {
        for (const project::Version& version : contract.versions) {
            if (version.id == id)
                return &version;
        }
    }
    return nullptr;
}

int Comparison::row_of(const clauses::CheckDrift& check) const
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (overlaps(rows[i].range_after, check.after))
            return int(i);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (overlaps(rows[i].range_before, check.before))
            return int(i);
    }
    return -1;
}

Comparison compare_versions(const project::Version& before, const project::Version& after)
{
    Comparison result;
    result.drift = clauses::compare(before.document, before.review, after.document, after.review);
    clauses::Places places_before(before.document);
    clauses::Places places_after(after.document);
    for (const clauses::ClauseDrift& clause : result.drift.clauses) {
        if (clause.change == clauses::ClauseChange::Unchanged)
            continue;
        result.rows.push_back({clause.change, shown(clause.before, before.document, places_before),
                               shown(clause.after, after.document, places_after), clause.before.text,
                               clause.after.text});
    }
    return result;
}

}
