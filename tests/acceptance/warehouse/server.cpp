#include "server.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <memory>
#include <unistd.h>

namespace {

constexpr int start_limit = 60'000; // milliseconds

bool write_file(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

}

Server::~Server()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(10'000))
        kill();
}

void Server::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

int Server::free_port()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

QString Server::found(const QString& name, const QStringList& folders)
{
    const QString here = QStandardPaths::findExecutable(name);
    return here.isEmpty() ? QStandardPaths::findExecutable(name, folders) : here;
}

void Server::prepare(QProcess& process, const QString& program, const QStringList& arguments)
{
    QStringList words{QStringLiteral("--pdeathsig"), QStringLiteral("KILL")};
    if (geteuid() == 0)
        words << QStringLiteral("--reuid=nobody") << QStringLiteral("--regid=nogroup")
              << QStringLiteral("--clear-groups");
    words << program << arguments;
    process.setProgram(QStringLiteral("setpriv"));
    process.setArguments(words);
}

void Server::hand_over()
{
    if (geteuid() == 0)
        QProcess::execute(QStringLiteral("chown"),
                          {QStringLiteral("-R"), QStringLiteral("nobody:nogroup"), folder()});
}

QString Server::run(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    prepare(process, program, arguments);
    process.setWorkingDirectory(folder());
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(start_limit))
        return program + QStringLiteral(" did not finish");
    if (process.exitCode() == 0)
        return {};
    return program + QStringLiteral(": ") + QString::fromUtf8(process.readAllStandardError());
}

QString Server::serve(const QString& program, const QStringList& arguments)
{
    prepare(m_process, program, arguments);
    m_process.setWorkingDirectory(folder());
    m_process.setStandardOutputFile(folder() + QStringLiteral("/output"));
    m_process.setStandardErrorFile(folder() + QStringLiteral("/errors"));
    m_process.start();
    const QDeadlineTimer deadline(start_limit);
    while (!deadline.hasExpired()) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_port));
        if (socket.waitForConnected(200))
            return {};
        if (m_process.waitForFinished(100))
            break;
    }
    QFile errors(folder() + QStringLiteral("/errors"));
    return program + QStringLiteral(" does not serve: ") +
           (errors.open(QIODevice::ReadOnly) ? QString::fromUtf8(errors.readAll()) : QString());
}

QString ClickHouseServer::start()
{
    const QString program =
        found(QStringLiteral("clickhouse-server"), {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
    if (program.isEmpty())
        return QStringLiteral("clickhouse-server is not installed: apt-get install clickhouse-server");
    m_port = free_port();
    // The names of elements are those that old and new servers read. `reader` may change no setting.
    const QByteArray config = R"(<yandex>
<logger><level>warning</level><log>FOLDER/log</log><errorlog>FOLDER/errorlog</errorlog></logger>
<http_port>PORT</http_port><listen_host>127.0.0.1</listen_host>
<path>FOLDER/data/</path><tmp_path>FOLDER/tmp/</tmp_path><mark_cache_size>5368709</mark_cache_size>
<users_config>users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database></yandex>)";
    const QByteArray users =
        R"(<yandex><profiles><default/><fixed><readonly>1</readonly></fixed></profiles><users>
<default><password>owner-secret</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>
<quota>default</quota></default>
<reader><password>reader-secret</password><networks><ip>127.0.0.1</ip></networks><profile>fixed</profile>
<quota>default</quota></reader></users><quotas><default/></quotas></yandex>)";
    const auto filled = [&](QByteArray text) {
        return text.replace("FOLDER", folder().toUtf8()).replace("PORT", QByteArray::number(m_port));
    };
    if (!write_file(m_folder.filePath(QStringLiteral("config.xml")), filled(config)) ||
        !write_file(m_folder.filePath(QStringLiteral("users.xml")), users))
        return QStringLiteral("cannot write the server's configuration");
    hand_over();
    return serve(program,
                 {QStringLiteral("--config-file=") + m_folder.filePath(QStringLiteral("config.xml"))});
}

QByteArray ClickHouseServer::sql(const QByteArray& statement, const QByteArray& data)
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/?query=%2")
                                     .arg(m_port)
                                     .arg(QString::fromUtf8(statement.toPercentEncoding()))));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/csv"));
    request.setRawHeader("X-ClickHouse-User", "default");
    request.setRawHeader("X-ClickHouse-Key", "owner-secret");
    const std::unique_ptr<QNetworkReply> reply(network.post(request, data));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    const QByteArray answer = reply->readAll();
    if (reply->error() != QNetworkReply::NoError)
        qFatal("%s: %s", statement.constData(), answer.constData());
    return answer;
}

QString PostgresServer::start()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    for (const QString& version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        m_programs = versions.filePath(version) + QStringLiteral("/bin/");
    const QString program = found(QStringLiteral("postgres"), {m_programs});
    if (program.isEmpty())
        return QStringLiteral("postgres is not installed: apt-get install postgresql");
    m_programs = QFileInfo(program).canonicalPath() + u'/';
    m_port = free_port();
    if (!write_file(m_folder.filePath(QStringLiteral("password")), "owner-secret\n"))
        return QStringLiteral("cannot write the server's password");
    hand_over();
    const QString data = m_folder.filePath(QStringLiteral("data"));
    if (QString error = run(m_programs + QStringLiteral("initdb"),
                            {QStringLiteral("-D"), data, QStringLiteral("-U"), QStringLiteral("owner"),
                             QStringLiteral("--auth=scram-sha-256"),
                             QStringLiteral("--pwfile=") + m_folder.filePath(QStringLiteral("password")),
                             QStringLiteral("--encoding=UTF8"), QStringLiteral("--locale=C"),
                             QStringLiteral("--no-sync")});
        !error.isEmpty())
        return error;
    if (QString error = serve(program, {QStringLiteral("-D"), data, QStringLiteral("-p"),
                                        QString::number(m_port), QStringLiteral("-k"), folder(),
                                        QStringLiteral("-c"), QStringLiteral("listen_addresses=127.0.0.1"),
                                        QStringLiteral("-c"), QStringLiteral("fsync=off")});
        !error.isEmpty())
        return error;
    // It listens before it lets anybody in.
    const QDeadlineTimer deadline(start_limit);
    QString error;
    do
        error =
            run(m_programs + QStringLiteral("pg_isready"), {QStringLiteral("-h"), QStringLiteral("127.0.0.1"),
                                                            QStringLiteral("-p"), QString::number(m_port)});
    while (!error.isEmpty() && !deadline.hasExpired());
    return error;
}

QByteArray PostgresServer::sql(const QByteArray& script)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PGPASSWORD"), QStringLiteral("owner-secret"));
    process.setProcessEnvironment(environment);
    process.start(m_programs + QStringLiteral("psql"),
                  {QStringLiteral("-X"), QStringLiteral("-q"), QStringLiteral("-A"), QStringLiteral("-t"),
                   QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-h"),
                   QStringLiteral("127.0.0.1"), QStringLiteral("-p"), QString::number(m_port),
                   QStringLiteral("-U"), QStringLiteral("owner"), QStringLiteral("postgres")});
    process.write(script);
    process.closeWriteChannel();
    if (!process.waitForFinished(start_limit) || process.exitCode() != 0)
        qFatal("psql: %s", process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}
