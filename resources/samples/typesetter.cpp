#include "resources/samples/typesetter.h"

#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>
#include <utility>

namespace leeway::samples {

namespace {

constexpr qreal PageWidth = 5953;
constexpr qreal PageHeight = 8419;
constexpr qreal SideMargin = 680;
constexpr qreal TopMargin = 820;
constexpr qreal BottomMargin = 800;
constexpr qreal TextWidth = PageWidth - 2 * SideMargin;
constexpr qreal TextHeight = PageHeight - TopMargin - BottomMargin;
constexpr qreal NumberColumn = 400;
constexpr qreal LetterColumn = 270;
constexpr qreal CellPadding = 55; // left and right
constexpr qreal RowPadding = 38;  // above and below
constexpr qreal FieldHeight = 330;
constexpr qreal BodySize = 10;
constexpr qreal TableSize = 9;
constexpr int WholeParagraphLines = 6; // shorter paragraphs are not split over pages

QString plainText(const Runs& runs)
{
    QString text;
    for (const Run& run : runs)
        text += run.text;
    return text;
}

// Takes the first `length` characters off and gives them.
Runs takeFirst(Runs& runs, qsizetype length)
{
    Runs taken;
    while (length > 0 && !runs.isEmpty()) {
        Run& first = runs.first();
        const qsizetype part = std::min(length, first.text.size());
        taken.append({first.text.left(part), first.bold});
        first.text.remove(0, part);
        length -= part;
        if (first.text.isEmpty())
            runs.removeFirst();
    }
    return taken;
}

bool isBoldThroughout(const Runs& runs)
{
    return std::all_of(runs.begin(), runs.end(), [](const Run& run) { return run.bold; });
}

// Qt breaks a line inside "B.3" and after a hyphen; such a line ends at the space before instead, so that
// words and numbers stay whole for a search. Gives 0 where the end is good.
int columnsBeforeCutWord(const QString& text, const QTextLine& line)
{
    const int end = line.textStart() + line.textLength();
    if (end >= text.size() || text[end - 1].isSpace() || text[end].isSpace())
        return 0;
    const int space = static_cast<int>(text.lastIndexOf(QLatin1Char(' '), end - 1));
    return space > line.textStart() ? space + 1 - line.textStart() : 0;
}

qreal leadingFor(qreal points)
{
    return points * 10 * 1.38;
}

}

Typesetter::Typesetter(QString family) : m_family(std::move(family)) {}

QFont Typesetter::font(qreal points) const
{
    QFont result(m_family);
    result.setPixelSize(qRound(points * 10));
    result.setHintingPreference(QFont::PreferNoHinting);
    // Ligatures would be lost to a search in the finished file.
    result.setStyleStrategy(QFont::PreferNoShaping);
    return result;
}

std::shared_ptr<QTextLayout> Typesetter::layOut(const Runs& runs, qreal points, qreal width, bool allBold,
                                                Qt::Alignment alignment) const
{
    QFont base = font(points);
    base.setBold(allBold);
    auto layout = std::make_shared<QTextLayout>(plainText(runs), base);
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout->setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    int start = 0;
    for (const Run& run : runs) {
        const int length = static_cast<int>(run.text.size());
        if (run.bold) {
            QTextLayout::FormatRange range;
            range.start = start;
            range.length = length;
            range.format.setFontWeight(QFont::Bold);
            formats.append(range);
        }
        start += length;
    }
    layout->setFormats(formats);
    layout->beginLayout();
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(width);
        if (const int columns = columnsBeforeCutWord(layout->text(), line))
            line.setNumColumns(columns, width);
        line.setPosition({0, 0});
    }
    layout->endLayout();
    return layout;
}

void Typesetter::addLines(const std::shared_ptr<QTextLayout>& label, qreal labelX,
                          const std::shared_ptr<QTextLayout>& body, qreal bodyX, qreal leading,
                          qreal spaceBefore)
{
    const int lines = body->lineCount();
    for (int i = 0; i < lines; ++i) {
        Box box;
        box.height = leading;
        box.spaceBefore = i == 0 ? spaceBefore : 0;
        box.keepWithNext = i + 1 < lines && (lines <= WholeParagraphLines || i < 2 || i + 3 >= lines);
        if (i == 0 && label)
            box.fragments.append({label, 0, {labelX, 0}});
        box.fragments.append({body, i, {bodyX, 0}});
        m_boxes.append(box);
    }
}

