#pragma once

#include "ui/costs/matrix/matrixmodel.h"
#include "ui/widgets/parts.h"

class QTableView;

namespace leeway::ui {

/// The scenario matrix with its notes underneath.
class MatrixCard : public Card
{
    Q_OBJECT

public:
    explicit MatrixCard(QWidget* parent = nullptr);
    /// `colors`: of the palette, one a scenario.
    void setMatrix(const simulation::Matrix& matrix, const QStringList& names, const QStringList& colors);
    /// As the model's, and makes room for them.
    void setRanges(std::vector<MatrixModel::Range> ranges, bool faded);
    /// The row whose scenario is looked at closely.
    void choose(int row);
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] MatrixModel* model() const { return m_model; }

Q_SIGNALS:
    void chosen(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    void fitColumn(int column);
    void showNotes();

    MatrixModel* m_model;
    QTableView* m_table;
    QWidget* m_notesBox;
    QLabel* m_notes;
    QPushButton* m_all;
    QStringList m_allNotes;
    bool m_showAll = false;
};

}
