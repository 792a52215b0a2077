#pragma once

#include "core/simulation/matrix.h"
#include "core/usage/cube.h"

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace leeway::ui {

class Workspace;

/// The scenario set that a person plays with. Every change is simulated at once; when the hand rests it
/// becomes one undoable step of the workspace.
class Draft : public QObject
{
    Q_OBJECT

public:
    explicit Draft(Workspace& workspace, QObject* parent = nullptr);
    ~Draft() override;

    [[nodiscard]] const simulation::ScenarioSet& scenarios() const { return m_set; }
    /// In the project's currency; none without usage or while its baseline is being made.
    [[nodiscard]] const std::optional<simulation::Matrix>& matrix() const { return m_matrix; }
    [[nodiscard]] bool isPreparing() const { return m_preparing; }
    /// What matrix() was simulated from; cheap to copy, for threads of their own.
    [[nodiscard]] const std::optional<simulation::Baseline>& baseline() const { return m_baseline; }
    /// Another number after each change of traffic or prices.
    [[nodiscard]] int traffic() const { return m_traffic; }
    /// As matrix(), for another set: for questions such as the rise from which leaving pays.
    [[nodiscard]] simulation::Matrix simulate(const simulation::ScenarioSet& set) const;
    [[nodiscard]] const std::string& currency() const { return m_sheet.currency; }

    void change(const std::function<void(simulation::ScenarioSet&)>& edit);
    /// Commits after a short rest, so that a run of arrow keys is one step.
    void settleSoon();
    void settle();
    /// A whole new set, as one step.
    void replace(const simulation::ScenarioSet& set);
    /// The scenarios that fit this traffic.
    [[nodiscard]] simulation::ScenarioSet fitted() const;
    /// The month after the usage, when the term begins before it: a re-run on newer usage begins there.
    [[nodiscard]] std::optional<base::Month> laterStart() const;

Q_SIGNALS:
    void changed(); // scenarios() or matrix()

private:
    void takeOver();
    void prepare();
    void refresh();

    Workspace& m_workspace;
    simulation::ScenarioSet m_set;
    simulation::ScenarioSet m_committed; // as the workspace has it
    std::optional<simulation::Baseline> m_baseline;
    std::optional<simulation::Matrix> m_matrix;
    usage::Cube m_cube;     // what the baseline was made of,
    pricing::Sheet m_sheet; // and with: in the project's currency
    std::string m_note;     // on the currency
    QTimer m_rest;
    QFutureWatcher<std::shared_ptr<simulation::Baseline>> m_making;
    bool m_preparing = false;
    int m_traffic = 0;
};

}
