#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

/// A program that serves on a free port of this machine, in a folder of its own, as a user without rights
/// when the test runs as root. It ends with this object, and with the test however that ends.
class Server
{
public:
    Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    virtual ~Server();

    /// Why it does not run; empty when it does.
    [[nodiscard]] virtual QString start() = 0;
    /// Ends it without a word, as a crash would.
    void kill();
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

protected:
    static int free_port();
    static QString found(const QString& name, const QStringList& folders);
    /// Gives the folder to the user whom programs run as.
    void hand_over();
    /// The end of a short run: its error output, empty when all went well.
    QString run(const QString& program, const QStringList& arguments, const QByteArray& input = {});
    /// Starts the server and waits until its port answers.
    QString serve(const QString& program, const QStringList& arguments);

    int m_port = 0;
    QTemporaryDir m_folder;

private:
    static void prepare(QProcess& process, const QString& program, const QStringList& arguments);

    QProcess m_process;
};

class ClickHouseServer : public Server
{
public:
    [[nodiscard]] QString start() override;
    /// Runs a statement as the owner; its answer. A failure ends the test.
    QByteArray sql(const QByteArray& statement, const QByteArray& data = {});
};

class PostgresServer : public Server
{
public:
    [[nodiscard]] QString start() override;
    /// Runs a script as the owner; its answer. A failure ends the test.
    QByteArray sql(const QByteArray& script);

private:
    QString m_programs;
};
