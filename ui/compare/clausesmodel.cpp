#include "ui/compare/clausesmodel.h"

#include <algorithm>

namespace leeway::ui {

QString change_name(clauses::ClauseChange change)
{
    switch (change) {
    case clauses::ClauseChange::Unchanged:
        return ClausesModel::tr("Unchanged");
    case clauses::ClauseChange::Moved:
        return ClausesModel::tr("Moved");
    case clauses::ClauseChange::Reworded:
        return ClausesModel::tr("Reworded");
    case clauses::ClauseChange::Added:
        return ClausesModel::tr("Added");
    case clauses::ClauseChange::Removed:
        return ClausesModel::tr("Removed");
    }
    return {};
}

void ClausesModel::setRows(std::vector<ClauseRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    filter();
    endResetModel();
}

void ClausesModel::setFilter(std::optional<clauses::ClauseChange> wanted)
{
    beginResetModel();
    m_filter = wanted;
    filter();
    endResetModel();
}

void ClausesModel::filter()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (!m_filter || m_rows[i].change == *m_filter)
            m_shown.push_back(int(i));
    }
}

const ClauseRow& ClausesModel::rowAt(const QModelIndex& index) const
{
    return m_rows[std::size_t(m_shown[std::size_t(index.row())])];
}

QModelIndex ClausesModel::indexOf(int row) const
{
    const auto found = std::lower_bound(m_shown.begin(), m_shown.end(), row);
    return found == m_shown.end() || *found != row ? QModelIndex() : index(int(found - m_shown.begin()));
}

int ClausesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant ClausesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ClauseRow& row = rowAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return row.after.text.isEmpty() ? row.before.text : row.after.text;
    case Qt::AccessibleTextRole:
        return tr("%1. Before: %2 Now: %3")
            .arg(change_name(row.change), row.before.text.isEmpty() ? tr("nothing.") : row.before.text,
                 row.after.text.isEmpty() ? tr("nothing.") : row.after.text);
    default:
        return {};
    }
}

}
