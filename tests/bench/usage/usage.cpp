// Rows a second of the usage readers, beside a plain read of the same file that counts its lines.

#include "core/pricing/sheet.h"
#include "core/usage/reader.h"
#include "core/usage/replay_json.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <pcg_random.hpp>
#include <zlib.h>

using namespace leeway;

namespace {

double seconds(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Row
{
    std::string time;
    std::string_view vendor;
    std::string_view model;
    unsigned input = 0, cached = 0, output = 0;
    std::string id;
};

Row random_row(pcg32& random, int number)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> models{
        {{"openai", "gpt-5.4"},
         {"openai", "gpt-5.4-mini"},
         {"anthropic", "claude-sonnet-5"},
         {"gemini", "gemini-2.5-pro"}}};
    const auto& [vendor, model] = models[random(4)];
    Row row;
    const base::Instant time =
        base::Date(std::chrono::year(2026) / 6 / 1) + std::chrono::seconds(number * 15);
    row.time = base::to_string(time);
    row.vendor = vendor;
    row.model = model;
    row.input = random(50) == 0 ? 150'000 + random(200'000) : 200 + random(20'000);
    row.cached = random(2) == 0 ? row.input / 2 : 0;
    row.output = random(2'000);
    row.id = fmt::format("req_{:08x}{:08x}", random(), random());
    return row;
}

void write_csv(const std::filesystem::path& path, int rows)
{
    std::ofstream out(path);
    pcg32 random(42);
    out << "time,vendor,model,input_tokens,cache_read_tokens,output_tokens,service_tier,tag,request_id\n";
    for (int i = 0; i < rows; ++i) {
        const Row row = random_row(random, i);
        out << fmt::format("{},{},{},{},{},{},standard,support,{}\n", row.time, row.vendor, row.model,
                           row.input, row.cached, row.output, row.id);
    }
}

void write_jsonl(const std::filesystem::path& path, int rows)
{
    std::ofstream out(path);
    pcg32 random(42);
    for (int i = 0; i < rows; ++i) {
        const Row row = random_row(random, i);
        out << fmt::format(
            R"({{"time":"{}","vendor":"{}","model":"{}","input_tokens":{},"cache_read_tokens":{},)"
            R"("output_tokens":{},"tag":"support","request_id":"{}"}})"
            "\n",
            row.time, row.vendor, row.model, row.input, row.cached, row.output, row.id);
    }
}

void write_gzip(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::ifstream in(from, std::ios::binary);
    gzFile out = gzopen(to.c_str(), "wb6");
    std::string chunk(std::size_t{1} << 18, '\0');
    while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0)
        gzwrite(out, chunk.data(), static_cast<unsigned>(in.gcount()));
    gzclose(out);
}

std::int64_t count_lines(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string chunk(std::size_t{1} << 18, '\0');
    std::int64_t lines = 0;
    while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0)
        lines += std::count(chunk.begin(), chunk.begin() + in.gcount(), '\n');
    return lines;
}

long peak_memory_mb()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::strtol(line.c_str() + 6, nullptr, 10) / 1024;
    }
    return 0;
}

// `plain_path` is the same log unpacked.
void measure(const std::string& what, const std::filesystem::path& path,
             const std::filesystem::path& plain_path, const pricing::Sheet& sheet, int rows)
{
    const double plain = seconds([&] { count_lines(plain_path); });
    std::int64_t good = 0;
    const double read = seconds([&] {
        const auto status = usage::read_usage(path, nullptr, [&](const pricing::Usage&) { ++good; }, {});
        if (!status)
            fmt::print("{}\n", status.error().message);
    });
    std::int64_t cells = 0;
    const double cube = seconds([&] {
        const auto result = usage::read_cube({path}, sheet);
        cells = result ? static_cast<std::int64_t>(result->cells.size()) : -1;
    });
    std::size_t bytes = 0;
    const double each = seconds([&] {
        const auto status =
            usage::replay_each({path}, sheet, {}, [&](const std::string& line) { bytes += line.size() + 1; });
        if (!status)
            fmt::print("{}\n", status.error().message);
    });
    fmt::print("{:<10} {:>8} rows  lines counted {:5.2f} s  read {:5.2f} s ({:4.1f}x, {:.2f} M rows/s)  "
               "cube {:5.2f} s ({} cells)  each {:5.2f} s  peak {} MB\n",
               what, good, plain, read, read / plain, rows / read / 1e6, cube, cells, each, peak_memory_mb());
}

}

int main(int argc, char** argv)
{
    const int rows = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("leeway-bench-usage-{}", rows);
    std::filesystem::create_directories(folder);
    base::Result<pricing::Sheet> sheet = base::fail(base::ErrorCode::NotFound, "no sheet");
    double fastest = 1e9;
    for (int i = 0; i < 5; ++i)
        fastest = std::min(fastest, seconds([&] { sheet = pricing::bundled_sheet(); }));
    if (!sheet) {
        fmt::print("{}\n", sheet.error().message);
        return 1;
    }
    fmt::print("bundled sheet: {} models in {:.0f} ms\n", sheet->models.size(), fastest * 1000);
    write_csv(folder / "usage.csv", rows);
    write_jsonl(folder / "usage.jsonl", rows);
    write_gzip(folder / "usage.csv", folder / "usage.csv.gz");
    measure("CSV", folder / "usage.csv", folder / "usage.csv", *sheet, rows);
    measure("CSV.gz", folder / "usage.csv.gz", folder / "usage.csv", *sheet, rows);
    measure("JSONL", folder / "usage.jsonl", folder / "usage.jsonl", *sheet, rows);
    std::filesystem::remove_all(folder);
    return 0;
}
