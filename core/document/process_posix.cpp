#include "core/document/process.h"

#include "core/document/protocol.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace leeway::document {
namespace {

constexpr int slice_ms = 100; // between two looks at whether the answer is still wanted

}

Worker::Process::~Process()
{
    kill();
}

base::Status Worker::Process::start(const std::filesystem::path& program)
{
    kill();
    std::error_code error;
    if (!std::filesystem::is_regular_file(program, error))
        return base::fail(
            base::ErrorCode::Io,
            fmt::format("The document reader “{}” is missing; install Leeway again.", program.string()));
    int ends[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return base::fail(base::ErrorCode::Io,
                          "The document reader could not be started: too many open files.");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // The worker must not inherit signals that this program blocks or ignores.
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string path = program.string();
    char* arguments[] = {path.data(), nullptr};
    pid_t process = -1;
    const int failed = posix_spawn(&process, path.c_str(), &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) {
        ::close(ends[0]);
        return base::fail(
            base::ErrorCode::Io,
            fmt::format("The document reader “{}” could not be started; install Leeway again.", path));
    }
    m_stream = ends[0];
    m_process = process;
    return {};
}

bool Worker::Process::running()
{
    if (m_process < 0)
        return false;
    pid_t ended = 0;
    do {
        ended = waitpid(m_process, &m_status, WNOHANG);
    } while (ended < 0 && errno == EINTR);
    if (ended == 0)
        return true;
    m_process = -1;
    close_stream();
    return false;
}

Worker::Process::Outcome Worker::Process::wait_for(short events, Deadline deadline,
                                                   const Wanted& wanted) const
{
    for (;;) {
        if (wanted && !wanted())
            return Outcome::Cancelled;
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return Outcome::Late;
        pollfd entry{m_stream, events, 0};
        const int ready = poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left, slice_ms)));
        if (ready > 0)
            return Outcome::Done; // readable, writable or broken: the next call says which
        if (ready < 0 && errno != EINTR)
            return Outcome::Gone;
    }
}

Worker::Process::Outcome Worker::Process::send(std::string_view bytes, Deadline deadline,
                                               const Wanted& wanted)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_stream, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (sent < 0 && errno == EAGAIN) {
            if (const Outcome outcome = wait_for(POLLOUT, deadline, wanted); outcome != Outcome::Done)
                return outcome;
        } else if (sent >= 0 || errno != EINTR) {
            return Outcome::Gone;
        }
    }
    return Outcome::Done;
}

Worker::Process::Outcome Worker::Process::receive_exactly(char* to, std::size_t size, Deadline deadline,
                                                          const Wanted& wanted)
{
    while (size > 0) {
        const ssize_t got = ::recv(m_stream, to, size, MSG_DONTWAIT);
        if (got > 0) {
            to += got;
            size -= static_cast<std::size_t>(got);
        } else if (got < 0 && errno == EAGAIN) {
            if (const Outcome outcome = wait_for(POLLIN, deadline, wanted); outcome != Outcome::Done)
                return outcome;
        } else if (got == 0 || errno != EINTR) {
            return Outcome::Gone;
        }
    }
    return Outcome::Done;
}

Worker::Process::Outcome Worker::Process::receive(std::string& frame, std::size_t limit, Deadline deadline,
                                                  const Wanted& wanted)
{
    char header[protocol::frame_header];
    if (const Outcome outcome = receive_exactly(header, sizeof header, deadline, wanted);
        outcome != Outcome::Done)
        return outcome;
    const std::size_t size = protocol::size_in({header, sizeof header});
    if (size == 0 || size > limit)
        return Outcome::Garbled;
    frame.resize(size);
    return receive_exactly(frame.data(), size, deadline, wanted);
}

void Worker::Process::kill()
{
    if (m_process >= 0) {
        ::kill(m_process, SIGKILL);
        while (waitpid(m_process, &m_status, 0) < 0 && errno == EINTR) {
        }
        m_process = -1;
    }
    close_stream();
}

Worker::Process::End Worker::Process::wait()
{
    // The stream is broken, so the process is ending or has stopped talking: it gets a moment, then is
    // killed.
    constexpr int tries = 50;
    for (int i = 0; i < tries && running(); ++i)
        poll(nullptr, 0, 10);
    kill();
    if (WIFSIGNALED(m_status) && WTERMSIG(m_status) == SIGXCPU)
        return End::CpuTime;
    if (WIFEXITED(m_status) && WEXITSTATUS(m_status) == out_of_memory)
        return End::Memory;
    return End::Crash;
}

void Worker::Process::close_stream()
{
    if (m_stream >= 0)
        ::close(m_stream);
    m_stream = -1;
}

}
