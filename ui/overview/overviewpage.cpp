#include "ui/overview/overviewpage.h"

#include "core/report/format.h"
#include "ui/overview/askdelegate.h"
#include "ui/overview/asksmodel.h"
#include "ui/overview/indexcard.h"
#include "ui/overview/todo.h"
#include "ui/shell/topbar.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>

namespace leeway::ui {

namespace {

constexpr int asks_shown = 5;
constexpr std::size_t dates_shown = 5;
constexpr std::size_t sentences_shown = 5;
constexpr std::size_t todo_shown = 4;

QLabel* dateLabel(base::Date date)
{
    QLabel* result = label(shortDate(date));
    result->setAlignment(Qt::AlignRight | Qt::AlignTop);
    result->setMinimumWidth(Theme::instance().px(66));
    return result;
}

}

OverviewPage::OverviewPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_stack(new QStackedWidget),
      m_asks(new AsksModel(this)),
      m_add(new QAction(Theme::icon(u"add"_s), tr("Add contract…"), this)),
      m_export(new QAction(Theme::icon(u"export"_s), tr("Export report…"), this))
{
    setObjectName(u"OverviewPage"_s);
    m_add->setProperty("icon", u"add"_s);
    m_export->setProperty("icon", u"export"_s);
    connect(m_add, &QAction::triggered, this, &OverviewPage::chooseFiles);
    connect(m_export, &QAction::triggered, this, &OverviewPage::chooseExport);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildFull());
    connect(&workspace, &Workspace::changed, this, &OverviewPage::refresh);
    connect(&workspace, &Workspace::contractSelected, this, &OverviewPage::refresh);
    refresh();
}

QString OverviewPage::subtitle() const
{
    const project::Contract* contract = m_workspace.contract();
    if (contract == nullptr || m_workspace.snapshot().contracts.size() > 1)
        return {};
    return contract->vendor.empty() ? str(contract->title)
                                    : str(contract->vendor) + u" · "_s + str(contract->title);
}

QList<QAction*> OverviewPage::pageActions() const
{
    return m_workspace.contract() == nullptr ? QList{m_add} : QList{m_add, m_export};
}

QWidget* OverviewPage::buildEmpty()
{
    return emptyDesk(tr("Start with the contract"),
                     tr("1.  Add the vendor's agreement, or drop it anywhere in this window.\n"
                        "2.  Decide the checks that Leeway suggests.\n"
                        "3.  Import usage, to see what a price rise or a change of vendor costs.\n"
                        "4.  Export the report for the decision meeting."),
                     actionButton(m_add, true));
}

QWidget* OverviewPage::buildFull()
{
    const Theme& theme = Theme::instance();
    auto* scroll = new PageScroll;
    auto* top = new QHBoxLayout;
    top->setSpacing(theme.px(14));
    m_index = new IndexCard;
    m_index->setFixedWidth(theme.px(300));
    auto* standsOut = new Card(tr("What stands out"));
    m_standsOut = new QVBoxLayout;
    m_standsOut->setSpacing(theme.px(8));
    standsOut->body()->addLayout(m_standsOut);
    standsOut->body()->addStretch(1);
    auto* dates = new Card(tr("Next dates"));
    dates->setFixedWidth(theme.px(300));
    m_dates = new QVBoxLayout;
    m_dates->setSpacing(theme.px(8));
    dates->body()->addLayout(m_dates);
    dates->body()->addStretch(1);
    top->addWidget(m_index);
    top->addWidget(standsOut, 1);
    top->addWidget(dates);
    scroll->body()->addLayout(top);
    scroll->body()->addWidget(buildAsks());

    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(theme.px(14));
    const auto column = [&](const QString& title, QVBoxLayout*& into) {
        auto* card = new Card(title);
        into = new QVBoxLayout;
        into->setSpacing(theme.px(6));
        card->body()->addLayout(into);
        card->body()->addStretch(1);
        bottom->addWidget(card, 1);
        return card;
    };
    column(tr("Do next"), m_todo);
    m_gatesCard = column(tr("Must be met before signing"), m_gates);
    m_costsCard = column(tr("Costs"), m_costs);
    scroll->body()->addLayout(bottom);
    scroll->body()->addStretch(1);
    return scroll;
}