void Typesetter::addHeading(const Block& block)
{
    static const QRegularExpression clauseNumber(QStringLiteral("^\\d+\\.\\s+"));
    Runs runs = block.runs;
    const qsizetype first = m_boxes.size();
    if (block.level == 1) {
        if (m_title.isEmpty())
            m_title = plainText(runs);
        addLines({}, 0, layOut(runs, 22, TextWidth, true, Qt::AlignHCenter), 0, leadingFor(22), 0);
    } else if (const auto match = clauseNumber.match(plainText(runs)); match.hasMatch()) {
        const Runs label = takeFirst(runs, match.capturedLength());
        addLines(layOut(label, 12, TextWidth, true), 0, layOut(runs, 12, TextWidth - NumberColumn, true),
                 NumberColumn, leadingFor(12), 230);
    } else {
        addLines({}, 0, layOut(runs, 15, TextWidth, true), 0, leadingFor(15), 230);
        m_boxes[first].newPage = true;
    }
    for (qsizetype i = first; i < m_boxes.size(); ++i)
        m_boxes[i].keepWithNext = true;
}

void Typesetter::addParagraph(const Block& block, bool subtitle)
{
    static const QRegularExpression number(QStringLiteral("^(?:\\d+|[A-Z])\\.\\d+\\s+"));
    static const QRegularExpression letter(QStringLiteral("^\\([a-z0-9]+\\)\\s+"));
    Runs runs = block.runs;
    const QString text = plainText(runs);
    const qreal leading = leadingFor(BodySize);
    if (subtitle) {
        addLines({}, 0, layOut(runs, 11, TextWidth, false, Qt::AlignHCenter), 0, leadingFor(11), 60);
        m_boxes.last().height += 330;
    } else if (const auto clause = number.match(text); clause.hasMatch()) {
        const Runs label = takeFirst(runs, clause.capturedLength());
        addLines(layOut(label, BodySize, TextWidth), 0, layOut(runs, BodySize, TextWidth - NumberColumn),
                 NumberColumn, leading, 75);
    } else if (const auto item = letter.match(text); item.hasMatch()) {
        const Runs label = takeFirst(runs, item.capturedLength());
        const qreal indent = NumberColumn + LetterColumn;
        addLines(layOut(label, BodySize, TextWidth), NumberColumn, layOut(runs, BodySize, TextWidth - indent),
                 indent, leading, 50);
    } else {
        addLines({}, 0, layOut(runs, BodySize, TextWidth), 0, leading, isBoldThroughout(runs) ? 150 : 75);
    }
    if (isBoldThroughout(block.runs) || text.endsWith(QLatin1Char(':')))
        m_boxes.last().keepWithNext = true;
}

// Between the longest word and the longest text of each column, as the width of the page allows.
QList<qreal> Typesetter::columnWidths(const Block& table) const
{
    const qsizetype columns = table.alignments.size();
    QList<qreal> least(columns, 0);
    QList<qreal> wanted(columns, 0);
    const auto measure = [this](const QString& text, bool bold) {
        const auto layout = layOut({{text, bold}}, TableSize, 10 * TextWidth);
        return layout->lineCount() > 0 ? layout->lineAt(0).naturalTextWidth() + 2 * CellPadding + 1 : 0;
    };
    for (qsizetype r = 0; r < table.rows.size(); ++r) {
        for (qsizetype c = 0; c < columns; ++c) {
            const QString text = plainText(table.rows[r][c]);
            wanted[c] = std::max(wanted[c], measure(text, r == 0));
            for (const QString& word : text.split(QLatin1Char(' ')))
                least[c] = std::max(least[c], measure(word, r == 0));
        }
    }
    const qreal leastTotal = std::accumulate(least.begin(), least.end(), qreal(0));
    const qreal wantedTotal = std::accumulate(wanted.begin(), wanted.end(), qreal(0));
    QList<qreal> widths = wanted;
    if (wantedTotal > TextWidth && wantedTotal > leastTotal) {
        const qreal share = std::max(qreal(0), TextWidth - leastTotal) / (wantedTotal - leastTotal);
        for (qsizetype c = 0; c < columns; ++c)
            widths[c] = least[c] + share * (wanted[c] - least[c]);
    }
    const qreal rest = TextWidth - std::accumulate(widths.begin(), widths.end(), qreal(0));
    for (qreal& width : widths)
        width += rest / static_cast<qreal>(columns);
    return widths;
}

