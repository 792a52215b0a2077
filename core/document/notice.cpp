#include "core/document/notice.h"

#include "core/base/text.h"
#include "core/document/language.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::document {
namespace {

constexpr std::size_t longest_quote = 60;
constexpr std::size_t longest_comment = 200;

std::string counted(std::uint64_t count, const char* one, const char* many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string comment(const Document& document, const Notice& notice)
{
    std::string place = section_at(document, notice.begin);
    if (!place.empty())
        place = " at " + place;
    const std::string quote =
        base::shortened(base::trimmed(document.slice(notice.begin, notice.end)), longest_quote);
    if (!quote.empty())
        place += fmt::format(" on “{}”", quote);
    return fmt::format("Comment{}: “{}”", place, base::shortened(notice.text, longest_comment));
}

// What a reader must know of pages that were read from pictures; empty for other notices.
std::string recognition(const Document& document, const Notice& notice)
{
    switch (notice.kind) {
    case Notice::Kind::Recognised:
        return fmt::format("{} read from a picture, which can mistake letters and figures: check what you "
                           "rely on against the page.",
                           counted(notice.count, "page was", "pages were"));
    case Notice::Kind::Doubtful:
        return fmt::format("Page {} was read with low confidence ({}).", page_at(document, notice.begin),
                           notice.text);
    case Notice::Kind::Unrecognised:
        return fmt::format("Not read: {} {}, a picture without text. Install Tesseract (the packages "
                           "tesseract-ocr and tesseract-ocr-eng) and read the file again.",
                           notice.count == 1 ? "page" : "pages", notice.text);
    default:
        return {};
    }
}

// Of a text that is partly in another language than the checks read; empty for others.
std::string mixture(const Document& document)
{
    const auto languages = languages_of(document);
    const bool english = std::any_of(languages.begin(), languages.end(),
                                     [](const LanguageShare& language) { return language.code == "en"; });
    constexpr double plain = 0.2; // more than names and addresses
    const auto other = std::find_if(languages.begin(), languages.end(), [](const LanguageShare& language) {
        return language.code != "en" && language.share >= plain;
    });
    if (!english || other == languages.end() || !outside_language(document, "en").empty())
        return {};
    return fmt::format(
        "About {:.0f} % of the text is in {}: the checks read the English part only. Make sure which "
        "language prevails.",
        other->share * 100, language_name(other->code));
}

std::uint64_t count_of(const Document& document, Notice::Kind kind)
{
    std::uint64_t count = 0;
    for (const Notice& notice : document.notices)
        count += notice.kind == kind ? notice.count : 0;
    return count;
}

}

std::vector<std::string> warnings(const Document& document)
{
    std::vector<std::string> sentences;
    if (std::string languages = mixture(document); !languages.empty())
        sentences.push_back(std::move(languages));
    const std::uint64_t inserted = count_of(document, Notice::Kind::Inserted);
    const std::uint64_t deleted = count_of(document, Notice::Kind::Deleted);
    if (inserted + deleted > 0)
        sentences.push_back(fmt::format("The file holds tracked changes that nobody has accepted yet: {}, "
                                        "read as text, and {}, left out.",
                                        counted(inserted, "insertion", "insertions"),
                                        counted(deleted, "deletion", "deletions")));
    if (const std::uint64_t hidden = count_of(document, Notice::Kind::Hidden); hidden > 0)
        sentences.push_back(fmt::format("The file hides {} of its text, left out here as it is in print.",
                                        counted(hidden, "passage", "passages")));
    for (const Notice& notice : document.notices) {
        if (notice.kind == Notice::Kind::Unread)
            sentences.push_back(
                fmt::format("Not read: {} ({}). Add it as a file of its own.", notice.text, notice.count));
    }
    for (const Notice& notice : document.notices) {
        if (std::string sentence = recognition(document, notice); !sentence.empty())
            sentences.push_back(std::move(sentence));
    }
    for (const Notice& notice : document.notices) {
        if (notice.kind == Notice::Kind::Comment)
            sentences.push_back(comment(document, notice));
    }
    return sentences;
}

std::string_view to_string(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::Inserted:
        return "inserted";
    case Notice::Kind::Deleted:
        return "deleted";
    case Notice::Kind::Comment:
        return "comment";
    case Notice::Kind::Hidden:
        return "hidden";
    case Notice::Kind::Unread:
        return "unread";
    case Notice::Kind::Recognised:
        return "recognised";
    case Notice::Kind::Doubtful:
        return "doubtful";
    case Notice::Kind::Unrecognised:
        return "unrecognised";
    }
    return {};
}

}