Card* OverviewPage::buildAsks()
{
    const Theme& theme = Theme::instance();
    m_asksCard = new Card(tr("Asks"));
    m_asksCard->body()->setContentsMargins(theme.px(10), theme.px(16), theme.px(10), theme.px(10));
    m_asksCard->body()->itemAt(0)->widget()->setContentsMargins(theme.px(8), 0, theme.px(8), 0);
    m_table = new QTableView;
    m_table->setModel(m_asks);
    m_table->setItemDelegate(new AskDelegate(m_table));
    m_table->setProperty("bare", true);
    m_table->setShowGrid(false);
    m_table->setMouseTracking(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setCursor(Qt::PointingHandCursor);
    m_table->setAccessibleName(tr("Asks in order of effect"));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme.px(32));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setFixedHeight(theme.px(30));
    m_table->horizontalHeader()->setMinimumSectionSize(theme.px(40));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(AsksModel::AskColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(AsksModel::VerdictColumn, chipColumnWidth() + theme.px(40));
    m_table->setColumnWidth(AsksModel::PlaceColumn, theme.px(150));
    m_table->setColumnWidth(AsksModel::PointsColumn, theme.px(90));
    m_table->setColumnWidth(AsksModel::IndexColumn, theme.px(100));
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT m_workspace.goTo(u"contracts"_s, m_asks->check(index));
    });
    connect(m_table, &QTableView::clicked, m_table, &QTableView::activated);
    m_asksCard->body()->addWidget(m_table);
    m_allAsks = linkButton({});
    connect(m_allAsks, &QPushButton::clicked, this, [this] {
        m_showAll = !m_showAll;
        showAsks();
    });
    m_asksCard->body()->addWidget(m_allAsks);
    return m_asksCard;
}

void OverviewPage::refresh()
{
    const report::ContractPart* part = m_workspace.part();
    m_add->setEnabled(m_workspace.isOpen() && !m_workspace.isReadOnly());
    m_stack->setCurrentIndex(part == nullptr ? 0 : 1);
    if (part != nullptr) {
        m_index->show(*part);
        showStandsOut();
        showDates();
        showAsks();
        showTodo();
        showGates();
        showCosts();
    }
    Q_EMIT headerChanged();
}

void OverviewPage::showStandsOut()
{
    clearLayout(m_standsOut);
    const auto& sentences = m_workspace.model().stands_out;
    for (std::size_t i = 0; i < std::min(sentences.size(), sentences_shown); ++i) {
        auto* row = new QHBoxLayout;
        row->setSpacing(Theme::instance().px(10));
        row->addWidget(label(u"•"_s), 0, Qt::AlignTop);
        row->addWidget(paragraph(str(sentences[i])), 1);
        m_standsOut->addLayout(row);
    }
    if (sentences.empty())
        m_standsOut->addWidget(paragraph(tr("Nothing: every check is met."), "muted"));
}

void OverviewPage::showDates()
{
    clearLayout(m_dates);
    const auto& dates = m_workspace.model().dates;
    for (std::size_t i = 0; i < std::min(dates.size(), dates_shown); ++i) {
        auto* row = new QHBoxLayout;
        row->setSpacing(Theme::instance().px(14));
        row->addWidget(dateLabel(dates[i].date), 0, Qt::AlignTop);
        row->addWidget(paragraph(str(dates[i].what), dates[i].decision ? "heading" : nullptr), 1);
        m_dates->addLayout(row);
        m_dates->addWidget(horizontalRule());
    }
    if (dates.size() > dates_shown) {
        QPushButton* all = linkButton(tr("All %1 dates").arg(dates.size()));
        connect(all, &QPushButton::clicked, this, [this] { Q_EMIT m_workspace.goTo(u"timeline"_s, {}); });
        m_dates->addWidget(all);
    }
    if (!dates.empty())
        return;
    m_dates->addWidget(
        paragraph(tr("No date yet. The decision gate appears here once Costs knows the usage and the day "
                     "on which the budget is locked."),
                  "muted"));
    QPushButton* go = linkButton(tr("Go to Costs"));
    connect(go, &QPushButton::clicked, this, [this] { Q_EMIT m_workspace.goTo(u"costs"_s, {}); });
    m_dates->addWidget(go);
}

void OverviewPage::showAsks()
{
    m_asks->setPart(m_workspace.part(), m_showAll ? 0 : asks_shown);
    const int total = m_asks->total();
    const QString now = points(m_asks->indexAfter(0));
    if (total == 0)
        m_asksCard->setTitle(tr("Nothing is left to ask for: every check is met."));
    else if (total < 3)
        m_asksCard->setTitle(
            tr("If they accept, the index falls from %1 to %2").arg(now, points(m_asks->indexAfter(total))));
    else
        m_asksCard->setTitle(tr("If they accept the first three, the index falls from %1 to %2")
                                 .arg(now, points(m_asks->indexAfter(3))));
    m_table->setVisible(total > 0);
    m_table->setFixedHeight(m_table->horizontalHeader()->height() +
                            m_asks->rowCount() * m_table->verticalHeader()->defaultSectionSize() + 2);
    m_allAsks->setVisible(total > asks_shown);
    m_allAsks->setText(m_showAll ? tr("Show the first %1").arg(asks_shown)
                                 : tr("Show all %1 asks").arg(total));
}

