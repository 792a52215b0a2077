#include "core/clauses/documents/together.h"
#include "core/clauses/drift/serialise.h"
#include "core/document/readers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace leeway;

void expect(bool holds)
{
    if (!holds)
        std::abort();
}

// Blocks are those of the version, and what is marked as changed lies in it.
void check_sides(const std::vector<clauses::ClauseDrift>& clauses, const document::Document& document,
                 const clauses::ClauseSide clauses::ClauseDrift::*side)
{
    for (const clauses::ClauseDrift& clause : clauses) {
        const clauses::ClauseSide& at = clause.*side;
        expect(at.block < static_cast<std::int32_t>(document.blocks.size()));
        if (at.block < 0)
            continue;
        std::uint32_t last = at.text.begin;
        for (const clauses::ByteRange& range : at.changed) {
            expect(range.begin >= last && range.begin < range.end && range.end <= at.text.end);
            last = range.end;
        }
    }
}

}

// Two texts, parted by "=====": their differences, and what they say as documents of one contract.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto pack = clauses::load_pack("ai-procurement");
    static const auto kinds = clauses::load_document_kinds();
    expect(pack.has_value() && kinds.has_value());
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t part = std::min(bytes.find("====="), bytes.size());
    document::Document before;
    document::Document after;
    document::read_markdown(before, document::decode(bytes.substr(0, part)));
    document::read_markdown(after, document::decode(bytes.substr(std::min(part + 5, bytes.size()))));
    const clauses::Review review_before = clauses::review(before, *pack);
    const clauses::Review review_after = clauses::review(after, *pack);

    const clauses::Drift drift = clauses::compare(before, review_before, after, review_after);
    check_sides(drift.clauses, before, &clauses::ClauseDrift::before);
    check_sides(drift.clauses, after, &clauses::ClauseDrift::after);
    const bool read = review_before.outside.empty() && review_after.outside.empty();
    expect(drift.checks.size() == (read ? pack->checks.size() : 0));
    expect(!clauses::to_json(drift, before, after).dump().empty());

    const clauses::Together set =
        clauses::read_together({{&before, &review_before}, {&after, &review_after}}, *pack, *kinds);
    expect(set.findings.size() == pack->checks.size() && set.documents.size() == 2);
    for (const clauses::JointFinding& finding : set.findings) {
        for (const clauses::SetPassage& passage : finding.evidence) {
            const document::Document& document = passage.document == 0 ? before : after;
            expect(document.slice(passage.evidence.begin, passage.evidence.end) == passage.evidence.text);
        }
    }
    return 0;
}
