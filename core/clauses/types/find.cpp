#include "core/clauses/types/find.h"

#include <algorithm>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t longest_passage_bytes = 1500; // a longer sentence stands alone
constexpr double neighbour_share = 0.25;              // of the best sentence's score, for one beside it
constexpr std::size_t most_hits = 20;                 // of one type in a document
constexpr std::size_t most_doubtful = 3;              // of those, below the line

// Sentences [first, last] of one block.
struct Run
{
    std::size_t first = 0;
    std::size_t last = 0;
    double score = 0;
};

class Finder
{
public:
    Finder(const document::Document& document, const std::vector<TypeScores>& scores, const TypeModel& model)
        : m_document(document),
          m_scores(scores),
          m_model(model),
          m_terms(document_terms_of(scores)),
          m_blocks(scores.size(), 0)
    {
        for (std::size_t b = 0; b < document.blocks.size(); ++b) {
            const document::Block& block = document.blocks[b];
            const std::size_t end =
                std::min<std::size_t>(block.first_sentence + block.sentence_count, m_blocks.size());
            for (std::size_t s = block.first_sentence; s < end; ++s)
                m_blocks[s] = b + 1;
        }
    }

    ClauseHits find() const
    {
        ClauseHits found;
        if (m_scores.empty())
            return found;
        for (std::size_t type = 0; type < type_count; ++type) {
            found.types[type] = m_model.scale.score(type, m_terms[type]);
            for (const Run& run : runs(type))
                found.hits.push_back(hit(type, run));
        }
        return found;
    }

private:
    // The document's score if this sentence were its best.
    double score(std::size_t type, std::size_t sentence) const
    {
        DocumentTerms terms = m_terms[type];
        terms[0] = m_scores[sentence][type];
        return m_model.scale.score(type, terms);
    }

    bool joins(std::size_t type, const Run& run, std::size_t beside) const
    {
        const auto& sentences = m_document.sentences;
        const std::size_t first = std::min(run.first, beside);
        const std::size_t last = std::max(run.last, beside);
        return m_blocks[beside] == m_blocks[run.first] && m_blocks[beside] != 0 &&
               sentences[last].end - sentences[first].begin <= longest_passage_bytes &&
               score(type, beside) >= neighbour_share * run.score;
    }

    // The best sentences, each with those of its block that go with it; they never overlap.
    std::vector<Run> runs(std::size_t type) const
    {
        std::vector<std::size_t> order;
        for (std::size_t s = 0; s < m_scores.size(); ++s) {
            if (score(type, s) >= lowest_hit)
                order.push_back(s);
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return m_scores[a][type] > m_scores[b][type]; });
        std::vector<Run> runs;
        std::size_t doubtful = 0;
        std::vector<bool> taken(m_scores.size(), false);
        for (const std::size_t s : order) {
            if (taken[s])
                continue;
            Run run{s, s, score(type, s)};
            doubtful += run.score < 0.5 ? 1 : 0;
            if (runs.size() == most_hits || doubtful > most_doubtful)
                break;
            while (run.last + 1 < m_scores.size() && !taken[run.last + 1] && joins(type, run, run.last + 1))
                ++run.last;
            while (run.first > 0 && !taken[run.first - 1] && joins(type, run, run.first - 1))
                --run.first;
            std::fill(taken.begin() + static_cast<std::ptrdiff_t>(run.first),
                      taken.begin() + static_cast<std::ptrdiff_t>(run.last) + 1, true);
            runs.push_back(run);
        }
        std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.first < b.first; });
        return runs;
    }

    ClauseHit hit(std::size_t type, const Run& run) const
    {
        const std::uint32_t begin = m_document.sentences[run.first].begin;
        const std::uint32_t end = m_document.sentences[run.last].end;
        return {type,
                run.score,
                begin,
                end,
                document::page_at(m_document, begin),
                document::section_at(m_document, begin),
                std::string(m_document.slice(begin, end))};
    }

    const document::Document& m_document;
    const std::vector<TypeScores>& m_scores;
    const TypeModel& m_model;
    std::array<DocumentTerms, type_count> m_terms;
    std::vector<std::size_t> m_blocks; // of each sentence: index + 1 of its block
};

}

ClauseHits find_clauses(const document::Document& document, const Tokens& tokens, const TypeModel& model)
{
    const auto scores = sentence_scores(sentence_features(document, tokens, model.signs), model.weights);
    return Finder(document, scores, model).find();
}

ClauseHits find_clauses(const document::Document& document, const TypeModel& model)
{
    return find_clauses(document, tokenize(document), model);
}

}
