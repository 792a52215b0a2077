#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QSslSocket>
#include <sys/socket.h>

void HttpAnswer::raw(const QByteArray& bytes)
{
    if (m_socket)
        m_socket->write(bytes);
}

void HttpAnswer::whole(int status, const QByteArray& body, const QByteArray& type,
                       const QByteArray& more_headers)
{
    raw("HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\nContent-Type: " + type + "\r\n" +
        more_headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void HttpAnswer::begin(const QByteArray& type)
{
    raw("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
}

void HttpAnswer::chunk(const QByteArray& bytes)
{
    raw(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

void HttpAnswer::end()
{
    raw("0\r\n\r\n");
}

void HttpAnswer::reset()
{
    if (!m_socket)
        return;
    const linger at_once{1, 0};
    ::setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &at_once,
                 sizeof at_once);
    m_socket->abort();
}

ScriptedServer::ScriptedServer(Script script, std::optional<TlsIdentity> tls)
    : m_script(std::move(script)),
      m_tls(std::move(tls))
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("no port on 127.0.0.1");
}

std::string ScriptedServer::url() const
{
    return (m_tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(serverPort());
}

int ScriptedServer::count(const QByteArray& path) const
{
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(),
                                          [&](const auto& one) { return one.path == path; }));
}

void ScriptedServer::incomingConnection(qintptr descriptor)
{
    QTcpSocket* socket = nullptr;
    if (m_tls) {
        auto* secure = new QSslSocket(this);
        secure->setSocketDescriptor(descriptor);
        secure->setLocalCertificate(m_tls->certificate);
        secure->setPrivateKey(m_tls->key);
        secure->startServerEncryption();
        socket = secure;
    } else {
        socket = new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { take(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_buffers.remove(socket);
        socket->deleteLater();
    });
}

void ScriptedServer::take(QTcpSocket* socket)
{
    QByteArray& buffer = m_buffers[socket];
    buffer += socket->readAll();
    for (;;) {
        const qsizetype head = buffer.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        HttpRequest request;
        const QList<QByteArray> lines = buffer.left(head).split('\n');
        const QList<QByteArray> first = lines.front().trimmed().split(' ');
        request.method = first.value(0);
        request.path = first.value(1);
        for (const QByteArray& line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
        }
        const qsizetype length = request.headers["content-length"].toLongLong();
        if (buffer.size() < head + 4 + length)
            return;
        request.body = buffer.mid(head + 4, length);
        buffer.remove(0, head + 4 + length);
        if (m_keep)
            m_requests.push_back(request);
        m_script(request, HttpAnswer(socket));
        if (!m_buffers.contains(socket))
            return;
    }
}

bool answer_as_llama(const HttpRequest& request, HttpAnswer& answer)
{
    if (request.path == "/v1/models")
        answer.whole(200, R"({"object":"list","data":[{"id":"tiny","owned_by":"llamacpp",)"
                          R"("meta":{"n_params":135000000,"n_ctx":4096,"size":98000000,"ftype":"Q4_1"}}]})");
    else if (request.path == "/health")
        answer.whole(200, R"({"status":"ok"})");
    else if (request.path == "/props")
        answer.whole(200, R"({"build_info":"b1234","total_slots":4,)"
                          R"("default_generation_settings":{"n_ctx":4096}})");
    else
        return false;
    return true;
}

QByteArray said(const QByteArray& json_text)
{
    return R"(data: {"model":"tiny","choices":[{"index":0,"delta":{"content":)" + json_text + "}}]}\n\n";
}

QByteArray ended(int prompt_tokens, int completion_tokens, const QByteArray& reason)
{
    return R"(data: {"model":"tiny","choices":[{"index":0,"delta":{},"finish_reason":")" + reason +
           "\"}]}\n\n" + R"(data: {"choices":[],"usage":{"prompt_tokens":)" +
           QByteArray::number(prompt_tokens) + R"(,"completion_tokens":)" +
           QByteArray::number(completion_tokens) + R"(,"prompt_tokens_details":{"cached_tokens":5}}})" +
           "\n\ndata: [DONE]\n\n";
}
