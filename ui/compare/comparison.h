#pragma once

#include "core/clauses/drift/drift.h"
#include "core/project/values.h"

#include <QString>
#include <memory>
#include <vector>

namespace leeway::ui {

/// A version of a contract as the page names it.
struct VersionName
{
    project::Id version = 0;
    QString name; // "Master agreement · version 2"; "version 2" where there is one contract only
};

/// Every version in a project, contract by contract, the oldest first.
std::vector<VersionName> version_names(const project::Snapshot& snapshot);

/// The two versions to look at first: the newest of `contract` and the one before it, or the newest of the
/// first other contract. Zero where there is no such version.
struct VersionPair
{
    project::Id before = 0;
    project::Id after = 0;

    bool operator==(const VersionPair&) const = default;
};
VersionPair first_pair(const project::Snapshot& snapshot, project::Id contract);

/// The version with this id; nullptr when there is none.
const project::Version* find_version(const project::Snapshot& snapshot, project::Id version);

/// One side of a changed clause, ready to be shown.
struct ShownClause
{
    QString place; // "§8.2 · p. 7"; may be empty
    QString text;
    std::vector<std::pair<int, int>> changed; // begin and length in `text`, of words that the other lacks
};

/// A clause that is not the same in both versions.
struct ClauseRow
{
    clauses::ClauseChange change = clauses::ClauseChange::Reworded;
    ShownClause before; // empty text: the version has no such clause
    ShownClause after;
    clauses::ByteRange range_before;
    clauses::ByteRange range_after;
};

/// Two versions side by side.
struct Comparison
{
    clauses::Drift drift;
    std::vector<ClauseRow> rows; // in the order of the new version, unchanged ones left out

    /// The row that holds a passage of either finding, the new version first; -1 when it is in none.
    [[nodiscard]] int row_of(const clauses::CheckDrift& check) const;
};

/// Compares and prepares what is shown; off the GUI thread, the time grows with the texts.
Comparison compare_versions(const project::Version& before, const project::Version& after);

}
