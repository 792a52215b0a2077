#pragma once

#include "core/usage/cube.h"
#include "ui/costs/whatif/knobs.h"

#include <QWidget>
#include <vector>

class QComboBox;

namespace leeway::ui {

/// The vendors and models that usage names, by name.
std::vector<Target> usedTargets(const usage::Cube& cube);
/// Those that a sheet has prices for, in its order.
std::vector<Target> sheetTargets(const pricing::Sheet& sheet);

/// A vendor and one of its models, each in a box.
class TargetField : public QWidget
{
    Q_OBJECT

public:
    /// `any`: whether "all vendors" and "all models" may be chosen.
    explicit TargetField(const QString& name, bool any, QWidget* parent = nullptr);
    /// What there is to choose from; pairs of vendor and model.
    void setChoices(const std::vector<Target>& choices);
    void setTarget(const Target& target);
    [[nodiscard]] Target target() const;

Q_SIGNALS:
    void chosen(const leeway::ui::Target& target); // by the person

private:
    void fillModels(const QString& vendor);

    bool m_any;
    std::vector<Target> m_choices;
    QComboBox* m_vendor;
    QComboBox* m_model;
};

}
