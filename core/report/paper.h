#pragma once

#include "core/report/strips.h"

#include <QIODevice>
#include <QPainter>
#include <QPdfWriter>
#include <QRectF>
#include <QString>
#include <functional>
#include <vector>

namespace leeway::report {

/// A heading for the PDF's outline. `top` is in points from the top of the page.
struct Bookmark
{
    QString title;
    int level = 0; // 0 is the outermost
    int page = 0;  // 0-based
    double top = 0;
};

/// Where something was put, in points from the top left corner of its page: for tests of the layout.
struct Placed
{
    int page = 0; // 0-based
    QRectF box;
};

/// A4 pages that are filled from top to bottom. Lengths are in units of style.h.
class Paper
{
public:
    /// `pages` is written into the footer; 0 while it is not known yet.
    Paper(QIODevice& device, QString title, int pages);

    [[nodiscard]] QPainter& painter() { return m_painter; }
    [[nodiscard]] qreal left() const;
    [[nodiscard]] qreal width() const;
    [[nodiscard]] qreal y() const { return m_y; }
    [[nodiscard]] qreal remaining() const;
    [[nodiscard]] qreal body_height() const;
    [[nodiscard]] int page() const { return m_page; }

    void new_page();
    /// Goes to a new page unless this much room is left; then draws the headings that wait for it.
    void need(qreal height);
    /// Goes to a new page, or leaves a gap where at least half a page is free.
    void new_part();
    /// Room below; none at the top of a page.
    void space(qreal height);
    void move_to(qreal y) { m_y = y; }

    /// Strips one below the other, over as many pages as they take.
    void flow(const Strips& strips);
    void text(const QString& text, const TextStyle& style);
    void items(const std::vector<std::string>& texts, const TextStyle& style);
    /// A heading that is also a bookmark: level 0 opens a section. It is drawn with what follows, on its
    /// page.
    void heading(int level, const QString& text);
    void bookmark(int level, const QString& title);

    /// Notes the box of a table cell or of a column.
    void place_cell(const QRectF& box);
    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return m_bookmarks; }
    [[nodiscard]] const std::vector<Placed>& cells() const { return m_cells; }

private:
    struct Heading
    {
        int level = 0;
        QString text;
        Strips lines;
    };
    void furnish();
    void draw(const Heading& heading);

    QPdfWriter m_writer;
    QPainter m_painter;
    QString m_title;
    int m_pages = 0;
    int m_page = 0;
    qreal m_y = 0;
    std::vector<Heading> m_waiting;
    std::vector<Bookmark> m_bookmarks;
    std::vector<Placed> m_cells;
};

}
