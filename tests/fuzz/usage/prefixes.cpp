// A log of unknown origin, replayed through caches: refused, or tallies that fit each other.

#include "core/usage/cachereplay/replay.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace leeway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("leeway-fuzz-prefixes-" + std::to_string(getpid()));
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    usage::CacheQuestion question;
    question.first.rules.time_to_live = 300;
    question.second = usage::CacheArm{{}, question.first.rules};
    question.second->rules.capacity_blocks = 16;
    const usage::Mapping mapping{{}, {{"vendor", "a"}, {"model", "b"}}};
    const auto replay = usage::replay_cache({file}, pricing::Sheet{}, question, &mapping);
    std::filesystem::remove(file);
    if (!replay)
        return 0;
    if (replay->first.requests + replay->second.requests != replay->unsplit.requests)
        std::abort();
    for (const usage::CacheTally& tally : {replay->unsplit, replay->first, replay->second}) {
        if (tally.hits < 0 || tally.written < 0 || tally.hits > tally.input)
            std::abort();
    }
    return 0;
}
