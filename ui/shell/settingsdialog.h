#pragma once

#include "core/project/values.h"
#include "ui/widgets/theme.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace leeway::ui {

class WeightsModel;
class Workspace;

/// Project, weights and look in one place. What belongs to the project is one undoable command; the theme is
/// the program's.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Workspace& workspace, QWidget* parent = nullptr);
    void accept() override;

private:
    QWidget* projectTab();
    QWidget* weightsTab();
    QWidget* lookTab();
    void chooseProfile(int row);
    void showEffect();
    void checkInput();
    [[nodiscard]] project::Settings edited() const;

    Workspace& m_workspace;
    std::vector<scoring::Profile> m_profiles;
    WeightsModel* m_weights;
    QLineEdit* m_title;
    QComboBox* m_currency;
    QLineEdit* m_rate;
    QLineEdit* m_rateSource;
    QLabel* m_rateLabel;
    QLabel* m_problem;
    QComboBox* m_profile;
    QLabel* m_profileNote;
    QLabel* m_effect;
    QComboBox* m_theme;
    QPushButton* m_ok = nullptr;
};

}
