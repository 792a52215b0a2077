// Runs a fuzz target without a fuzzer: over every seed of a folder and a number of seeded mutations of each.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::string mutated(std::string bytes, std::mt19937& random)
{
    for (unsigned n = random() % 6 + 1; n > 0 && !bytes.empty(); --n) {
        const std::size_t at = random() % bytes.size();
        switch (random() % 4) {
        case 0:
            bytes[at] = static_cast<char>(random());
            break;
        case 1:
            bytes.erase(at, random() % 40 + 1);
            break;
        case 2:
            bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 60));
            break;
        default:
            bytes.insert(at, 1, "\"{}[](),.:;<>@~&|!0 \n"[random() % 22]);
        }
    }
    return bytes;
}

}

int main(int argc, char** argv)
{
    constexpr int mutations = 60;
    if (argc < 2)
        return 2;
    std::set<std::filesystem::path> seeds;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
        seeds.insert(entry.path());
    std::mt19937 random(1);
    for (const auto& seed : seeds) {
        std::ifstream in(seed, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        run(bytes);
        for (int i = 0; i < mutations; ++i)
            run(mutated(bytes, random));
    }
    std::printf("%zu seeds\n", seeds.size());
    return seeds.empty() ? 1 : 0;
}
