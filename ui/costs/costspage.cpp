#include "ui/costs/costspage.h"

#include "ui/costs/bill/billdialog.h"
#include "ui/costs/drift/driftflow.h"
#include "ui/costs/matrix/answercards.h"
#include "ui/costs/outlook/forecaster.h"
#include "ui/costs/prices/sheetdialog.h"
#include "ui/costs/resultsview.h"
#include "ui/costs/trafficpanel.h"
#include "ui/costs/usage/askmapping.h"
#include "ui/costs/usage/badlinesdialog.h"
#include "ui/costs/usage/volumesdialog.h"
#include "ui/costs/whatif/draft.h"
#include "ui/costs/whatif/whatifpanel.h"
#include "ui/costs/words.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/filefilters.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <algorithm>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

CostsPage::CostsPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_draft(new Draft(workspace, this)),
      m_forecaster(new Forecaster(*m_draft, this)),
      m_drift(new DriftFlow(workspace, this))
{
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(makeLeft());
    m_right = new QStackedWidget;
    m_right->addWidget(makeEmpty());
    m_results = new ResultsView(workspace, *m_draft, *m_forecaster);
    m_right->addWidget(m_results);
    connect(m_results->answers(), &AnswerCards::setBudgetLock, m_whatIf, &WhatIfPanel::focusBudgetLock);
    all->addWidget(m_right, 1);
    makeActions();

    connect(m_traffic, &TrafficPanel::importUsage, this, &CostsPage::importUsage);
    connect(m_traffic, &TrafficPanel::typeVolumes, this, &CostsPage::typeVolumes);
    connect(m_traffic, &TrafficPanel::importPrices, this, &CostsPage::importPrices);
    connect(m_traffic, &TrafficPanel::showPrices, this, &CostsPage::showPrices);
    connect(m_traffic, &TrafficPanel::showBadLines, this, &CostsPage::showBadLines);
    connect(m_traffic, &TrafficPanel::compareBill, this, &CostsPage::compareBill);
    connect(m_traffic, &TrafficPanel::compareQuarter, m_drift, &DriftFlow::start);
    connect(m_whatIf, &WhatIfPanel::failed, &m_workspace, &Workspace::failed);
    connect(m_whatIf, &WhatIfPanel::done, &m_workspace, &Workspace::done);
    connect(m_draft, &Draft::changed, this, &CostsPage::refresh);
    connect(&m_workspace, &Workspace::projectChanged, m_forecaster, &Forecaster::forget);
    connect(&m_workspace, &Workspace::changed, this, &CostsPage::onWorkspaceChanged);
    connect(&m_workspace, &Workspace::failed, this, [this] { m_awaitsUsage = false; });
    connect(&m_workspace, &Workspace::done, this, [this] { m_awaitsUsage = false; });
    connect(&m_workspace, &Workspace::contractSelected, m_results, &ResultsView::showContract);
    connect(&Theme::instance(), &Theme::changed, this, &CostsPage::refresh);
    onWorkspaceChanged();
    refresh();
}

QWidget* CostsPage::makeLeft()
{
    auto* panel = new SidePanel;
    panel->body()->setSpacing(px(14));
    m_traffic = new TrafficPanel(m_workspace);
    m_whatIf = new WhatIfPanel(m_workspace, *m_draft);
    panel->body()->addWidget(m_traffic);
    panel->body()->addWidget(m_whatIf, 1);
    panel->body()->addStretch();
    return panel;
}

QWidget* CostsPage::makeEmpty()
{
    auto* page = new QWidget;
    auto* outer = new QVBoxLayout(page);
    outer->addStretch(2);
    auto* card = new Card(tr("What would a price rise cost?"));
    card->setMaximumWidth(px(520));
    card->body()->setContentsMargins(px(28), px(24), px(28), px(24));
    card->body()->addWidget(paragraph(
        tr("Import a log of your requests, or type the volumes of a few months. Leeway prices them, and "
           "shows what staying, a rise, a second vendor and a model of your own cost over the term."),
        "muted"));
    auto* row = new QHBoxLayout;
    auto* import = new QPushButton(tr("Import usage…"));
    import->setObjectName(u"emptyImport"_s);
    import->setProperty("primary", true);
    auto* type = new QPushButton(tr("Type volumes…"));
    type->setObjectName(u"emptyType"_s);
    row->addWidget(import);
    row->addWidget(type);
    row->addStretch();
    card->body()->addSpacing(px(8));
    card->body()->addLayout(row);
    m_preparing = label(tr("Adding up the traffic…"), "muted");
    card->body()->addWidget(m_preparing);
    auto* center = new QHBoxLayout;
    center->addStretch();
    center->addWidget(card, 4);
    center->addStretch();
    outer->addLayout(center);
    outer->addStretch(3);
    connect(import, &QPushButton::clicked, this, &CostsPage::importUsage);
    connect(type, &QPushButton::clicked, this, &CostsPage::typeVolumes);
    return page;
}

