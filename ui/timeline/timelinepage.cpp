#include "ui/timeline/timelinepage.h"

#include "core/base/file.h"
#include "core/simulation/calendar/ics.h"
#include "ui/shell/topbar.h"
#include "ui/shell/workspace.h"
#include "ui/timeline/datesmodel.h"
#include "ui/timeline/timelinechart.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <chrono>

namespace leeway::ui {

TimelinePage::TimelinePage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_stack(new QStackedWidget),
      m_dates(new DatesModel(this)),
      m_costs(new QAction(Theme::icon(u"costs"_s), tr("Go to Costs"), this)),
      m_export(new QAction(Theme::icon(u"export"_s), tr("Export calendar…"), this))
{
    setObjectName(u"TimelinePage"_s);
    m_export->setProperty("icon", u"export"_s);
    connect(m_export, &QAction::triggered, this, &TimelinePage::chooseExport);
    connect(m_costs, &QAction::triggered, this, [this] { Q_EMIT m_workspace.goTo(u"costs"_s, {}); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildFull());
    connect(&workspace, &Workspace::changed, this, &TimelinePage::refresh);
    refresh();
}

QString TimelinePage::subtitle() const
{
    const auto& dates = m_workspace.model().dates;
    const auto open =
        std::count_if(dates.begin(), dates.end(), [](const auto& date) { return date.decision; });
    return dates.empty() ? QString()
                         : counted(qsizetype(open), tr("decision to take"), tr("decisions to take"));
}

QList<QAction*> TimelinePage::pageActions() const
{
    return m_workspace.model().dates.empty() ? QList<QAction*>() : QList{m_export};
}

QWidget* TimelinePage::buildEmpty()
{
    return emptyDesk(tr("No date yet"),
                     tr("Dates come from what the project knows:\n"
                        "•  contracts that say when their term begins, ends and renews,\n"
                        "•  the budget lock and usage on the Costs page,\n"
                        "•  prices and models that end on a day of the price sheet."),
                     actionButton(m_costs, true));
}

QWidget* TimelinePage::buildFull()
{
    const Theme& theme = Theme::instance();
    auto* scroll = new PageScroll;
    m_chartCard = new Card(tr("What must be decided, and by when"));
    m_chart = new TimelineChart;
    m_chartCard->body()->addWidget(m_chart);
    m_chartCard->body()->addWidget(
        label(tr("◆ something must be decided by then     ○ something happens     │ today"), "small"));
    connect(m_chart, &TimelineChart::currentChanged, this, &TimelinePage::choose);
    connect(m_chart, &TimelineChart::activated, this, &TimelinePage::open);
    scroll->body()->addWidget(m_chartCard);

    auto* list = new Card(tr("All dates"));
    m_table = new QTableView;
    m_table->setModel(m_dates);
    m_table->setProperty("bare", true);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setToolTip(tr("Enter or a double click leads to where the date comes from"));
    m_table->setAccessibleName(tr("All dates"));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme.px(32));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setFixedHeight(theme.px(30));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(DatesModel::WhatColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(DatesModel::DateColumn, theme.px(148));
    m_table->setColumnWidth(DatesModel::DistanceColumn, theme.px(94));
    m_table->setColumnWidth(DatesModel::PlaceColumn, theme.px(212));
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) { open(index.row()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { m_chart->setCurrent(index.row()); });
    list->body()->addWidget(m_table);
    scroll->body()->addWidget(list);

    m_missingCard = new Card(tr("What would give more dates"));
    m_missing = new QVBoxLayout;
    m_missing->setSpacing(theme.px(6));
    m_missingCard->body()->addLayout(m_missing);
    scroll->body()->addWidget(m_missingCard);
    scroll->body()->addStretch(1);
    return scroll;
}

void TimelinePage::refresh()
{
    const report::Model& model = m_workspace.model();
    m_stack->setCurrentIndex(model.dates.empty() ? 0 : 1);
    m_dates->setDates(model.dates, model.date);
    m_chart->setCurrent(-1);
    m_chart->setDates(model.dates, model.date);
    m_table->setFixedHeight(m_table->horizontalHeader()->height() +
                            m_dates->rowCount() * m_table->verticalHeader()->defaultSectionSize() + 2);
    showMissing();
    Q_EMIT headerChanged();
}

void TimelinePage::showMissing()
{
    clearLayout(m_missing);
    const auto& missing = m_workspace.model().missing_dates;
    for (const std::string& text : missing)
        m_missing->addWidget(paragraph(str(text)));
    m_missingCard->setVisible(!missing.empty());
}

void TimelinePage::choose(int date)
{
    m_table->selectRow(date);
}

void TimelinePage::open(int date)
{
    if (date < 0 || date >= m_dates->rowCount())
        return;
    const report::KeyDate& at = m_dates->date(date);
    if (at.source.contract != 0) {
        const QString check = str(at.source.check);
        m_workspace.selectContract(at.source.contract);
        Q_EMIT m_workspace.goTo(u"contracts"_s, check);
    } else if (at.kind != simulation::DateKind::Regulation) {
        Q_EMIT m_workspace.goTo(u"costs"_s, {});
    }
}

void TimelinePage::showDetail(const QString& detail)
{
    for (int row = 0; row < m_dates->rowCount(); ++row) {
        if (str(m_dates->date(row).uid) == detail)
            choose(row);
    }
}

void TimelinePage::chooseExport()
{
    const QString name = tr("%1 – dates.ics").arg(str(m_workspace.snapshot().settings.title));
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the dates"),
                                                      QFileInfo(m_workspace.file()).absolutePath() + u'/' +
                                                          QString(name).replace(u'/', u'-'),
                                                      tr("Calendar (*.ics)"));
    if (!file.isEmpty())
        exportTo(file);
}

void TimelinePage::exportTo(QString file)
{
    if (QFileInfo(file).suffix().isEmpty())
        file += u".ics"_s;
    const report::Model& model = m_workspace.model();
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto written =
        base::write_file(file.toStdString(), simulation::to_ics(model.dates, model.project, now));
    if (written)
        Q_EMIT m_workspace.done(tr("%1 written to “%2”.")
                                    .arg(counted(qsizetype(model.dates.size()), tr("date"), tr("dates")),
                                         QFileInfo(file).fileName()));
    else
        Q_EMIT m_workspace.failed(str(written.error().message));
}

}
