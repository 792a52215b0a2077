#include "ui/shell/weightsmodel.h"

#include "ui/widgets/text.h"

#include <algorithm>

namespace leeway::ui {

WeightsModel::WeightsModel(const clauses::Pack& pack, QObject* parent)
    : QAbstractTableModel(parent),
      m_pack(pack)
{
}

void WeightsModel::setProfile(const scoring::Profile& profile)
{
    beginResetModel();
    m_profile = profile;
    endResetModel();
}

double WeightsModel::weight(const clauses::Check& check) const
{
    const auto own = m_profile.weights.find(check.id);
    return own == m_profile.weights.end() ? check.weight : own->second;
}

bool WeightsModel::isGate(const clauses::Check& check) const
{
    return std::find(m_profile.gates.begin(), m_profile.gates.end(), check.id) != m_profile.gates.end();
}

int WeightsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_pack.checks.size());
}

int WeightsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WeightsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const clauses::Check& check = m_pack.checks[std::size_t(index.row())];
    if (role == Qt::ToolTipRole)
        return str(check.question);
    switch (index.column()) {
    case CheckColumn:
        return role == Qt::DisplayRole ? str(check.title) : QVariant();
    case CategoryColumn:
        return role == Qt::DisplayRole ? str(check.category) : QVariant();
    case WeightColumn:
        if (role == Qt::DisplayRole)
            return QString::number(weight(check), 'g', 3);
        if (role == Qt::EditRole)
            return weight(check);
        return role == Qt::TextAlignmentRole ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case GateColumn:
        if (role == Qt::CheckStateRole)
            return isGate(check) ? Qt::Checked : Qt::Unchecked;
        return role == Qt::AccessibleTextRole ? tr("%1 must be met").arg(str(check.title)) : QVariant();
    default:
        return {};
    }
}

bool WeightsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const clauses::Check& check = m_pack.checks[std::size_t(index.row())];
    if (index.column() == WeightColumn && role == Qt::EditRole) {
        bool isNumber = false;
        const double typed = value.toDouble(&isNumber);
        if (!isNumber || typed < 0 || typed > 10)
            return false;
        m_profile.weights[check.id] = typed;
    } else if (index.column() == GateColumn && role == Qt::CheckStateRole) {
        auto& gates = m_profile.gates;
        gates.erase(std::remove(gates.begin(), gates.end(), check.id), gates.end());
        if (value.toInt() == Qt::Checked)
            gates.push_back(check.id);
    } else
        return false;
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags WeightsModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == WeightColumn)
        flags |= Qt::ItemIsEditable;
    if (index.column() == GateColumn)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant WeightsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == WeightColumn ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case CheckColumn:
        return tr("Check");
    case CategoryColumn:
        return tr("Category");
    case WeightColumn:
        return tr("Weight, 0–10");
    case GateColumn:
        return tr("Must be met");
    default:
        return {};
    }
}

}
