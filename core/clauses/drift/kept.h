#pragma once

#include "core/clauses/drift/pairing.h"
#include "core/clauses/drift/worded.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// The sentences of clauses that changed which stand in both versions all the same, wherever.
struct KeptSentences
{
    static constexpr std::int32_t none = -1;

    std::vector<std::int32_t> before; // of each old sentence: the block of the new version that has it
    std::vector<std::int32_t> after;
};

/// Every sentence counts once; sentences of fewer than four words are never kept.
KeptSentences kept_sentences(const document::Document& document_before, const Worded& before,
                             const document::Document& document_after, const Worded& after,
                             const Pairing& pairing);

}
