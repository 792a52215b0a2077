#include "core/clauses/regulation/assess.h"
#include "core/document/readers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace leeway;

namespace {

document::Document contract()
{
    auto document =
        document::read_plain(document::Format::Markdown, "c.md",
                             "# 8 Exit\n\nCustomer may export Customer Data for 30 days after the end.\n");
    return document ? std::move(*document) : document::Document{};
}

}

// Any bytes: a regulation that gives each requirement a status, or an error that names the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const document::Document document = contract();
    const auto regulation =
        clauses::parse_regulation("fuzz.json", {reinterpret_cast<const char*>(data), size});
    if (!regulation && !regulation.error().message.starts_with("fuzz.json") &&
        regulation.error().message.find("(with ") == std::string::npos)
        std::abort();
    if (!regulation)
        return 0;
    const auto day = base::Date(std::chrono::days(20'800));
    const auto assessment = clauses::assess(document, {}, *regulation, {}, day);
    if (!assessment || assessment->findings.size() != regulation->requirements.size())
        std::abort();
    return 0;
}
