#pragma once

#include "core/base/progress.h"
#include "core/fallback/policy/intake.h"
#include "core/fallback/policy/outcome.h"
#include "core/fallback/policy/policy.h"
#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace leeway::fallback {

/// Puts requests that come nearly in order into order, within the last few thousand of them.
class Sorter
{
public:
    static constexpr std::size_t depth = 4096;

    /// False, and the request is left out, when it comes too late to be put in its place.
    bool add(const Request& request);
    /// The next request, once `depth` are waiting; after the last was added, with `all`.
    bool next(Request& request, bool all);

private:
    std::vector<Request> m_ring = std::vector<Request>(depth * 2);
    std::size_t m_first = 0;
    std::size_t m_size = 0;
    std::int64_t m_released = 0;
    bool m_any = false;
};

/// What several policies would have made of the same traffic. The first outcome is that of the first policy,
/// and so on.
struct Replay
{
    std::string currency;
    base::Instant first; // of the traffic
    base::Instant last;
    std::int64_t requests = 0;
    std::int64_t summed_lines = 0; // left out: of several requests, whose times are not known
    std::int64_t batch_lines = 0;  // left out: nobody waits for their answers
    std::int64_t out_of_order = 0; // left out: too far from their place
    std::vector<Outcome> outcomes;
    std::vector<std::string> notes;

    bool operator==(const Replay&) const = default;
};

/// Plays the requests of a log or trace through policies that differ in anything but targets, categories and
/// routes: usage is handed in line by line, in order of time but for small disorder. What is under way when
/// an incident begins ends as it would have. The same lines, policies and seed give the same values; memory
/// does not grow with the log.
class ReplayRun
{
public:
    /// Invalid when there is no policy, when they differ in what they must share, or an incident names a
    /// target that is not there.
    static base::Result<ReplayRun> start(std::vector<Policy> policies, std::vector<Incident> incidents,
                                         std::shared_ptr<const pricing::Sheet> sheet, std::uint64_t seed = 1);
    ReplayRun(ReplayRun&&) noexcept;
    ReplayRun& operator=(ReplayRun&&) noexcept;
    ~ReplayRun();

    void add(const pricing::Usage& usage);
    /// Empty without a request; Invalid when more than one line in a hundred is out of order.
    base::Result<Replay> finish();

private:
    struct State;
    explicit ReplayRun(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
