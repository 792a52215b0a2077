#pragma once

#include "core/fallback/endpoints/probe.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace leeway::fallback {

/// Asks one server for its state, route after route, on the event loop of its thread.
class Prober : public QObject
{
public:
    using Done = std::function<void(Health health)>;

    /// `done` is called once, from the event loop; no later than `patience` after start().
    Prober(const Endpoint& endpoint, const std::string& key, std::chrono::milliseconds patience, Done done);
    ~Prober() override;
    void start(QNetworkAccessManager& network);

private:
    using Then = void (Prober::*)(int status, const std::string& body);

    void get(std::string_view route, Then then);
    void post(std::string_view route, const std::string& body, Then then);
    void follow(QNetworkReply* reply, Then then);
    void models_came(int status, const std::string& body);
    void health_came(int status, const std::string& body);
    void be_loading();
    void props_came(int status, const std::string& body);
    void version_came(int status, const std::string& body);
    void show_came(int status, const std::string& body);
    void end();

    Endpoint m_endpoint;
    std::string m_key;
    std::optional<QSslConfiguration> m_tls;
    Done m_done;
    Health m_health;
    QNetworkAccessManager* m_network = nullptr;
    QNetworkReply* m_reply = nullptr;
    QTimer m_patience;
    std::chrono::milliseconds m_limit;
    std::chrono::steady_clock::time_point m_started;
    std::string m_trouble; // a sentence on the last exchange; empty when it went well
    bool m_ended = false;
};

}
