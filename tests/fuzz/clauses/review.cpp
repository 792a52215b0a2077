#include "core/clauses/review.h"
#include "core/document/readers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any text: a finding for each check, with evidence that stands in the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway;
    static const auto pack = clauses::load_pack("ai-procurement");
    if (!pack)
        std::abort();
    document::Document document;
    document::read_markdown(document, document::decode({reinterpret_cast<const char*>(data), size}));
    const clauses::Review review = clauses::review(document, *pack);
    if (review.findings.size() != pack->checks.size())
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
    return 0;
}
