// How long a failover policy takes over 10 million requests, with and without failover, against the limit of
// 10 s; and whether memory grows from 1 to 10 million: bench_policy [MILLIONS]. Judged is processor time: the
// replay has one thread, so that it is the time it takes where nothing else runs.

#include "core/fallback/policy/replay.h"

#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <pcg_random.hpp>
#include <sys/resource.h>

using namespace leeway;
using namespace leeway::fallback;

namespace {

constexpr double limit_s = 10;

double peak_mb()
{
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_maxrss) / 1024;
}

double processor_s()
{
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

struct Run
{
    double seconds = 0;   // of the clock
    double processor = 0; // seconds too
    Replay replay;
};

// 90 days of traffic with an outage of 20 minutes and a slow hour, whatever the number of requests.
Run play(std::int64_t requests, const std::shared_ptr<const pricing::Sheet>& sheet)
{
    const Policy policy = *load_policy("careful-return");
    const auto begin = *base::parse_instant("2026-07-01");
    const std::vector<Incident> incidents{*parse_incident("outage primary@2026-08-05T09:22Z+20m"),
                                          *parse_incident("latency primary@2026-08-20T14:00Z+1h x4")};
    auto run = ReplayRun::start({policy, without_failover(policy)}, incidents, sheet, 1);
    pcg64 random(7);
    const std::string models[] = {"gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano"};
    const std::string tags[] = {"mail", "search", "", "reports"};
    pricing::Usage usage;
    usage.vendor = "openai";
    usage.counts[pricing::Component::Request] = 1;
    constexpr double span_ms = 90.0 * 86'400'000;
    const auto start = std::chrono::steady_clock::now();
    const double before = processor_s();
    for (std::int64_t i = 0; i < requests; ++i) {
        usage.time = begin + std::chrono::milliseconds(static_cast<std::int64_t>(
                                 span_ms * static_cast<double>(i) / static_cast<double>(requests)));
        usage.model = models[random(3)];
        usage.tag = tags[random(4)];
        usage.counts[pricing::Component::Input] = 100 + static_cast<std::int64_t>(random(4000));
        usage.counts[pricing::Component::Output] = 20 + static_cast<std::int64_t>(random(400));
        run->add(usage);
    }
    auto replay = run->finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (!replay) {
        fmt::print(stderr, "{}\n", replay.error().message);
        std::exit(1);
    }
    return {took.count(), processor_s() - before, std::move(*replay)};
}

void print(const Run& run, double memory)
{
    const Tally& with = run.replay.outcomes[0].all;
    const Tally& without = run.replay.outcomes[1].all;
    fmt::print("{:>11} requests: {:6.2f} s of processor, {:.2f} s in all, peak {:.1f} MB; failed {} with, {} "
               "without failover\n",
               with.requests, run.processor, run.seconds, memory, with.all_failed(), without.all_failed());
}

}

int main(int argc, char** argv)
{
    const std::int64_t millions = argc > 1 ? std::atoll(argv[1]) : 10;
    auto sheet = pricing::bundled_sheet();
    if (!sheet || millions < 1)
        return 1;
    const auto shared = std::make_shared<const pricing::Sheet>(std::move(*sheet));
    const Run small = play(1'000'000, shared);
    const double before = peak_mb();
    print(small, before);
    const Run large = play(millions * 1'000'000, shared);
    const double after = peak_mb();
    print(large, after);
    const double limit = limit_s * static_cast<double>(millions) / 10;
    fmt::print("time {:.2f} of the limit of {:g} s; memory {:.2f} of that at a million\n",
               large.processor / limit, limit, after / before);
    return large.processor <= limit ? 0 : 1;
}
