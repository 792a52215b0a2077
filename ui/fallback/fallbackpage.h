#pragma once

#include "core/fallback/endpoints/probe.h"
#include "core/fallback/policy/policy.h"
#include "ui/shell/page.h"

#include <vector>

class QAction;

namespace leeway::ui {

class Desk;
class Drill;
class RunPanel;
class Workspace;

/// Whether a model at hand could take over: endpoints and suite on the left, results and the failover policy
/// on the right.
class FallbackPage : public Page
{
    Q_OBJECT

public:
    /// Servers are looked for at `places` when the page is first shown.
    explicit FallbackPage(Workspace& workspace,
                          std::vector<fallback::UsualPlace> places = fallback::usual_places(),
                          QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("fallback"); }
    [[nodiscard]] QString title() const override { return tr("Fallback"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("fallback"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> pageActions() const override;
    [[nodiscard]] Desk& desk() { return *m_desk; }
    [[nodiscard]] Drill& drill() { return *m_drill; }
    /// Writes LiteLLM's configuration, or the policy's annex when `file` ends in .md or .html.
    void exportPolicy(const QString& file);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeLeft();
    QWidget* makeRight();
    void refresh();
    void chooseLog();
    void chooseExport();
    /// The policy with how a router reaches its targets.
    [[nodiscard]] fallback::Policy routed() const;

    Workspace& m_workspace;
    Desk* m_desk;
    Drill* m_drill;
    RunPanel* m_runs = nullptr;
    QWidget* m_intro = nullptr;
    QWidget* m_results = nullptr;
    bool m_looked = false;
    QAction* m_export;
    QAction* m_run;
};

}
