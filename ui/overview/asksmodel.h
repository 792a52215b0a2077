#pragma once

#include "core/report/model.h"

#include <QAbstractTableModel>
#include <vector>

namespace leeway::ui {

/// What to ask the vendor for, by effect on the index: one row for each check that is not met, with what the
/// index becomes when this and all rows above are met.
class AsksModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { AskColumn, VerdictColumn, PlaceColumn, PointsColumn, IndexColumn, ColumnCount };
    enum Role { CheckRole = Qt::UserRole, VerdictRole, DetailRole, GateRole };

    explicit AsksModel(QObject* parent = nullptr);
    /// `limit`: rows shown, 0 for all.
    void setPart(const report::ContractPart* part, int limit);
    [[nodiscard]] int total() const { return int(m_rows.size()); }
    /// The index once the first `count` asks are met, in tenths.
    [[nodiscard]] scoring::Tenths indexAfter(int count) const;
    [[nodiscard]] QString check(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<report::ChecklistRow> m_rows;
    std::vector<std::string> m_failedGates;
    scoring::Tenths m_index = 0;
    int m_shown = 0;
};

}
