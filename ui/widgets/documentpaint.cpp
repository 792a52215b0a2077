// How a DocumentView looks and answers to mouse and keys.
#include "ui/widgets/documentview.h"

#include "ui/widgets/pagerenderer.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/typeset.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <cmath>

namespace leeway::ui {

namespace {

QColor faded(QColor color, double alpha)
{
    color.setAlphaF(float(alpha));
    return color;
}

// What takes is adverse whatever the verdict; what bounds is neither.
QColor inkOf(const Highlight& highlight, const Palette& paper)
{
    switch (highlight.role) {
    case clauses::Role::Takes:
        return paper["adverse"];
    case clauses::Role::Bounds:
        return paper["muted"];
    case clauses::Role::Gives:
        break;
    }
    return paper.ink(highlight.verdict);
}

QColor tintOf(const Highlight& highlight, const Palette& paper)
{
    switch (highlight.role) {
    case clauses::Role::Takes:
        return paper["adverse-tint"];
    case clauses::Role::Bounds:
        return paper["pressed"];
    case clauses::Role::Gives:
        break;
    }
    return paper.tint(highlight.verdict);
}

Qt::PenStyle strokeOf(clauses::Role role)
{
    switch (role) {
    case clauses::Role::Takes:
        return Qt::DashLine;
    case clauses::Role::Bounds:
        return Qt::DotLine;
    case clauses::Role::Gives:
        break;
    }
    return Qt::SolidLine;
}

double distance(const QRectF& rect, QPointF point)
{
    const double dx = std::max({rect.left() - point.x(), 0.0, point.x() - rect.right()});
    const double dy = std::max({rect.top() - point.y(), 0.0, point.y() - rect.bottom()});
    return dx + 8 * dy; // a word of the same line is nearer than one below
}

}

void DocumentView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::instance().palette()["desk"]);
    for (const int page : visiblePages()) {
        paintPage(painter, page);
        paintMarks(painter, page);
    }
}

void DocumentView::paintPage(QPainter& painter, int page)
{
    const QRectF rect = m_pages[std::size_t(page)].translated(origin());
    for (int i = 3; i > 0; --i) // the page's shadow
        painter.fillRect(rect.adjusted(-i, -i + 1, i, i + 1), QColor(0, 0, 0, 10));
    painter.fillRect(rect, Qt::white);
    if (m_renderer) {
        const QImage image = m_renderer->image(page);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        if (!image.isNull())
            painter.drawImage(rect, image);
        else {
            painter.setPen(Theme::instance().paper()["muted"]);
            painter.setFont(Theme::instance().font(13));
            painter.drawText(rect, Qt::AlignCenter,
                             m_renderer->error().isEmpty() ? tr("Drawing page %1…").arg(page + 1)
                                                           : tr("This page cannot be drawn."));
        }
        return;
    }
    painter.save();
    painter.translate(rect.topLeft());
    painter.scale(m_scale, m_scale);
    paintTypeset(painter, *m_document, std::uint32_t(page));
    painter.restore();
}

void DocumentView::paintMarks(QPainter& painter, int page)
{
    const Palette& paper = Theme::instance().paper();
    painter.save();
    painter.setCompositionMode(QPainter::CompositionMode_Multiply); // the letters stay black
    for (const Highlight& highlight : m_highlights) {
        const bool current = highlight.key == m_currentKey;
        for (const QRectF& line : rectsOn(page, highlight.range))
            painter.fillRect(line.adjusted(-1, 0, 1, 1), faded(tintOf(highlight, paper), current ? 1 : 0.4));
    }
    for (const auto& hit : m_hits)
        for (const QRectF& line : rectsOn(page, hit))
            painter.fillRect(line.adjusted(-1, -1, 1, 1), QColor(0xFF, 0xE5, 0x7A));
    if (const auto range = selection())
        for (const QRectF& line : rectsOn(page, *range))
            painter.fillRect(line, faded(paper["accent"], 0.28));
    painter.restore();

    for (const Highlight& highlight : m_highlights) {
        const bool current = highlight.key == m_currentKey;
        QPen pen(inkOf(highlight, paper), current ? 2 : 1, strokeOf(highlight.role));
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        for (const QRectF& line : rectsOn(page, highlight.range)) {
            const double y = std::round(line.bottom()) + 1;
            painter.drawLine(QPointF(line.left() - 1, y), QPointF(line.right() + 1, y));
        }
    }
    painter.setBrush(Qt::NoBrush);
    if (m_hit >= 0) {
        painter.setPen(QPen(paper["accent"], 2));
        for (const QRectF& line : rectsOn(page, m_hits[std::size_t(m_hit)]))
            painter.drawRect(line.adjusted(-2, -2, 2, 2));
    }
    if (m_flashing.state() == QAbstractAnimation::Running) {
        painter.setPen(QPen(faded(paper["accent"], m_flashing.currentValue().toDouble()), 3));
        for (const QRectF& line : rectsOn(page, m_flash))
            painter.drawRoundedRect(line.adjusted(-4, -3, 4, 4), 3, 3);
    }
}

