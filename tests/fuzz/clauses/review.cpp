#include "core/clauses/review.h"
#include "core/clauses/term/term.h"
#include "core/document/readers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any text: a finding for each check, or none where the text is in another language, with evidence that
// stands in the text; and a term whose passages do.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway;
    static const auto pack = clauses::load_pack("ai-procurement");
    if (!pack)
        std::abort();
    document::Document document;
    document::read_markdown(document, document::decode({reinterpret_cast<const char*>(data), size}));
    const clauses::Review review = clauses::review(document, *pack);
    if (review.findings.size() != (review.outside.empty() ? pack->checks.size() : 0))
        std::abort();
    for (const clauses::Finding& finding : review.findings) {
        if (!(finding.confidence >= 0 && finding.confidence <= 1))
            std::abort();
        for (const clauses::Evidence& passage : finding.evidence) {
            if (passage.end > document.text.size() ||
                document.slice(passage.begin, passage.end) != passage.text)
                std::abort();
        }
    }
    const clauses::Term term = clauses::term_of(document);
    for (const clauses::StatedIn& said : {term.begins_in, term.ends_in, term.renews_in}) {
        if (said.begin > said.end || said.end > document.text.size())
            std::abort();
    }
    if (term.renewal_months < 0)
        std::abort();
    return 0;
}
