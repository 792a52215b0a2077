// bench_word_boxes PDF_FOLDER [SENTENCES [SEED]]: draws sentences at random over all PDFs and checks that the
// words whose middles lie under rectangles() give each sentence's text back. Prints the share; exits 1 below
// 100 %.

#include "core/document/worker.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

namespace {

namespace document = leeway::document;

std::string without_blanks(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '\n')
            result += c;
    }
    return result;
}

bool holds_middle(const document::Rect& area, const document::Rect& box)
{
    const float x = box.x + box.width / 2;
    const float y = box.y + box.height / 2;
    return x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height;
}

std::string words_under(const document::Document& d, const document::Sentence& sentence)
{
    const auto areas = document::rectangles(d, sentence.begin, sentence.end);
    std::string result;
    for (const document::Word& word : d.words) {
        const bool covered = std::any_of(areas.begin(), areas.end(), [&](const document::PageRect& area) {
            return area.page == word.page && holds_middle(area.box, word.box);
        });
        if (!covered)
            continue;
        // A printed word may hold the end of one sentence and the start of the next: "done.Next".
        const bool shared = word.begin < sentence.end && word.end > sentence.begin;
        const auto begin = shared ? std::max(word.begin, sentence.begin) : word.begin;
        const auto end = shared ? std::min(word.end, sentence.end) : word.end;
        result += d.slice(begin, end);
    }
    return result;
}

}

int main(int argc, char** argv)
{
    if (argc < 2) {
        fmt::print(stderr, "bench_word_boxes PDF_FOLDER [SENTENCES [SEED]]\n");
        return 2;
    }
    const std::size_t wanted = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 1000;
    std::mt19937 random(argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1U);
    std::vector<std::filesystem::path> files{std::filesystem::directory_iterator(argv[1]), {}};
    std::sort(files.begin(), files.end());
    document::Worker worker;
    std::vector<document::Document> documents;
    std::vector<std::pair<std::size_t, std::size_t>> all; // document, sentence
    for (const auto& file : files) {
        auto read = worker.read_file(file);
        if (!read) {
            fmt::print(stderr, "{}\n", read.error().message);
            return 1;
        }
        for (std::size_t i = 0; i < read->sentences.size(); ++i)
            all.emplace_back(documents.size(), i);
        documents.push_back(std::move(*read));
    }
    std::shuffle(all.begin(), all.end(), random);
    all.resize(std::min(all.size(), wanted));
    std::size_t good = 0;
    for (const auto& [d, s] : all) {
        const document::Document& doc = documents[d];
        const document::Sentence& sentence = doc.sentences[s];
        const std::string text = without_blanks(doc.slice(sentence.begin, sentence.end));
        const std::string under = words_under(doc, sentence);
        if (text == under)
            ++good;
        else
            fmt::print(stderr, "{}: “{}” is not what lies under its boxes: “{}”\n", doc.name,
                       doc.slice(sentence.begin, sentence.end), under);
    }
    fmt::print("{} of {} sentences map back: {:.2f} %\n", good, all.size(),
               all.empty() ? 0.0 : 100.0 * static_cast<double>(good) / static_cast<double>(all.size()));
    return good == all.size() && !all.empty() ? 0 : 1;
}
