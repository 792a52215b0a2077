#pragma once

#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/runs/run.h"
#include "core/project/values.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::project {

struct StoredSuite
{
    Id id = 0;
    base::Instant added{};
    std::string name;
    std::string sha256; // of the file it was read from
    int cases = 0;
};

struct StoredRun
{
    Id id = 0;
    Id suite = 0;
    fallback::Run head; // without its results: Project::run
    int answers = 0;    // kept so far
    bool ended = false; // else it can be gone on with
};

/// What a project holds for the fallback: light, without questions and answers.
struct FallbackPart
{
    std::vector<fallback::Endpoint> endpoints;
    std::vector<StoredSuite> suites; // oldest first
    std::vector<StoredRun> runs;     // oldest first
};

/// The newest run of this identity, unless it has ended; an empty model stands for any. Nullptr when there is
/// none.
const StoredRun* run_to_go_on(const FallbackPart& part, const fallback::RunIdentity& identity);

/// The newest run of a suite of this name that has answers; an empty model stands for any. Nullptr when there
/// is none.
const StoredRun* newest_run(const FallbackPart& part, std::string_view suite, std::string_view model);

}
