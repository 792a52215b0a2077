#include "core/usage/warehouse/engines/sessions.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>
#include <QUuid>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace leeway::usage::warehouse {
namespace {

constexpr auto tick = std::chrono::milliseconds(100);
constexpr qint64 most_complaint = 64 << 10;
// The server's codes.
constexpr int timeout_exceeded = 159;
constexpr int read_only = 164; // for a statement that writes, and for a user who may change no setting

struct Request
{
    std::string sql;
    QString id;
    bool with_settings = true;
};

class ClickHouseSession : public Session
{
public:
    ClickHouseSession(Connection connection, std::string password)
        : m_connection(std::move(connection)),
          m_password(std::move(password))
    {
    }

    base::Status query(const std::string& sql, const RowSink& sink, const base::Progress& progress) override
    {
        Request request{sql + "\nFORMAT CSV", QUuid::createUuid().toString(QUuid::WithoutBraces), m_may_set};
        bool fixed = false;
        auto status = run(request, sink, progress, fixed);
        if (!status && fixed && m_may_set) {
            m_may_set = false; // this user's profile is read-only by itself
            request.with_settings = false;
            status = run(request, sink, progress, fixed);
        }
        return status;
    }

    [[nodiscard]] const Connection& connection() const override { return m_connection; }

private:
    // With wait_end_of_query the server keeps its answer until the query is done, so that an error in the
    // middle comes as one.
    [[nodiscard]] QNetworkRequest request_of(const Request& request) const
    {
        QUrl url;
        url.setScheme(m_connection.tls ? QStringLiteral("https") : QStringLiteral("http"));
        url.setHost(QString::fromStdString(m_connection.host));
        url.setPort(m_connection.port);
        url.setPath(QStringLiteral("/"));
        QUrlQuery options;
        options.addQueryItem(QStringLiteral("query_id"), request.id);
        options.addQueryItem(QStringLiteral("wait_end_of_query"), QStringLiteral("1"));
        if (!m_connection.database.empty())
            options.addQueryItem(
                QStringLiteral("database"),
                QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(m_connection.database))));
        if (request.with_settings) {
            options.addQueryItem(QStringLiteral("readonly"), QStringLiteral("1"));
            options.addQueryItem(QStringLiteral("max_execution_time"),
                                 QString::number(m_connection.timeout.count()));
        }
        url.setQuery(options);
        QNetworkRequest result(url);
        result.setRawHeader("X-ClickHouse-User", QByteArray::fromStdString(m_connection.user));
        if (!m_password.empty())
            result.setRawHeader("X-ClickHouse-Key", QByteArray::fromStdString(m_password));
        result.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/plain; charset=utf-8"));
        // Elsewhere the password has no business.
        result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        return result;
    }

    base::Status trust_certificates(QNetworkRequest& request) const
    {
        if (m_connection.certificates.empty() || !m_connection.tls)
            return {};
        QFile file(QString::fromStdString(m_connection.certificates));
        const auto certificates =
            file.open(QIODevice::ReadOnly) ? QSslCertificate::fromDevice(&file) : QList<QSslCertificate>();
        if (certificates.empty())
            return base::fail(
                base::ErrorCode::Unreadable,
                fmt::format("“{}” holds no certificates in PEM form.", m_connection.certificates));
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.addCaCertificates(certificates);
        request.setSslConfiguration(configuration);
        return {};
    }

    base::Status run(const Request& request, const RowSink& sink, const base::Progress& progress, bool& fixed)
    {
        QNetworkRequest to_send = request_of(request);
        if (auto status = trust_certificates(to_send); !status)
            return status;
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(
            network.post(to_send, QByteArray::fromStdString(request.sql)));
        RecordSplitter records(sink);
        QByteArray complaint;
        base::Status status;
        QEventLoop loop;
        const auto stop = [&](base::Status why) {
            status = std::move(why);
            loop.quit();
        };
        const auto read = [&] {
            const bool good = http_status(*reply) == 200;
            while (status && reply->bytesAvailable() > 0) {
                const QByteArray bytes = reply->read(1 << 16);
                if (!good)
                    complaint += bytes.left(std::max<qint64>(0, most_complaint - complaint.size()));
                else if (auto taken = records.take({bytes.data(), static_cast<std::size_t>(bytes.size())});
                         !taken)
                    stop(std::move(taken));
            }
        };
        QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, read);
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        const auto deadline =
            std::chrono::steady_clock::now() + m_connection.timeout + std::chrono::seconds(30);
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
            if (!base::keep_going(progress, 0, 0))
                stop(base::fail(base::ErrorCode::Cancelled, "The import was stopped."));
            else if (std::chrono::steady_clock::now() > deadline)
                stop(out_of_time());
        });
        timer.start(tick);
        if (!reply->isFinished())
            loop.exec();
        if (!status) {
            reply->disconnect();
            reply->abort();
            kill(request.id);
            return status;
        }
        read();
        if (!status)
            return status;
        status = verdict(*reply, complaint, fixed);
        return status ? records.finish() : status;
    }

    static int http_status(const QNetworkReply& reply)
    {
        return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

    [[nodiscard]] base::Status out_of_time() const
    {
        return base::fail(
            base::ErrorCode::TooLarge,
            fmt::format("ClickHouse did not finish within {} seconds; nothing was imported. Import fewer "
                        "days at a time, or give more time with ?timeout=SECONDS.",
                        m_connection.timeout.count()));
    }

    base::Status verdict(const QNetworkReply& reply, const QByteArray& complaint, bool& fixed) const
    {
        const int http = http_status(reply);
        if (http == 200 && reply.error() == QNetworkReply::NoError)
            return {};
        const std::string text = complaint_of(complaint.toStdString(), m_password);
        if (http == 0 || http == 200)
            return base::fail(
                base::ErrorCode::Io,
                fmt::format("“{}” {}; nothing was imported. {}.", name_of(m_connection),
                            http == 0 ? "cannot be reached, or went away" : "went away in its answer",
                            complaint_of(reply.errorString().toStdString(), m_password)));
        int code = 0;
        if (complaint.startsWith("Code: "))
            std::from_chars(complaint.constData() + 6, complaint.constData() + complaint.size(), code);
        fixed = code == read_only && complaint.contains("setting");
        if (code == timeout_exceeded)
            return out_of_time();
        return base::fail(
            base::ErrorCode::Database,
            fmt::format("ClickHouse refuses the query (HTTP {}); nothing was imported. {}", http, text));
    }

    // Without this the server would go on with a query that nobody waits for. Best effort: it may be gone.
    void kill(const QString& id) const
    {
        QNetworkAccessManager network;
        Request request{"KILL QUERY WHERE query_id = '" + id.toStdString() + "' ASYNC",
                        QUuid::createUuid().toString(QUuid::WithoutBraces), false};
        QNetworkRequest to_send = request_of(request);
        if (!trust_certificates(to_send))
            return;
        to_send.setTransferTimeout(5000);
        const std::unique_ptr<QNetworkReply> reply(
            network.post(to_send, QByteArray::fromStdString(request.sql)));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        if (!reply->isFinished())
            loop.exec();
    }

    Connection m_connection;
    std::string m_password;
    bool m_may_set = true;
};

}

std::unique_ptr<Session> clickhouse_session(const Connection& connection, const std::string& password)
{
    return std::make_unique<ClickHouseSession>(connection, password);
}

}
