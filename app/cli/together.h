#pragma once

#include "core/clauses/documents/together.h"
#include "core/scoring/index.h"

#include <nlohmann/json.hpp>

namespace leeway::cli {

/// What the documents of one contract say together, and the index of it.
struct Joint
{
    clauses::DocumentKinds kinds;
    clauses::Together together;
    scoring::Index index;
};

base::Result<Joint> join(const std::vector<clauses::SetMember>& members, const clauses::Pack& pack,
                         const scoring::Profile& profile);

nlohmann::json to_json(const Joint& joint);

/// For people: documents in their order, verdicts with the document that decides, and what is not there.
void print_joint(const Joint& joint, const clauses::Pack& pack);

}
