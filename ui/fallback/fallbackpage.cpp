#include "ui/fallback/fallbackpage.h"

#include "core/base/file.h"
#include "core/fallback/policy/annex.h"
#include "core/fallback/policy/routerconfig.h"
#include "core/usage/replay.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/drill.h"
#include "ui/fallback/drillcard.h"
#include "ui/fallback/endpointspanel.h"
#include "ui/fallback/readinesscard.h"
#include "ui/fallback/resultscard.h"
#include "ui/fallback/runpanel.h"
#include "ui/fallback/speedcards.h"
#include "ui/fallback/suitepanel.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/filefilters.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <algorithm>
#include <map>
#include <utility>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

// The model with most of the project's requests, as LiteLLM names it: "openai/gpt-5.4".
std::string mostUsed(const usage::Cube& cube)
{
    std::map<std::string, std::int64_t> requests;
    for (const usage::Cell& cell : cube.cells)
        requests[usage::logged_name(cell.key.vendor, cell.key.model)] += cell.counts.requests();
    const auto most = std::ranges::max_element(requests, {}, [](const auto& each) { return each.second; });
    return most == requests.end() ? std::string() : most->first;
}

// By which LiteLLM reaches an endpoint's model.
void reachBy(fallback::RouteTarget& target, const fallback::Found& found)
{
    std::string model = found.endpoint.model;
    if (model.empty() && !found.health.models.empty())
        model = found.health.models.front().id;
    const bool ollama = found.endpoint.kind == fallback::EndpointKind::Ollama;
    const bool anthropic = found.endpoint.kind == fallback::EndpointKind::Anthropic;
    target.served_model = (ollama ? "ollama_chat/" : anthropic ? "anthropic/" : "openai/") + model;
    target.url = ollama || anthropic ? found.endpoint.url : fallback::address_of(found.endpoint, "/v1");
    target.key_variable = found.endpoint.key_variable;
}

}

FallbackPage::FallbackPage(Workspace& workspace, std::vector<fallback::UsualPlace> places, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_desk(new Desk(workspace, std::move(places), this)),
      m_drill(new Drill(workspace, this)),
      m_export(new QAction(Theme::icon(u"export"_s), tr("Export policy…"), this)),
      m_run(new QAction(tr("Run suite"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeLeft());
    layout->addWidget(makeRight(), 1);
    m_export->setProperty("icon", u"export"_s);
    connect(m_export, &QAction::triggered, this, &FallbackPage::chooseExport);
    connect(m_run, &QAction::triggered, m_runs, &RunPanel::startRun);
    connect(m_drill, &Drill::changed, m_desk, [this] { m_desk->setPolicy(m_drill->policy()); });
    m_desk->setPolicy(m_drill->policy());
    connect(m_desk, &Desk::runChanged, this, &FallbackPage::refresh);
    connect(m_desk, &Desk::endpointsChanged, this, &FallbackPage::refresh);
    refresh();
}

void FallbackPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    if (!std::exchange(m_looked, true))
        m_desk->look();
}

QWidget* FallbackPage::makeLeft()
{
    auto* panel = new SidePanel;
    panel->body()->setSpacing(px(18));
    panel->body()->addWidget(new EndpointsPanel(*m_desk));
    panel->body()->addWidget(new SuitePanel(*m_desk));
    m_runs = new RunPanel(*m_desk);
    panel->body()->addWidget(m_runs);
    panel->body()->addStretch();
    return panel;
}

QWidget* FallbackPage::makeRight()
{
    auto* scroll = new PageScroll;
    auto* intro = new Card(tr("Could a model of your own take over?"));
    intro->body()->addWidget(paragraph(
        tr("Choose a model on the left and run the suite. Leeway asks it every case, grades the answers by "
           "fixed "
           "rules, and says how ready it is and why. Nothing is sent but to the endpoint you choose."),
        "muted"));
    m_intro = intro;
    scroll->body()->addWidget(m_intro);
    scroll->body()->addWidget(new ReadinessCards(*m_desk));
    scroll->body()->addWidget(new SpeedCards(*m_desk));
    m_results = new ResultsCards(*m_desk);
    scroll->body()->addWidget(m_results);
    auto* drill = new DrillCard(*m_drill);
    connect(drill, &DrillCard::openLogWanted, this, &FallbackPage::chooseLog);
    scroll->body()->addWidget(drill);
    scroll->body()->addStretch(1);
    return scroll;
}

QString FallbackPage::subtitle() const
{
    if (!m_desk->run())
        return {};
    const QString number = m_desk->runId() != 0 ? u" · "_s + tr("run %1").arg(m_desk->runId()) : QString();
    return str(m_desk->run()->suite) + number + u" · "_s + str(fallback::shown_model(*m_desk->run()));
}

QList<QAction*> FallbackPage::pageActions() const
{
    return {m_export, m_run};
}

void FallbackPage::refresh()
{
    m_intro->setVisible(!m_desk->run());
    m_results->setVisible(m_desk->run().has_value());
    m_run->setEnabled(m_desk->canStart());
    m_run->setText(m_desk->canResume() ? tr("Go on with the run") : tr("Run suite"));
    if (!m_desk->isRunning())
        m_drill->setMeasured(m_desk->readiness() ? &*m_desk->run() : nullptr);
    Q_EMIT headerChanged();
}

void FallbackPage::chooseLog()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Usage log"), {}, usageFilter());
    if (!file.isEmpty())
        m_drill->openLog(file);
}

