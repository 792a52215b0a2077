#pragma once

#include "core/pricing/sheet.h"
#include "core/usage/reader.h"

#include <QAbstractTableModel>
#include <array>

namespace leeway::ui {

/// Monthly volumes as a person types them: text in, values or complaints out.
class VolumesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        MonthColumn,
        VendorColumn,
        ModelColumn,
        InputColumn,
        CachedColumn,
        OutputColumn,
        RequestsColumn,
        ColumnCount
    };

    explicit VolumesModel(pricing::Sheet sheet, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    bool insertRows(int row, int count, const QModelIndex& parent = {}) override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;

    /// Fills cells from `row`, `column` on with a spreadsheet's cells (rows by line, cells by tab, or by
    /// semicolon when there is no tab), adding rows as needed. A header line is left out.
    void paste(const QString& text, int row, int column);
    void setVolumes(const std::vector<usage::MonthlyVolume>& volumes);

    /// Rows that are not empty. Complete when problems() is empty.
    [[nodiscard]] std::vector<usage::MonthlyVolume> volumes() const;
    /// "Row 3, cached: more than the input." for every row that cannot be used.
    [[nodiscard]] QStringList problems() const;
    /// Models that the price sheet lacks: usable, but not priced.
    [[nodiscard]] QStringList unpriced() const;
    [[nodiscard]] const pricing::Sheet& sheet() const { return m_sheet; }

private:
    using Row = std::array<QString, ColumnCount>;
    struct Issue
    {
        int column = -1; // −1: none
        QString text;
    };
    struct Reading
    {
        usage::MonthlyVolume volume;
        Issue issue;
        bool empty = true;
        bool unpriced = false;
    };
    [[nodiscard]] Reading read(const Row& row) const;
    static QString fieldName(int column);
    void changed(int first, int last);

    pricing::Sheet m_sheet;
    std::vector<Row> m_rows;
    std::vector<Reading> m_readings; // beside m_rows
};

/// The rows of a cube that was typed before: sums by month, vendor and model.
std::vector<usage::MonthlyVolume> volumesOf(const usage::Cube& cube);

}
