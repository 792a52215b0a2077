#include "ui/compare/comparepage.h"

#include "ui/compare/changesmodel.h"
#include "ui/compare/clausedelegate.h"
#include "ui/compare/clausesmodel.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/quote.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QListView>
#include <QStackedWidget>
#include <algorithm>

namespace leeway::ui {

ComparePage::ComparePage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_stack(new QStackedWidget),
      m_before(new QComboBox),
      m_after(new QComboBox),
      m_summary(paragraph({}, "heading")),
      m_foreign(paragraph({}, "muted")),
      m_same(new QCheckBox(tr("Show unchanged checks"))),
      m_changes(new ChangesModel(this)),
      m_check(label({}, "heading")),
      m_quotesBefore(new QVBoxLayout),
      m_quotesAfter(new QVBoxLayout),
      m_filter(new QComboBox),
      m_clauses(new ClausesModel(this)),
      m_delegate(new ClauseDelegate(this))
{
    setObjectName(u"ComparePage"_s);
    buildActions();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildComparison());

    connect(&workspace, &Workspace::changed, this, &ComparePage::refresh);
    connect(&workspace, &Workspace::contractSelected, this, &ComparePage::refresh);
    const auto chosen = [this] {
        compare({m_before->currentData().toLongLong(), m_after->currentData().toLongLong()});
    };
    connect(m_before, &QComboBox::activated, this, chosen);
    connect(m_after, &QComboBox::activated, this, chosen);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_delegate->forget();
        m_clauseList->doItemsLayout();
    });
    connect(m_same, &QCheckBox::toggled, this, &ComparePage::showChanges);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ComparePage::showCheck);
    connect(m_list, &QListView::activated, m_open, &QAction::trigger);
    connect(m_filter, &QComboBox::activated, this, [this] {
        const QVariant kind = m_filter->currentData();
        m_delegate->forget();
        m_clauses->setFilter(kind.isValid() ? std::optional(clauses::ClauseChange(kind.toInt()))
                                            : std::nullopt);
    });
    refresh();
}

void ComparePage::buildActions()
{
    const auto action = [this](const QString& text, const QString& icon, auto run) {
        auto* result = new QAction(Theme::icon(icon), text, this);
        result->setProperty("icon", icon);
        connect(result, &QAction::triggered, this, run);
        return result;
    };
    m_add = action(tr("Add a version…"), u"versions"_s, &ComparePage::chooseVersion);
    m_swap = action(tr("Swap sides"), u"compare"_s, &ComparePage::swap);
    m_open = action(tr("Open in Contracts"), u"contracts"_s, [this] {
        if (const auto* check = m_changes->checkAt(m_list->currentIndex()))
            openIn(check->after.check, m_pair.after);
    });
}

QList<QAction*> ComparePage::pageActions() const
{
    if (m_workspace.contract() == nullptr)
        return {};
    if (m_pair.before == 0)
        return {m_add};
    return {m_swap, m_open, m_add};
}

QString ComparePage::subtitle() const
{
    if (m_workspace.contract() == nullptr || m_pair.before == 0)
        return {};
    return tr("%1 → %2").arg(m_before->currentText(), m_after->currentText());
}

void ComparePage::refresh()
{
    const project::Snapshot& snapshot = m_workspace.snapshot();
    const project::Id contract = m_workspace.contract() == nullptr ? 0 : m_workspace.contract()->id;
    m_add->setEnabled(contract != 0 && !m_workspace.isReadOnly());
    const bool gone =
        find_version(snapshot, m_pair.before) == nullptr || find_version(snapshot, m_pair.after) == nullptr;
    const VersionPair first = first_pair(snapshot, contract);
    const project::Id newest = contract == 0 ? 0 : m_workspace.contract()->newest().id;
    if (gone || contract != m_contract || newest > m_newest)
        m_pair = first;
    m_contract = contract;
    m_newest = newest;
    fillVersions();
    m_stack->setCurrentIndex(m_pair.before == 0 || m_pair.after == 0 ? 0 : 1);
    start();
    Q_EMIT headerChanged();
}

void ComparePage::fillVersions()
{
    const auto names = version_names(m_workspace.snapshot());
    for (const auto& [box, wanted] : {std::pair{m_before, m_pair.before}, {m_after, m_pair.after}}) {
        box->clear();
        for (const VersionName& name : names)
            box->addItem(name.name, qlonglong(name.version));
        box->setCurrentIndex(box->findData(qlonglong(wanted)));
        box->setToolTip(box->currentText());
    }
}

void ComparePage::compare(const VersionPair& pair)
{
    const project::Snapshot& snapshot = m_workspace.snapshot();
    if (find_version(snapshot, pair.before) == nullptr || find_version(snapshot, pair.after) == nullptr)
        return;
    m_pair = pair;
    fillVersions();
    start();
    Q_EMIT headerChanged();
}

void ComparePage::swap()
{
    compare({m_pair.after, m_pair.before});
}

void ComparePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    start();
}

// Only for the page that is looked at: comparing takes a while on long contracts.
void ComparePage::start()
{
    const project::Snapshot& snapshot = m_workspace.snapshot();
    const project::Version* before = find_version(snapshot, m_pair.before);
    const project::Version* after = find_version(snapshot, m_pair.after);
    if (before == nullptr || after == nullptr) {
        clearComparison({});
        m_shown = {};
        return;
    }
    if (!isVisible() || m_shown == m_pair)
        return;
    m_shown = m_pair;
    clearComparison(tr("Comparing…"));
    m_workspace.tasks().start<Comparison>(
        tr("Comparing two versions"), this,
        [before = *before, after = *after](const base::Progress&) -> base::Result<Comparison> {
            return compare_versions(before, after);
        },
        [this, pair = m_pair](base::Result<Comparison> result) {
            if (pair != m_pair)
                return;
            if (result) {
                showComparison(std::move(*result));
                return;
            }
            m_shown = {};
            clearComparison(
                tr("Not compared: %1 Choose a version to try again.").arg(str(result.error().message)));
        });
}

