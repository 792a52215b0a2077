#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <string>
#include <string_view>

namespace leeway::document {

/// A compact binary image of a document, versioned, for the pipe of the worker and for the project file.
std::string to_bytes(const Document& document);

/// The inverse. Every range and index is checked, so that bytes from a compromised worker or a damaged
/// project cannot make a document that breaks the promises of document.h: Unreadable otherwise.
base::Result<Document> from_bytes(std::string_view bytes);

}
