// Import of a log beside DuckDB doing the equivalent GROUP BY on the same file with the same number of
// threads: bench_import FILE... Each runs in a process of its own, so that its peak memory can be told.
// DuckDB is the program named by $LEEWAY_DUCKDB, else `duckdb`; without it only the import is measured. Best
// of three.

#include "core/pricing/sheet.h"
#include "core/usage/reader.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

using namespace leeway;

namespace {

constexpr int rounds = 3;
constexpr int threads = 2;

struct Measured
{
    double seconds = 1e9;
    double megabytes = 0;
    bool worked = true;
};

// What `work` takes in a child process, the best of some rounds.
Measured measured(const std::function<int()>& work)
{
    Measured best;
    for (int i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const pid_t child = fork();
        if (child == 0)
            _exit(work());
        int status = 0;
        rusage usage{};
        wait4(child, &status, 0, &usage);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best.seconds = std::min(best.seconds, seconds);
        best.megabytes = std::max(best.megabytes, static_cast<double>(usage.ru_maxrss) / 1024);
        best.worked = best.worked && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    return best;
}

Measured import(const std::filesystem::path& file, const pricing::Sheet& sheet)
{
    return measured([&] {
        const auto cube = usage::read_cube({file}, sheet);
        if (!cube)
            fmt::print(stderr, "{}\n", cube.error().message);
        return cube ? 0 : 1;
    });
}

// The sums of the cube's cells; where requests have ids, each id once.
std::string query_of(const std::filesystem::path& file)
{
    const bool json = file.string().find(".jsonl") != std::string::npos;
    std::ifstream in(file);
    std::string head;
    std::getline(in, head);
    std::string from = fmt::format("{}('{}')", json ? "read_json" : "read_csv", file.string());
    if (head.find("request_id") != std::string::npos)
        from = fmt::format("(SELECT DISTINCT ON (request_id) * FROM {})", from);
    return fmt::format("SET threads = {}; COPY (SELECT CAST(time AS DATE) AS day, vendor, model, "
                       "CASE WHEN input_tokens > 200000 THEN 200000 ELSE 0 END AS bucket, count(*), "
                       "sum(input_tokens - cache_read_tokens), sum(cache_read_tokens), sum(output_tokens) "
                       "FROM {} GROUP BY ALL) TO '/dev/null' (FORMAT csv);",
                       threads, from);
}

Measured duckdb(const std::filesystem::path& file)
{
    const char* named = std::getenv("LEEWAY_DUCKDB");
    const std::string program = named != nullptr ? named : "duckdb";
    const std::string query = query_of(file);
    return measured([&]() -> int {
        const int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execlp(program.c_str(), program.c_str(), "-c", query.c_str(), static_cast<char*>(nullptr));
        return 127;
    });
}

}

int main(int argc, char** argv)
{
    const auto sheet = pricing::bundled_sheet();
    if (argc < 2 || !sheet) {
        fmt::print(stderr, "bench_import FILE...\n");
        return 2;
    }
    for (int i = 1; i < argc; ++i) {
        const std::filesystem::path file = argv[i];
        std::error_code problem;
        const double megabytes = static_cast<double>(std::filesystem::file_size(file, problem)) / 1e6;
        if (problem) {
            fmt::print(stderr, "{}: {}\n", file.string(), problem.message());
            return 2;
        }
        const Measured ours = import(file, *sheet);
        fmt::print("{}: {:.0f} MB\n  import {:6.2f} s ({:.0f} MB/s), peak {:.0f} MB{}\n",
                   file.filename().string(), megabytes, ours.seconds, megabytes / ours.seconds,
                   ours.megabytes, ours.worked ? "" : ": FAILED");
        const Measured peer = duckdb(file);
        if (peer.worked)
            fmt::print("  DuckDB {:6.2f} s, peak {:.0f} MB\n  ratio  {:6.2f}\n", peer.seconds, peer.megabytes,
                       peer.seconds / ours.seconds);
        else
            fmt::print("  DuckDB could not be measured: install it, or name it with LEEWAY_DUCKDB\n");
    }
    return 0;
}
