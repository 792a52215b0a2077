#pragma once

#include "core/simulation/decisions.h"

#include <QDialog>

namespace leeway::ui {

class NumberField;

/// How good each place is and how good the whole must be, for the cheapest split.
class QualityDialog : public QDialog
{
    Q_OBJECT

public:
    explicit QualityDialog(const simulation::SplitQuestion& question, QWidget* parent = nullptr);
    [[nodiscard]] simulation::SplitQuestion question() const;

private:
    NumberField* m_floor;
    NumberField* m_second;
    NumberField* m_local;
};

}
