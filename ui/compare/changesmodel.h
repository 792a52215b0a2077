#pragma once

#include "core/clauses/drift/drift.h"
#include "core/clauses/pack.h"

#include <QAbstractListModel>
#include <vector>

namespace leeway::ui {

/// The checks whose verdict or wording changed: a row for each kind of change, followed by its checks.
class ChangesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { CheckRole = Qt::UserRole, IsGroupRole, BeforeRole, AfterRole };

    using QAbstractListModel::QAbstractListModel;

    /// `showSame`: also the checks to which nothing happened.
    void setChecks(const std::vector<clauses::CheckDrift>& checks, const clauses::Pack& pack, bool showSame);
    [[nodiscard]] const clauses::CheckDrift* checkAt(const QModelIndex& index) const; // nullptr for a group
    [[nodiscard]] QModelIndex firstCheck() const;
    [[nodiscard]] QModelIndex indexOf(const QString& check) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Line
    {
        int check = -1; // of m_checks; −1: a group
        QString text;
    };
    std::vector<clauses::CheckDrift> m_checks;
    std::vector<Line> m_lines;
};

}
