#pragma once

#include "core/document/worker.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace leeway::cli {

/// Calls `work(worker, i)` once for each i below `count`, on up to `jobs` threads, each with a document
/// worker of its own; returns when all are done.
template<typename Work>
void on_files(std::size_t count, unsigned jobs, const Work& work)
{
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        document::Worker worker;
        for (std::size_t i = next++; i < count; i = next++)
            work(worker, i);
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(jobs, count); ++i)
        threads.emplace_back(run);
    run();
    for (std::thread& thread : threads)
        thread.join();
}

}
