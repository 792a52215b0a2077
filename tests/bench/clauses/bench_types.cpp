// bench_types FILE…: how fast clause types are found in text that was read and cut into tokens already, and
// how long reading the weights takes.

#include "core/clauses/types/find.h"
#include "reader.h"

#include <cstdio>
#include <ctime>
#include <fmt/format.h>

using namespace leeway;

namespace {

// Of processor time, so that other programs do not count.
double seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}

int main(int argc, char** argv)
{
    double begin = seconds();
    const auto model = clauses::load_type_model();
    if (!model) {
        fmt::print(stderr, "{}\n", model.error().message);
        return 3;
    }
    const double load = seconds() - begin;
    std::size_t bytes = 0;
    std::size_t hits = 0;
    double cut = 0;
    double find = 0;
    for (int i = 1; i < argc; ++i) {
        const auto document = bench::read(argv[i]);
        if (!document) {
            fmt::print(stderr, "{}\n", document.error().message);
            return 3;
        }
        begin = seconds();
        const auto tokens = clauses::tokenize(*document);
        cut += seconds() - begin;
        begin = seconds();
        hits += clauses::find_clauses(*document, tokens, *model).hits.size();
        find += seconds() - begin;
        bytes += document->text.size();
    }
    const double megabytes = static_cast<double>(bytes) / 1e6;
    fmt::print(
        "{} documents, {:.1f} MB, {} hits: {:.1f} MB/s (cutting into tokens {:.1f} MB/s); weights of {} "
        "features read in {:.0f} ms\n",
        argc - 1, megabytes, hits, megabytes / find, megabytes / cut, model->weights.features().size(),
        load * 1000);
    return 0;
}
