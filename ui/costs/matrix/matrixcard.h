#pragma once

#include "core/simulation/matrix.h"
#include "ui/widgets/parts.h"

class QTableView;

namespace leeway::ui {

class MatrixModel;

/// The scenario matrix with its notes underneath.
class MatrixCard : public Card
{
    Q_OBJECT

public:
    explicit MatrixCard(QWidget* parent = nullptr);
    /// `colors`: of the palette, one a scenario.
    void setMatrix(const simulation::Matrix& matrix, const QStringList& names, const QStringList& colors);
    [[nodiscard]] MatrixModel* model() const { return m_model; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
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
