#pragma once

#include "ui/widgets/documentview.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QToolButton;

namespace leeway::ui {

/// A document with its tool bar: outline, page, zoom, find.
class Viewer : public QWidget
{
    Q_OBJECT

public:
    explicit Viewer(QWidget* parent = nullptr);
    [[nodiscard]] DocumentView& view() const { return *m_view; }
    void setDocument(const document::Document& document, std::string bytes);
    /// A widget at the right of zoom: the choice of the version.
    void addTool(QWidget* tool);

public Q_SLOTS:
    void startFind();
    void findNext();
    void findPrevious();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* toolBar();
    void fillOutline();
    void find(const QString& text);
    void showHits();
    void showPage(int page);

    DocumentView* m_view;
    QListWidget* m_outline;
    QToolButton* m_outlineButton;
    QLineEdit* m_page;
    QLabel* m_pages;
    QLabel* m_zoom;
    QToolButton* m_fit;
    QLineEdit* m_find;
    QLabel* m_hits;
    QToolButton* m_previous;
    QToolButton* m_next;
    class QHBoxLayout* m_tools;
};

}
