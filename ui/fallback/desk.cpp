#include "ui/fallback/desk.h"

#include "core/fallback/endpoints/key.h"
#include "ui/fallback/relay.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

namespace leeway::ui {

namespace {

fallback::Found probed(const fallback::Endpoint& endpoint)
{
    const auto key = fallback::key_for(endpoint);
    if (!key) {
        fallback::Health health;
        health.why = key.error().message;
        return {endpoint, health};
    }
    return {endpoint, fallback::probe(endpoint, *key)};
}

}

Desk::Desk(Workspace& workspace, std::vector<fallback::UsualPlace> places, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_places(std::move(places)),
      m_relay(std::make_shared<Relay>(this))
{
    connect(&workspace, &Workspace::projectChanged, this, &Desk::openProject);
    connect(&workspace, &Workspace::changed, this, &Desk::readKept);
    openProject();
}

Desk::~Desk()
{
    m_relay->leave();
}

bool Desk::isOurs(int endpoint) const
{
    return m_server && endpoint >= 0 && endpoint < int(m_endpoints.size()) &&
           m_endpoints[std::size_t(endpoint)].endpoint.url == m_server->endpoint().url;
}

bool Desk::canStart() const
{
    return !isRunning() && mayKeep() && m_suite && m_chosen >= 0 &&
           m_endpoints[std::size_t(m_chosen)].health.liveness == fallback::Liveness::Ready;
}

void Desk::choose(int endpoint)
{
    if (endpoint == m_chosen || isRunning() || endpoint >= int(m_endpoints.size()))
        return;
    m_chosen = endpoint;
    Q_EMIT endpointsChanged();
}

void Desk::addFound(fallback::Found found)
{
    const auto known = std::ranges::find_if(
        m_endpoints, [&](const fallback::Found& each) { return each.endpoint.url == found.endpoint.url; });
    if (known != m_endpoints.end())
        *known = std::move(found);
    else
        m_endpoints.push_back(std::move(found));
    if (m_chosen < 0)
        m_chosen = 0;
}

void Desk::look()
{
    m_looked = true;
    ++m_looking;
    Q_EMIT endpointsChanged();
    std::vector<fallback::Endpoint> known;
    for (const fallback::Found& each : m_endpoints)
        known.push_back(each.endpoint);
    using All = std::vector<fallback::Found>;
    m_workspace.tasks().start<All>(
        tr("Looking for models on this machine"), this,
        [known, places = m_places](const base::Progress&) -> base::Result<All> {
            All all = fallback::discover(places);
            for (const fallback::Endpoint& endpoint : known)
                all.push_back(probed(endpoint));
            return all;
        },
        [this, known, project = m_workspace.file()](base::Result<All> all) {
            --m_looking;
            if (project != m_workspace.file()) // its endpoints are not this one's
                all = All();
            for (fallback::Found& found : all.value_or(All())) {
                // What was described anew meanwhile stays; only whether it answers is news.
                const auto now = std::ranges::find(m_endpoints, found.endpoint.url,
                                                   [](const auto& each) { return each.endpoint.url; });
                const bool was_known = std::ranges::find(known, found.endpoint) != known.end();
                if (!was_known)
                    addFound(std::move(found));
                else if (now != m_endpoints.end())
                    now->health = std::move(found.health);
            }
            if (m_chosen < 0 && !m_endpoints.empty())
                m_chosen = 0;
            Q_EMIT endpointsChanged();
        });
}

void Desk::addAddress(const QString& url)
{
    fallback::Endpoint endpoint;
    endpoint.url = utf8(url.trimmed());
    endpoint.kind = fallback::guessed_kind(endpoint.url);
    addEndpoint(endpoint, {});
}

void Desk::addEndpoint(const fallback::Endpoint& endpoint, const QString& key)
{
    if (const auto status = fallback::check_endpoint(endpoint, !key.isEmpty()); !status) {
        Q_EMIT m_workspace.failed(str(status.error().message));
        return;
    }
    ++m_looking;
    Q_EMIT endpointsChanged();
    m_workspace.tasks().start<fallback::Found>(
        tr("Asking %1").arg(str(endpoint.url)), this,
        [endpoint, key = utf8(key)](const base::Progress&) -> base::Result<fallback::Found> {
            if (!key.empty()) {
                if (const auto status = fallback::keep_key(endpoint, key); !status)
                    return tl::unexpected(status.error());
            }
            return probed(endpoint);
        },
        [this, project = m_workspace.file()](base::Result<fallback::Found> found) {
            --m_looking;
            if (found && project == m_workspace.file()) {
                const fallback::Endpoint added = found->endpoint;
                addFound(std::move(*found));
                if (mayKeep()) {
                    auto all = m_kept.endpoints;
                    std::erase_if(all, [&](const auto& each) { return each.url == added.url; });
                    all.push_back(added);
                    m_workspace.setEndpoints(all);
                }
                chooseAddress(added.url);
            } else if (!found && found.error().code != base::ErrorCode::Cancelled) {
                Q_EMIT m_workspace.failed(str(found.error().message));
            }
            Q_EMIT endpointsChanged();
        });
}

void Desk::chooseAddress(const std::string& url)
{
    const auto found =
        std::ranges::find(m_endpoints, url, [](const auto& each) { return each.endpoint.url; });
    if (found != m_endpoints.end())
        choose(int(found - m_endpoints.begin()));
}

void Desk::startModel(const QString& file)
{
    if (isRunning() && isOurs(m_chosen)) {
        Q_EMIT m_workspace.failed(
            tr("The run is asking the model that is loaded. Stop it, or wait for its end, to load another."));
        return;
    }
    fallback::ServerOptions options;
    options.model = utf8(file);
    ++m_looking;
    Q_EMIT endpointsChanged();
    m_workspace.tasks().start<fallback::ManagedServer>(
        tr("Loading %1").arg(QFileInfo(file).fileName()), this,
        [options](const base::Progress& progress) {
            return fallback::ManagedServer::start(options, progress);
        },
        [this, file](base::Result<fallback::ManagedServer> server) {
            --m_looking;
            if (!server) {
                Q_EMIT endpointsChanged();
                if (server.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT m_workspace.failed(str(server.error().message));
                return;
            }
            // The one before, if any, ends here: its address is of no more use.
            if (m_server)
                std::erase_if(m_endpoints, [this](const fallback::Found& each) {
                    return each.endpoint.url == m_server->endpoint().url;
                });
            m_chosen = -1;
            m_server.emplace(std::move(*server));
            fallback::Endpoint endpoint = m_server->endpoint();
            endpoint.name = utf8(QFileInfo(file).completeBaseName());
            fallback::Health health;
            health.liveness = fallback::Liveness::Ready;
            m_endpoints.insert(m_endpoints.begin(), fallback::Found{endpoint, health});
            choose(0);
            look();
        });
}

}
