#include "ui/contracts/checklistmodel.h"

#include "ui/widgets/text.h"

#include <QStringList>
#include <algorithm>

namespace leeway::ui {

using clauses::Verdict;

void ChecklistModel::setChecklist(std::vector<report::ChecklistRow> rows)
{
    // The checks of a category together, categories in the order in which they first occur.
    std::vector<std::string> order;
    for (const auto& row : rows)
        if (std::find(order.begin(), order.end(), row.category) == order.end())
            order.push_back(row.category);
    std::stable_sort(rows.begin(), rows.end(), [&order](const auto& a, const auto& b) {
        return std::find(order.begin(), order.end(), a.category) <
               std::find(order.begin(), order.end(), b.category);
    });

    std::swap(m_rows, rows);
    std::vector<Line> fresh = lines();
    const bool sameShape = fresh == m_lines && rows.size() == m_rows.size() &&
                           std::equal(rows.begin(), rows.end(), m_rows.begin(),
                                      [](const auto& a, const auto& b) { return a.check == b.check; });
    if (sameShape) {
        if (!m_lines.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_lines = std::move(fresh);
    endResetModel();
}

void ChecklistModel::setFilter(Filter filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_lines = lines();
    endResetModel();
}

bool ChecklistModel::passes(const report::ChecklistRow& row, Filter filter)
{
    switch (filter) {
    case Filter::All:
        return true;
    case Filter::Open:
        return !row.reviewed;
    case Filter::NotMet:
        return row.verdict != Verdict::Met;
    case Filter::Changed:
        return row.text_changed;
    case Filter::Met:
        return row.verdict == Verdict::Met;
    case Filter::Partial:
        return row.verdict == Verdict::Partial;
    case Filter::Missing:
        return row.verdict == Verdict::Missing;
    case Filter::Adverse:
        return row.verdict == Verdict::Adverse;
    }
    return true;
}

QString ChecklistModel::filterName(Filter filter)
{
    switch (filter) {
    case Filter::All:
        return tr("All checks");
    case Filter::Open:
        return tr("Open");
    case Filter::NotMet:
        return tr("Not met");
    case Filter::Changed:
        return tr("Text changed since");
    case Filter::Met:
        return verdictWord(Verdict::Met);
    case Filter::Partial:
        return verdictWord(Verdict::Partial);
    case Filter::Missing:
        return verdictWord(Verdict::Missing);
    case Filter::Adverse:
        return verdictWord(Verdict::Adverse);
    }
    return {};
}

int ChecklistModel::count(Filter filter) const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [filter](const auto& row) { return passes(row, filter); }));
}

std::vector<ChecklistModel::Line> ChecklistModel::lines() const
{
    std::vector<Line> result;
    QString category;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (!passes(m_rows[i], m_filter))
            continue;
        if (const QString its = str(m_rows[i].category); result.empty() || its != category) {
            category = its;
            result.push_back({-1, category});
        }
        result.push_back({int(i), category});
    }
    return result;
}

const report::ChecklistRow* ChecklistModel::row(const QString& check) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&check](const auto& row) { return str(row.check) == check; });
    return found == m_rows.end() ? nullptr : &*found;
}

const report::ChecklistRow* ChecklistModel::rowAt(const QModelIndex& index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return nullptr;
    const int check = m_lines[std::size_t(index.row())].check;
    return check < 0 ? nullptr : &m_rows[std::size_t(check)];
}

QModelIndex ChecklistModel::indexOf(const QString& check) const
{
    for (int line = 0; line < rowCount(); ++line)
        if (const auto* row = rowAt(index(line)); row != nullptr && str(row->check) == check)
            return index(line);
    return {};
}

QModelIndex ChecklistModel::step(const QModelIndex& from, int by) const
{
    for (int line = from.isValid() ? from.row() + by : 0; line >= 0 && line < rowCount(); line += by)
        if (rowAt(index(line)) != nullptr)
            return index(line);
    return from;
}

QString ChecklistModel::nextOpen(const QString& check) const
{
    const auto here = std::find_if(m_rows.begin(), m_rows.end(),
                                   [&check](const auto& row) { return str(row.check) == check; });
    const std::size_t from = here == m_rows.end() ? m_rows.size() - 1 : std::size_t(here - m_rows.begin());
    for (std::size_t i = 1; i <= m_rows.size(); ++i)
        if (const auto& row = m_rows[(from + i) % m_rows.size()]; !row.reviewed)
            return str(row.check);
    return {};
}

int ChecklistModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ChecklistModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const report::ChecklistRow* row = rowAt(index);
    if (role == IsGroupRole)
        return row == nullptr;
    if (row == nullptr)
        return role == Qt::DisplayRole ? m_lines[std::size_t(index.row())].category : QVariant();
    const QString where = place(row->evidence.empty() ? nullptr : &row->evidence.front());
    switch (role) {
    case Qt::DisplayRole:
        return str(row->title);
    case CheckRole:
        return str(row->check);
    case VerdictRole:
        return int(row->verdict);
    case PlaceRole:
        return where;
    case ReviewedRole:
        return row->reviewed;
    case ChangedRole:
        return row->text_changed;
    case Qt::AccessibleTextRole:
        return QStringList{str(row->title), verdictWord(row->verdict), where,
                           row->text_changed ? tr("text changed since the decision")
                           : row->reviewed   ? tr("decided")
                                             : tr("open")}
            .join(u", "_s);
    default:
        return {};
    }
}

Qt::ItemFlags ChecklistModel::flags(const QModelIndex& index) const
{
    return rowAt(index) == nullptr ? Qt::ItemFlags(Qt::NoItemFlags)
                                   : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

}
