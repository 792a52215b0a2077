#include "core/fallback/endpoints/http.h"

#include "core/fallback/endpoints/protocol.h"

#include <QFile>
#include <QSslCertificate>
#include <QUrl>
#include <fmt/format.h>

namespace leeway::fallback {

base::Result<QSslConfiguration> tls_of(const Endpoint& endpoint)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (endpoint.certificates.empty())
        return configuration;
    QFile file(QString::fromStdString(endpoint.certificates));
    const auto certificates =
        file.open(QIODevice::ReadOnly) ? QSslCertificate::fromDevice(&file) : QList<QSslCertificate>();
    if (certificates.empty())
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("“{}” holds no certificates in PEM form.", endpoint.certificates));
    configuration.addCaCertificates(certificates);
    return configuration;
}

QNetworkRequest request_to(const Endpoint& endpoint, std::string_view route, const std::string& key,
                           const std::optional<QSslConfiguration>& tls)
{
    QNetworkRequest request(QUrl(QString::fromStdString(address_of(endpoint, route))));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    // Packed, the first words would wait for the next ones.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "Leeway");
    for (const auto& [name, value] : protocol_of(endpoint.kind).headers(key))
        request.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    if (tls && request.url().scheme() == QLatin1String("https"))
        request.setSslConfiguration(*tls);
    return request;
}

void drop(QNetworkReply*& reply, const QObject& receiver)
{
    if (reply == nullptr)
        return;
    reply->disconnect(&receiver);
    if (!reply->isFinished())
        reply->abort();
    reply->deleteLater();
    reply = nullptr;
}

int status_of(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

std::string redirect_of(const QNetworkReply& reply)
{
    const int status = status_of(reply);
    if (status < 300 || status > 399)
        return {};
    const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    return reply.url().resolved(target).host().toStdString();
}

Trouble trouble_of(const QNetworkReply& reply)
{
    const int status = status_of(reply);
    if (status >= 300 && status <= 399)
        return Trouble::Redirected;
    if (status == 401 || status == 403)
        return Trouble::Refused;
    if (status == 404)
        return Trouble::NotFound;
    if (status == 413)
        return Trouble::ContextOverflow;
    if (status == 429)
        return Trouble::RateLimited;
    if (status >= 400 && status <= 499)
        return Trouble::BadRequest;
    if (status >= 500)
        return Trouble::ServerFault;
    switch (reply.error()) {
    case QNetworkReply::NoError:
        return Trouble::None;
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
        return status == 0 ? Trouble::Unreachable : Trouble::Reset;
    case QNetworkReply::SslHandshakeFailedError:
        return Trouble::BadCertificate;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolUnknownError:
        return Trouble::BrokenStream;
    default:
        return Trouble::Reset;
    }
}

}
