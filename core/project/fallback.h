#pragma once

#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/runs/run.h"
#include "core/project/values.h"

#include <string>
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

/// The newest run that has not ended and has this identity; an empty model stands for any. Nullptr when there
/// is none.
const StoredRun* run_to_go_on(const FallbackPart& part, const fallback::RunIdentity& identity);

}
