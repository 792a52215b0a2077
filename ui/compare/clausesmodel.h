#pragma once

#include "ui/compare/comparison.h"

#include <QAbstractListModel>
#include <optional>
#include <vector>

namespace leeway::ui {

/// The clauses that are not the same in both versions.
class ClausesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<ClauseRow> rows);
    /// One kind of change; none: all.
    void setFilter(std::optional<clauses::ClauseChange> filter);
    [[nodiscard]] const ClauseRow& rowAt(const QModelIndex& index) const;
    /// Where the n-th of all rows is shown; invalid when the filter hides it.
    [[nodiscard]] QModelIndex indexOf(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void filter();

    std::vector<ClauseRow> m_rows;
    std::vector<int> m_shown; // of m_rows
    std::optional<clauses::ClauseChange> m_filter;
};

/// "Reworded", "Added", …
QString change_name(clauses::ClauseChange change);

}
