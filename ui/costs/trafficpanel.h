#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace leeway::ui {

class Workspace;

/// What usage and prices the page reckons with, and the buttons that change them.
class TrafficPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficPanel(Workspace& workspace, QWidget* parent = nullptr);

Q_SIGNALS:
    void importUsage();
    void typeVolumes();
    void importPrices();
    void showPrices();
    void compareBill();
    void compareQuarter();
    void showBadLines();

private:
    void refresh();

    Workspace& m_workspace;
    QLabel* m_usage;
    QLabel* m_sources;
    QLabel* m_prices;
    QPushButton* m_bad;
    QList<QPushButton*> m_comparing; // need usage
    QList<QPushButton*> m_writing;
};

}
