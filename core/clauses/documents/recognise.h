#pragma once

#include "core/clauses/documents/settext.h"

#include <string>

namespace leeway::clauses {

/// What kind of document a text is, and by what that was seen.
struct Recognised
{
    enum class By : std::uint8_t { Nothing, Title, Self, FileName, Words };

    int kind = -1; // index in DocumentKinds::kinds, -1 for none
    By by = By::Nothing;
    std::string title; // the document's first heading or line, at most 120 bytes
};
std::string_view to_string(Recognised::By by); // "", "title", "self", "name", "words"

/// By the title ("Amendment No. 1 to the Master Services Agreement" is an amendment), by what it calls itself
/// ("this Data Processing Addendum"), by its file name, or by what it speaks of.
Recognised recognise(const SetText& text, const DocumentKinds& kinds);

}
