// bench_checks check FILE… [--pack P] --format json: the findings of every file as `leeway-cli check` prints
// them, read in this process. bench_checks speed FILE…: how fast the engine reads, without extraction.
// bench_checks signals FILE…: the signals that fire, with the sentences at which they do. bench_checks
// reading FILE…: how every sentence is read, one document a line.

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/clauses/matching.h"
#include "core/clauses/parties.h"
#include "core/clauses/review.h"
#include "core/clauses/serialise.h"
#include "reader.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>

using namespace leeway;

namespace {

int fail(const std::string& message)
{
    fmt::print(stderr, "{}\n", message);
    return 3;
}

int check(const std::vector<std::string>& files, const clauses::Pack& pack)
{
    nlohmann::json all = nlohmann::json::array();
    for (const std::string& file : files) {
        const auto document = bench::read(file);
        if (!document)
            return fail(document.error().message);
        const auto review = clauses::review(*document, pack);
        all.push_back(
            {{"document", document->name},
             {"sha256", document->sha256},
             {"pages", document->pages.size()},
             {"index", nlohmann::json::object()},
             {"parties", {{"vendor", review.parties.vendor}, {"customer", review.parties.customer}}},
             {"findings", clauses::to_json(review)}});
    }
    fmt::print("{}\n", all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    return 0;
}

int signals(const std::vector<std::string>& files, const clauses::Pack& pack)
{
    nlohmann::json all = nlohmann::json::object();
    for (const std::string& file : files) {
        const auto document = bench::read(file);
        if (!document)
            return fail(document.error().message);
        auto tokens = clauses::tokenize(*document);
        clauses::mark_parties(tokens);
        const auto reading = clauses::read(*document, pack.rules->lexicon, std::move(tokens));
        nlohmann::json checks = nlohmann::json::object();
        for (std::size_t c = 0; c < pack.checks.size(); ++c) {
            const auto& rules = pack.rules->checks[c];
            const auto matches = clauses::match_signals(reading, rules);
            nlohmann::json fired = nlohmann::json::object();
            for (std::size_t s = 0; s < matches.size(); ++s) {
                for (const auto& match : matches[s]) {
                    const auto& at = document->sentences[match.sentence];
                    fired[rules.signals[s].name].push_back(std::string(document->slice(at.begin, at.end)));
                }
            }
            checks[pack.checks[c].id] = std::move(fired);
        }
        all[document->name] = std::move(checks);
    }
    fmt::print("{}\n", all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    return 0;
}

// How the engine reads: tokens, clauses and concepts of every sentence.
int reading(const std::vector<std::string>& files, const clauses::Pack& pack)
{
    for (const std::string& file : files) {
        const auto document = bench::read(file);
        if (!document)
            return fail(document.error().message);
        auto tokens = clauses::tokenize(*document);
        clauses::mark_parties(tokens);
        const auto read = clauses::read(*document, pack.rules->lexicon, std::move(tokens));
        nlohmann::json sentences = nlohmann::json::array();
        for (const auto& phrase : read.sentences) {
            nlohmann::json words = nlohmann::json::array(), parts = nlohmann::json::array(),
                           hits = nlohmann::json::array();
            for (auto t = phrase.tokens.begin; t < phrase.tokens.end; ++t) {
                const auto& token = read.tokens.tokens[t];
                words.push_back({read.tokens.word(t), int(token.kind), token.value, int(token.side)});
            }
            for (auto c = phrase.clauses.begin; c < phrase.clauses.end; ++c) {
                const auto& clause = read.clauses[c];
                parts.push_back({clause.tokens.begin - phrase.tokens.begin,
                                 clause.tokens.end - phrase.tokens.begin, int(clause.modality),
                                 int(clause.actor), clause.exception, clause.condition, clause.override_});
            }
            for (auto h = phrase.hits.begin; h < phrase.hits.end; ++h)
                hits.push_back({pack.rules->lexicon.name(read.hits[h].concept_id),
                                read.hits[h].first - phrase.tokens.begin,
                                read.hits[h].last - phrase.tokens.begin});
            sentences.push_back({{"tokens", words},
                                 {"clauses", parts},
                                 {"concepts", hits},
                                 {"heading", phrase.is_heading},
                                 {"item_of", phrase.context}});
        }
        fmt::print("{}\n", nlohmann::json{{"document", document->name}, {"sentences", sentences}}.dump(
                               -1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return 0;
}

int speed(const std::vector<std::string>& files, const clauses::Pack& pack)
{
    std::vector<document::Document> documents;
    std::size_t bytes = 0;
    for (const std::string& file : files) {
        auto document = bench::read(file);
        if (!document)
            return fail(document.error().message);
        bytes += document->text.size();
        documents.push_back(std::move(*document));
    }
    const auto begin = std::chrono::steady_clock::now();
    std::size_t findings = 0;
    for (const auto& document : documents)
        findings += clauses::review(document, pack).findings.size();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    fmt::print("{} documents, {:.1f} MB, {} findings, {:.2f} s, {:.1f} MB/s\n", documents.size(),
               static_cast<double>(bytes) / 1e6, findings, took.count(),
               static_cast<double>(bytes) / 1e6 / took.count());
    return 0;
}

}

int main(int argc, char** argv)
{
    std::vector<std::string> files;
    std::string pack_path = "ai-procurement";
    for (int i = 2; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--format" && i + 1 < argc)
            ++i;
        else if (argument == "--pack" && i + 1 < argc)
            pack_path = argv[++i];
        else
            files.push_back(argument);
    }
    if (argc < 3)
        return fail("bench_checks check|signals|reading|speed FILE… [--pack P] [--format json]");
    const auto pack = clauses::load_pack(pack_path);
    if (!pack)
        return fail(pack.error().message);
    const std::string verb = argv[1];
    return verb == "speed"     ? speed(files, *pack)
           : verb == "signals" ? signals(files, *pack)
           : verb == "reading" ? reading(files, *pack)
                               : check(files, *pack);
}
