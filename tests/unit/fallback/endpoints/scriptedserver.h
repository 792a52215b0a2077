#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// A request as a server sees it.
struct HttpRequest
{
    QByteArray method;
    QByteArray path;
    std::map<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

/// The answer to one request, in the pieces and at the times that a script wants.
class HttpAnswer
{
public:
    explicit HttpAnswer(QTcpSocket* socket) : m_socket(socket) {}
    /// A whole response with its length.
    void whole(int status, const QByteArray& body, const QByteArray& type = "application/json",
               const QByteArray& more_headers = {});
    /// The head of a response in chunks, then chunks, then their end.
    void begin(const QByteArray& type = "text/event-stream");
    void chunk(const QByteArray& bytes);
    void end();
    /// Ends the connection as a crash does.
    void reset();
    void raw(const QByteArray& bytes);
    [[nodiscard]] QTcpSocket* socket() const { return m_socket; }

private:
    QPointer<QTcpSocket> m_socket;
};

struct TlsIdentity
{
    QSslCertificate certificate;
    QSslKey key;
};

/// An HTTP server on 127.0.0.1, in the thread that makes it, that does what its script says.
class ScriptedServer : public QTcpServer
{
public:
    using Script = std::function<void(const HttpRequest& request, HttpAnswer answer)>;

    explicit ScriptedServer(Script script, std::optional<TlsIdentity> tls = std::nullopt);
    [[nodiscard]] std::string url() const;
    [[nodiscard]] const std::vector<HttpRequest>& requests() const { return m_requests; }
    /// Requests to a path.
    [[nodiscard]] int count(const QByteArray& path) const;
    void keep_requests(bool keep) { m_keep = keep; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void take(QTcpSocket* socket);

    Script m_script;
    std::optional<TlsIdentity> m_tls;
    std::vector<HttpRequest> m_requests;
    QHash<QTcpSocket*, QByteArray> m_buffers;
    bool m_keep = true;
};

/// Answers to routes other than a chat's as llama.cpp does: one model called “tiny”.
bool answer_as_llama(const HttpRequest& request, HttpAnswer& answer);

/// One piece of a stream as OpenAI's servers send it.
QByteArray said(const QByteArray& json_text);
/// The end of such a stream: reason, usage, [DONE].
QByteArray ended(int prompt_tokens = 20, int completion_tokens = 3, const QByteArray& reason = "stop");
