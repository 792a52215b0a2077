#pragma once

#include "core/clauses/train/labelled.h"
#include "core/clauses/types/find.h"

#include <array>
#include <string>
#include <vector>

namespace leeway::clauses::train {

/// How well one type is found.
struct TypeFigures
{
    double f1 = 0;                // of "the document has it", from a document-level score of 0.5 on
    double average_precision = 0; // of the document-level score
    double top = 0;            // share of the documents that have it whose best hit is in a labelled passage
    std::size_t documents = 0; // that have it
};

struct Figures
{
    std::array<TypeFigures, type_count> types;
    TypeFigures mean; // over the types that some document has
};

/// What was found in a document, and its labels.
struct Answer
{
    ClauseHits found;
    const Labels* labels = nullptr;
};

Figures measure(const std::vector<Answer>& answers);

/// "docF1 0.800 docAP 0.830 top1 0.790"
std::string to_string(const TypeFigures& figures);

}
