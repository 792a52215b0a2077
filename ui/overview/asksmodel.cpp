#include "ui/overview/asksmodel.h"

#include "ui/widgets/text.h"

#include <algorithm>

namespace leeway::ui {

namespace {

QString firstSentence(const QString& text)
{
    const qsizetype end = text.indexOf(u". "_s);
    return end < 0 ? text : text.left(end + 1);
}

QString tenths(scoring::Tenths value)
{
    return QString::number(value / 10.0, 'f', 1);
}

}

AsksModel::AsksModel(QObject* parent) : QAbstractTableModel(parent) {}

void AsksModel::setPart(const report::ContractPart* part, int limit)
{
    beginResetModel();
    m_rows.clear();
    m_failedGates.clear();
    m_index = 0;
    if (part != nullptr) {
        m_index = part->index.value;
        for (const auto& row : part->checklist)
            if (row.verdict != clauses::Verdict::Met && row.points > 0 && !part->is_unread(row))
                m_rows.push_back(row);
        std::stable_sort(m_rows.begin(), m_rows.end(),
                         [](const auto& a, const auto& b) { return a.points > b.points; });
        for (const auto& gate : part->index.gates) {
            const auto* row = part->row(gate.check);
            if (!gate.passed && row != nullptr && !part->is_unread(*row))
                m_failedGates.push_back(gate.check);
        }
    }
    m_shown = limit > 0 ? std::min(limit, total()) : total();
    endResetModel();
}

scoring::Tenths AsksModel::indexAfter(int count) const
{
    scoring::Tenths value = m_index;
    for (int i = 0; i < std::min(count, total()); ++i)
        value -= m_rows[std::size_t(i)].points;
    return value;
}

QString AsksModel::check(const QModelIndex& index) const
{
    return data(index, CheckRole).toString();
}

int AsksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_shown;
}

int AsksModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AsksModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const report::ChecklistRow& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case CheckRole:
        return str(row.check);
    case VerdictRole:
        return int(row.verdict);
    case DetailRole:
        return firstSentence(str(row.ask));
    case GateRole:
        return std::find(m_failedGates.begin(), m_failedGates.end(), row.check) != m_failedGates.end();
    case Qt::ToolTipRole:
        return index.column() == AskColumn ? str(row.ask) : QVariant();
    case Qt::TextAlignmentRole:
        return int(index.column() >= PointsColumn ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case AskColumn:
        return str(row.title);
    case VerdictColumn:
        return verdictWord(row.verdict);
    case PlaceColumn:
        return place(row.evidence.empty() ? nullptr : &row.evidence.front());
    case PointsColumn:
        return u"−"_s + tenths(row.points);
    case IndexColumn:
        return (index.row() == 0 ? points(m_index) + u" → "_s : u"→ "_s) +
               points(indexAfter(index.row() + 1));
    default:
        return {};
    }
}

QVariant AsksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section >= PointsColumn ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case AskColumn:
        return tr("Ask, in order of effect");
    case VerdictColumn:
        return tr("Now");
    case PlaceColumn:
        return tr("Where");
    case PointsColumn:
        return tr("Points");
    case IndexColumn:
        return tr("Index");
    default:
        return {};
    }
}

}
