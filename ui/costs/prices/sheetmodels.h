#pragma once

#include "core/base/date.h"
#include "core/pricing/sheet.h"

#include <QAbstractTableModel>

namespace leeway::ui {

/// The models of a price sheet with their base rates per million tokens on a day.
class SheetModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        VendorColumn,
        ModelColumn,
        InputColumn,
        CachedColumn,
        OutputColumn,
        SinceColumn,
        SourceColumn,
        ColumnCount
    };
    /// What a search looks through: vendor, model and aliases.
    static constexpr int SearchRole = Qt::UserRole;
    static constexpr int SortRole = Qt::UserRole + 1;

    SheetModel(pricing::Sheet sheet, base::Date day, QObject* parent = nullptr);
    void setSheet(pricing::Sheet sheet);
    [[nodiscard]] const pricing::Sheet& sheet() const { return m_sheet; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] std::optional<base::Decimal> rate(int row, pricing::Component component) const;

    pricing::Sheet m_sheet;
    base::Date m_day;
};

/// Every rate of one model: by date, component, service tier and context tier.
class RatesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, PriceColumn, UnitColumn, TierColumn, ContextColumn, ValidColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setModel(const pricing::Model* model, const std::string& currency);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        pricing::Rate rate;
        QString valid;
        QString source;
    };
    std::vector<Row> m_rows;
    std::string m_currency;
    bool m_inclusive = false;
};

}
