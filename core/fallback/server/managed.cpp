#include "core/fallback/server/managed.h"

#include "core/base/text.h"
#include "core/fallback/endpoints/probe.h"
#include "core/fallback/server/process.h"

#include <QEventLoop>
#include <QTcpServer>
#include <QTimer>
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>
#include <utility>

namespace leeway::fallback {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto between_looks = std::chrono::milliseconds(100);

base::Status check_model(const std::filesystem::path& model)
{
    std::ifstream file(model, std::ios::binary);
    if (!file)
        return base::fail(
            base::ErrorCode::NotFound,
            fmt::format("The model file “{}” is not there, or may not be read.", model.string()));
    char magic[4] = {};
    file.read(magic, sizeof magic);
    if (std::string_view(magic, sizeof magic) != "GGUF")
        return base::fail(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” is not a model in GGUF format, which llama-server needs.", model.string()));
    return {};
}

int free_port()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

// The pages of the model that are in memory count among the process's resident ones.
std::int64_t resident_bytes(std::int64_t process)
{
    std::ifstream file(fmt::format("/proc/{}/statm", process));
    std::int64_t size = 0;
    std::int64_t resident = 0;
    file >> size >> resident;
    return file ? resident * ::sysconf(_SC_PAGESIZE) : 0;
}

void pause(std::chrono::milliseconds duration)
{
    QEventLoop loop;
    QTimer::singleShot(duration, &loop, &QEventLoop::quit);
    loop.exec();
}

std::string last_line(const std::string& words)
{
    std::string last;
    for (const std::string& line : base::split(words, '\n')) {
        if (!base::trimmed(line).empty())
            last = base::trimmed(line);
    }
    return base::shortened(last, 300);
}

}

struct ManagedServer::State
{
    Endpoint endpoint;
    std::unique_ptr<TiedProcess> process;
};

base::Result<ManagedServer> ManagedServer::start(const ServerOptions& options, const base::Progress& progress)
{
    if (auto status = check_model(options.model); !status)
        return tl::unexpected(status.error());
    const auto program = options.program.empty() ? find_server_program()
                                                 : base::Result<std::filesystem::path>(options.program);
    if (!program)
        return tl::unexpected(program.error());
    if (::access(program->c_str(), X_OK) != 0)
        return base::fail(
            base::ErrorCode::NotFound,
            fmt::format("The server program “{}” is not there, or may not be run.", program->string()));
    const int port = free_port();
    auto state = std::make_unique<State>();
    state->endpoint.name = options.model.filename().string();
    state->endpoint.url = fmt::format("http://127.0.0.1:{}", port);
    state->endpoint.context = std::max(256, options.context);
    // llama-server shares its context among its slots.
    const QStringList arguments{QStringLiteral("-m"),     QString::fromStdString(options.model.string()),
                                QStringLiteral("--host"), QStringLiteral("127.0.0.1"),
                                QStringLiteral("--port"), QString::number(port),
                                QStringLiteral("-c"),     QString::number(options.context * options.parallel),
                                QStringLiteral("-np"),    QString::number(options.parallel)};
    state->process = std::make_unique<TiedProcess>(QString::fromStdString(program->string()), arguments);
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(options.model));
    const auto deadline = Clock::now() + options.patience;
    for (;;) {
        if (!state->process->running())
            return base::fail(base::ErrorCode::Crashed,
                              fmt::format("“{}” ended before “{}” was loaded. Its last words: {}",
                                          program->string(), options.model.filename().string(),
                                          last_line(state->process->last_words())));
        if (probe(state->endpoint, {}, std::chrono::seconds(2)).liveness == Liveness::Ready)
            break;
        if (Clock::now() > deadline)
            return base::fail(
                base::ErrorCode::TooLarge,
                fmt::format("“{}” was not loaded within {} seconds; this machine may be too small "
                            "for it.",
                            options.model.filename().string(),
                            std::chrono::duration_cast<std::chrono::seconds>(options.patience).count()));
        if (!base::keep_going(progress, std::min(resident_bytes(state->process->id()), bytes), bytes))
            return base::fail(base::ErrorCode::Cancelled, "Loading the model was stopped.");
        pause(between_looks);
    }
    return ManagedServer(std::move(state));
}

ManagedServer::ManagedServer(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ManagedServer::ManagedServer(ManagedServer&&) noexcept = default;
ManagedServer& ManagedServer::operator=(ManagedServer&&) noexcept = default;
ManagedServer::~ManagedServer() = default;

const Endpoint& ManagedServer::endpoint() const
{
    return m_state->endpoint;
}

std::int64_t ManagedServer::process_id() const
{
    return m_state->process->id();
}

}
