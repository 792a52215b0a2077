#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

enum class Format { Pdf, Markdown, Html, Text, Docx, Odt, Mail, Image };

/// In points (1/72 inch) from the top left corner of the page.
struct Rect
{
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    bool operator==(const Rect&) const = default;
};

struct Page
{
    float width = 0;
    float height = 0;

    bool operator==(const Page&) const = default;
};

/// One printed word, or one half of a word that was broken at a line end: [begin, end) are bytes of
/// Document::text. Words are in the order of the text and of the
/// pages and never overlap.
struct Word
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t page = 0; // 0-based
    Rect box;

    bool operator==(const Word&) const = default;
};

enum class BlockKind : std::uint8_t { Heading, Paragraph, ListItem, TableRow };

/// A run of text of one kind. Blocks are in the order of the text, never overlap, and hold whole sentences.
struct Block
{
    BlockKind kind = BlockKind::Paragraph;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string number;        // as printed, without closing dot: "8.2", "(a)", "Schedule C"; may be empty
    int level = 0;             // headings and list items: 1 is the outermost
    std::int32_t heading = -1; // index of the heading block above, -1 when there is none
    std::int32_t lead_in = -1; // list items: index of the paragraph or item that introduces the list
    std::uint32_t first_sentence = 0;
    std::uint32_t sentence_count = 0;

    bool operator==(const Block&) const = default;
};

struct Sentence
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const Sentence&) const = default;
};

/// Something in the file that the text does not show and that a reviewer must know.
struct Notice
{
    enum class Kind : std::uint8_t {
        Inserted, // tracked insertions, which are text
        Deleted,  // tracked deletions, which are not
        Comment,
        Hidden,       // passages that the file hides from a reader's eye, which are not text
        Unread,       // parts that could not be read, named by `text`
        Recognised,   // pages whose text was read from their pictures
        Doubtful,     // such a page, read with the low confidence that `text` says: "61 %"
        Unrecognised, // pages of pictures that nothing was there to read with, listed in `text`: "2, 3"
    };

    Kind kind = Kind::Comment;
    std::uint32_t count = 1; // how many of the kind this notice stands for
    std::uint32_t begin = 0; // what a comment is attached to: [begin, end) of Document::text
    std::uint32_t end = 0;
    std::string text; // a comment's words

    bool operator==(const Notice&) const = default;
};

/// The text of one version of a contract in reading order, UTF-8 without NUL. Repeated headers, footers and
/// page numbers are left out. Only PDF documents and
/// pictures have pages and words.
struct Document
{
    std::string name; // file name without folder
    Format format = Format::Text;
    std::string sha256; // of the file's bytes, lower-case hexadecimal
    std::string text;
    std::vector<Page> pages;
    std::vector<Word> words;
    std::vector<Block> blocks;
    std::vector<Sentence> sentences;
    // Without `pages`, where the file says how it was last printed: the first byte of each page behind the
    // first, ascending.
    std::vector<std::uint32_t> page_starts;
    std::vector<Notice> notices;

    bool operator==(const Document&) const = default;

    [[nodiscard]] std::string_view slice(std::uint32_t begin, std::uint32_t end) const
    {
        return std::string_view(text).substr(begin, end - begin);
    }
};

struct PageRect
{
    std::uint32_t page = 0; // 0-based
    Rect box;

    bool operator==(const PageRect&) const = default;
};

/// One rectangle for each line that [begin, end) touches, in reading order; empty without words.
std::vector<PageRect> rectangles(const Document& document, std::uint32_t begin, std::uint32_t end);

/// 1-based page on which the byte stands; 0 where no pages are known.
int page_at(const Document& document, std::uint32_t offset);

/// The number of pages, 0 where none are known.
std::size_t page_count(const Document& document);

/// Index of the block that holds the byte, -1 when it stands between blocks.
int block_at(const Document& document, std::uint32_t offset);

/// The number of the nearest numbered block at or above the byte, as a reader would cite it: "8.2", "8.2(a)",
/// "Schedule C"; the heading's words (at most 60 bytes) where nothing is numbered; empty above the first.
std::string section_at(const Document& document, std::uint32_t offset);

/// The byte range of the words of `page` whose boxes meet `area`; begin == end when there are none.
struct TextRange
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};
TextRange text_in(const Document& document, std::uint32_t page, const Rect& area);

}
