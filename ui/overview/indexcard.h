#pragma once

#include "core/report/model.h"
#include "ui/widgets/parts.h"

class QGridLayout;

namespace leeway::ui {

class FigureLabel;

/// The lock-in index with its range, and its parts by category.
class IndexCard : public Card
{
    Q_OBJECT

public:
    explicit IndexCard(QWidget* parent = nullptr);
    void show(const report::ContractPart& part);

private:
    FigureLabel* m_value;
    QLabel* m_range;
    QLabel* m_word;
    QGridLayout* m_parts;
};

}
