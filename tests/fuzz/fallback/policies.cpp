// Whatever bytes come as a failover policy, an incident or a log of approved answers: no crash, and what is
// read is written and read back as an equal value.
#include "core/fallback/finetune/trainingset.h"
#include "core/fallback/policy/policy.h"
#include "core/fallback/policy/routerconfig.h"
#include "core/fallback/policy/words.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace leeway::fallback;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto policy = parse_policy("policy.json", text)) {
        const auto again = parse_policy("again.json", to_json(*policy));
        if (!again || !(*again == *policy))
            std::abort();
        (void)clauses_of(*policy);
        (void)litellm_config(*policy);
    }
    (void)parse_incident(text);
    if (const auto log = parse_approved("log.jsonl", text))
        (void)training_set(*log, {50, 1, true, {"Anna"}});
    return 0;
}
