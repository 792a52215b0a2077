#pragma once

#include "core/document/contents.h"
#include "core/document/worker.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <iterator>
#include <string>
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

/// What `make(name, document)` answers to each document of the files, in their order, or why there is none.
/// An e-mail has several documents.
template<typename Answer, typename Make>
std::vector<base::Result<Answer>> answer_all(const std::vector<std::string>& files, unsigned jobs,
                                             const Make& make)
{
    using Answers = std::vector<base::Result<Answer>>;
    std::vector<Answers> of_files(files.size());
    on_files(files.size(), jobs, [&](document::Worker& worker, std::size_t i) {
        for (document::Found& found : document::documents_in_file(worker, files[i])) {
            if (found.document)
                of_files[i].push_back(make(std::move(found.name), std::move(*found.document)));
            else
                of_files[i].push_back(tl::unexpected(found.document.error()));
        }
    });
    Answers answers;
    for (Answers& file : of_files)
        std::move(file.begin(), file.end(), std::back_inserter(answers));
    return answers;
}

}