void FallbackPage::chooseExport()
{
    QString chosen;
    QString file = QFileDialog::getSaveFileName(
        this, tr("Export policy"), u"failover-policy.html"_s,
        tr("Page for the contract’s annex (*.html *.md);;LiteLLM configuration (*.yaml)"), &chosen);
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += chosen.contains(u"*.yaml"_s) ? u".yaml"_s : u".html"_s;
    exportPolicy(file);
}

fallback::Policy FallbackPage::routed() const
{
    fallback::Policy policy = m_drill->policy();
    if (policy.targets.empty())
        return policy;
    if (policy.targets.front().served_model.empty())
        policy.targets.front().served_model = mostUsed(m_workspace.snapshot().cube);
    if (policy.targets.size() > 1 && policy.targets[1].served_model.empty() && m_desk->chosen() >= 0)
        reachBy(policy.targets[1], m_desk->endpoints()[std::size_t(m_desk->chosen())]);
    return policy;
}

void FallbackPage::exportPolicy(const QString& file)
{
    const fallback::Policy policy = routed();
    const QString ending = QFileInfo(file).suffix().toLower();
    std::string text;
    QString said;
    if (ending == u"yaml"_s || ending == u"yml"_s) {
        const auto config = fallback::litellm_config(policy);
        if (!config) {
            Q_EMIT m_workspace.failed(
                policy.targets.front().served_model.empty()
                    ? tr("LiteLLM has to know the primary model: import the project’s usage "
                         "on the Costs page first.")
                    : tr("LiteLLM has to know the local model: choose an endpoint first."));
            return;
        }
        text = config->yaml;
        if (!config->left_out.empty())
            said = u' ' + tr("LiteLLM cannot do all of it: the file says what.");
    } else {
        const auto replay = m_drill->isCurrent() ? m_drill->replay() : std::nullopt;
        if (m_drill->replay() && !replay)
            said = u' ' + tr("The replay of this policy has not ended: the page has no figures yet.");
        const auto page = ending == u"md"_s ? fallback::annex_markdown : fallback::annex_html;
        text = replay ? page(policy, &*replay, &replay->outcomes[0], &replay->outcomes[1])
                      : page(policy, nullptr, nullptr, nullptr);
    }
    if (const auto status = base::write_file(utf8(file), text); !status)
        Q_EMIT m_workspace.failed(str(status.error().message));
    else
        Q_EMIT m_workspace.done(tr("Written to %1.").arg(QFileInfo(file).fileName()) + said);
}

}
