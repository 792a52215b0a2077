#include "ui/fallback/differences.h"

#include "core/clauses/drift/worddiff.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <functional>

namespace leeway::ui {

namespace {

using clauses::Span;
using clauses::WordAt;

// Words with places in QString's own units.
std::vector<WordAt> wordsOf(const QString& text)
{
    std::vector<WordAt> words;
    for (qsizetype at = 0; at < text.size();) {
        if (!text[at].isLetterOrNumber()) {
            ++at;
            continue;
        }
        const qsizetype begin = at;
        while (at < text.size() && text[at].isLetterOrNumber())
            ++at;
        const std::string word = text.mid(begin, at - begin).toLower().toStdString();
        words.push_back({std::hash<std::string>()(word), std::uint32_t(begin), std::uint32_t(at)});
    }
    return words;
}

QString marked(const QString& text, const std::vector<WordAt>& words, const std::vector<Span>& runs,
               const QString& tint)
{
    const QString color = Theme::instance().palette().color(QLatin1StringView(tint.toLatin1())).name();
    QString html;
    qsizetype done = 0;
    for (const Span& run : runs) {
        if (run.begin >= run.end)
            continue;
        const qsizetype begin = words[run.begin].begin;
        const qsizetype end = words[run.end - 1].end;
        html += plainHtml(text.mid(done, begin - done)) + u"<span style=\"background:%1\">"_s.arg(color) +
                plainHtml(text.mid(begin, end - begin)) + u"</span>"_s;
        done = end;
    }
    return html + plainHtml(text.mid(done));
}

}

QString plainHtml(const QString& text)
{
    return text.toHtmlEscaped().replace(u'\n', u"<br>"_s);
}

MarkedAnswers markedDifferences(const QString& first, const QString& second, const QString& firstTint,
                                const QString& secondTint)
{
    const auto a = wordsOf(first);
    const auto b = wordsOf(second);
    const auto diff = clauses::diff_words(a, {0, std::uint32_t(a.size())}, b, {0, std::uint32_t(b.size())});
    return {marked(first, a, diff.before, firstTint), marked(second, b, diff.after, secondTint)};
}

}
