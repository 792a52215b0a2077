#pragma once

#include "core/fallback/readiness.h"

#include <QWidget>
#include <vector>

namespace leeway::ui {

/// Share of cases passed by category: a bar, its 95 % interval as a line, and a mark at what is wanted.
class RateChart : public QWidget
{
    Q_OBJECT

public:
    explicit RateChart(QWidget* parent = nullptr);
    void setRates(const std::vector<fallback::CategoryReadiness>& rates);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<fallback::CategoryReadiness> m_rates;
};

QString categoryWord(fallback::Category category); // "Routine"

}