void Typesetter::addTable(const Block& block)
{
    const QList<qreal> widths = columnWidths(block);
    const qreal leading = leadingFor(TableSize);
    for (qsizetype r = 0; r < block.rows.size(); ++r) {
        Box box;
        box.spaceBefore = r == 0 ? 100 : 0;
        box.keepWithNext = r + 1 < block.rows.size();
        int lines = 1;
        qreal x = 0;
        qreal least = 0;
        for (qsizetype c = 0; c < widths.size(); ++c) {
            const Runs& runs = block.rows[r][c];
            const auto cell =
                layOut(runs, TableSize, widths[c] - 2 * CellPadding, r == 0, block.alignments[c]);
            lines = std::max(lines, cell->lineCount());
            for (int i = 0; i < cell->lineCount(); ++i)
                box.fragments.append({cell, i, {x + CellPadding, RowPadding + i * leading}});
            // A cell that ends in a colon is a field to be filled in by hand.
            if (plainText(runs).endsWith(QLatin1Char(':')))
                least = FieldHeight;
            x += widths[c];
        }
        box.height = std::max(least, lines * leading + 2 * RowPadding);
        if (r == 0) {
            box.fills.append({0, 0, TextWidth, box.height});
            box.rules.append({0, 0, TextWidth, 0});
        }
        box.rules.append({0, box.height, TextWidth, box.height});
        m_boxes.append(box);
    }
    Box gap;
    gap.height = 60;
    m_boxes.append(gap);
}

void Typesetter::paginate()
{
    m_pages = {{}};
    qreal y = 0;
    for (qsizetype first = 0; first < m_boxes.size();) {
        qsizetype last = first;
        while (last + 1 < m_boxes.size() && m_boxes[last].keepWithNext)
            ++last;
        qreal needed = 0;
        for (qsizetype i = first; i <= last; ++i)
            needed += m_boxes[i].height + m_boxes[i].spaceBefore;
        if (!m_pages.last().isEmpty() && (m_boxes[first].newPage || y + needed > TextHeight)) {
            m_pages.append(QList<Placed>{});
            y = 0;
        }
        for (qsizetype i = first; i <= last; ++i) {
            const Box& box = m_boxes[i];
            if (!m_pages.last().isEmpty() && y + box.spaceBefore + box.height > TextHeight) {
                m_pages.append(QList<Placed>{});
                y = 0;
            }
            if (!m_pages.last().isEmpty())
                y += box.spaceBefore;
            m_pages.last().append({i, y});
            y += box.height;
        }
        first = last + 1;
    }
}

void Typesetter::set(const QList<Block>& blocks)
{
    m_boxes.clear();
    m_title.clear();
    bool afterTitle = false;
    for (const Block& block : blocks) {
        if (block.kind == Block::Kind::Heading)
            addHeading(block);
        else if (block.kind == Block::Kind::Table)
            addTable(block);
        else
            addParagraph(block, afterTitle);
        afterTitle = block.kind == Block::Kind::Heading && block.level == 1;
    }
    paginate();
}

void Typesetter::paintBox(QPainter& painter, const Box& box, QPointF origin) const
{
    for (const QRectF& fill : box.fills)
        painter.fillRect(fill.translated(origin), QColor(0xEE, 0xF1, 0xF4));
    painter.setPen(QPen(QColor(0x9A, 0xA3, 0xAE), 6));
    for (const QLineF& rule : box.rules)
        painter.drawLine(rule.translated(origin));
    painter.setPen(Qt::black);
    for (const Fragment& fragment : box.fragments)
        fragment.layout->lineAt(fragment.line).draw(&painter, origin + fragment.offset);
}

bool Typesetter::paint(QPdfWriter& writer) const
{
    const QColor furniture(0x4A, 0x54, 0x60);
    QPainter painter;
    if (!painter.begin(&writer))
        return false;
    for (qsizetype page = 0; page < m_pages.size(); ++page) {
        if (page > 0 && !writer.newPage())
            return false;
        if (page > 0) {
            painter.setPen(furniture);
            const auto head = layOut({{m_title, false}}, 8.5, TextWidth, false, Qt::AlignRight);
            head->lineAt(0).draw(&painter, {SideMargin, 450});
        }
        for (const Placed& placed : m_pages[page])
            paintBox(painter, m_boxes[placed.box], {SideMargin, TopMargin + placed.y});
        painter.setPen(furniture);
        const auto foot = QStringLiteral("Page %1 of %2").arg(page + 1).arg(m_pages.size());
        const auto footer = layOut({{foot, false}}, 8.5, TextWidth, false, Qt::AlignHCenter);
        footer->lineAt(0).draw(&painter, {SideMargin, PageHeight - 560});
    }
    return painter.end();
}

}
