// Processor time of comparing two versions of 1, 2, 4 and 8 MB, and how it grows from each size to the next.
// Twice the text in about twice the time is linear.

#include "core/clauses/drift/drift.h"
#include "core/document/readers.h"

#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <pcg_random.hpp>
#include <string>

using namespace leeway;

namespace {

constexpr std::size_t mega = std::size_t{1} << 20;

std::string word(pcg32& random)
{
    // Few words often, many seldom, as in a text.
    const std::uint32_t rank = random(8) == 0 ? random(20000) : random(300);
    return fmt::format("{}{}", "abcdefghijklmnopqrstuvwxyz"[rank % 26], rank);
}

std::string sentence(pcg32& random)
{
    std::string text = "Provider";
    for (std::uint32_t i = 0, n = 8 + random(30); i < n; ++i)
        text += " " + word(random);
    return text + ". ";
}

struct Pair
{
    std::string before;
    std::string after;
};

/// A contract, and one in which of 100 paragraphs 10 have another word, 3 are new, 3 gone and 3 moved to the
/// end.
Pair usual(std::size_t bytes)
{
    pcg32 random(1);
    Pair pair;
    std::string moved;
    while (pair.before.size() < bytes) {
        std::string clause;
        for (std::uint32_t i = 0, n = 1 + random(5); i < n; ++i)
            clause += sentence(random);
        pair.before += clause + "\n\n";
        const std::uint32_t fate = random(100);
        if (fate < 10)
            pair.after += clause.insert(clause.size() / 2, " changed ") + "\n\n";
        else if (fate < 13)
            pair.after += clause + "\n\n" + sentence(random) + "\n\n";
        else if (fate < 16)
            moved += clause + "\n\n";
        else if (fate >= 19)
            pair.after += clause + "\n\n";
    }
    pair.after += moved;
    return pair;
}

/// Every third word is another one.
Pair all_reworded(std::size_t bytes)
{
    pcg32 random(2);
    Pair pair;
    for (int i = 0; pair.before.size() < bytes; ++i) {
        const std::string text = word(random);
        const std::string end = i % 80 == 79 ? ".\n\n" : " ";
        pair.before += text + end;
        pair.after += (i % 3 == 0 ? word(random) : text) + end;
    }
    return pair;
}

Pair nothing_in_common(std::size_t bytes)
{
    Pair pair;
    for (int i = 0; pair.before.size() < bytes; ++i) {
        const std::string end = i % 80 == 79 ? ".\n\n" : " ";
        pair.before += fmt::format("a{}{}", i * 7919 % 100003, end);
        pair.after += fmt::format("b{}{}", i * 7919 % 100003, end);
    }
    return pair;
}

/// One paragraph without an end.
Pair one_line(std::size_t bytes)
{
    pcg32 random(3);
    Pair pair;
    while (pair.before.size() < bytes) {
        const std::string text = word(random);
        pair.before += text + " ";
        pair.after += (random(20) == 0 ? word(random) : text) + " ";
    }
    return pair;
}

/// The same paragraph over and over, with one word of its own.
Pair boilerplate(std::size_t bytes)
{
    Pair pair;
    for (int i = 0; pair.before.size() < bytes; ++i) {
        const auto clause = [](int n) {
            return fmt::format(
                "Provider keeps item {} of the register and shows it on request to Customer.\n\n", n);
        };
        pair.before += clause(i);
        pair.after += clause(i + 1'000'000);
    }
    return pair;
}

Pair headings(std::size_t bytes)
{
    Pair pair;
    for (int i = 0; pair.before.size() < bytes; ++i) {
        pair.before += fmt::format("# Heading {}\n\n", i);
        pair.after += fmt::format("# Heading {}\n\n", i * 2);
    }
    return pair;
}

// Of processor time, which other programs do not change.
double seconds(const std::function<void()>& work)
{
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void measure(const char* name, Pair (*make)(std::size_t))
{
    fmt::print("{:<20}", name);
    double last = 0;
    for (const std::size_t size : {1, 2, 4, 8}) {
        const Pair pair = make(size * mega);
        const auto before = document::read_plain(document::Format::Markdown, "before.md", pair.before);
        const auto after = document::read_plain(document::Format::Markdown, "after.md", pair.after);
        if (!before || !after) {
            fmt::print("  could not be read\n");
            return;
        }
        clauses::Drift drift;
        const double time = seconds([&] { drift = clauses::compare(*before, {}, *after, {}); });
        fmt::print("  {} MB {:6.2f} s{}", size, time, last > 0 ? fmt::format(" (×{:.1f})", time / last) : "");
        last = time;
        if (size == 8)
            fmt::print("  {} clauses, {} reworded", drift.clauses.size(),
                       drift.count(clauses::ClauseChange::Reworded));
    }
    fmt::print("\n");
}

}

int main()
{
    measure("usual", usual);
    measure("every third word", all_reworded);
    measure("nothing in common", nothing_in_common);
    measure("one line", one_line);
    measure("boilerplate", boilerplate);
    measure("headings", headings);
}
