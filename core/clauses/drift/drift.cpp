#include "core/clauses/drift/drift.h"

#include "core/clauses/drift/kept.h"
#include "core/clauses/drift/pairing.h"
#include "core/clauses/drift/worddiff.h"

#include <algorithm>
#include <unordered_set>

namespace leeway::clauses {
namespace {

/// One version: its text, how it is worded, and which of its sentences the other version has too.
struct Version
{
    const document::Document& document;
    const Worded& worded;
    const std::vector<std::int32_t>& kept;

    [[nodiscard]] ClauseSide side(std::uint32_t block) const
    {
        const document::Block& at = document.blocks[block];
        return {static_cast<std::int32_t>(block), {at.begin, at.end}, {}};
    }

    [[nodiscard]] ByteRange bytes(Span words) const
    {
        return {worded.words[words.begin].begin, worded.words[words.end - 1].end};
    }

    // The runs of words without the sentences that the other version has too.
    [[nodiscard]] std::vector<ByteRange> changed(std::uint32_t block, const std::vector<Span>& runs) const
    {
        std::vector<ByteRange> result;
        const document::Block& at = document.blocks[block];
        std::uint32_t s = at.first_sentence;
        const std::uint32_t last = at.first_sentence + at.sentence_count;
        for (Span run : runs) {
            while (s < last && worded.sentences[s].words.end <= run.begin)
                ++s;
            for (std::uint32_t t = s; t < last && worded.sentences[t].words.begin < run.end; ++t) {
                if (kept[t] == KeptSentences::none)
                    continue;
                const Span sentence = worded.sentences[t].words;
                if (run.begin < sentence.begin)
                    result.push_back(bytes({run.begin, sentence.begin}));
                run.begin = std::min(run.end, std::max(run.begin, sentence.end));
            }
            if (run.begin < run.end)
                result.push_back(bytes(run));
        }
        return result;
    }

    // The block in which the other version has a sentence of this one, -1 for none.
    [[nodiscard]] std::int32_t elsewhere(std::uint32_t block) const
    {
        const document::Block& at = document.blocks[block];
        for (std::uint32_t s = at.first_sentence; s < at.first_sentence + at.sentence_count; ++s) {
            if (kept[s] != KeptSentences::none)
                return kept[s];
        }
        return KeptSentences::none;
    }
};

class Aligner
{
public:
    Aligner(const Version& before, const Version& after, const Pairing& pairing)
        : m_before(before),
          m_after(after),
          m_pairing(pairing)
    {
    }

    std::vector<ClauseDrift> run()
    {
        std::uint32_t removed_until = 0;
        for (std::uint32_t j = 0; j < m_after.document.blocks.size(); ++j) {
            if (m_pairing.in_place[j]) {
                const auto i = static_cast<std::uint32_t>(m_pairing.after[j]);
                remove(removed_until, i);
                removed_until = i;
            }
            if (m_pairing.after[j] != Pairing::none)
                pair(static_cast<std::uint32_t>(m_pairing.after[j]), j);
            else
                add(j);
        }
        remove(removed_until, static_cast<std::uint32_t>(m_before.document.blocks.size()));
        return std::move(m_clauses);
    }

private:
    void pair(std::uint32_t i, std::uint32_t j)
    {
        ClauseDrift clause;
        clause.before = m_before.side(i);
        clause.after = m_after.side(j);
        clause.change = m_pairing.in_place[j] ? ClauseChange::Unchanged : ClauseChange::Moved;
        const WordedPart& before = m_before.worded.blocks[i];
        const WordedPart& after = m_after.worded.blocks[j];
        if (before.hash != after.hash) {
            const WordDiff diff =
                diff_words(m_before.worded.words, before.words, m_after.worded.words, after.words);
            clause.before.changed = m_before.changed(i, diff.before);
            clause.after.changed = m_after.changed(j, diff.after);
            const bool same = clause.before.changed.empty() && clause.after.changed.empty();
            clause.change = same ? ClauseChange::Moved : ClauseChange::Reworded;
        }
        m_clauses.push_back(std::move(clause));
    }

    void add(std::uint32_t j)
    {
        const Span words = m_after.worded.blocks[j].words;
        if (words.begin == words.end)
            return;
        ClauseDrift clause{ClauseChange::Added, {}, m_after.side(j)};
        clause.after.changed = m_after.changed(j, {words});
        if (const std::int32_t i = m_after.elsewhere(j); clause.after.changed.empty() && i >= 0) {
            clause.change = ClauseChange::Moved;
            clause.before = m_before.side(static_cast<std::uint32_t>(i));
        }
        m_clauses.push_back(std::move(clause));
    }

