#include "ui/widgets/typeset.h"

#include "ui/widgets/text.h"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace leeway::ui {

namespace {

constexpr float page_width = 595;
constexpr float page_height = 842;
constexpr float margin = 64;
constexpr float indent = 20;

// Measured in font units eight times larger, so that widths hold at every zoom.
constexpr int fine = 8;

QFont faceOf(const document::Block& block, int scale)
{
    const bool heading = block.kind == document::BlockKind::Heading;
    QFont font(QStringList{u"DejaVu Serif"_s, u"Liberation Serif"_s, u"Times New Roman"_s, u"serif"_s});
    font.setStyleHint(QFont::Serif);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setPixelSize((heading && block.level <= 1 ? 13 : 10) * scale);
    font.setBold(heading);
    return font;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

class Setter
{
public:
    explicit Setter(document::Document& document) : m_document(document) { newPage(); }

    void set(const document::Block& block)
    {
        const QFontMetricsF metrics(faceOf(block, fine));
        m_line = float(metrics.lineSpacing()) / fine * 1.2F;
        const auto space = float(metrics.horizontalAdvance(u' ')) / fine;
        const bool item = block.kind == document::BlockKind::ListItem;
        const float left = margin + (item ? indent * float(std::clamp(block.level, 1, 5)) : 0);
        const float right = page_width - margin;
        if (block.kind == document::BlockKind::Heading && m_y + 4 * m_line > page_height - margin)
            newPage(); // a heading stays with its text
        else
            breakIfFull();
        float x = left;
        std::uint32_t at = block.begin;
        while (at < block.end) {
            if (isSpace(m_document.text[at])) {
                ++at;
                continue;
            }
            std::uint32_t end = at;
            while (end < block.end && !isSpace(m_document.text[end]))
                ++end;
            const auto width = float(metrics.horizontalAdvance(str(m_document.slice(at, end)))) / fine;
            if (x > left && x + width > right) {
                x = left;
                m_y += m_line;
                breakIfFull();
            }
            m_document.words.push_back({at,
                                        end,
                                        std::uint32_t(m_document.pages.size() - 1),
                                        {x, m_y, std::min(width, right - x), m_line}});
            x += width + space;
            at = end;
        }
        m_y += m_line + (block.kind == document::BlockKind::TableRow ? 2.0F : 7.0F);
    }

private:
    void newPage()
    {
        m_document.pages.push_back({page_width, page_height});
        m_y = margin;
    }
    void breakIfFull()
    {
        if (m_y + m_line > page_height - margin)
            newPage();
    }

    document::Document& m_document;
    float m_y = 0;
    float m_line = 0;
};

}

document::Document typeset(const document::Document& document)
{
    document::Document result = document;
    result.pages.clear();
    result.words.clear();
    Setter setter(result);
    for (const document::Block& block : document.blocks)
        setter.set(block);
    return result;
}

void paintTypeset(QPainter& painter, const document::Document& document, std::uint32_t page)
{
    const auto& words = document.words;
    auto word = std::lower_bound(words.begin(), words.end(), page,
                                 [](const document::Word& w, std::uint32_t p) { return w.page < p; });
    int shown = -1;
    painter.setPen(QColor(0x1B, 0x24, 0x30));
    for (; word != words.end() && word->page == page; ++word) {
        const int block = document::block_at(document, word->begin);
        if (block != shown && block >= 0) {
            painter.setFont(faceOf(document.blocks[std::size_t(block)], 1));
            shown = block;
        }
        const QFontMetricsF metrics(painter.font());
        const double base = word->box.y + (word->box.height - metrics.height()) / 2 + metrics.ascent();
        painter.drawText(QPointF(word->box.x, base), str(document.slice(word->begin, word->end)));
    }
}

}
