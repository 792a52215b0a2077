#pragma once

#include <QProcess>
#include <QStringList>
#include <QThread>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace leeway::fallback {

/// A program that ends with this object, and with our process however that ends: the system kills it when the
/// thread that started it is gone (which is why it has one of its own), and its standard input closes. Its
/// own children are ended with it, as a group.
class TiedProcess
{
public:
    TiedProcess(const QString& program, const QStringList& arguments);
    ~TiedProcess();

    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] qint64 id() const { return m_id; }
    /// The end of what it wrote, at most some kilobytes.
    [[nodiscard]] std::string last_words() const;

private:
    void start(const QString& program, const QStringList& arguments);
    void hear();
    void stop();

    QThread m_thread;
    QProcess* m_process = nullptr; // lives in m_thread
    std::atomic<bool> m_running{false};
    std::atomic<qint64> m_id{0};
    mutable std::mutex m_mutex;
    QByteArray m_words;
};

}
