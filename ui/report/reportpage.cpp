#include "ui/report/reportpage.h"

#include "core/base/date.h"
#include "ui/report/reportmaker.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/documentview.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QUrl>

namespace leeway::ui {

namespace {

constexpr double zoomStep = 1.2;
constexpr auto openKey = "report/openAfterExport";
constexpr auto folderKey = "report/folder";

int px(double value)
{
    return Theme::instance().px(value);
}

}

ReportPage::ReportPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_maker(new ReportMaker(this)),
      m_view(new DocumentView),
      m_stack(new QStackedWidget),
      m_message(paragraph({}, "muted")),
      m_exportPdf(new QAction(tr("Export PDF…"), this)),
      m_exportJson(new QAction(tr("Export JSON…"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTools());
    auto* messages = new QWidget;
    auto* center = new QVBoxLayout(messages);
    center->setContentsMargins(px(32), px(32), px(32), px(32));
    m_message->setAlignment(Qt::AlignCenter);
    center->addStretch();
    center->addWidget(m_message);
    center->addStretch(2);
    m_stack->addWidget(messages);
    m_stack->addWidget(m_view);
    layout->addWidget(m_stack, 1);

    m_delay.setSingleShot(true);
    m_delay.setInterval(250);
    connect(&m_delay, &QTimer::timeout, this, &ReportPage::remake);
    connect(m_exportPdf, &QAction::triggered, this, &ReportPage::exportPdf);
    connect(m_exportJson, &QAction::triggered, this, &ReportPage::exportJson);
    connect(m_maker, &ReportMaker::made, this,
            [this](const std::shared_ptr<const MadeReport>& made) { showReport(*made); });
    connect(m_maker, &ReportMaker::failed, this, [this](const QString& message) {
        m_working->hide();
        showMessage(tr("The report could not be shown: %1").arg(message));
    });
    connect(m_view, &DocumentView::currentPageChanged, this, &ReportPage::refreshTools);
    connect(m_view, &DocumentView::zoomChanged, this, &ReportPage::refreshTools);
    connect(m_view, &DocumentView::renderFailed, &m_workspace, &Workspace::failed);
    connect(&m_workspace, &Workspace::changed, this, &ReportPage::onWorkspaceChanged);
    connect(&m_workspace, &Workspace::projectChanged, this, [this] {
        m_left.clear();
        m_fresh = true;
    });
    connect(&m_workspace, &Workspace::exported, this, [this](const QString& file) {
        if (file == m_exporting && m_open->isChecked())
            QDesktopServices::openUrl(QUrl::fromLocalFile(file));
        m_exporting.clear();
    });
    makeShortcuts();
    m_view->setAccessibleName(tr("Report preview"));
    showMessage(tr("Making the report…"));
    onWorkspaceChanged();
    refreshTools();
}

QWidget* ReportPage::makeTools()
{
    auto* bar = new QFrame;
    bar->setProperty("panel", true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(px(16), px(8), px(16), px(8));
    row->setSpacing(px(6));
    auto* smaller = iconButton(u"remove"_s, tr("Smaller (Ctrl+−)"));
    auto* larger = iconButton(u"add"_s, tr("Larger (Ctrl++)"));
    auto* fit = iconButton(u"fit-width"_s, tr("Fit the width (Ctrl+0)"));
    m_zoom = label({}, "muted");
    m_zoom->setMinimumWidth(px(44));
    m_zoom->setAlignment(Qt::AlignCenter);
    m_pages = label({}, "muted");
    m_working = label(tr("Making the report…"), "muted");
    m_contracts = new QToolButton;
    m_contracts->setPopupMode(QToolButton::InstantPopup);
    m_contracts->setObjectName(u"reportContracts"_s);
    m_contractMenu = new QMenu(m_contracts);
    m_contracts->setMenu(m_contractMenu);
    m_audit = new QCheckBox(tr("Audit trail"));
    m_audit->setObjectName(u"reportAudit"_s);
    m_audit->setChecked(true);
    m_audit->setToolTip(tr("Print who decided what and when, in the appendix"));
    m_open = new QCheckBox(tr("Open after export"));
    m_open->setChecked(QSettings().value(QLatin1StringView(openKey), true).toBool());
    row->addWidget(smaller);
    row->addWidget(m_zoom);
    row->addWidget(larger);
    row->addWidget(fit);
    row->addSpacing(px(10));
    row->addWidget(m_pages);
    row->addSpacing(px(10));
    row->addWidget(m_working);
    row->addStretch();
    row->addLayout(makeFind());
    row->addSpacing(px(6));
    row->addWidget(m_contracts);
    row->addWidget(m_audit);
    row->addSpacing(px(6));
    row->addWidget(m_open);
    auto* all = new QVBoxLayout(bar);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(row);
    all->addWidget(horizontalRule());
    connect(smaller, &QToolButton::clicked, this, [this] { m_view->zoomBy(1 / zoomStep); });
    connect(larger, &QToolButton::clicked, this, [this] { m_view->zoomBy(zoomStep); });
    connect(fit, &QToolButton::clicked, this, [this] { m_view->setFitWidth(true); });
    connect(m_audit, &QCheckBox::toggled, this, &ReportPage::remake);
    connect(m_open, &QCheckBox::toggled, this,
            [](bool on) { QSettings().setValue(QLatin1StringView(openKey), on); });
    return bar;
}

QLayout* ReportPage::makeFind()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(6));
    m_find = new QLineEdit;
    m_find->setObjectName(u"reportFind"_s);
    m_find->setPlaceholderText(tr("Find in the report"));
    m_find->setAccessibleName(m_find->placeholderText());
    m_find->setClearButtonEnabled(true);
    m_find->setFixedWidth(px(170));
    m_hits = label({}, "muted");
    row->addWidget(m_hits);
    row->addWidget(m_find);
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_view->find(text.trimmed());
        refreshTools();
    });
    connect(m_find, &QLineEdit::returnPressed, this, [this] {
        m_view->findNext(1);
        refreshTools();
    });
    return row;
}

