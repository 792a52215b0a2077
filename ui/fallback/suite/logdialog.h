#pragma once

#include "core/fallback/logsample.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QSpinBox;

namespace leeway::ui {

/// How cases are drawn from a log that holds prompts and answers, and what is masked in them.
class LogDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LogDialog(const QString& file, QWidget* parent = nullptr);
    [[nodiscard]] fallback::SampleOptions options() const;

private:
    QSpinBox* m_size;
    QComboBox* m_stratum;
    QSpinBox* m_seed;
    QCheckBox* m_mask;
    QPlainTextEdit* m_names;
};

}
