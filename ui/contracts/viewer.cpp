#include "ui/contracts/viewer.h"

#include "ui/widgets/figures.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr double zoom_step = 1.2;
constexpr int longest_heading = 90;

}

Viewer::Viewer(QWidget* parent)
    : QWidget(parent),
      m_view(new DocumentView),
      m_outline(new QListWidget),
      m_outlineButton(iconButton(u"menu"_s, tr("Outline of the contract"))),
      m_page(new QLineEdit),
      m_pages(label({})),
      m_zoom(label({})),
      m_fit(iconButton(u"fit-width"_s, tr("Fit width  Ctrl+0"))),
      m_find(new QLineEdit),
      m_hits(label({}, "muted")),
      m_previous(iconButton(u"chevron-up"_s, tr("Previous place  Shift+F3"))),
      m_next(iconButton(u"chevron-down"_s, tr("Next place  F3"))),
      m_tools(new QHBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(toolBar());
    layout->addWidget(horizontalRule());
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    m_outline->setProperty("bare", true);
    m_outline->setFixedWidth(Theme::instance().px(230));
    m_outline->setAccessibleName(tr("Outline of the contract"));
    m_outline->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_outline->setTextElideMode(Qt::ElideRight);
    m_outline->hide();
    row->addWidget(m_outline);
    row->addWidget(m_view, 1);
    layout->addLayout(row, 1);

    connect(m_outlineButton, &QToolButton::toggled, m_outline, &QWidget::setVisible);
    connect(m_outline, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const auto range = item->data(Qt::UserRole).toSize();
        m_view->showRange({std::uint32_t(range.width()), std::uint32_t(range.height())});
    });
    connect(m_outline, &QListWidget::itemClicked, m_outline, &QListWidget::itemActivated);
    connect(m_view, &DocumentView::currentPageChanged, this, &Viewer::showPage);
    connect(m_view, &DocumentView::zoomChanged, this, [this](double zoom) {
        m_zoom->setText(tr("%1 %").arg(std::lround(zoom * 100)));
        m_fit->setChecked(m_view->fitsWidth());
    });
    connect(m_page, &QLineEdit::returnPressed, this, [this] {
        m_view->goToPage(m_page->text().toInt() - 1);
        m_view->setFocus();
    });
    connect(m_page, &QLineEdit::editingFinished, this, [this] { showPage(m_view->currentPage()); });
    connect(m_find, &QLineEdit::textChanged, this, &Viewer::find);
    connect(m_find, &QLineEdit::returnPressed, this, &Viewer::findNext);
    connect(m_previous, &QToolButton::clicked, this, &Viewer::findPrevious);
    connect(m_next, &QToolButton::clicked, this, &Viewer::findNext);
    m_find->installEventFilter(this);

    const auto key = [this](const QKeySequence& keys, auto slot) {
        connect(new QShortcut(keys, this, nullptr, nullptr, Qt::WindowShortcut), &QShortcut::activated, this,
                slot);
    };
    key(QKeySequence::Find, &Viewer::startFind);
    key(Qt::Key_F3, &Viewer::findNext);
    key(Qt::SHIFT | Qt::Key_F3, &Viewer::findPrevious);
    key(Qt::CTRL | Qt::Key_0, [this] { m_view->setFitWidth(true); });
    key(Qt::CTRL | Qt::Key_Plus, [this] { m_view->zoomBy(zoom_step); });
    key(Qt::CTRL | Qt::Key_Equal, [this] { m_view->zoomBy(zoom_step); });
    key(Qt::CTRL | Qt::Key_Minus, [this] { m_view->zoomBy(1 / zoom_step); });
    showHits();
}

