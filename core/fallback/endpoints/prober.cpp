#include "core/fallback/endpoints/prober.h"

#include "core/fallback/endpoints/http.h"
#include "core/fallback/endpoints/overflow.h"
#include "core/fallback/endpoints/protocol.h"
#include "core/fallback/endpoints/serverfacts.h"
#include "core/fallback/endpoints/trouble.h"
#include "core/fallback/jsonfind.h"

#include <algorithm>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr qint64 most_bytes = 8 << 20; // of a list of models

// {"error": …} as all these servers send it.
bool is_refusal(const std::string& body)
{
    const auto json = parse_json_text(body);
    return json && json->is_object() && json->contains("error");
}

}

Prober::Prober(const Endpoint& endpoint, const std::string& key, std::chrono::milliseconds patience,
               Done done)
    : m_endpoint(endpoint),
      m_key(key),
      m_done(std::move(done)),
      m_limit(patience)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_health.why = sentence_for(
            Trouble::NoFirstToken,
            {shown_name(m_endpoint), 0, {}, {}, std::chrono::duration<double>(m_limit).count(), 1});
        end();
    });
}

Prober::~Prober()
{
    drop(m_reply, *this);
}

void Prober::start(QNetworkAccessManager& network)
{
    m_network = &network;
    m_started = std::chrono::steady_clock::now();
    m_patience.start(m_limit);
    base::Status usable = check_endpoint(m_endpoint, !m_key.empty());
    if (usable) {
        if (auto tls = tls_of(m_endpoint))
            m_tls = std::move(*tls);
        else
            usable = tl::unexpected(tls.error());
    }
    if (!usable) {
        m_health.why = usable.error().message;
        end();
        return;
    }
    get(protocol_of(m_endpoint.kind).models_route(), &Prober::models_came);
}

void Prober::get(std::string_view route, Then then)
{
    follow(m_network->get(request_to(m_endpoint, route, m_key, m_tls)), then);
}

void Prober::post(std::string_view route, const std::string& body, Then then)
{
    follow(m_network->post(request_to(m_endpoint, route, m_key, m_tls), QByteArray::fromStdString(body)),
           then);
}

void Prober::follow(QNetworkReply* reply, Then then)
{
    m_reply = reply;
    connect(reply, &QNetworkReply::downloadProgress, this, [this](qint64 received, qint64 /*all*/) {
        if (received > most_bytes)
            m_reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, then] {
        const int status = status_of(*m_reply);
        const std::string body = m_reply->readAll().toStdString();
        const Trouble trouble = trouble_of(*m_reply);
        m_trouble = sentence_for(
            trouble, {shown_name(m_endpoint), status, refusal_from(body).code, redirect_of(*m_reply), 0, 1});
        drop(m_reply, *this);
        (this->*then)(status, body);
    });
}

void Prober::models_came(int status, const std::string& body)
{
    m_health.answered_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_started).count();
    m_health.why = m_trouble;
    if (status == 0) {
        end();
        return;
    }
    const auto models = protocol_of(m_endpoint.kind).models_in(body);
    m_health.shaped = models.has_value() || is_refusal(body);
    if (status == 401 || status == 403) {
        m_health.liveness = Liveness::Refused;
    } else if (status == 503) {
        be_loading();
    } else if (status == 200 && models) {
        m_health.liveness = Liveness::Ready;
        m_health.models = *models;
    } else {
        m_health.liveness = Liveness::Odd;
        if (m_health.why.empty())
            m_health.why =
                sentence_for(Trouble::BrokenStream, {shown_name(m_endpoint), status, {}, {}, 0, 1});
    }
    if (m_health.liveness != Liveness::Ready)
        end();
    else if (m_endpoint.kind == EndpointKind::Ollama)
        get("/api/version", &Prober::version_came);
    else if (m_endpoint.kind == EndpointKind::OpenAi && is_llama_cpp(body))
        get("/health", &Prober::health_came); // it lists its models while it loads them
    else
        end();
}

void Prober::health_came(int status, const std::string& /*body*/)
{
    if (status != 503) {
        get("/props", &Prober::props_came);
        return;
    }
    be_loading();
    end();
}

void Prober::be_loading()
{
    m_health.liveness = Liveness::Loading;
    m_health.why = "“" + shown_name(m_endpoint) + "” is loading its model, or overloaded; try again later.";
}

void Prober::props_came(int /*status*/, const std::string& body)
{
    read_props(body, m_health);
    end();
}

void Prober::version_came(int /*status*/, const std::string& body)
{
    read_version(body, m_health);
    const std::string wanted =
        m_endpoint.model.empty() && !m_health.models.empty() ? m_health.models.front().id : m_endpoint.model;
    if (wanted.empty())
        end();
    else
        post("/api/show", nlohmann::json{{"model", wanted}}.dump(), &Prober::show_came);
}

void Prober::show_came(int /*status*/, const std::string& body)
{
    const std::string wanted = m_endpoint.model.empty() ? m_health.models.front().id : m_endpoint.model;
    const auto model = std::ranges::find(m_health.models, wanted, &ModelInfo::id);
    if (model != m_health.models.end())
        read_show(body, *model);
    end();
}

void Prober::end()
{
    if (std::exchange(m_ended, true))
        return;
    m_patience.stop();
    drop(m_reply, *this);
    QMetaObject::invokeMethod(
        this, [this] { m_done(std::move(m_health)); }, Qt::QueuedConnection);
}

}
