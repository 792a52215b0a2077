#include "ui/widgets/documentview.h"

#include "ui/widgets/pagerenderer.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/typeset.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr double true_size = 96.0 / 72.0;
constexpr double least_zoom = 0.25;
constexpr double most_zoom = 5;
constexpr double most_fit = 1.3; // beyond, a page is wider than the eye reads

double gap()
{
    return Theme::instance().px(16);
}

}

DocumentView::DocumentView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Contract text"));
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // fit-width must not depend on it
    m_flashing.setStartValue(1.0);
    m_flashing.setEndValue(0.0);
    m_flashing.setDuration(1400);
    connect(&m_flashing, &QVariantAnimation::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

DocumentView::~DocumentView() = default;

void DocumentView::setDocument(const document::Document& document, std::string bytes)
{
    clear();
    if (document.pages.empty()) {
        m_document = std::make_shared<document::Document>(typeset(document));
    } else {
        m_document = std::make_shared<document::Document>(document);
        m_renderer = std::make_unique<PageRenderer>(std::move(bytes));
        connect(m_renderer.get(), &PageRenderer::rendered, viewport(), qOverload<>(&QWidget::update));
        connect(m_renderer.get(), &PageRenderer::failed, this, &DocumentView::renderFailed);
    }
    layOut();
    verticalScrollBar()->setValue(0);
    noticePage();
}

void DocumentView::clear()
{
    m_renderer.reset();
    m_document.reset();
    m_pages.clear();
    m_highlights.clear();
    m_hits.clear();
    m_hit = m_anchor = m_caret = m_shownPage = -1;
    m_flashing.stop();
    m_flash = {};
    layOut();
}

int DocumentView::pageCount() const
{
    return int(m_pages.size());
}

double DocumentView::zoom() const
{
    return m_scale / true_size;
}

void DocumentView::setZoom(double zoom)
{
    m_fitWidth = false;
    zoom = std::clamp(zoom, least_zoom, most_zoom);
    const QPointF middle = QPointF(viewport()->width() / 2.0, viewport()->height() / 2.0) - origin();
    const double factor = zoom * true_size / m_scale;
    m_scale = zoom * true_size;
    layOut();
    horizontalScrollBar()->setValue(int(middle.x() * factor - viewport()->width() / 2.0));
    verticalScrollBar()->setValue(int(middle.y() * factor - viewport()->height() / 2.0));
    Q_EMIT zoomChanged(this->zoom());
}

void DocumentView::setFitWidth(bool fit)
{
    m_fitWidth = fit;
    layOut();
}

void DocumentView::layOut()
{
    const double above =
        m_pages.empty() ? 0 : verticalScrollBar()->value() / std::max(1.0, m_pages.back().bottom());
    const std::size_t count = m_document ? m_document->pages.size() : 0;
    double widest = 1;
    for (std::size_t i = 0; i < count; ++i)
        widest = std::max(widest, double(m_document->pages[i].width));
    const double before = m_scale;
    if (m_fitWidth && count > 0)
        m_scale = std::clamp((viewport()->width() - 2 * gap()) / widest, least_zoom * true_size,
                             most_fit * true_size);
    const double width = std::max(double(viewport()->width()), widest * m_scale + 2 * gap());
    double y = gap();
    m_pages.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const document::Page& page = m_document->pages[i];
        m_pages[i] = QRectF(std::floor((width - page.width * m_scale) / 2), std::floor(y),
                            std::round(page.width * m_scale), std::round(page.height * m_scale));
        y = m_pages[i].bottom() + gap();
    }
    verticalScrollBar()->setRange(0, std::max(0, int(y) - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(Theme::instance().px(48));
    horizontalScrollBar()->setRange(0, std::max(0, int(width) - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    if (!qFuzzyCompare(before, m_scale)) {
        if (count > 0)
            verticalScrollBar()->setValue(int(above * m_pages.back().bottom()));
        Q_EMIT zoomChanged(zoom());
    }
    wantPages();
    viewport()->update();
}

QPointF DocumentView::origin() const
{
    return {double(-horizontalScrollBar()->value()), double(-verticalScrollBar()->value())};
}

QRectF DocumentView::onView(const document::PageRect& rect) const
{
    const QPointF corner = m_pages.at(rect.page).topLeft() + origin();
    return {corner.x() + rect.box.x * m_scale, corner.y() + rect.box.y * m_scale, rect.box.width * m_scale,
            rect.box.height * m_scale};
}

std::vector<QRectF> DocumentView::rectsOn(int page, document::TextRange range) const
{
    std::vector<QRectF> result;
    const auto& words = m_document->words;
    const auto first = std::lower_bound(words.begin(), words.end(), std::uint32_t(page),
                                        [](const document::Word& w, std::uint32_t p) { return w.page < p; });
    const auto last = std::upper_bound(first, words.end(), std::uint32_t(page),
                                       [](std::uint32_t p, const document::Word& w) { return p < w.page; });
    if (first == last || range.end <= first->begin || range.begin >= std::prev(last)->end)
        return result; // thousands of hits stand on other pages
    for (const auto& rect : document::rectangles(*m_document, range.begin, range.end))
        if (int(rect.page) == page)
            result.push_back(onView(rect));
    return result;
}

QList<int> DocumentView::visiblePages() const
{
    QList<int> result;
    const QRectF view = QRectF(viewport()->rect()).translated(-origin());
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i].intersects(view))
            result << int(i);
    return result;
}

int DocumentView::currentPage() const
{
    const double y = verticalScrollBar()->value() + viewport()->height() / 3.0;
    const auto below = std::upper_bound(m_pages.begin(), m_pages.end(), y,
                                        [](double v, const QRectF& page) { return v < page.top(); });
    return m_pages.empty() ? -1 : std::max(0, int(below - m_pages.begin()) - 1);
}

void DocumentView::noticePage()
{
    if (const int page = currentPage(); page != m_shownPage) {
        m_shownPage = page;
        Q_EMIT currentPageChanged(page);
    }
}

void DocumentView::wantPages()
{
    if (!m_renderer)
        return;
    QList<int> pages = visiblePages();
    if (!pages.isEmpty()) {
        const int next = pages.last() + 1;
        const int previous = pages.first() - 1;
        if (next < pageCount())
            pages << next;
        if (previous >= 0)
            pages << previous;
    }
    m_renderer->want(pages, m_scale * devicePixelRatioF());
}

void DocumentView::goToPage(int page)
{
    if (page >= 0 && page < pageCount())
        verticalScrollBar()->setValue(int(m_pages[std::size_t(page)].top() - gap() / 2));
}

void DocumentView::scrollTo(QPointF content, double above)
{
    verticalScrollBar()->setValue(int(content.y() - above));
    const double x = content.x() - horizontalScrollBar()->value();
    if (x < 0 || x > viewport()->width() * 0.8)
        horizontalScrollBar()->setValue(int(content.x() - viewport()->width() * 0.1));
}

bool DocumentView::isVisible(document::TextRange range) const
{
    if (!m_document)
        return false;
    const auto rects = document::rectangles(*m_document, range.begin, range.end);
    return !rects.empty() && QRectF(viewport()->rect()).contains(onView(rects.front()));
}

void DocumentView::showRange(document::TextRange range)
{
    if (!m_document)
        return;
    const auto rects = document::rectangles(*m_document, range.begin, range.end);
    if (rects.empty())
        return;
    if (!isVisible(range))
        scrollTo(onView(rects.front()).topLeft() - origin(), viewport()->height() / 4.0);
    m_flash = range;
    m_flashing.stop();
    m_flashing.start();
    viewport()->update();
}

void DocumentView::setHighlights(std::vector<Highlight> highlights, const QString& currentKey)
{
    m_highlights = std::move(highlights);
    m_currentKey = currentKey;
    viewport()->update();
}

std::optional<document::TextRange> DocumentView::selection() const
{
    if (m_anchor < 0 || m_caret < 0 || !m_document)
        return std::nullopt;
    const auto [first, last] = std::minmax(m_anchor, m_caret);
    return document::TextRange{m_document->words[std::size_t(first)].begin,
                               m_document->words[std::size_t(last)].end};
}

void DocumentView::select(document::TextRange range)
{
    if (!m_document)
        return;
    const auto& words = m_document->words;
    const auto first =
        std::lower_bound(words.begin(), words.end(), range.begin,
                         [](const document::Word& w, std::uint32_t at) { return w.end <= at; });
    const auto last =
        std::lower_bound(words.begin(), words.end(), range.end,
                         [](const document::Word& w, std::uint32_t at) { return w.begin < at; });
    if (first >= last)
        return;
    m_anchor = int(first - words.begin());
    m_caret = int(last - words.begin()) - 1;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void DocumentView::clearSelection()
{
    if (m_anchor < 0)
        return;
    m_anchor = m_caret = -1;
    viewport()->update();
    Q_EMIT selectionChanged();
}

QString DocumentView::selectedText() const
{
    const auto range = selection();
    return range ? str(m_document->slice(range->begin, range->end)) : QString();
}

void DocumentView::copy() const
{
    if (const QString text = selectedText(); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

int DocumentView::find(const QString& text)
{
    m_hits = m_document ? findText(*m_document, text) : std::vector<document::TextRange>();
    m_hit = -1;
    if (!m_hits.empty()) {
        m_hit = 0;
        for (std::size_t i = 0; i < m_hits.size(); ++i) {
            const auto rects = document::rectangles(*m_document, m_hits[i].begin, m_hits[i].end);
            if (!rects.empty() && onView(rects.front()).top() >= 0) {
                m_hit = int(i);
                break;
            }
        }
        showRange(m_hits[std::size_t(m_hit)]);
    }
    viewport()->update();
    return hitCount();
}

void DocumentView::findNext(int step)
{
    if (m_hits.empty())
        return;
    m_hit = (m_hit + step + hitCount()) % hitCount();
    showRange(m_hits[std::size_t(m_hit)]);
}

std::vector<document::TextRange> findText(const document::Document& document, const QString& text)
{
    const QString wanted = text.simplified().toCaseFolded();
    if (wanted.isEmpty())
        return {};
    // A folded copy of the text, with the byte at which each of its characters stands.
    QString folded;
    std::vector<std::uint32_t> byte;
    const std::string& source = document.text;
    bool inSpace = true;
    for (std::uint32_t at = 0; at < source.size();) {
        std::uint32_t end = at + 1;
        while (end < source.size() && (static_cast<unsigned char>(source[end]) & 0xC0U) == 0x80U)
            ++end;
        const QString letter = str(std::string_view(source).substr(at, end - at));
        const bool space = letter[0].isSpace();
        if (!space || !inSpace) {
            const QString plain = space ? u" "_s : letter.toCaseFolded();
            folded += plain;
            byte.insert(byte.end(), std::size_t(plain.size()), at);
        }
        inSpace = space;
        at = end;
    }
    byte.push_back(std::uint32_t(source.size()));
    std::vector<document::TextRange> hits;
    for (qsizetype at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.size()))
        hits.push_back({byte[std::size_t(at)], byte[std::size_t(at + wanted.size())]});
    return hits;
}

}