QWidget* Viewer::toolBar()
{
    const Theme& theme = Theme::instance();
    auto* bar = new QFrame;
    bar->setProperty("panel", true);
    bar->setFixedHeight(theme.px(44));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(theme.px(14), 0, theme.px(14), 0);
    layout->setSpacing(theme.px(8));
    m_outlineButton->setCheckable(true);
    layout->addWidget(m_outlineButton);
    QLabel* pageLabel = label(tr("Page"));
    pageLabel->setBuddy(m_page);
    layout->addWidget(pageLabel);
    m_page->setFixedWidth(theme.px(44));
    m_page->setAlignment(Qt::AlignRight);
    m_page->setAccessibleName(tr("Page number"));
    m_page->setValidator(new QIntValidator(1, 99999, m_page));
    layout->addWidget(m_page);
    layout->addWidget(m_pages);
    layout->addSpacing(theme.px(8));
    auto* smaller = iconButton(u"remove"_s, tr("Smaller  Ctrl+−"));
    auto* larger = iconButton(u"add"_s, tr("Larger  Ctrl++"));
    connect(smaller, &QToolButton::clicked, this, [this] { m_view->zoomBy(1 / zoom_step); });
    connect(larger, &QToolButton::clicked, this, [this] { m_view->zoomBy(zoom_step); });
    m_zoom->setMinimumWidth(figuresWidth(m_zoom->font(), tr("%1 %").arg(500)));
    m_zoom->setAlignment(Qt::AlignCenter);
    m_fit->setCheckable(true);
    connect(m_fit, &QToolButton::clicked, this, [this] { m_view->setFitWidth(true); });
    layout->addWidget(smaller);
    layout->addWidget(m_zoom);
    layout->addWidget(larger);
    layout->addWidget(m_fit);
    layout->addLayout(m_tools);
    layout->addStretch(1);
    layout->addWidget(m_hits);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    m_find->setPlaceholderText(tr("Find in document  Ctrl+F"));
    m_find->setAccessibleName(tr("Find in document"));
    m_find->setClearButtonEnabled(false);
    m_find->setMinimumWidth(theme.px(120));
    m_find->setMaximumWidth(theme.px(200));
    m_find->setObjectName(u"FindField"_s);
    layout->addWidget(m_find, 4);
    return bar;
}

void Viewer::addTool(QWidget* tool)
{
    m_tools->addWidget(tool);
}

void Viewer::setDocument(const document::Document& document, std::string bytes)
{
    m_view->setDocument(document, std::move(bytes));
    m_pages->setText(tr("/ %1").arg(m_view->pageCount()));
    showPage(m_view->currentPage());
    fillOutline();
    m_find->clear();
}

void Viewer::showPage(int page)
{
    if (!m_page->hasFocus() || !m_page->isModified())
        m_page->setText(page < 0 ? QString() : QString::number(page + 1));
}

void Viewer::fillOutline()
{
    m_outline->clear();
    const document::Document* document = m_view->document();
    for (const document::Block& block : document->blocks) {
        if (block.kind != document::BlockKind::Heading || block.level > 2)
            continue;
        const QString words = str(document->slice(block.begin, block.end)).simplified().left(longest_heading);
        auto* item = new QListWidgetItem(QString(block.level > 1 ? u"    "_s : QString()) + words, m_outline);
        item->setData(Qt::UserRole, QSize(int(block.begin), int(block.end)));
        item->setToolTip(words);
    }
    m_outlineButton->setEnabled(m_outline->count() > 0);
    if (m_outline->count() == 0)
        m_outlineButton->setChecked(false);
}

void Viewer::startFind()
{
    if (!isVisible())
        return;
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void Viewer::find(const QString& text)
{
    m_view->find(text);
    showHits();
}

void Viewer::findNext()
{
    m_view->findNext(1);
    showHits();
}

void Viewer::findPrevious()
{
    m_view->findNext(-1);
    showHits();
}

void Viewer::showHits()
{
    const bool searching = !m_find->text().trimmed().isEmpty();
    const int hits = m_view->hitCount();
    m_hits->setText(hits > 0 ? tr("%1 of %2").arg(m_view->currentHit() + 1).arg(hits) : tr("not found"));
    m_hits->setVisible(searching);
    m_previous->setVisible(searching);
    m_next->setVisible(searching);
    m_previous->setEnabled(hits > 0);
    m_next->setEnabled(hits > 0);
    setLook(m_find, "invalid", searching && hits == 0);
}

bool Viewer::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_find && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_find->clear();
        m_view->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}
