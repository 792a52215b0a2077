#pragma once

#include "core/clauses/review.h"
#include "core/document/document.h"

#include <QAbstractScrollArea>
#include <QVariantAnimation>
#include <memory>
#include <optional>
#include <vector>

namespace leeway::ui {

class PageRenderer;

/// A passage marked in the document.
struct Highlight
{
    document::TextRange range;
    clauses::Verdict verdict = clauses::Verdict::Missing;
    clauses::Role role = clauses::Role::Gives;
    QString key; // whose it is: a check
};

/// Continuous pages of a document with its words: zoom, selection, find, marked passages. Documents without
/// pages are set on pages first.
class DocumentView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit DocumentView(QWidget* parent = nullptr);
    ~DocumentView() override;

    /// `bytes` is the original file, from which the pages of a PDF are drawn.
    void setDocument(const document::Document& document, std::string bytes);
    void clear();
    [[nodiscard]] bool hasDocument() const { return m_document != nullptr; }
    [[nodiscard]] const document::Document* document() const { return m_document.get(); }

    [[nodiscard]] int pageCount() const;
    [[nodiscard]] int currentPage() const; // 0-based: the one in the upper part of the view
    void goToPage(int page);

    [[nodiscard]] double zoom() const; // 1: true size at 96 dpi
    void setZoom(double zoom);
    void zoomBy(double factor) { setZoom(zoom() * factor); }
    void setFitWidth(bool fit);
    [[nodiscard]] bool fitsWidth() const { return m_fitWidth; }

    void setHighlights(std::vector<Highlight> highlights, const QString& currentKey);
    [[nodiscard]] const std::vector<Highlight>& highlights() const { return m_highlights; }
    /// Scrolls to a passage and lets it flash.
    void showRange(document::TextRange range);
    [[nodiscard]] bool isVisible(document::TextRange range) const;

    [[nodiscard]] std::optional<document::TextRange> selection() const;
    void select(document::TextRange range);
    void clearSelection();
    [[nodiscard]] QString selectedText() const;
    void copy() const;

    /// Marks every place of the text (letter case and white space ignored); goes to the first at or below the
    /// top of the view. Returns their number.
    int find(const QString& text);
    void findNext(int step); // 1 or −1, around the ends
    [[nodiscard]] int hitCount() const { return int(m_hits.size()); }
    [[nodiscard]] int currentHit() const { return m_hit; } // 0-based, −1: none

Q_SIGNALS:
    void currentPageChanged(int page);
    void zoomChanged(double zoom);
    void selectionChanged();
    void highlightClicked(const QString& key);
    void renderFailed(const QString& message);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void scrollTo(QPointF content, double above); // a content point, `above` pixels below the top edge
    void noticePage();
    void wantPages();
    void paintPage(QPainter& painter, int page);
    void paintMarks(QPainter& painter, int page);
    [[nodiscard]] QPointF origin() const; // of the content, in the viewport
    [[nodiscard]] QRectF onView(const document::PageRect& rect) const;
    [[nodiscard]] std::vector<QRectF> rectsOn(int page, document::TextRange range) const;
    [[nodiscard]] QList<int> visiblePages() const;
    [[nodiscard]] int wordAt(QPointF viewportPoint, bool nearest) const; // index or −1
    [[nodiscard]] const Highlight* highlightAt(QPointF viewportPoint) const;
    [[nodiscard]] double scale() const { return m_scale; } // pixels a point

    std::shared_ptr<const document::Document> m_document;
    std::unique_ptr<PageRenderer> m_renderer; // PDF only
    std::vector<QRectF> m_pages;              // in pixels of the content
    double m_scale = 96.0 / 72.0;
    bool m_fitWidth = true;
    int m_shownPage = -1;
    std::vector<Highlight> m_highlights;
    QString m_currentKey;
    document::TextRange m_flash;
    QVariantAnimation m_flashing;
    std::vector<document::TextRange> m_hits;
    int m_hit = -1;
    int m_anchor = -1; // words
    int m_caret = -1;
    bool m_selecting = false;
    QPointF m_pressed;
};

/// The places of `text` in the document's text; letter case is ignored and white space counts as one space.
std::vector<document::TextRange> findText(const document::Document& document, const QString& text);

}
