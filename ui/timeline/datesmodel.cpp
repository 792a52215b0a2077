#include "ui/timeline/datesmodel.h"

#include "core/report/calendar.h"
#include "ui/timeline/lanes.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

namespace leeway::ui {

DatesModel::DatesModel(QObject* parent) : QAbstractTableModel(parent) {}

void DatesModel::setDates(const std::vector<report::KeyDate>& dates, base::Date today)
{
    beginResetModel();
    m_dates = dates;
    m_today = today;
    endResetModel();
}

int DatesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_dates.size());
}

int DatesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DatesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const report::KeyDate& date = m_dates[std::size_t(index.row())];
    switch (role) {
    case Qt::ToolTipRole:
        return date.source.text.empty() ? str(date.what) : str(date.what) + u"\n\n"_s + str(date.source.text);
    case Qt::FontRole:
        return Theme::instance().font(13, date.decision && index.column() != PlaceColumn ? QFont::DemiBold
                                                                                         : QFont::Normal);
    case Qt::ForegroundRole:
        return index.column() == PlaceColumn || index.column() == DistanceColumn
                   ? QVariant(Theme::instance().palette()["muted"])
                   : QVariant();
    case Qt::TextAlignmentRole:
        return int(index.column() == DistanceColumn ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case DateColumn:
        return longDate(date.date);
    case DistanceColumn:
        return distance(date.date, m_today);
    case WhatColumn:
        return str(date.what);
    case PlaceColumn:
        return str(report::place(date.source));
    default:
        return {};
    }
}

QVariant DatesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == DistanceColumn ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case DateColumn:
        return tr("Date");
    case DistanceColumn:
        return tr("From today");
    case WhatColumn:
        return tr("What");
    case PlaceColumn:
        return tr("Where it comes from");
    default:
        return {};
    }
}

}
