#pragma once

#include "core/pricing/sheet.h"
#include "core/usage/reader.h"

#include <QDialog>
#include <map>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace leeway::ui {

class RowCounter;
struct RowCount;

/// Asks which column of a foreign table holds what, and counts the rows that can be read that way.
class MapperDialog : public QDialog
{
    Q_OBJECT

public:
    MapperDialog(const QString& file, const usage::Preview& table, const pricing::Sheet& sheet,
                 QWidget* parent = nullptr);

    [[nodiscard]] usage::Mapping mapping() const;
    void setColumn(const std::string& field, const QString& column);
    void setFixed(const std::string& field, const QString& value);

private:
    struct Row
    {
        QComboBox* column = nullptr;
        QLineEdit* fixed = nullptr;
    };

    QWidget* makePreview(const usage::Preview& table);
    QWidget* makeFields(const usage::Preview& table, const pricing::Sheet& sheet);
    void start(const usage::Mapping& mapping);
    void onEdited();
    void onCounted(const RowCount& count);

    std::map<std::string, Row> m_rows;
    RowCounter* m_counter;
    QLabel* m_count;
    QLabel* m_problem;
    QProgressBar* m_progress;
    QPushButton* m_import;
};

}
