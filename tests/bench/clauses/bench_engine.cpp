// bench_engine FILE…: megabytes of text a second of processor time through each step of the engine, and the
// most memory held. bench_engine adversarial [NAME…]: how the time grows when a text that is hard on it
// doubles; 2 is linear.

#include "adversary.h"
#include "core/clauses/review.h"
#include "core/clauses/types/find.h"
#include "reader.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fmt/format.h>
#include <sys/resource.h>

using namespace leeway;

namespace {

constexpr std::array<std::string_view, 4> steps{"structure", "tokenise", "clauses", "review"};

struct Engine
{
    clauses::Pack pack;
    clauses::TypeModel model;
};

/// What one or several texts took, step by step.
struct Taken
{
    std::size_t bytes = 0;
    std::array<double, steps.size()> seconds{};

    [[nodiscard]] double whole() const { return seconds[1] + seconds[2] + seconds[3]; }
};

int fail(const std::string& message)
{
    fmt::print(stderr, "{}\n", message);
    return 3;
}

// Of processor time, so that other programs do not count.
double seconds_now()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double peak_megabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

base::Status run(const Engine& engine, document::Format format, std::string_view name, std::string_view bytes,
                 Taken& taken)
{
    std::array<double, steps.size() + 1> at{seconds_now()};
    const auto document = document::read_plain(format, name, bytes);
    if (!document)
        return tl::unexpected(document.error());
    at[1] = seconds_now();
    clauses::Tokens tokens = clauses::tokenize(*document);
    at[2] = seconds_now();
    const auto hits = clauses::find_clauses(*document, tokens, engine.model);
    at[3] = seconds_now();
    const auto review = clauses::review(*document, std::move(tokens), engine.pack);
    at[4] = seconds_now();
    taken.bytes += document->text.size();
    for (std::size_t i = 0; i < steps.size(); ++i)
        taken.seconds[i] += at[i + 1] - at[i];
    return {};
}

int speed(const Engine& engine, int count, char** paths)
{
    Taken taken;
    for (int i = 0; i < count; ++i) {
        const auto bytes = base::read_file(paths[i], std::size_t{64} << 20);
        if (!bytes)
            return fail(bytes.error().message);
        const std::string name = std::filesystem::path(paths[i]).filename().string();
        const auto format = document::format_of(name, *bytes);
        if (!format)
            return fail(format.error().message);
        if (const auto done = run(engine, *format, name, *bytes, taken); !done)
            return fail(done.error().message);
    }
    const double megabytes = static_cast<double>(taken.bytes) / 1e6;
    fmt::print("{} documents, {:.1f} MB\n", count, megabytes);
    for (std::size_t i = 0; i < steps.size(); ++i)
        fmt::print("{:<10} {:7.1f} MB/s\n", steps[i], megabytes / taken.seconds[i]);
    fmt::print("{:<10} {:7.1f} MB/s (tokenise, clauses and review)\n", "whole", megabytes / taken.whole());
    fmt::print("{:<10} {:7.1f} MB\n", "peak", peak_megabytes());
    return 0;
}

int adversarial(const Engine& engine, const std::vector<std::string>& names)
{
    fmt::print("{:<24} {:>4} {:>9} {:>9} {:>9} {:>9}  growth\n", "text", "MB", steps[0], steps[1], steps[2],
               steps[3]);
    for (const bench::Adversary& adversary : bench::adversaries()) {
        if (!names.empty() && std::find(names.begin(), names.end(), adversary.name) == names.end())
            continue;
        double before = 0;
        for (const std::size_t megabytes : {1, 2, 4, 8}) {
            Taken taken;
            const std::string text = adversary.make(megabytes * 1'000'000);
            if (const auto done = run(engine, document::Format::Text, "adversary.txt", text, taken); !done)
                return fail(done.error().message);
            const double all = taken.seconds[0] + taken.whole();
            fmt::print("{:<24} {:>4} {:7.2f} s {:7.2f} s {:7.2f} s {:7.2f} s  {}\n", adversary.name,
                       megabytes, taken.seconds[0], taken.seconds[1], taken.seconds[2], taken.seconds[3],
                       before > 0 ? fmt::format("{:.2f}", all / before) : "");
            std::fflush(stdout);
            before = all;
        }
    }
    fmt::print("peak {:.0f} MB\n", peak_megabytes());
    return 0;
}

}

int main(int argc, char** argv)
{
    if (argc < 2)
        return fail("bench_engine FILE… or bench_engine adversarial [NAME…]");
    auto pack = clauses::load_pack("ai-procurement");
    if (!pack)
        return fail(pack.error().message);
    auto model = clauses::load_type_model();
    if (!model)
        return fail(model.error().message);
    const Engine engine{std::move(*pack), std::move(*model)};
    return std::string_view(argv[1]) == "adversarial" ? adversarial(engine, {argv + 2, argv + argc})
                                                      : speed(engine, argc - 1, argv + 1);
}
