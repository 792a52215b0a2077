#pragma once

#include "core/clauses/documents/precedence.h"

#include <cstddef>
#include <string>
#include <vector>

namespace leeway::clauses {

/// A section that an amendment deletes or replaces: "Section 8.2 is deleted and replaced as follows".
struct Replacement
{
    std::size_t amendment = 0;
    std::uint32_t sentence = 0; // of the amendment
    std::size_t document = 0;   // whose section it is
    std::string section;        // "8.2"
};

/// The sections of other documents that the amendments of a set replace. A document named beside the section
/// is meant, else the one that the amendment's title names, else the main agreement.
std::vector<Replacement> replacements(const std::vector<SetPart>& parts, const DocumentKinds& kinds);

/// The document without the blocks of the sections, which are cited as document::section_at() does; a section
/// goes with its own ("8" with "8.2" and "8.2(a)"). The text stays, so that byte ranges keep their meaning.
document::Document without_sections(const document::Document& document,
                                    const std::vector<std::string>& sections);

/// Whether the document has the section.
bool has_section(const document::Document& document, const std::string& section);

}
