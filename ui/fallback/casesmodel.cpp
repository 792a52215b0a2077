#include "ui/fallback/casesmodel.h"

#include "ui/fallback/ratechart.h"
#include "ui/widgets/text.h"

namespace leeway::ui {

namespace {

QString secondsText(double ms)
{
    return QString::number(ms / 1000, 'f', ms < 10'000 ? 2 : 1) + u" s"_s;
}

}

QString stateWord(fallback::CaseState state)
{
    switch (state) {
    case fallback::CaseState::Passed:
        return CasesModel::tr("Passed");
    case fallback::CaseState::Failed:
        return CasesModel::tr("Failed");
    case fallback::CaseState::Invalid:
        return CasesModel::tr("Invalid");
    case fallback::CaseState::Error:
        return CasesModel::tr("No answer");
    }
    return {};
}

QString stateColor(fallback::CaseState state)
{
    switch (state) {
    case fallback::CaseState::Passed:
        return u"met"_s;
    case fallback::CaseState::Failed:
        return u"adverse"_s;
    case fallback::CaseState::Invalid:
        return u"missing"_s;
    case fallback::CaseState::Error:
        return u"partial"_s;
    }
    return {};
}

CasesModel::CasesModel(QObject* parent) : QAbstractTableModel(parent) {}

void CasesModel::setRun(const fallback::Run* run)
{
    std::vector<Row> rows;
    if (run != nullptr) {
        for (const fallback::CaseSummary& summary : fallback::summaries(*run))
            rows.push_back({*summary.shown, summary.state, summary.score, summary.passed, summary.graded,
                            summary.repetitions});
    }
    // While a run goes on, results come one by one: what is selected stays.
    if (!m_rows.empty() && rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int CasesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CasesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString CasesModel::textOf(const Row& row, int column) const
{
    switch (column) {
    case CaseColumn:
        return str(row.result.id);
    case CategoryColumn:
        return categoryWord(row.result.category);
    case StateColumn:
        return row.repetitions > 1
                   ? tr("%1 (%2 of %3)").arg(stateWord(row.state)).arg(row.passed).arg(row.graded)
                   : stateWord(row.state);
    case ScoreColumn:
        return row.graded > 0 ? QString::number(row.score, 'f', 2) : u"—"_s;
    case FirstTokenColumn:
        return row.result.first_token_ms ? secondsText(*row.result.first_token_ms) : u"—"_s;
    case TotalColumn:
        return row.result.total_ms > 0 ? secondsText(row.result.total_ms) : u"—"_s;
    }
    return {};
}

QVariant CasesModel::sortKey(const Row& row, int column)
{
    switch (column) {
    case CategoryColumn:
        return int(row.result.category);
    case StateColumn:
        return int(row.state);
    case ScoreColumn:
        return row.graded > 0 ? row.score : -1.0;
    case FirstTokenColumn:
        return row.result.first_token_ms.value_or(-1);
    case TotalColumn:
        return row.result.total_ms;
    default:
        return row.result.index;
    }
}

QVariant CasesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::ToolTipRole:
        return str(row.result.why);
    case Qt::TextAlignmentRole:
        return int(index.column() >= ScoreColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return sortKey(row, index.column());
    case StateRole:
        return int(row.state);
    case CategoryRole:
        return int(row.result.category);
    case ResultRole:
        return index.row();
    default:
        return {};
    }
}

QVariant CasesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section >= ScoreColumn ? Qt::AlignRight | Qt::AlignVCenter
                                          : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case CaseColumn:
        return tr("Case");
    case CategoryColumn:
        return tr("Category");
    case StateColumn:
        return tr("Verdict");
    case ScoreColumn:
        return tr("Score");
    case FirstTokenColumn:
        return tr("First token");
    case TotalColumn:
        return tr("Total");
    default:
        return {};
    }
}

CasesFilter::CasesFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(CasesModel::SortRole);
}

void CasesFilter::setState(int state)
{
    m_state = state;
    invalidateFilter();
}

void CasesFilter::setCategory(int category)
{
    m_category = category;
    invalidateFilter();
}

bool CasesFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return (m_state < 0 || index.data(CasesModel::StateRole).toInt() == m_state) &&
           (m_category < 0 || index.data(CasesModel::CategoryRole).toInt() == m_category);
}

}
