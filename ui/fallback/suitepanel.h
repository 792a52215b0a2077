#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace leeway::ui {

class Desk;

/// What the models are asked: Leeway's suite, those of the project, and the ways to get another.
class SuitePanel : public QWidget
{
    Q_OBJECT

public:
    explicit SuitePanel(Desk& desk, QWidget* parent = nullptr);

private:
    void showSuite();
    void choose(int item);
    void chooseFile();
    void edit();
    void sampleLog();

    Desk& m_desk;
    QComboBox* m_suites;
    QLabel* m_note;
    QPushButton* m_open;
    QPushButton* m_edit;
    QPushButton* m_sample;
};

}
