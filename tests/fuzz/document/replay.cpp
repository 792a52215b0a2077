// Runs a fuzz target over the files of a folder and over seeded mutations of them.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutated(std::string input, std::mt19937& random)
{
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    const std::size_t edits = 1 + below(8);
    for (std::size_t i = 0; i < edits && !input.empty(); ++i) {
        const std::size_t at = below(input.size());
        switch (below(5)) {
        case 0:
            input[at] = static_cast<char>(random());
            break;
        case 1:
            input.erase(at, below(40));
            break;
        case 2:
            input.insert(at, input.substr(below(input.size()), below(60)));
            break;
        case 3:
            input.insert(at, 1 + below(4), "\n\t .(-#|<&\xFF"[below(11)]);
            break;
        default:
            input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
        }
    }
    return input;
}

}

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "%s FOLDER\n", argv[0]);
        return 2;
    }
    constexpr int mutations = 400;
    std::vector<std::filesystem::path> files{std::filesystem::directory_iterator(argv[1]), {}};
    std::sort(files.begin(), files.end());
    run({});
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string seed{std::istreambuf_iterator<char>(in), {}};
        std::mt19937 random(1);
        run(seed);
        for (int i = 0; i < mutations; ++i)
            run(mutated(seed, random));
    }
    std::printf("%zu seeds, %d mutations of each\n", files.size(), mutations);
    return files.empty() ? 1 : 0;
}
