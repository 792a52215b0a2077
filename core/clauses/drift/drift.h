#pragma once

#include "core/clauses/review.h"
#include "core/document/document.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// What became of a check from the old version to the new one. Met is best, then partial, missing, adverse.
enum class Course {
    Same,
    Reworded, // the same verdict, but a deciding passage of one version does not stand in the other
    Better,
    Worse
};
std::string_view to_string(Course course); // "same", "reworded", "better", "worse"

struct CheckDrift
{
    Finding before;
    Finding after;
    Course course = Course::Same;

    bool operator==(const CheckDrift&) const = default;
};

enum class ClauseChange {
    Unchanged, // same words; case, punctuation and numbering are not looked at
    Moved,     // same words at another place, or cut into paragraphs in another way
    Reworded,
    Added,
    Removed
};
std::string_view to_string(ClauseChange change); // "unchanged", "moved", "reworded", "added", "removed"

/// Bytes [begin, end) of a document's text.
struct ByteRange
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const ByteRange&) const = default;
};

/// One version's side of a clause.
struct ClauseSide
{
    std::int32_t block = -1; // index in Document::blocks; -1 where the version has no such clause
    ByteRange text;
    std::vector<ByteRange> changed; // runs of words that the other version does not have here, in order

    bool operator==(const ClauseSide&) const = default;
};

/// A clause is one block: a heading, a paragraph, a list item or a table row.
struct ClauseDrift
{
    ClauseChange change = ClauseChange::Unchanged;
    ClauseSide before;
    ClauseSide after;

    bool operator==(const ClauseDrift&) const = default;
};

struct Drift
{
    std::vector<CheckDrift> checks;   // of both reviews, in the order of the new one
    std::vector<ClauseDrift> clauses; // in the order of the new version, removed ones where they stood

    [[nodiscard]] std::size_t count(ClauseChange change) const;
    [[nodiscard]] std::size_t count(Course course) const;

    bool operator==(const Drift&) const = default;
};

/// What changed from one version of a contract to the next. Both reviews are of the same pack; checks that
/// only one of them has are left out. Clauses are aligned by what they say, not by where they stand. Time
/// grows about linearly with the texts: long clauses that have little in common are not compared word by
/// word, and then count as changed from their first to their last difference.
Drift compare(const document::Document& before, const Review& review_before, const document::Document& after,
              const Review& review_after);

}
