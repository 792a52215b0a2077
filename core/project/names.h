#pragma once

#include "core/clauses/review.h"
#include "core/document/document.h"

#include <string>

namespace leeway::project {

struct Names
{
    std::string title;  // the contract's own title, else the file's name without ending
    std::string vendor; // the vendor's company name, empty when the preamble names none
};

/// What to call a contract that was just read; people can change both.
Names suggested_names(const document::Document& document, const clauses::Review& review);

}
