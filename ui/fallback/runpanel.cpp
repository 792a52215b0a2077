#include "ui/fallback/runpanel.h"

#include "ui/fallback/desk.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

QString nameOf(const project::StoredRun& run)
{
    const auto started = QDateTime::fromMSecsSinceEpoch(run.head.started.time_since_epoch().count());
    return RunPanel::tr("Run %1 · %2 · %3")
        .arg(run.id)
        .arg(QLocale(QLocale::English).toString(started, u"d MMM hh:mm"_s),
             str(fallback::shown_model(run.head)));
}

}

RunPanel::RunPanel(Desk& desk, QWidget* parent) : QWidget(parent), m_desk(desk)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(8));
    layout->addWidget(label(tr("Run"), "heading"));
    makeKept(layout);
    makeStart(layout);
    connect(&desk, &Desk::endpointsChanged, this, &RunPanel::showRun);
    connect(&desk, &Desk::suiteChanged, this, &RunPanel::showRun);
    connect(&desk, &Desk::keptChanged, this, &RunPanel::showRuns);
    connect(&desk, &Desk::runChanged, this, &RunPanel::showRun);
    connect(&desk, &Desk::progressed, this, &RunPanel::showRun);
    showRuns();
    showRun();
}

void RunPanel::startRun()
{
    m_desk.start(m_parallel->value(), m_throughput->isChecked());
}

void RunPanel::makeKept(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    m_runs = new QComboBox;
    m_runs->setObjectName(u"runs"_s);
    m_runs->setAccessibleName(tr("Runs in the project"));
    m_runs->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_runs->setMinimumContentsLength(12);
    m_remove = iconButton(u"close"_s, tr("Remove this run from the project"));
    m_remove->setObjectName(u"removeRun"_s);
    row->addWidget(m_runs, 1);
    row->addWidget(m_remove);
    layout->addLayout(row);
    connect(m_runs, &QComboBox::activated, this,
            [this] { m_desk.showRun(m_runs->currentData().toLongLong()); });
    connect(m_remove, &QToolButton::clicked, &m_desk, &Desk::removeRun);
}

void RunPanel::makeStart(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    auto* text = label(tr("Cases at once"));
    m_parallel = new QSpinBox;
    m_parallel->setRange(1, 64);
    m_parallel->setAccessibleName(tr("Cases at once"));
    text->setBuddy(m_parallel);
    row->addWidget(text);
    row->addWidget(m_parallel);
    row->addStretch();
    layout->addLayout(row);
    m_throughput = new QCheckBox(tr("Measure 1, 2, 4 and 8 at once too"));
    m_throughput->setObjectName(u"throughput"_s);
    layout->addWidget(m_throughput);
    m_progress = paragraph({}, "muted");
    m_bar = new ShareBar;
    layout->addWidget(m_progress);
    layout->addWidget(m_bar);
    auto* buttons = new QHBoxLayout;
    m_start = new QPushButton(tr("Run suite"));
    m_start->setObjectName(u"startRun"_s);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(u"cancelRun"_s);
    buttons->addWidget(m_start);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    layout->addLayout(buttons);
    auto* files = new QHBoxLayout;
    auto* open = linkButton(tr("Import run…"));
    open->setToolTip(tr("A run that was exported, or kept by leeway-cli fallback run with --state"));
    m_keep = linkButton(tr("Export run…"));
    m_keep->setObjectName(u"keepRun"_s);
    m_keep->setToolTip(tr("Writes all answers to a file that can be imported elsewhere"));
    files->addWidget(open);
    files->addWidget(m_keep);
    files->addStretch();
    layout->addLayout(files);
    connect(m_start, &QPushButton::clicked, this, &RunPanel::startRun);
    connect(m_cancel, &QPushButton::clicked, &m_desk, &Desk::cancel);
    connect(open, &QPushButton::clicked, this, &RunPanel::chooseRun);
    connect(m_keep, &QPushButton::clicked, this, &RunPanel::chooseKeeping);
}

void RunPanel::showRuns()
{
    const QSignalBlocker quiet(m_runs);
    m_runs->clear();
    const auto& runs = m_desk.kept().runs;
    for (auto each = runs.rbegin(); each != runs.rend(); ++each)
        m_runs->addItem(nameOf(*each), qlonglong(each->id));
    showRun();
}

QString RunPanel::standing() const
{
    if (m_desk.isRunning())
        return tr("Running %1 of %2").arg(m_desk.casesDone()).arg(m_desk.casesInAll());
    if (!m_desk.mayKeep())
        return m_desk.workspace().isOpen()
                   ? tr("This project is open read-only: a run could not be kept, so none can be started.")
                   : tr("Open or create a project first: it keeps the run.");
    if (m_desk.canResume())
        return tr("Stopped before its end; what was answered is kept and not asked again.");
    if (m_desk.run()) {
        const fallback::RunTotals totals = fallback::totals(*m_desk.run());
        return tr("%1 of %2 cases passed").arg(totals.passed).arg(totals.cases);
    }
    return m_desk.canStart() ? tr("Ready to ask.") : tr("Choose an endpoint that is ready.");
}

void RunPanel::showRun()
{
    const bool running = m_desk.isRunning();
    m_runs->setVisible(m_runs->count() > 0);
    m_runs->setEnabled(!running);
    m_runs->setCurrentIndex(m_runs->findData(qlonglong(m_desk.runId())));
    m_runs->setToolTip(m_runs->currentText());
    m_remove->setVisible(m_runs->count() > 0);
    m_remove->setEnabled(!running && m_desk.runId() != 0 && m_desk.mayKeep());
    m_start->setVisible(!running);
    m_start->setText(m_desk.canResume() ? tr("Go on") : tr("Run suite"));
    m_start->setEnabled(m_desk.canStart());
    m_cancel->setVisible(running);
    m_parallel->setEnabled(!running);
    m_throughput->setEnabled(!running);
    m_keep->setVisible(!running && m_desk.run());
    m_progress->setText(standing());
    m_bar->setVisible(running);
    if (running)
        m_bar->setShare(m_desk.casesInAll() > 0 ? double(m_desk.casesDone()) / m_desk.casesInAll() : 0,
                        u"accent"_s);
}

void RunPanel::chooseRun()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Import run"), {}, tr("All files (*)"));
    if (!file.isEmpty())
        m_desk.openRun(file);
}

void RunPanel::chooseKeeping()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Export run"), u"fallback-run.jsonl"_s);
    if (!file.isEmpty())
        m_desk.keepRun(file);
}

}
