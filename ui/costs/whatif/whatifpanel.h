#pragma once

#include "ui/costs/whatif/knobs.h"

#include <QWidget>
#include <map>

class QCheckBox;
class QDateEdit;
class QLabel;
class QMenu;
class QPushButton;
class QVBoxLayout;

namespace leeway::ui {

class Draft;
class KnobRow;
class NumberField;
class TargetField;
class Workspace;

/// The sliders and fields that move the scenarios.
class WhatIfPanel : public QWidget
{
    Q_OBJECT

public:
    WhatIfPanel(Workspace& workspace, Draft& draft, QWidget* parent = nullptr);
    [[nodiscard]] KnobRow* row(Knob knob) const { return m_rows.at(knob); }
    void focusBudgetLock();

public Q_SLOTS:
    void saveAs();
    void loadFile();

Q_SIGNALS:
    void failed(const QString& message);
    void done(const QString& message);

private:
    class Group;
    Group* addGroup(const QString& title);
    KnobRow* addRow(QVBoxLayout* layout, Knob knob);
    void addPrices();
    void addSecondVendor();
    void addLocalModel();
    void addTerm();
    void addButtons();
    void addPeople(QVBoxLayout* layout);
    void refresh();
    void refreshPeople();
    void setPeople();
    void fillPresets();
    void load(const QString& path, bool fit);

    Workspace& m_workspace;
    Draft& m_draft;
    QVBoxLayout* m_layout;
    std::map<Knob, KnobRow*> m_rows;
    Group* m_prices = nullptr;
    Group* m_second = nullptr;
    Group* m_local = nullptr;
    TargetField* m_riser = nullptr;
    TargetField* m_target = nullptr;
    NumberField* m_people = nullptr;
    NumberField* m_rate = nullptr;
    QDateEdit* m_start = nullptr;
    QPushButton* m_later = nullptr;
    QCheckBox* m_locked = nullptr;
    QDateEdit* m_lock = nullptr;
    QMenu* m_presets = nullptr;
    QLabel* m_readOnly = nullptr;
};

}
