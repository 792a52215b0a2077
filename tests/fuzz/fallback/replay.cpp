// Runs a fuzz target over the files of some folders and over seeded mutations of them.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <pcg_random.hpp>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// Some bytes changed, dropped, doubled, or replaced by signs that mean something in suites and answers.
std::string mutated(std::string input, pcg32& random)
{
    constexpr std::string_view signs = "{}[]<>\"'`:,&*!|-#%\\/\n\t ;=(?$\xFF";
    for (unsigned edits = 1 + random(6); edits > 0 && !input.empty(); --edits) {
        const std::size_t at = random(static_cast<std::uint32_t>(input.size()));
        const std::size_t length = 1 + random(30);
        switch (random(4)) {
        case 0:
            input[at] = static_cast<char>(random());
            break;
        case 1:
            input.erase(at, length);
            break;
        case 2:
            input.insert(random(static_cast<std::uint32_t>(input.size())), input.substr(at, length));
            break;
        default:
            input.insert(at, 1 + random(3), signs[random(static_cast<std::uint32_t>(signs.size()))]);
        }
    }
    return input;
}

}

int main(int argc, char** argv)
{
    constexpr int mutations = 300;
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i]))
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    run({});
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string seed{std::istreambuf_iterator<char>(in), {}};
        pcg32 random(1);
        run(seed);
        for (int i = 0; i < mutations; ++i)
            run(mutated(seed, random));
    }
    std::printf("%zu seeds, %d mutations of each\n", files.size(), mutations);
    return files.empty() ? 1 : 0;
}
