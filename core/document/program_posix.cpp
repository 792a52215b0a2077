#include "core/document/program.h"

#include "core/base/text.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace leeway::document {
namespace {

using base::ErrorCode;
using Clock = std::chrono::steady_clock;

constexpr int slice_ms = 100; // between two looks at whether the answer is still wanted

// A running program and the stream to and from it; ended by the destructor.
class Running
{
public:
    Running() = default;
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() { end(); }

    bool start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               const ProgramLimits& limits)
    {
        int ends[2] = {-1, -1};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            return false;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes, &signals);
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&attributes, &signals);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        std::vector<std::string> words{program.string()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> argv;
        for (std::string& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        // Threads would only be in the way of other files that are read at the same time.
        std::string one_thread = "OMP_THREAD_LIMIT=1";
        std::vector<char*> environment{one_thread.data()};
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
            if (!std::string_view(*entry).starts_with("OMP_THREAD_LIMIT="))
                environment.push_back(*entry);
        }
        environment.push_back(nullptr);
        const int failed =
            posix_spawn(&m_process, argv[0], &actions, &attributes, argv.data(), environment.data());
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        m_stream = ends[0];
        if (failed != 0) {
            m_process = -1;
            return false;
        }
        limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu.count()));
        limit(RLIMIT_AS, limits.memory_bytes);
        limit(RLIMIT_CORE, 0);
        return true;
    }

    [[nodiscard]] int stream() const { return m_stream; }

    // Waits for the program, which has closed its output; true when it says that all went well.
    bool succeeded()
    {
        int status = 0;
        while (waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
        }
        m_process = -1;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    void limit(__rlimit_resource resource, rlim_t most) const
    {
        const rlimit value{most, most};
        prlimit(m_process, resource, &value, nullptr);
    }

    void end()
    {
        if (m_process >= 0) {
            ::kill(m_process, SIGKILL);
            while (waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) {
            }
        }
        if (m_stream >= 0)
            ::close(m_stream);
    }

    pid_t m_process = -1;
    int m_stream = -1;
};

}

std::filesystem::path find_program(std::string_view name)
{
    const char* path = std::getenv("PATH");
    if (path == nullptr)
        return {};
    for (const std::string& folder : base::split(path, ':')) {
        const std::filesystem::path candidate = std::filesystem::path(folder) / name;
        std::error_code error;
        if (!folder.empty() && std::filesystem::is_regular_file(candidate, error) &&
            access(candidate.c_str(), X_OK) == 0)
            return candidate;
    }
    return {};
}

base::Result<std::string> run_program(const std::filesystem::path& program,
                                      const std::vector<std::string>& arguments, std::string_view input,
                                      const ProgramLimits& limits, const std::function<bool()>& wanted)
{
    Running running;
    if (!running.start(program, arguments, limits))
        return base::fail(ErrorCode::Io, fmt::format("“{}” could not be started.", program.string()));
    const Clock::time_point deadline = Clock::now() + limits.wall;
    std::string output;
    std::array<char, 65536> piece{};
    bool sending = true;
    for (;;) {
        if (wanted && !wanted())
            return base::fail(ErrorCode::Cancelled, "Cancelled.");
        if (Clock::now() >= deadline)
            return base::fail(ErrorCode::TooLarge,
                              fmt::format("“{}” took more than {} seconds.", program.filename().string(),
                                          limits.wall.count()));
        if (sending && input.empty()) {
            shutdown(running.stream(), SHUT_WR);
            sending = false;
        }
        pollfd entry{running.stream(), static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
        if (poll(&entry, 1, slice_ms) <= 0)
            continue;
        if (sending && (entry.revents & POLLOUT) != 0) {
            const ssize_t sent =
                ::send(running.stream(), input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent > 0)
                input.remove_prefix(static_cast<std::size_t>(sent));
            else if (sent < 0 && errno != EAGAIN && errno != EINTR)
                input = {}; // it has closed its input; what it says and how it ends still counts
        }
        if ((entry.revents & (POLLIN | POLLHUP | POLLERR)) == 0)
            continue;
        const ssize_t got = ::recv(running.stream(), piece.data(), piece.size(), MSG_DONTWAIT);
        if (got > 0)
            output.append(piece.data(), static_cast<std::size_t>(got));
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            break;
        if (output.size() > limits.output_bytes)
            return base::fail(ErrorCode::TooLarge,
                              fmt::format("“{}” said too much.", program.filename().string()));
    }
    if (!running.succeeded())
        return base::fail(ErrorCode::Io, fmt::format("“{}” failed.", program.string()));
    return output;
}

}
