#pragma once

#include "core/document/archive.h"
#include "core/document/document.h"

namespace leeway::document::odt {

/// Whether the archive says of itself that it is an OpenDocument text.
bool is_text(Archive& archive);

/// Fills text, blocks, sentences, notices and page starts. Errors as Archive::read and XmlReader::status,
/// without the file's name in front.
base::Status read(Document& document, Archive& archive);

}
