// Writes a log of N requests in Leeway's format, the same for the same seed: make_log csv|jsonl N FILE
// [--seed S]
// [--ids]. With --ids every request has an id of its own.

#include "core/base/date.h"

#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <pcg_random.hpp>
#include <string>
#include <string_view>

using namespace leeway;

namespace {

struct Options
{
    bool json = false;
    std::int64_t rows = 0;
    std::string file;
    std::uint64_t seed = 42;
    bool ids = false;
};

bool parse(int argc, char** argv, Options& options)
{
    if (argc < 4)
        return false;
    options.json = std::string_view(argv[1]) == "jsonl";
    options.rows = std::atoll(argv[2]);
    options.file = argv[3];
    for (int i = 4; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--ids")
            options.ids = true;
        else if (option == "--seed" && i + 1 < argc)
            options.seed = static_cast<std::uint64_t>(std::atoll(argv[++i]));
        else
            return false;
    }
    return options.rows > 0;
}

// Half a year of requests to a few models, one in fifty with a long context, half with a warm cache.
void append_row(std::string& out, pcg64& random, std::int64_t number, const Options& options)
{
    constexpr std::array<std::array<std::string_view, 2>, 8> models{{{"openai", "gpt-5.4"},
                                                                     {"openai", "gpt-5.4-mini"},
                                                                     {"openai", "gpt-5.4-nano"},
                                                                     {"anthropic", "claude-sonnet-5"},
                                                                     {"anthropic", "claude-haiku-4-5"},
                                                                     {"gemini", "gemini-2.5-pro"},
                                                                     {"mistral", "mistral-large-latest"},
                                                                     {"deepseek", "deepseek-chat"}}};
    constexpr std::int64_t seconds = 180 * 86'400;
    const auto& [vendor, model] = models[random(8)];
    const base::Instant time =
        base::Date(std::chrono::year(2026) / 5 / 1) +
        std::chrono::seconds(static_cast<std::int64_t>(static_cast<double>(number) /
                                                       static_cast<double>(options.rows) * seconds));
    const std::uint64_t input = random(50) == 0 ? 150'000 + random(200'000) : 200 + random(20'000);
    const std::uint64_t cached = random(2) == 0 ? input / 2 : 0;
    const std::uint64_t output = random(2'000);
    auto to = std::back_inserter(out);
    if (options.json)
        fmt::format_to(to,
                       R"({{"time":"{}","vendor":"{}","model":"{}","input_tokens":{},"cache_read_tokens":{},)"
                       R"("output_tokens":{})",
                       base::to_string(time), vendor, model, input, cached, output);
    else
        fmt::format_to(to, "{},{},{},{},{},{}", base::to_string(time), vendor, model, input, cached, output);
    if (options.ids)
        fmt::format_to(to, fmt::runtime(options.json ? R"(,"request_id":"req_{:016x}")" : ",req_{:016x}"),
                       random());
    out += options.json ? "}\n" : "\n";
}

}

int main(int argc, char** argv)
{
    Options options;
    if (!parse(argc, argv, options)) {
        fmt::print(stderr, "make_log csv|jsonl ROWS FILE [--seed S] [--ids]\n");
        return 2;
    }
    std::ofstream file(options.file, std::ios::binary);
    std::string out;
    if (!options.json)
        out = fmt::format("time,vendor,model,input_tokens,cache_read_tokens,output_tokens{}\n",
                          options.ids ? ",request_id" : "");
    pcg64 random(options.seed);
    for (std::int64_t i = 0; i < options.rows; ++i) {
        append_row(out, random, i, options);
        if (out.size() > 1'000'000 || i + 1 == options.rows) {
            file.write(out.data(), static_cast<std::streamsize>(out.size()));
            out.clear();
        }
    }
    return file.good() ? 0 : 1;
}
