#pragma once

#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/encoding.h"

#include <span>
#include <string>
#include <string_view>

namespace leeway::document {

/// What the bytes of a file are, whatever its name says.
enum class Content { Nothing, Pdf, Html, Text, Zip, OldOffice, Rtf, Image, Mail, Binary };
Content content_of(std::string_view bytes);

/// The endings of the files that Leeway reads as contracts, without dot: "pdf", "docx" …
std::span<const std::string_view> readable_endings();

/// The format to read a file as, from its content first and the ending of `name` second. ZIP files are for
/// office_format_of() in office.h. Errors, each with its own message: Empty for no bytes; NeedsPassword;
/// Unreadable for a text named .pdf, an old Word file and others.
base::Result<Format> format_of(std::string_view name, std::string_view bytes);

/// Readers of decoded text: they fill text, blocks and sentences. Linear time for any input. HTML that nests
/// elements thousands deep is Unreadable.
void read_text(Document& document, std::string_view text);
void read_markdown(Document& document, std::string_view text);
base::Status read_html(Document& document, std::string_view text);

/// Reads a contract in HTML, Markdown or plain text: format, name, hash and structure. Also Empty where there
/// are no words.
base::Result<Document> read_plain(Format format, std::string_view name, std::string_view bytes);

}
