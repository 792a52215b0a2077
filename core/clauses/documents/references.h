#pragma once

#include "core/clauses/documents/precedence.h"

#include <cstddef>
#include <string>
#include <vector>

namespace leeway::clauses {

/// A document that the set refers to and does not hold.
struct Reference
{
    int kind = -1;       // index in DocumentKinds::kinds; -1 for an attachment of unknown kind
    std::string name;    // as printed where it is first named: "Service Level Agreement", "Exhibit B"
    std::string address; // "https://…" where one is given; may be empty
    struct Place
    {
        std::size_t document = 0;
        std::uint32_t sentence = 0;
    };
    std::vector<Place> places; // where it is named, at most `most_places`
    std::size_t times = 0;     // how often it is named
};

inline constexpr std::size_t most_places = 3;

/// The documents and attachments that a set refers to without holding them, in the order of first mention. An
/// attachment that is printed in one of the documents, under a heading or mark of its own, is held.
std::vector<Reference> absent_documents(const std::vector<SetPart>& parts, const DocumentKinds& kinds);

}