void ComparePage::clearComparison(const QString& summary)
{
    m_comparison.reset();
    m_summary->setText(summary);
    m_foreign->hide();
    m_delegate->forget();
    m_clauses->setRows({});
    m_changes->setChecks({}, m_workspace.pack(), m_same->isChecked());
    showCheck();
}

void ComparePage::openIn(const std::string& check, project::Id version)
{
    for (const project::Contract& contract : m_workspace.snapshot().contracts) {
        const bool has =
            std::ranges::any_of(contract.versions, [&](const auto& known) { return known.id == version; });
        if (has && contract.id != m_workspace.contract()->id)
            m_workspace.selectContract(contract.id);
    }
    Q_EMIT m_workspace.goTo(u"contracts"_s, u"%1@%2"_s.arg(str(check)).arg(version));
}

void ComparePage::showComparison(Comparison comparison)
{
    using clauses::ClauseChange;
    using clauses::Course;
    m_comparison = std::move(comparison);
    const clauses::Drift& drift = m_comparison->drift;
    const auto worse = qsizetype(drift.count(Course::Worse));
    const auto better = qsizetype(drift.count(Course::Better));
    m_summary->setText(worse + better == 0
                           ? tr("No verdict changed.")
                           : tr("%1 worse, %2 better.")
                                 .arg(counted(worse, tr("check"), tr("checks")), QString::number(better)));
    QStringList foreign;
    for (const project::Id id : {m_pair.before, m_pair.after}) {
        const project::Version* version = find_version(m_workspace.snapshot(), id);
        if (version != nullptr && !version->review.outside.empty())
            foreign << str(clauses::outside_message(version->review.outside));
    }
    m_foreign->setText(foreign.join(u'\n'));
    m_foreign->setVisible(!foreign.isEmpty());

    const QVariant kept = m_filter->currentData();
    m_filter->clear();
    m_filter->addItem(tr("All changes · %1").arg(m_comparison->rows.size()));
    for (const ClauseChange change :
         {ClauseChange::Reworded, ClauseChange::Added, ClauseChange::Removed, ClauseChange::Moved})
        m_filter->addItem(u"%1 · %2"_s.arg(change_name(change)).arg(drift.count(change)), int(change));
    m_filter->setCurrentIndex(kept.isValid() ? m_filter->findData(kept) : 0);
    m_delegate->forget();
    m_clauses->setRows(m_comparison->rows);
    showChanges();
}

void ComparePage::showChanges()
{
    if (!m_comparison)
        return;
    const auto* current = m_changes->checkAt(m_list->currentIndex());
    const QString kept = current == nullptr ? QString() : str(current->after.check);
    m_changes->setChecks(m_comparison->drift.checks, m_workspace.pack(), m_same->isChecked());
    const QModelIndex again = m_changes->indexOf(kept);
    m_list->setCurrentIndex(again.isValid() ? again : m_changes->firstCheck());
    showCheck();
}

void ComparePage::showCheck()
{
    clearLayout(m_quotesBefore);
    clearLayout(m_quotesAfter);
    const auto* check = m_changes->checkAt(m_list->currentIndex());
    m_open->setEnabled(check != nullptr);
    if (check == nullptr) {
        m_check->setText(tr("Choose a check to see the words that decide it"));
        return;
    }
    const clauses::Check* known = m_workspace.pack().find(check->after.check);
    m_check->setText(known != nullptr ? str(known->question) : str(check->after.check));
    m_check->setWordWrap(true);
    fillQuotes(m_quotesBefore, check->before, tr("Nothing in the older version decides it."), m_pair.before);
    fillQuotes(m_quotesAfter, check->after, tr("Nothing in the newer version decides it."), m_pair.after);
    if (m_comparison) {
        const QModelIndex row = m_clauses->indexOf(m_comparison->row_of(*check));
        if (row.isValid()) {
            m_clauseList->setCurrentIndex(row);
            m_clauseList->scrollTo(row, QAbstractItemView::PositionAtTop);
        }
    }
}

void ComparePage::fillQuotes(QVBoxLayout* column, const clauses::Finding& finding, const QString& none,
                             project::Id version)
{
    if (finding.evidence.empty())
        column->addWidget(paragraph(none, "muted"));
    for (const clauses::Evidence& evidence : finding.evidence) {
        auto* quote = new Quote(evidence, finding.verdict, false);
        connect(quote, &Quote::clicked, this,
                [this, check = finding.check, version] { openIn(check, version); });
        column->addWidget(quote);
    }
    QStringList why;
    for (const std::string& reason : finding.why)
        why << str(reason);
    column->addWidget(paragraph(why.join(u' '), "muted"));
    column->addStretch(1);
}

void ComparePage::showDetail(const QString& check)
{
    QModelIndex index = m_changes->indexOf(check);
    if (!index.isValid()) {
        m_same->setChecked(true);
        index = m_changes->indexOf(check);
    }
    if (index.isValid())
        m_list->setCurrentIndex(index);
}

void ComparePage::chooseVersion()
{
    if (m_workspace.contract() == nullptr)
        return;
    const QString file = QFileDialog::getOpenFileName(this, tr("Add a version"), {}, contractFilter());
    if (!file.isEmpty())
        m_workspace.addVersion(m_workspace.contract()->id, file);
}

}
