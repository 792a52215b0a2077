// bench_document_read [--jobs N] PDF_FOLDER|FILE…: seconds to read all files with N workers.
// bench_document_read --dump FILE: the structure of one file.

#include "core/document/worker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace document = leeway::document;

const char* kind_of(document::BlockKind kind)
{
    constexpr const char* names[] = {"heading", "paragraph", "item", "row"};
    return names[static_cast<int>(kind)];
}

int dump(const std::string& path)
{
    document::Worker worker;
    const auto read = worker.read_file(path);
    if (!read) {
        fmt::print(stderr, "{}\n", read.error().message);
        return 3;
    }
    const document::Document& d = *read;
    for (std::size_t i = 0; i < d.blocks.size(); ++i) {
        const document::Block& b = d.blocks[i];
        fmt::print("#{} {}{} number “{}” heading {} lead-in {} page {} section “{}”\n", i, kind_of(b.kind),
                   b.level > 0 ? fmt::format(" level {}", b.level) : "", b.number, b.heading, b.lead_in,
                   document::page_at(d, b.begin), document::section_at(d, b.begin));
        for (std::uint32_t s = 0; s < b.sentence_count; ++s) {
            const document::Sentence& sentence = d.sentences[b.first_sentence + s];
            fmt::print("    | {}\n", d.slice(sentence.begin, sentence.end));
        }
    }
    return 0;
}

}

int main(int argc, char** argv)
{
    std::vector<std::filesystem::path> files;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--dump" && i + 1 < argc)
            return dump(argv[i + 1]);
        if (argument == "--jobs" && i + 1 < argc)
            jobs = static_cast<unsigned>(std::max(1, std::atoi(argv[++i])));
        else if (std::filesystem::is_directory(argument))
            files.insert(files.end(), std::filesystem::directory_iterator(argument), {});
        else
            files.emplace_back(argument);
    }
    std::sort(files.begin(), files.end());
    if (files.empty()) {
        fmt::print(stderr, "bench_document_read [--jobs N] [--dump] FOLDER|FILE…\n");
        return 2;
    }
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> failed{0};
    std::atomic<std::size_t> sentences{0};
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (unsigned j = 0; j < jobs; ++j) {
        threads.emplace_back([&] {
            document::Worker worker;
            for (std::size_t i = next++; i < files.size(); i = next++) {
                const auto read = worker.read_file(files[i]);
                if (read) {
                    sentences += read->sentences.size();
                } else {
                    ++failed;
                    fmt::print(stderr, "{}\n", read.error().message);
                }
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    fmt::print("{} files, {} failed, {} sentences, {} workers: {:.2f} s\n", files.size(), failed.load(),
               sentences.load(), jobs, seconds.count());
    return failed > 0 ? 1 : 0;
}
