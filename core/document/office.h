#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <string_view>

namespace leeway::document {

/// Which word processor's file the ZIP file `bytes` is, whatever its name says. Unreadable, with a message of
/// what to do, for spreadsheets, slides, other archives and damaged files; NeedsPassword; TooLarge.
base::Result<Format> office_format_of(std::string_view name, std::string_view bytes);

/// Reads a Docx or Odt file. Macros are never looked at. Errors: Empty, Unreadable, NeedsPassword, NoText
/// (pictures only), TooLarge (made to unpack to more than fits into memory).
base::Result<Document> read_office(Format format, std::string_view name, std::string_view bytes);

}