void ReportPage::makeShortcuts()
{
    const auto key = [this](const QKeySequence& keys, auto slot) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    key(QKeySequence::Find, [this] {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });
    key(Qt::Key_F3, [this] { m_view->findNext(1); });
    key(Qt::SHIFT | Qt::Key_F3, [this] { m_view->findNext(-1); });
    key(Qt::CTRL | Qt::Key_0, [this] { m_view->setFitWidth(true); });
    key(Qt::CTRL | Qt::Key_Plus, [this] { m_view->zoomBy(zoomStep); });
    key(Qt::CTRL | Qt::Key_Equal, [this] { m_view->zoomBy(zoomStep); });
    key(Qt::CTRL | Qt::Key_Minus, [this] { m_view->zoomBy(1 / zoomStep); });
}

void ReportPage::showReport(const MadeReport& made)
{
    m_working->hide();
    const int place = m_view->verticalScrollBar()->value();
    m_view->setDocument(made.document, made.bytes);
    if (!m_fresh)
        m_view->verticalScrollBar()->setValue(place);
    m_fresh = false;
    m_stack->setCurrentWidget(m_view);
    if (!m_find->text().trimmed().isEmpty())
        m_view->find(m_find->text().trimmed());
    refreshTools();
    Q_EMIT headerChanged();
    Q_EMIT previewed();
}

QString ReportPage::subtitle() const
{
    return m_view->pageCount() == 1  ? tr("1 page")
           : m_view->pageCount() > 1 ? tr("%1 pages").arg(m_view->pageCount())
                                     : QString();
}

QList<QAction*> ReportPage::pageActions() const
{
    return {m_exportJson, m_exportPdf};
}

void ReportPage::showMessage(const QString& text)
{
    m_message->setText(text);
    m_stack->setCurrentIndex(0);
}

