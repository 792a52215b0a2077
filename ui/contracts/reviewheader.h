#pragma once

#include "core/report/model.h"

#include <QFrame>

class QLabel;
class QMenu;
class QPushButton;

namespace leeway::ui {

class ShareBar;

/// The index of the contract, its range, how far the review is, and the filter.
class ReviewHeader : public QFrame
{
    Q_OBJECT

public:
    explicit ReviewHeader(QWidget* parent = nullptr);
    void show(const report::ContractPart& part);
    void setFilterName(const QString& name, bool active);
    [[nodiscard]] QMenu* filterMenu() const { return m_menu; }

private:
    QLabel* m_value;
    QLabel* m_title;
    QLabel* m_range;
    ShareBar* m_bar;
    QLabel* m_reviewed;
    QPushButton* m_filter;
    QMenu* m_menu;
};

}
