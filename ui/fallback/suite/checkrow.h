#pragma once

#include "core/fallback/suite.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace leeway::ui {

/// One check of an answer: its type, what it compares with, from which threshold.
class CheckRow : public QWidget
{
    Q_OBJECT

public:
    /// What has no field here (weight, metric, the checks of a set) stays as it is.
    explicit CheckRow(const fallback::Assertion& assertion, QWidget* parent = nullptr);
    [[nodiscard]] fallback::Assertion assertion() const;
    void complain(const QString& text); // empty: nothing is wrong

Q_SIGNALS:
    void edited();
    void removed();

private:
    fallback::Assertion m_assertion;
    QCheckBox* m_inverse;
    QComboBox* m_type;
    QLineEdit* m_value;
    QLineEdit* m_threshold;
    QLabel* m_complaint;
};

}
