#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace leeway::ui {

class Desk;
class ShareBar;

/// Starts and stops a run, and says which of the project's runs is shown.
class RunPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(Desk& desk, QWidget* parent = nullptr);
    void startRun();

private:
    void makeKept(QVBoxLayout* layout);
    void makeStart(QVBoxLayout* layout);
    void showRuns();
    void showRun();
    [[nodiscard]] QString standing() const;
    void chooseRun();
    void chooseKeeping();

    Desk& m_desk;
    QComboBox* m_runs = nullptr;
    QToolButton* m_remove = nullptr;
    QSpinBox* m_parallel = nullptr;
    QCheckBox* m_throughput = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_keep = nullptr;
    QLabel* m_progress = nullptr;
    ShareBar* m_bar = nullptr;
};

}
