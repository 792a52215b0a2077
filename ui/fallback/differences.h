#pragma once

#include <QString>

namespace leeway::ui {

/// Two answers as HTML, each with the words marked that the other has not; letters' case and punctuation are
/// not looked at. Colours are names of the palette.
struct MarkedAnswers
{
    QString first;
    QString second;
};
MarkedAnswers markedDifferences(const QString& first, const QString& second, const QString& firstTint,
                                const QString& secondTint);

/// Text as HTML, its line breaks kept.
QString plainHtml(const QString& text);

}
