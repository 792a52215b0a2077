#include "core/fallback/logsample.h"
#include "core/fallback/mask.h"
#include "core/fallback/reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace leeway::fallback;

namespace {

void demand(bool condition)
{
    if (!condition)
        std::abort();
}

// A suite that was read can be written, read again, and sent.
void check(const leeway::base::Result<Suite>& suite)
{
    if (!suite)
        return;
    demand(!suite->cases.empty());
    demand(parse_suite("again.json", to_json(*suite)).has_value());
    for (const Case& c : suite->cases)
        (void)rendered_messages(c);
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 60'000)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const Beside itself = [&](const std::string&) { return leeway::base::Result<std::string>(text); };
    for (const char* name : {"fuzz.yaml", "fuzz.csv", "fuzz.jsonl"})
        check(parse_suite(name, text, itself));
    SampleOptions options;
    options.size = 5;
    options.names = {"name"};
    (void)sample_log("fuzz.jsonl", text, options);
    Masker masker({"Example"});
    (void)masker.mask(text);
    return 0;
}
