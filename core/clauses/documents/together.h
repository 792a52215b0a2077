#pragma once

#include "core/clauses/documents/kinds.h"
#include "core/clauses/review.h"
#include "core/document/document.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace leeway::clauses {

/// A document of a contract with its own review.
struct SetMember
{
    const document::Document* document = nullptr;
    const Review* review = nullptr;
};

/// A passage of one of the documents, by its index in the set.
struct SetPassage
{
    std::size_t document = 0;
    Evidence evidence;

    bool operator==(const SetPassage&) const = default;
};

struct SetDocument
{
    std::string name;          // the file's
    std::string kind;          // id of a DocumentKind, or "other"
    std::string title;         // its first heading or line
    std::string recognised_by; // "title", "self" (what it calls itself), "name" (the file's), "words", or ""
    int place = 1;             // in the order of precedence: 1 is the highest; equals share a place
    std::vector<std::string> replaced; // its sections that an amendment replaces

    bool operator==(const SetDocument&) const = default;
};

/// The verdict of the whole set on one check.
struct JointFinding
{
    std::string check;
    Verdict verdict = Verdict::Missing;
    double confidence = 0; // 0…1
    std::vector<Parameter> parameters;
    std::vector<SetPassage> evidence;
    std::vector<std::string> why;          // which document decides and why, then that document's reasons
    std::optional<std::size_t> decided_by; // none: no document speaks of it
    std::vector<std::size_t> overruled;    // documents that say another thing and yield
    bool assumed = false;                  // they yield to the usual order, for none is stated

    bool operator==(const JointFinding&) const = default;
};

/// A document that the set refers to and does not hold.
struct AbsentDocument
{
    std::string kind;  // id of a DocumentKind, or "other"
    std::string title; // of the kind; the name where that is not known
    std::string name;  // as printed
    std::string address;
    std::size_t times = 0;
    std::vector<SetPassage> passages;
    std::vector<std::string> checks; // of the pack, that such a document could decide

    bool operator==(const AbsentDocument&) const = default;
};

/// The documents of one contract read together.
struct Together
{
    std::vector<SetDocument> documents; // as given
    bool order_stated = false;
    std::vector<SetPassage> order;      // the clauses that state it
    std::vector<std::string> notes;     // what a person should know of the reading: sentences
    std::vector<JointFinding> findings; // in the order of the pack's checks
    std::vector<AbsentDocument> absent;

    bool operator==(const Together&) const = default;
};

/// Joint findings over a set: the explicit words of the document that stands highest win, where documents of
/// one rank pull apart the worse verdict does, and where no document speaks the set is silent. What an
/// amendment deletes or replaces no longer counts, and short documents are read by the pack's rules alone.
/// All reviews are of `pack`. Deterministic.
Together read_together(const std::vector<SetMember>& members, const Pack& pack, const DocumentKinds& kinds);

}