    void remove(std::uint32_t begin, std::uint32_t end)
    {
        for (std::uint32_t i = begin; i < end; ++i) {
            const Span words = m_before.worded.blocks[i].words;
            if (m_pairing.before[i] != Pairing::none || words.begin == words.end)
                continue;
            ClauseDrift clause{ClauseChange::Removed, m_before.side(i), {}};
            clause.before.changed = m_before.changed(i, {words});
            if (const std::int32_t j = m_before.elsewhere(i); clause.before.changed.empty() && j >= 0) {
                clause.change = ClauseChange::Moved;
                clause.after = m_after.side(static_cast<std::uint32_t>(j));
            }
            m_clauses.push_back(std::move(clause));
        }
    }

    const Version& m_before;
    const Version& m_after;
    const Pairing& m_pairing;
    std::vector<ClauseDrift> m_clauses;
};

std::unordered_set<std::uint64_t> sentence_hashes(const Worded& worded)
{
    std::unordered_set<std::uint64_t> hashes;
    for (const WordedPart& sentence : worded.sentences)
        hashes.insert(sentence.hash);
    return hashes;
}

bool all_stand_in(const std::unordered_set<std::uint64_t>& sentences, const document::Document& document,
                  const Worded& worded, const std::vector<Evidence>& evidence)
{
    return std::all_of(evidence.begin(), evidence.end(), [&](const Evidence& passage) {
        const auto first =
            std::partition_point(document.sentences.begin(), document.sentences.end(),
                                 [&](const document::Sentence& s) { return s.end <= passage.begin; });
        for (auto s = first; s != document.sentences.end() && s->begin < passage.end; ++s) {
            const auto index = static_cast<std::size_t>(s - document.sentences.begin());
            if (worded.sentences[index].size() > 0 && !sentences.contains(worded.sentences[index].hash))
                return false;
        }
        return true;
    });
}

}

std::string_view to_string(Course course)
{
    switch (course) {
    case Course::Same:
        return "same";
    case Course::Reworded:
        return "reworded";
    case Course::Better:
        return "better";
    case Course::Worse:
        return "worse";
    }
    return "same";
}

std::string_view to_string(ClauseChange change)
{
    switch (change) {
    case ClauseChange::Unchanged:
        return "unchanged";
    case ClauseChange::Moved:
        return "moved";
    case ClauseChange::Reworded:
        return "reworded";
    case ClauseChange::Added:
        return "added";
    case ClauseChange::Removed:
        return "removed";
    }
    return "unchanged";
}

std::size_t Drift::count(ClauseChange change) const
{
    return static_cast<std::size_t>(std::count_if(clauses.begin(), clauses.end(),
                                                  [&](const ClauseDrift& c) { return c.change == change; }));
}

std::size_t Drift::count(Course course) const
{
    return static_cast<std::size_t>(
        std::count_if(checks.begin(), checks.end(), [&](const CheckDrift& c) { return c.course == course; }));
}

Drift compare(const document::Document& before, const Review& review_before, const document::Document& after,
              const Review& review_after)
{
    const Worded worded_before = words_of(before);
    const Worded worded_after = words_of(after);
    Drift drift;
    {
        const Pairing pairing = pair_blocks(worded_before, worded_after);
        const KeptSentences kept = kept_sentences(before, worded_before, after, worded_after, pairing);
        const Version version_before{before, worded_before, kept.before};
        const Version version_after{after, worded_after, kept.after};
        drift.clauses = Aligner(version_before, version_after, pairing).run();
    }
    const auto sentences_before = sentence_hashes(worded_before);
    const auto sentences_after = sentence_hashes(worded_after);
    for (const Finding& now : review_after.findings) {
        const auto old = std::find_if(review_before.findings.begin(), review_before.findings.end(),
                                      [&](const Finding& f) { return f.check == now.check; });
        if (old == review_before.findings.end())
            continue;
        CheckDrift check{*old, now, Course::Same};
        if (now.verdict != old->verdict)
            check.course = now.verdict < old->verdict ? Course::Better : Course::Worse;
        else if (!all_stand_in(sentences_after, before, worded_before, old->evidence) ||
                 !all_stand_in(sentences_before, after, worded_after, now.evidence))
            check.course = Course::Reworded;
        drift.checks.push_back(std::move(check));
    }
    return drift;
}

}
