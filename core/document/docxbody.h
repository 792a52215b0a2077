#pragma once

#include "core/document/docxnumbering.h"
#include "core/document/rawblock.h"

#include <map>

namespace leeway::document::docx {

/// What a story (the text, or the notes below it) gives, and what it needs of the parts beside it.
struct Story
{
    const Styles& styles;
    Numbering& numbering;
    std::map<std::string, std::string> comments;             // id → words
    std::map<std::string, std::vector<RawBlock>> notes = {}; // "f2" footnote, "e2" endnote → text

    std::vector<RawBlock> blocks = {};
    std::uint32_t inserted = 0;
    std::uint32_t deleted = 0;
    std::uint32_t hidden = 0;
    std::uint32_t unread = 0; // documents of other formats inside this one
    bool has_headings = false;
};

/// Reads word/document.xml into `story.blocks`, as the text stands when all tracked changes are accepted.
base::Status read_body(const std::string& xml, Story& story);

/// Reads word/footnotes.xml ('f') or word/endnotes.xml ('e') into `story.notes`.
base::Status read_notes(const std::string& xml, Story& story, char kind);

/// The words of each comment in word/comments.xml.
base::Result<std::map<std::string, std::string>> read_comments(const std::string& xml);

}
