#pragma once

#include "core/base/result.h"
#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/endpoints/reply.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <optional>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// TLS with the system's authorities and those of the endpoint. Unreadable when its file holds none.
base::Result<QSslConfiguration> tls_of(const Endpoint& endpoint);

/// A request to a route of the endpoint, with its key; redirects are not followed, cookies not kept.
QNetworkRequest request_to(const Endpoint& endpoint, std::string_view route, const std::string& key,
                           const std::optional<QSslConfiguration>& tls);

/// Ends a reply that nobody waits for any more, without a further word to `receiver`; sets it to nullptr.
void drop(QNetworkReply*& reply, const QObject& receiver);

/// HTTP's status; 0 when there is none.
int status_of(const QNetworkReply& reply);

/// What a finished exchange says before its body is looked at; None for a 2xx that came whole.
Trouble trouble_of(const QNetworkReply& reply);

/// The host that a redirect leads to; empty when it is not one.
std::string redirect_of(const QNetworkReply& reply);

}
