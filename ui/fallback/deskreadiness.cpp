#include "core/fallback/policy/intake.h"
#include "core/fallback/runs/standing.h"
#include "core/project/leave.h"
#include "core/project/runcosts.h"
#include "ui/fallback/desk.h"
#include "ui/shell/workspace.h"

#include <algorithm>
#include <iterator>

namespace leeway::ui {

namespace {

// How much of the project's traffic each category is, where the policy has rules to tell. A category of which
// the suite has no case is added, so that its traffic is not forgotten.
void addTraffic(fallback::ReadinessInput& input, const fallback::Policy& policy, const usage::Cube& cube)
{
    if (policy.categories.empty() || cube.requests == 0)
        return;
    std::vector<pricing::Usage> traffic;
    for (const usage::Cell& cell : cube.cells) {
        pricing::Usage& usage = traffic.emplace_back();
        usage.vendor = cell.key.vendor;
        usage.model = cell.key.model;
        usage.tag = cell.key.tag;
        usage.counts = cell.counts;
    }
    const auto shares = fallback::category_shares(policy, traffic);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto category = fallback::Category(i);
        auto known = std::ranges::find(input.categories, category, &fallback::CategoryOutcome::category);
        if (known == input.categories.end() && shares[i] > 0) {
            input.categories.push_back({category, 0, 0, {}, {}});
            known = std::prev(input.categories.end());
        }
        if (known != input.categories.end())
            known->traffic = shares[i];
    }
}

}

void Desk::reckon()
{
    m_readiness.reset();
    if (!m_run || isRunning() || m_run->results.empty())
        return;
    const project::Snapshot& snapshot = m_workspace.snapshot();
    fallback::ReadinessInput input = fallback::standing_of(*m_run, m_suite ? &*m_suite : nullptr);
    input.peak = fallback::peak_of(snapshot.cube.loads);
    addTraffic(input, m_policy, snapshot.cube);
    project::add_costs(input, snapshot.cube, snapshot.sheet, m_run->identity.model);
    input.leave = project::leave_of(snapshot.contracts, {"competing-use-ban"});
    m_readiness = fallback::readiness_of(input);
}

}