void OverviewPage::showTodo()
{
    clearLayout(m_todo);
    const auto steps = todo(m_workspace.model(), m_workspace.snapshot());
    for (std::size_t i = 0; i < std::min(steps.size(), todo_shown); ++i) {
        const Todo& step = steps[i];
        auto* row = new QHBoxLayout;
        row->setSpacing(Theme::instance().px(6));
        QPushButton* link = linkButton(QString(step.text).replace(u'&', u"&&"_s));
        connect(link, &QPushButton::clicked, this, [this, step] {
            if (step.contract != 0)
                m_workspace.selectContract(step.contract);
            Q_EMIT m_workspace.goTo(step.page, step.detail);
        });
        row->addWidget(link);
        auto* aside = new ElidedLabel(step.aside);
        aside->setProperty("role", u"muted"_s);
        row->addWidget(aside, 1);
        m_todo->addLayout(row);
    }
    if (steps.empty())
        m_todo->addWidget(paragraph(tr("Nothing is open."), "muted"));
}

void OverviewPage::showGates()
{
    clearLayout(m_gates);
    const auto& gates = m_workspace.part()->index.gates;
    m_gatesCard->setVisible(!gates.empty());
    for (const auto& gate : gates) {
        const auto* row = m_workspace.part()->row(gate.check);
        if (row == nullptr)
            continue;
        auto* line = new QHBoxLayout;
        QPushButton* link = linkButton(str(row->title).replace(u'&', u"&&"_s));
        connect(link, &QPushButton::clicked, this,
                [this, check = str(gate.check)] { Q_EMIT m_workspace.goTo(u"contracts"_s, check); });
        line->addWidget(link);
        line->addStretch(1);
        auto* chip = new VerdictChip;
        chip->setVerdict(row->verdict);
        line->addWidget(chip);
        m_gates->addLayout(line);
    }
}

void OverviewPage::showCosts()
{
    clearLayout(m_costs);
    const auto& matrix = m_workspace.model().matrix;
    m_costsCard->setVisible(matrix.has_value());
    if (!matrix)
        return;
    m_costsCard->setTitle(
        tr("Costs over %1").arg(counted(qsizetype(matrix->months.size()), tr("month"), tr("months"))));
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(Theme::instance().px(8));
    grid->setHorizontalSpacing(Theme::instance().px(14));
    grid->setColumnStretch(0, 1);
    int line = 0;
    for (const auto& outcome : matrix->outcomes) {
        const auto figure = [&](const std::string& text, const QString& color, int column) {
            auto* value = new FigureLabel;
            value->setAlignment(Qt::AlignRight);
            value->setColor(color);
            value->setText(str(text));
            grid->addWidget(value, line, column);
        };
        grid->addWidget(new ElidedLabel(str(outcome.title)), line, 0);
        figure(report::money(outcome.total, matrix->currency), u"ink"_s, 1);
        figure(line == 0 ? std::string() : report::money_difference(outcome.against_base, matrix->currency),
               u"muted"_s, 2);
        ++line;
    }
    m_costs->addLayout(grid);
    QPushButton* go = linkButton(tr("Play scenarios"));
    connect(go, &QPushButton::clicked, this, [this] { Q_EMIT m_workspace.goTo(u"costs"_s, {}); });
    m_costs->addWidget(go);
}

void OverviewPage::chooseFiles()
{
    m_workspace.addDocuments(
        QFileDialog::getOpenFileNames(this, tr("Add contracts"), QString(), contractFilter()));
}

void OverviewPage::chooseExport()
{
    const QString title = str(m_workspace.snapshot().settings.title);
    const QString name =
        tr("%1 – risk report %2.pdf").arg(title, str(base::to_string(m_workspace.model().date)));
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the report"),
                                                      QFileInfo(m_workspace.file()).absolutePath() + u'/' +
                                                          QString(name).replace(u'/', u'-'),
                                                      tr("PDF (*.pdf);;JSON (*.json)"));
    if (!file.isEmpty())
        m_workspace.exportReport(file);
}

}
