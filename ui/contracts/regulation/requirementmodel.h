#pragma once

#include "core/clauses/regulation/assess.h"

#include <QAbstractTableModel>
#include <memory>

namespace leeway::ui {

/// What a contract says of the requirements of a regulation: one row each, in the regulation's order.
class RequirementModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ArticleColumn, TitleColumn, StatusColumn, StandardColumn, StartColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// The rows stay where they are when only the answers or the contract changed.
    void set(std::shared_ptr<const clauses::Regulation> regulation, clauses::Assessment assessment);

    [[nodiscard]] const clauses::Requirement* requirement(int row) const;
    [[nodiscard]] const clauses::RequirementFinding* finding(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const clauses::Regulation> m_regulation;
    clauses::Assessment m_assessment;
};

}
