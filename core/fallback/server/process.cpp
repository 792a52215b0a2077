#include "core/fallback/server/process.h"

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace leeway::fallback {
namespace {

constexpr int most_words = 4 << 10;
constexpr int patience = 3000; // ms, for ending by itself

}

TiedProcess::TiedProcess(const QString& program, const QStringList& arguments)
{
    m_process = new QProcess;
    m_process->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_process, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_process, [&] { start(program, arguments); }, Qt::BlockingQueuedConnection);
}

TiedProcess::~TiedProcess()
{
    QMetaObject::invokeMethod(
        m_process, [this] { stop(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void TiedProcess::start(const QString& program, const QStringList& arguments)
{
    const pid_t parent = ::getpid();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setChildProcessModifier([parent] {
        ::setpgid(0, 0); // Ctrl-C in a terminal is for us
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent)
            ::_exit(1);
    });
    QObject::connect(m_process, &QProcess::readyReadStandardOutput, m_process, [this] { hear(); });
    QObject::connect(m_process, &QProcess::finished, m_process, [this] {
        hear();
        m_running = false;
    });
    m_process->start(program, arguments);
    m_running = m_process->waitForStarted();
    m_id = m_process->processId();
}

void TiedProcess::hear()
{
    const std::scoped_lock lock(m_mutex);
    m_words += m_process->readAllStandardOutput();
    m_words = m_words.right(most_words);
}

void TiedProcess::stop()
{
    const auto group = static_cast<pid_t>(m_id.load());
    if (m_process->state() != QProcess::NotRunning && group > 0) {
        m_process->closeWriteChannel();
        ::kill(-group, SIGTERM);
        if (!m_process->waitForFinished(patience)) {
            ::kill(-group, SIGKILL);
            m_process->waitForFinished(patience);
        }
    }
}

std::string TiedProcess::last_words() const
{
    const std::scoped_lock lock(m_mutex);
    return m_words.toStdString();
}

}
