#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <string>
#include <string_view>

namespace leeway::document {

/// What the bytes of a file are, whatever its name says.
enum class Content { Nothing, Pdf, Html, Text, Zip, OldWord, Rtf, Image, Binary };
Content content_of(std::string_view bytes);

/// The format to read a file as, from its content first and the ending of `name` second. Errors, each with
/// its own message: Empty for no bytes; Unreadable for a text named .pdf, a Word file, an image and others.
base::Result<Format> format_of(std::string_view name, std::string_view bytes);

/// UTF-8 from bytes with a UTF-8 or UTF-16 byte order mark, else UTF-8 where it is valid, else Windows-1252.
std::string decode(std::string_view bytes);

/// Readers of decoded text: they fill text, blocks and sentences. Linear time for any input. HTML that nests
/// elements thousands deep is Unreadable.
void read_text(Document& document, std::string_view text);
void read_markdown(Document& document, std::string_view text);
base::Status read_html(Document& document, std::string_view text);

/// Reads a contract that is no PDF: format, name, hash and structure. Also Empty where there are no words.
base::Result<Document> read_plain(Format format, std::string_view name, std::string_view bytes);

}