void ReportPage::onWorkspaceChanged()
{
    m_exportPdf->setEnabled(m_workspace.isOpen());
    m_exportJson->setEnabled(m_workspace.isOpen());
    fillContracts();
    m_stale = true;
    if (isVisible())
        m_delay.start();
}

void ReportPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (m_stale)
        m_delay.start();
}

void ReportPage::fillContracts()
{
    const auto& contracts = m_workspace.model().contracts;
    m_contractMenu->clear();
    for (const auto& contract : contracts) {
        auto* action = m_contractMenu->addAction(str(contract.title));
        action->setCheckable(true);
        action->setChecked(!m_left.contains(contract.id));
        connect(action, &QAction::toggled, this, [this, id = contract.id](bool on) {
            if (on)
                m_left.erase(id);
            else
                m_left.insert(id);
            fillContracts();
            remake();
        });
    }
    const auto shown = std::count_if(contracts.begin(), contracts.end(),
                                     [this](const auto& contract) { return !m_left.contains(contract.id); });
    m_contracts->setText(shown == std::ptrdiff_t(contracts.size())
                             ? tr("All contracts")
                             : tr("%1 of %2 contracts").arg(shown).arg(contracts.size()));
    m_contracts->setVisible(contracts.size() > 1);
}

report::Model ReportPage::printed() const
{
    report::Model model = m_workspace.model();
    if (!m_left.empty()) {
        // What stands out, the dates and the asks are drawn from all contracts: without some they are others.
        project::Snapshot snapshot = m_workspace.snapshot();
        std::erase_if(snapshot.contracts,
                      [this](const auto& contract) { return m_left.contains(contract.id); });
        model = report::assemble(snapshot, m_workspace.pack(), model.date);
    }
    model.with_audit = m_audit->isChecked();
    return model;
}

void ReportPage::remake()
{
    m_delay.stop();
    if (!m_workspace.isOpen())
        return;
    m_stale = false;
    m_working->show();
    m_maker->make(printed(), m_workspace.snapshot());
}

void ReportPage::refreshTools()
{
    const int count = m_view->pageCount();
    m_pages->setText(count > 0 ? tr("Page %1 of %2").arg(m_view->currentPage() + 1).arg(count) : QString());
    m_hits->setText(m_find->text().trimmed().isEmpty() ? QString()
                    : m_view->hitCount() == 0
                        ? tr("not found")
                        : tr("%1 of %2").arg(m_view->currentHit() + 1).arg(m_view->hitCount()));
    m_zoom->setText(count > 0 ? u"%1\u00a0%"_s.arg(std::lround(m_view->zoom() * 100)) : QString());
}

QString ReportPage::defaultName(const QString& ending) const
{
    static const QRegularExpression unfit(u"[\\x00-\\x1f<>:\"/\\\\|?*]+"_s);
    QString project = str(m_workspace.model().project);
    project.replace(unfit, u" "_s);
    project = project.simplified().left(80);
    if (project.isEmpty())
        project = tr("Project");
    return tr("%1 – risk report %2").arg(project, str(base::to_string(m_workspace.model().date))) + ending;
}

void ReportPage::exportPdf()
{
    exportAs(u".pdf"_s, tr("PDF (*.pdf)"));
}

void ReportPage::exportJson()
{
    exportAs(u".json"_s, tr("JSON (*.json)"));
}

void ReportPage::exportAs(const QString& ending, const QString& filter)
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = QSettings().value(QLatin1StringView(folderKey), documents).toString();
    QString file = QFileDialog::getSaveFileName(this, tr("Export report"),
                                                QDir(folder).filePath(defaultName(ending)), filter);
    if (file.isEmpty())
        return;
    if (!file.endsWith(ending, Qt::CaseInsensitive))
        file += ending;
    QSettings().setValue(QLatin1StringView(folderKey), QFileInfo(file).absolutePath());
    m_exporting = file;
    m_workspace.exportReport(file, printed());
}

}
