#pragma once

#include "core/simulation/matrix.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

namespace leeway::ui {

/// The scenario matrix as a table: one row a scenario.
class MatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        ScenarioColumn,
        TotalColumn,
        AgainstColumn,
        LowColumn,  // P10
        HighColumn, // P90
        BreakEvenColumn,
        DecidesColumn,
        ColumnCount
    };
    enum Role { FadedRole = Qt::UserRole }; // the figure is of the scenarios as they were before

    using QAbstractTableModel::QAbstractTableModel;

    /// `names` are the scenarios' names as the chart shows them.
    void setMatrix(const simulation::Matrix& matrix, const QStringList& names);

    /// P10 and P90 of each row's total with what they come from; empty: not known (yet).
    struct Range
    {
        base::Decimal low;
        base::Decimal high;
        QString source;
    };
    void setRanges(std::vector<Range> ranges, bool faded);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;

    simulation::Matrix m_matrix;
    QStringList m_names;
    std::vector<Range> m_ranges;
    bool m_faded = false;
};

}
