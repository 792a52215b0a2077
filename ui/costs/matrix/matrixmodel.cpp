#include "ui/costs/matrix/matrixmodel.h"

#include "ui/costs/words.h"

namespace leeway::ui {

namespace {

bool isFigure(int column)
{
    return column != MatrixModel::ScenarioColumn && column != MatrixModel::DecidesColumn;
}

}

void MatrixModel::setMatrix(const simulation::Matrix& matrix, const QStringList& names)
{
    if (matrix.outcomes.size() != m_matrix.outcomes.size()) {
        beginResetModel();
        m_matrix = matrix;
        m_names = names;
        m_ranges.clear();
        endResetModel();
        return;
    }
    const bool anotherTerm = matrix.months.size() != m_matrix.months.size();
    m_matrix = matrix;
    m_names = names;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    if (anotherTerm)
        Q_EMIT headerDataChanged(Qt::Horizontal, TotalColumn, TotalColumn);
}

void MatrixModel::setRanges(std::vector<Range> ranges, bool faded)
{
    m_ranges = std::move(ranges);
    m_faded = faded;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, LowColumn), index(rowCount() - 1, HighColumn));
}

int MatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.outcomes.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString MatrixModel::text(int row, int column) const
{
    const auto& outcome = m_matrix.outcomes[static_cast<std::size_t>(row)];
    switch (column) {
    case ScenarioColumn:
        return m_names.value(row, str(outcome.title));
    case TotalColumn:
        return moneyText(outcome.total, m_matrix.currency);
    case AgainstColumn:
        return differenceText(outcome.against_base, m_matrix.currency);
    case LowColumn:
    case HighColumn: {
        if (std::size_t(row) >= m_ranges.size())
            return u"…"_s;
        const Range& range = m_ranges[std::size_t(row)];
        return moneyText(column == LowColumn ? range.low : range.high, m_matrix.currency);
    }
    case BreakEvenColumn:
        return outcome.break_even ? monthText(*outcome.break_even) : u"—"_s;
    case DecidesColumn:
        return str(outcome.decides);
    default:
        return {};
    }
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    case FadedRole:
        return m_faded && (index.column() == LowColumn || index.column() == HighColumn);
    case Qt::ToolTipRole:
        if ((index.column() == LowColumn || index.column() == HighColumn) &&
            std::size_t(index.row()) < m_ranges.size())
            return m_ranges[std::size_t(index.row())].source;
        if (index.column() == BreakEvenColumn) {
            const auto& outcome = m_matrix.outcomes[static_cast<std::size_t>(index.row())];
            if (outcome.break_even && !outcome.break_even_with.empty())
                return tr("From this month on the scenario has cost no more in all than “%1”")
                    .arg(str(outcome.break_even_with));
            return {};
        }
        return index.column() == DecidesColumn ? QVariant(text(index.row(), index.column())) : QVariant();
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isFigure(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && (section == LowColumn || section == HighColumn))
        return section == LowColumn ? tr("One path in ten costs less than this over the term")
                                    : tr("One path in ten costs more than this over the term");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ScenarioColumn:
        return tr("Scenario");
    case TotalColumn:
        return m_matrix.months.size() == 1 ? tr("1 month") : tr("%1 months").arg(m_matrix.months.size());
    case AgainstColumn:
        return tr("Against base");
    case LowColumn:
        return tr("P10");
    case HighColumn:
        return tr("P90");
    case BreakEvenColumn:
        return tr("Break-even");
    default:
        return tr("What decides it");
    }
}

}
