#pragma once

#include "core/report/model.h"

#include <QAbstractTableModel>
#include <vector>

namespace leeway::ui {

/// The dates to keep, one a row.
class DatesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { DateColumn, DistanceColumn, WhatColumn, PlaceColumn, ColumnCount };

    explicit DatesModel(QObject* parent = nullptr);
    void setDates(const std::vector<report::KeyDate>& dates, base::Date today);
    [[nodiscard]] const report::KeyDate& date(int row) const { return m_dates[std::size_t(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<report::KeyDate> m_dates;
    base::Date m_today{};
};

}
