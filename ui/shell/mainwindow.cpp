#include "ui/shell/mainwindow.h"

#include "ui/shell/commandpalette.h"
#include "ui/shell/page.h"
#include "ui/shell/rail.h"
#include "ui/shell/recentfiles.h"
#include "ui/shell/startscreen.h"
#include "ui/shell/statusbar.h"
#include "ui/shell/taskarea.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/topbar.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>

namespace leeway::ui {

MainWindow::MainWindow(Workspace& workspace, QWidget* parent)
    : QMainWindow(parent),
      m_workspace(workspace),
      m_rail(new Rail),
      m_topBar(new TopBar(workspace)),
      m_messages(new MessageBar),
      m_pages(new QStackedWidget),
      m_palette(new CommandPalette(this)),
      m_menu(new QMenu(this))
{
    setAcceptDrops(true);
    buildActions();
    buildLayout();

    connect(m_rail, &Rail::chosen, this, [this](const QString& id) { showPage(id); });
    connect(m_topBar, &TopBar::searchWanted, this, &MainWindow::showPalette);
    connect(&workspace, &Workspace::projectChanged, this, &MainWindow::onProjectChanged);
    connect(&workspace, &Workspace::changed, this, &MainWindow::updateTitle);
    connect(&workspace, &Workspace::goTo, this, &MainWindow::showPage);
    connect(&workspace, &Workspace::failed, m_messages,
            [this](const QString& text) { m_messages->show(MessageBar::Kind::Bad, text); });
    connect(&workspace, &Workspace::done, m_messages,
            [this](const QString& text) { m_messages->show(MessageBar::Kind::Good, text); });

    if (!restoreGeometry(QSettings().value(u"window/geometry").toByteArray()))
        resize(1440, 900);
    onProjectChanged();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout()
{
    const auto column = [](std::initializer_list<QWidget*> widgets) {
        auto* layout = new QVBoxLayout;
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        for (QWidget* widget : widgets)
            layout->addWidget(widget);
        return layout;
    };
    m_pages->setObjectName(u"Pages"_s);
    m_start = new StartScreen(m_new, m_open, m_sample);
    connect(m_start, &StartScreen::openWanted, this, [this](const QString& file) { openFiles({file}); });
    m_pages->addWidget(m_start);
    QVBoxLayout* work = column(
        {m_topBar, m_messages, m_pages, new TaskArea(m_workspace.tasks()), new StatusBar(m_workspace)});
    work->setStretchFactor(m_pages, 1);

    auto* center = new QWidget;
    auto* row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(work, 1);
    setCentralWidget(center);
}

void MainWindow::addPage(Page* page)
{
    const QString id = page->id();
    m_pageOf.insert(id, page);
    m_order << id;
    m_pages->addWidget(page);
    const QKeySequence keys(Qt::CTRL | Qt::Key(Qt::Key_0 + m_order.size()));
    m_rail->addPage(id, page->title(), page->iconName(), keys);
    QAction* action = addCommand(page->title(), page->iconName(), keys, [this, id] { showPage(id); });
    m_viewMenu->insertAction(
        m_viewMenu->actions().isEmpty() ? nullptr : m_viewMenu->actions().at(m_order.size() - 1), action);
    m_needProject << action;
    action->setEnabled(m_workspace.isOpen());
    if (m_workspace.isOpen() && m_order.size() == 1)
        showPage(id);
}

Page* MainWindow::currentPage() const
{
    return qobject_cast<Page*>(m_pages->currentWidget());
}

void MainWindow::showPage(const QString& id, const QString& detail)
{
    if (id == u"settings") {
        showSettings();
        return;
    }
    Page* page = m_pageOf.value(id);
    if (page == nullptr || !m_workspace.isOpen())
        return;
    m_pages->setCurrentWidget(page);
    m_rail->setCurrent(id);
    m_topBar->setPage(page);
    if (!detail.isEmpty())
        page->showDetail(detail);
    if (QWidget* inner = page->focusWidget())
        inner->setFocus();
    else
        page->setFocus();
}

void MainWindow::onProjectChanged()
{
    const bool open = m_workspace.isOpen();
    m_rail->showPages(open);
    for (QAction* action : std::as_const(m_needProject))
        action->setEnabled(open);
    if (open) {
        rememberFile(m_workspace.file());
        if (currentPage() == nullptr && !m_order.isEmpty())
            showPage(m_order.first());
    } else {
        m_pages->setCurrentWidget(m_start);
        m_start->setFocus();
        m_rail->setCurrent({});
        m_topBar->setPage(nullptr);
    }
    fillRecent();
    updateTitle();
}

void MainWindow::updateTitle()
{
    QString title = tr("Leeway");
    if (m_workspace.isOpen())
        title = str(m_workspace.snapshot().settings.title) + u" – "_s + title;
    if (m_workspace.isReadOnly())
        title += u' ' + tr("(read-only)");
    setWindowTitle(title);
    setWindowFilePath(m_workspace.file());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings().setValue(u"window/geometry", saveGeometry());
    m_workspace.tasks().cancelAll();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    QStringList files;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            files << url.toLocalFile();
    event->acceptProposedAction();
    openFiles(files);
}

}
