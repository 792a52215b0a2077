#include "core/document/docxbody.h"
#include "core/document/rawblock.h"
#include "parts.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

// The text, styles, numbering, footnotes and comments of a DOCX file. Faults in a part end neither the
// reading of the others here, nor the checks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway::document;
    const auto parts = parts_of<5>({reinterpret_cast<const char*>(data), size});
    docx::Styles styles;
    docx::Numbering numbering;
    docx::Story story{styles, numbering, {}};
    static_cast<void>(styles.read(parts[1]));
    static_cast<void>(numbering.read(parts[2], styles));
    static_cast<void>(docx::read_notes(parts[3], story, 'f'));
    if (auto comments = docx::read_comments(parts[4]))
        story.comments = std::move(*comments);
    static_cast<void>(docx::read_body(parts[0], story));
    Document document;
    assemble(document, std::move(story.blocks), !story.has_headings);
    check_promises(std::move(document));
    return 0;
}
