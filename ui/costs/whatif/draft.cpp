#include "ui/costs/whatif/draft.h"

#include "core/report/model.h"
#include "ui/shell/workspace.h"

#include <QtConcurrent>

namespace leeway::ui {

namespace {

constexpr int rest_ms = 450;
constexpr std::size_t quick_cells = 20'000; // a baseline of so many cells takes a few milliseconds

base::Month monthAfter(const usage::Cube& usage)
{
    return base::Month::of(usage.cells.back().key.day) + 1;
}

bool sameSheet(const pricing::Sheet& a, const pricing::Sheet& b)
{
    return a.sha256 == b.sha256 && a.id == b.id && a.currency == b.currency && a.models == b.models &&
           a.agreement == b.agreement;
}

}

Draft::Draft(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(rest_ms);
    connect(&m_rest, &QTimer::timeout, this, &Draft::settle);
    connect(&m_workspace, &Workspace::changed, this, &Draft::takeOver);
    connect(&m_making, &QFutureWatcherBase::finished, this, [this] {
        m_preparing = false;
        if (m_making.isCanceled())
            return;
        m_baseline = *m_making.result();
        refresh();
    });
    takeOver();
}

Draft::~Draft()
{
    m_making.cancel();
    m_making.waitForFinished();
}

void Draft::takeOver()
{
    const auto& snapshot = m_workspace.snapshot();
    if (snapshot.scenarios != m_committed) {
        m_rest.stop();
        m_committed = snapshot.scenarios;
        m_set = snapshot.scenarios;
    }
    m_note = report::currency_note(snapshot.sheet, snapshot.settings);
    pricing::Sheet sheet = report::sheet_in_project_currency(snapshot.sheet, snapshot.settings);
    if (m_cube != snapshot.cube || !sameSheet(m_sheet, sheet)) {
        m_cube = snapshot.cube;
        m_sheet = std::move(sheet);
        prepare();
    }
    refresh();
}

void Draft::prepare()
{
    ++m_traffic;
    m_making.setFuture({});
    m_baseline.reset();
    m_preparing = false;
    if (m_cube.empty())
        return;
    if (m_cube.cells.size() <= quick_cells) {
        m_baseline.emplace(m_cube, m_sheet);
        return;
    }
    m_preparing = true;
    m_making.setFuture(QtConcurrent::run(
        [cube = m_cube, sheet = m_sheet] { return std::make_shared<simulation::Baseline>(cube, sheet); }));
}

simulation::Matrix Draft::simulate(const simulation::ScenarioSet& set) const
{
    simulation::Matrix matrix = m_baseline->simulate(set);
    if (!m_note.empty())
        matrix.notes.push_back(m_note);
    return matrix;
}

void Draft::refresh()
{
    if (m_baseline && !m_set.scenarios.empty())
        m_matrix = simulate(m_set);
    else
        m_matrix.reset();
    Q_EMIT changed();
}

void Draft::change(const std::function<void(simulation::ScenarioSet&)>& edit)
{
    simulation::ScenarioSet before = m_set;
    edit(m_set);
    if (m_set == before)
        return;
    m_rest.stop();
    refresh();
}

void Draft::settleSoon()
{
    if (m_set != m_committed)
        m_rest.start();
}

void Draft::settle()
{
    m_rest.stop();
    if (m_set == m_committed || !m_workspace.isOpen() || m_workspace.isReadOnly())
        return;
    m_workspace.setScenarios(m_set);
}

void Draft::replace(const simulation::ScenarioSet& set)
{
    change([&](simulation::ScenarioSet& current) { current = set; });
    settle();
}

simulation::ScenarioSet Draft::fitted() const
{
    return m_cube.empty() ? m_set : simulation::default_scenarios(m_cube, m_sheet, monthAfter(m_cube));
}

std::optional<base::Month> Draft::laterStart() const
{
    if (m_cube.empty() || monthAfter(m_cube) <= m_set.plan.start)
        return std::nullopt;
    return monthAfter(m_cube);
}

}
