#pragma once

#include "core/fallback/suite.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// By what a log is parted before cases are drawn, so that rare work is not lost among the common.
enum class Stratum { None, Model, Tag, Month, Length };

struct SampleOptions
{
    std::size_t size = 60; // cases drawn; fewer when the log holds fewer
    Stratum stratum = Stratum::Tag;
    std::uint64_t seed = 1;
    bool mask = true;
    std::vector<std::string> names; // to be masked
};

/// Makes a suite from a log that holds prompts and the incumbent's answers, one JSON object a line: Leeway's
/// own
/// (`prompt` or `messages`, `answer`, `model`, `tag`, `time`) or the request and response as LiteLLM,
/// OpenAI's proxies and Langfuse log them. The cases are shared out to the strata in proportion, at least one
/// to each while they last; within a stratum they are drawn with PCG, so that the same bytes and options give
/// the same suite. Every case asks for agreement with the recorded answer. Empty when no line holds both
/// texts.
base::Result<Suite> sample_log(const std::string& name, std::string_view bytes, const SampleOptions& options);
base::Result<Suite> sample_log_file(const std::filesystem::path& path, const SampleOptions& options);

}
