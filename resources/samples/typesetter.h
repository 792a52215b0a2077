#pragma once

#include "resources/samples/markdown.h"

#include <QFont>
#include <QLineF>
#include <QRectF>
#include <QTextLayout>

#include <memory>

class QPainter;
class QPdfWriter;

namespace leeway::samples {

// Sets blocks as A4 pages of serif text: clause numbers hang, headings stay with their text, tables stay
// whole, the title runs at the head of each page and "Page n of m" at its foot. All lengths are tenths of a
// point.
class Typesetter
{
public:
    static constexpr int UnitsPerInch = 720;

    explicit Typesetter(QString family);

    void set(const QList<Block>& blocks);
    int pageCount() const { return static_cast<int>(m_pages.size()); }
    // The writer must have A4 pages without margins and a resolution of UnitsPerInch.
    bool paint(QPdfWriter& writer) const;

private:
    struct Fragment
    {
        std::shared_ptr<QTextLayout> layout{};
        int line = 0;
        QPointF offset{};
    };
    // What a page break may not cut.
    struct Box
    {
        qreal height = 0;
        qreal spaceBefore = 0; // dropped at the top of a page
        bool keepWithNext = false;
        bool newPage = false;
        QList<Fragment> fragments{};
        QList<QRectF> fills{};
        QList<QLineF> rules{};
    };
    struct Placed
    {
        qsizetype box = 0;
        qreal y = 0;
    };

    QFont font(qreal points) const;
    std::shared_ptr<QTextLayout> layOut(const Runs& runs, qreal points, qreal width, bool allBold = false,
                                        Qt::Alignment alignment = Qt::AlignLeft) const;
    void addHeading(const Block& block);
    void addParagraph(const Block& block, bool subtitle);
    void addTable(const Block& block);
    void addLines(const std::shared_ptr<QTextLayout>& label, qreal labelX,
                  const std::shared_ptr<QTextLayout>& body, qreal bodyX, qreal leading, qreal spaceBefore);
    QList<qreal> columnWidths(const Block& table) const;
    void paginate();
    void paintBox(QPainter& painter, const Box& box, QPointF origin) const;

    QString m_family;
    QString m_title;
    QList<Box> m_boxes;
    QList<QList<Placed>> m_pages;
};

}