void CostsPage::makeActions()
{
    const auto make = [this](const QString& text, auto slot) {
        auto* action = new QAction(text, this);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_typeVolumes = make(tr("Type volumes…"), &CostsPage::typeVolumes);
    m_importUsage = make(tr("Import usage…"), &CostsPage::importUsage);
}

QList<QAction*> CostsPage::pageActions() const
{
    return {m_typeVolumes, m_importUsage};
}

QString CostsPage::subtitle() const
{
    return m_subtitle;
}

void CostsPage::showDetail(const QString& detail)
{
    if (detail == u"import-usage"_s)
        importUsage();
    else if (detail == u"prices"_s)
        showPrices();
    else if (detail == u"bad-lines"_s)
        showBadLines();
    else if (detail == u"budget-lock"_s)
        m_whatIf->focusBudgetLock();
}

bool CostsPage::takeFiles(const QStringList& files)
{
    importUsageFiles(files);
    return true;
}

void CostsPage::onWorkspaceChanged()
{
    const auto& snapshot = m_workspace.snapshot();
    const bool writable = m_workspace.isOpen() && !m_workspace.isReadOnly();
    for (QAction* action : {m_importUsage, m_typeVolumes})
        action->setEnabled(writable);
    if (m_awaitsUsage && snapshot.cube.requests != m_requests) {
        m_awaitsUsage = false;
        if (snapshot.cube.bad_lines > m_badLines)
            QMetaObject::invokeMethod(this, &CostsPage::showBadLines, Qt::QueuedConnection);
    }
    m_requests = snapshot.cube.requests;
    m_badLines = snapshot.cube.bad_lines;
    m_results->showContract();
}

void CostsPage::refresh()
{
    const auto& matrix = m_draft->matrix();
    m_whatIf->setEnabled(matrix.has_value());
    m_whatIf->setVisible(matrix.has_value());
    m_preparing->setVisible(m_draft->isPreparing());
    m_right->setCurrentIndex(matrix ? 1 : 0);
    QString subtitle;
    if (matrix && !matrix->months.empty()) {
        m_results->showMatrix();
        const int first = matrix->months.front().year();
        const int last = matrix->months.back().year();
        subtitle =
            first == last ? tr("Scenarios · %1").arg(first) : tr("Scenarios · %1–%2").arg(first).arg(last);
    }
    if (subtitle != m_subtitle) {
        m_subtitle = subtitle;
        Q_EMIT headerChanged();
    }
}

void CostsPage::importUsage()
{
    importUsageFiles(QFileDialog::getOpenFileNames(this, tr("Import usage"), {}, usageFilter()));
}

void CostsPage::importUsageFiles(const QStringList& files)
{
    if (files.isEmpty())
        return;
    askMapping(
        files, m_workspace.snapshot().sheet, this,
        [this](const QString& message) { Q_EMIT m_workspace.failed(message); },
        [this, files](const std::optional<usage::Mapping>& mapping) { start(files, mapping); });
}

void CostsPage::start(const QStringList& files, const std::optional<usage::Mapping>& mapping)
{
    m_awaitsUsage = true;
    m_workspace.importUsage(files, mapping);
}

void CostsPage::typeVolumes()
{
    auto* dialog = new VolumesDialog(m_workspace.snapshot().cube, m_workspace.snapshot().sheet, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_workspace.setCube(dialog->cube()); });
    dialog->open();
}

void CostsPage::importPrices()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Import prices"), {}, tr("Price sheets (*.json *.json.gz *.gz);;All files (*)"));
    if (!file.isEmpty())
        m_workspace.importPrices(file);
}

void CostsPage::showPrices()
{
    auto* dialog = new SheetDialog(m_workspace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SheetDialog::importPrices, this, &CostsPage::importPrices);
    dialog->show();
}

void CostsPage::showBadLines()
{
    auto* dialog = new BadLinesDialog(m_workspace.snapshot().cube, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void CostsPage::compareBill()
{
    compareBillFiles(QFileDialog::getOpenFileNames(
        this, tr("Compare with a bill"), {},
        tr("Bills (*.csv *.tsv *.json *.jsonl *.gz *.zst *.parquet);;All files (*)")));
}

void CostsPage::compareBillFiles(const QStringList& files)
{
    const auto& snapshot = m_workspace.snapshot();
    if (files.isEmpty() || snapshot.cube.empty())
        return;
    std::vector<std::filesystem::path> paths;
    for (const QString& file : files)
        paths.emplace_back(utf8(QFileInfo(file).absoluteFilePath()));
    m_workspace.tasks().start<BillCheck>(
        tr("Comparing with %1").arg(QFileInfo(files.front()).fileName()), this,
        [paths, cube = snapshot.cube, sheet = snapshot.sheet](const base::Progress& progress) {
            return checkBill(paths, cube, sheet, progress);
        },
        [this, file = m_workspace.file()](base::Result<BillCheck> check) {
            if (file != m_workspace.file())
                return;
            if (!check) {
                if (check.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT m_workspace.failed(str(check.error().message));
                return;
            }
            auto* dialog = new BillDialog(std::move(*check), this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->show();
        });
}

void CostsPage::hideEvent(QHideEvent* event)
{
    m_draft->settle();
    Page::hideEvent(event);
}

}
