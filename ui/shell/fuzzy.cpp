#include "ui/shell/fuzzy.h"

#include <QStringList>
#include <algorithm>

namespace leeway::ui {

namespace {

// The best score over all places at which the word may start; greedy from there.
std::optional<int> wordScore(const QString& word, const QString& text)
{
    std::optional<int> best;
    for (qsizetype start = text.indexOf(word[0]); start >= 0; start = text.indexOf(word[0], start + 1)) {
        int score = 0;
        qsizetype previous = -1;
        qsizetype at = start;
        for (const QChar letter : word) {
            at = text.indexOf(letter, previous < 0 ? start : previous + 1);
            if (at < 0)
                break;
            const bool wordStart = at == 0 || !text[at - 1].isLetterOrNumber();
            score += 2 + (wordStart ? 6 : 0) + (previous >= 0 && at == previous + 1 ? 5 : 0);
            previous = at;
        }
        if (at < 0)
            break; // later starts lack the same letter
        score -= int(std::min<qsizetype>(start, 10) / 2);
        best = std::max(best.value_or(score), score);
    }
    return best;
}

}

std::optional<int> fuzzyScore(const QString& typed, const QString& text)
{
    const QString lowered = text.toLower();
    int total = 0;
    for (const QString& word : typed.toLower().split(u' ', Qt::SkipEmptyParts)) {
        const auto score = wordScore(word, lowered);
        if (!score)
            return std::nullopt;
        total += *score;
    }
    return total * 10 - int(std::min<qsizetype>(text.size(), 80));
}

}