void DocumentView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
    noticePage();
}

void DocumentView::scrollContentsBy(int, int)
{
    viewport()->update();
    wantPages();
    noticePage();
}

void DocumentView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    const QPointF mouse = event->position();
    const QPointF before = (mouse - origin()) / m_scale;
    setZoom(zoom() * std::pow(1.0015, event->angleDelta().y()));
    const QPointF after = before * m_scale;
    horizontalScrollBar()->setValue(int(after.x() - mouse.x()));
    verticalScrollBar()->setValue(int(after.y() - mouse.y()));
    event->accept();
}

int DocumentView::wordAt(QPointF point, bool nearest) const
{
    if (!m_document || m_pages.empty())
        return -1;
    int best = -1;
    double least = nearest ? 1e9 : 3;
    const auto& words = m_document->words;
    for (const int page : visiblePages())
        for (auto word = std::lower_bound(words.begin(), words.end(), std::uint32_t(page),
                                          [](const document::Word&w, std::uint32_t p) { return w.page < p; });
             word != words.end() && int(word->page) == page; ++word) {
            const double away = distance(onView({word->page, word->box}), point);
            if (away < least) {
                least = away;
                best = int(word - words.begin());
            }
        }
    return best;
}

const Highlight* DocumentView::highlightAt(QPointF point) const
{
    const int word = wordAt(point, false);
    if (word < 0)
        return nullptr;
    const document::Word& hit = m_document->words[std::size_t(word)];
    const Highlight* found = nullptr;
    for (const Highlight& highlight : m_highlights)
        if (hit.begin < highlight.range.end && hit.end > highlight.range.begin &&
            (found == nullptr ||
             highlight.range.end - highlight.range.begin < found->range.end - found->range.begin))
            found = &highlight; // of several, the closest
    return found;
}

void DocumentView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position();
    m_selecting = true;
    if (event->modifiers() & Qt::ShiftModifier && m_anchor >= 0) {
        m_caret = wordAt(event->position(), true);
        viewport()->update();
        Q_EMIT selectionChanged();
    } else
        clearSelection();
}

void DocumentView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_selecting) {
        viewport()->setCursor(highlightAt(event->position()) != nullptr ? Qt::PointingHandCursor
                              : wordAt(event->position(), false) >= 0   ? Qt::IBeamCursor
                                                                        : Qt::ArrowCursor);
        return;
    }
    const int y = int(event->position().y());
    if (y < 0 || y > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                      (y < 0 ? y : y - viewport()->height()) / 2);
    if (m_anchor < 0 &&
        (event->position() - m_pressed).manhattanLength() >= QApplication::startDragDistance() / 2)
        m_anchor = wordAt(m_pressed, true);
    if (m_anchor >= 0) {
        m_caret = wordAt(event->position(), true);
        viewport()->update();
        Q_EMIT selectionChanged();
    }
}

void DocumentView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_selecting)
        return;
    m_selecting = false;
    if (m_anchor < 0)
        if (const Highlight* highlight = highlightAt(event->position()))
            Q_EMIT highlightClicked(QString(highlight->key));
}

void DocumentView::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_anchor = m_caret = wordAt(event->position(), false);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void DocumentView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    QAction* copyText = menu.addAction(Theme::icon(u"copy"_s), tr("Copy"), this, [this] { copy(); });
    copyText->setEnabled(selection().has_value());
    for (QAction* action : actions()) // those of the page: take as evidence
        menu.addAction(action);
    menu.exec(event->globalPos());
}

void DocumentView::keyPressEvent(QKeyEvent* event)
{
    QScrollBar* bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_Home)
        bar->setValue(0);
    else if (event->key() == Qt::Key_End)
        bar->setValue(bar->maximum());
    else if (event->key() == Qt::Key_Space)
        bar->triggerAction(event->modifiers() & Qt::ShiftModifier ? QScrollBar::SliderPageStepSub
                                                                  : QScrollBar::SliderPageStepAdd);
    else if (event->key() == Qt::Key_Escape && m_anchor >= 0)
        clearSelection();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

}
