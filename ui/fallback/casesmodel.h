#pragma once

#include "core/fallback/runs/run.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <optional>
#include <vector>

namespace leeway::ui {

QString stateWord(fallback::CaseState state);  // "Passed"
QString stateColor(fallback::CaseState state); // of the palette: "met"

/// The cases of a run, one a row, their repetitions summed up.
class CasesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        CaseColumn,
        CategoryColumn,
        StateColumn,
        ScoreColumn,
        FirstTokenColumn,
        TotalColumn,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole, StateRole, CategoryRole, ResultRole };

    explicit CasesModel(QObject* parent = nullptr);
    void setRun(const fallback::Run* run);
    /// What is shown of a row's case.
    [[nodiscard]] const fallback::CaseResult& result(int row) const
    {
        return m_rows[std::size_t(row)].result;
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        fallback::CaseResult result;
        fallback::CaseState state = fallback::CaseState::Error;
        double score = 0;
        int passed = 0;
        int graded = 0;
        int repetitions = 0;
    };
    [[nodiscard]] QString textOf(const Row& row, int column) const;
    [[nodiscard]] static QVariant sortKey(const Row& row, int column);

    std::vector<Row> m_rows;
};

/// The cases with one state or category; −1 for all.
class CasesFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit CasesFilter(QObject* parent = nullptr);
    void setState(int state);
    void setCategory(int category);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    int m_state = -1;
    int m_category = -1;
};

}
