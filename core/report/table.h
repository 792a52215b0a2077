#pragma once

#include "core/report/paper.h"

#include <QString>
#include <vector>

namespace leeway::report {

struct Column
{
    QString title;
    qreal share = 1; // of the table's width
    bool figures = false;
};

/// A table over the full width whose rows run on over pages under repeated column titles. Cells wrap; a row
/// that does not fit moves to the next page, or is torn between lines when it is long.
class Table
{
public:
    Table(Paper& paper, std::vector<Column> columns);

    /// Room for the content of a cell.
    [[nodiscard]] qreal inner_width(std::size_t column) const;
    /// Cells in the order of the columns.
    void row(std::vector<Strips> cells);
    /// Plain text, figures where the column has figures.
    [[nodiscard]] Strips cell(std::size_t column, const QString& text, const TextStyle& style = body) const;
    /// A title over the rows that follow, on the page of the first of them.
    void group(const QString& title);

private:
    void header();
    void start(qreal first_row);
    void draw_group();
    void rule(QRgb colour, qreal thickness);
    [[nodiscard]] qreal x_of(std::size_t column) const;
    [[nodiscard]] qreal width_of(std::size_t column) const;

    Paper& m_paper;
    std::vector<Column> m_columns;
    qreal m_shares = 0;
    Strips m_group; // not drawn yet
    bool m_started = false;
};

}
