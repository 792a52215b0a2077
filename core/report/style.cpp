#include "core/report/style.h"

#include "core/base/text.h"
#include "core/report/format.h"

#include <QFontDatabase>

namespace leeway::report {
namespace {

const QString& family()
{
    static const QString name = [] {
        const QStringList families = QFontDatabase::families();
        for (const auto& wanted : {QStringLiteral("Inter"), QStringLiteral("DejaVu Sans")}) {
            if (families.contains(wanted))
                return wanted;
        }
        return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }();
    return name;
}

bool needs_shaping(const QString& text)
{
    for (const uint character : text.toUcs4()) {
        if (QChar::category(character) == QChar::Mark_NonSpacing)
            return true;
        switch (QChar::script(character)) {
        case QChar::Script_Common:
        case QChar::Script_Latin:
        case QChar::Script_Greek:
        case QChar::Script_Cyrillic:
        case QChar::Script_Han:
        case QChar::Script_Hiragana:
        case QChar::Script_Katakana:
        case QChar::Script_Hangul:
        case QChar::Script_Unknown:
            break;
        default:
            return true;
        }
    }
    return false;
}

}

TextStyle TextStyle::in(QRgb other) const
{
    TextStyle copy = *this;
    copy.colour = other;
    return copy;
}

TextStyle TextStyle::bold() const
{
    TextStyle copy = *this;
    copy.weight = QFont::DemiBold;
    return copy;
}

TextStyle TextStyle::right() const
{
    TextStyle copy = *this;
    copy.align = Qt::AlignRight;
    return copy;
}

QFont font_of(const TextStyle& style, const QString& text)
{
    QFont font(family());
    font.setPixelSize(qRound(style.size * pt));
    font.setWeight(style.weight);
    font.setItalic(style.italic);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (!needs_shaping(text))
        font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

Tint tint_of(clauses::Verdict verdict)
{
    switch (verdict) {
    case clauses::Verdict::Met:
        return {0xFF1A7A46, 0xFFE4F4EA};
    case clauses::Verdict::Partial:
        return {0xFF96600B, 0xFFFBF0DC};
    case clauses::Verdict::Missing:
        return {0xFF5A4E9B, 0xFFECEAF7};
    case clauses::Verdict::Adverse:
        return {0xFFB3261E, 0xFFFBE6E4};
    }
    return {ink::muted, ink::background};
}

Tint tint_of_index(scoring::Tenths value)
{
    return tint_of(tone(value));
}

QString shown(std::string_view text)
{
    constexpr qsizetype longest = 20000;
    QString result = QString::fromStdString(base::to_valid_utf8(text));
    if (result.size() > longest) {
        result.truncate(longest);
        if (result.back().isHighSurrogate())
            result.chop(1);
        result += QStringLiteral(" … (shortened)");
    }
    result.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    for (QChar& character : result) {
        if (character == u'\n')
            character = QChar::LineSeparator;
        else if (character.category() == QChar::Other_Control || character == QChar::ParagraphSeparator)
            character = u' ';
    }
    return result;
}

}
