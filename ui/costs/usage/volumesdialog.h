#pragma once

#include "core/pricing/sheet.h"
#include "core/usage/cube.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;

namespace leeway::ui {

class VolumesModel;

/// The source that a cube of typed volumes names.
inline constexpr const char* typedSource = "typed volumes";

/// An editable table of monthly volumes, for those who have no log.
class VolumesDialog : public QDialog
{
    Q_OBJECT

public:
    /// Starts with the rows of `current` when these were typed, with an empty row otherwise.
    VolumesDialog(const usage::Cube& current, const pricing::Sheet& sheet, QWidget* parent = nullptr);

    [[nodiscard]] usage::Cube cube() const;
    [[nodiscard]] VolumesModel* model() const { return m_model; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addRow();
    void removeSelected();
    void clearSelected();
    void copySelected() const;
    void pasteHere();
    void refresh();

    VolumesModel* m_model;
    QTableView* m_table;
    QLabel* m_summary;
    QLabel* m_problem;
    QPushButton* m_use;
};

}
