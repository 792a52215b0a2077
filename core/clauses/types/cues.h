#pragma once

#include "core/base/json.h"
#include "core/clauses/lexicon.h"

#include <string>
#include <vector>

namespace leeway::clauses {

/// Concepts that tell of a clause type when a sentence speaks of all of them and of none of the others.
struct Cue
{
    std::size_t type = 0; // index in clause_types
    std::vector<ConceptId> all;
    std::vector<ConceptId> none;
    float weight = 0; // what learning starts from
    std::string name; // "source-escrow: escrow source-code -none"
};

/// By what the clause types are told apart: words and phrases for each concept, and cues over them.
struct Signs
{
    Lexicon lexicon;
    std::vector<Cue> cues;
};

/// Reads a file of `concepts` and `cues`; Invalid errors name line and path.
base::Result<Signs> read_signs(const base::JsonFile& file);

}
