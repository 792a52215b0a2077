#pragma once

#include "core/report/model.h"

#include <QAbstractListModel>
#include <vector>

namespace leeway::ui {

/// The checklist of a contract: a row for each category, followed by its checks that pass the filter.
class ChecklistModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Filter { All, Open, NotMet, Changed, Met, Partial, Missing, Adverse };
    Q_ENUM(Filter)
    enum Role { CheckRole = Qt::UserRole, IsGroupRole, VerdictRole, PlaceRole, ReviewedRole, ChangedRole };

    using QAbstractListModel::QAbstractListModel;

    void setChecklist(std::vector<report::ChecklistRow> rows);
    void setFilter(Filter filter);
    [[nodiscard]] Filter filter() const { return m_filter; }
    [[nodiscard]] int count(Filter filter) const; // of checks that would pass
    [[nodiscard]] static QString filterName(Filter filter);

    [[nodiscard]] const report::ChecklistRow* row(const QString& check) const;       // shown or not
    [[nodiscard]] const report::ChecklistRow* rowAt(const QModelIndex& index) const; // nullptr for a category
    [[nodiscard]] QModelIndex indexOf(const QString& check) const;
    /// The next or previous check from `from`; stays at the ends. Invalid when nothing is shown.
    [[nodiscard]] QModelIndex step(const QModelIndex& from, int by) const;
    /// The next check without a decision after `check`, around the end, shown or not; empty when all have
    /// one.
    [[nodiscard]] QString nextOpen(const QString& check) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Line
    {
        int check = -1; // of m_rows; −1: a category
        QString category;

        bool operator==(const Line&) const = default;
    };
    [[nodiscard]] static bool passes(const report::ChecklistRow& row, Filter filter);
    [[nodiscard]] std::vector<Line> lines() const;

    std::vector<report::ChecklistRow> m_rows; // by category
    std::vector<Line> m_lines;
    Filter m_filter = Filter::All;
};

}
