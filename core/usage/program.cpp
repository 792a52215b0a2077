#include "core/usage/program.h"

#include "core/base/text.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace leeway::usage {
namespace {

struct Close
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::string end_of(std::FILE* file)
{
    std::array<char, 2000> text{};
    std::fseek(file, 0, SEEK_END);
    const long size = std::ftell(file);
    std::fseek(file, size > 2000 ? size - 2000 : 0, SEEK_SET);
    const std::size_t got = std::fread(text.data(), 1, text.size(), file);
    return base::to_valid_utf8(base::trimmed({text.data(), got}));
}

}

struct Program::State
{
    std::string name;
    pid_t child = -1;
    File output;
    File errors; // a temporary file

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        output.reset();
        if (child > 0) {
            kill(child, SIGTERM);
            wait();
        }
    }

    int wait()
    {
        int status = 0;
        while (waitpid(std::exchange(child, -1), &status, 0) < 0 && errno == EINTR)
            continue;
        return status;
    }
};

Program::Program(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

base::Result<Program> Program::start(const std::vector<std::string>& arguments)
{
    auto state = std::make_unique<State>();
    state->name = arguments.front();
    state->errors.reset(std::tmpfile());
    std::array<int, 2> ends{-1, -1};
    if (state->errors == nullptr || pipe2(ends.data(), O_CLOEXEC) != 0)
        return base::fail(base::ErrorCode::Io, fmt::format("“{}” could not be started.", state->name));
    state->output.reset(fdopen(ends[0], "rb"));
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str())); // it is not written to
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(state->errors.get()), STDERR_FILENO);
    const int failed = posix_spawnp(&state->child, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) {
        state->child = -1;
        return base::fail(base::ErrorCode::NotFound, fmt::format("There is no program “{}”.", state->name));
    }
    return Program(std::move(state));
}

std::FILE* Program::output() const
{
    return m_state->output.get();
}

base::Status Program::finish()
{
    const int status = m_state->wait();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    return base::fail(base::ErrorCode::Unreadable,
                      fmt::format("“{}” failed: {}", m_state->name, end_of(m_state->errors.get())));
}

}
