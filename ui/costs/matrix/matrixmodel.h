#pragma once

#include "core/simulation/matrix.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace leeway::ui {

/// The scenario matrix as a table: one row a scenario.
class MatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ScenarioColumn, TotalColumn, AgainstColumn, BreakEvenColumn, DecidesColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// `names` are the scenarios' names as the chart shows them.
    void setMatrix(const simulation::Matrix& matrix, const QStringList& names);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;

    simulation::Matrix m_matrix;
    QStringList m_names;
};

}
