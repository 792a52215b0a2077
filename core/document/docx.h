#pragma once

#include "core/document/archive.h"
#include "core/document/document.h"

namespace leeway::document::docx {

/// The part with the text of a DOCX file, found as word processors find it: by the package's relationships,
/// and by the type that [Content_Types].xml states of it. Empty when the archive is no DOCX file.
base::Result<std::string> main_part(Archive& archive);

/// Fills text, blocks, sentences, notices and page starts. Errors as Archive::read and XmlReader::status,
/// without the file's name in front.
base::Status read(Document& document, Archive& archive);

}
