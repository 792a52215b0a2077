#include "core/document/worker.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/document/process.h"
#include "core/document/protocol.h"
#include "core/document/serialise.h"
#include "core/document/tesseract.h"

#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <tuple>

namespace leeway::document {
namespace {

using base::ErrorCode;

tl::unexpected<base::Error> over_limit(const std::string& what, const std::string& limit)
{
    return base::fail(
        ErrorCode::TooLarge,
        fmt::format("{} was given up: reading it took more than {}. Print it to a new PDF, or split "
                    "it, and add that.",
                    what, limit));
}

std::string quoted(const std::string& name)
{
    return "“" + name + "”";
}

}

// One exchange with the worker, with everything that can go wrong turned into an error about `what`.
class Worker::Exchange
{
public:
    Exchange(Process& process, const Limits& limits, std::string what, const base::Progress& progress)
        : m_process(process),
          m_limits(limits),
          m_what(std::move(what)),
          m_progress(progress),
          m_deadline(std::chrono::steady_clock::now() + limits.wall)
    {
        if (progress)
            m_wanted = [this] { return m_progress(m_done, m_total); };
    }

    base::Status send(std::string_view bytes)
    {
        const std::string header = protocol::header_of(bytes.size());
        Process::Outcome outcome = m_process.send(header, m_deadline, m_wanted);
        if (outcome == Process::Outcome::Done)
            outcome = m_process.send(bytes, m_deadline, m_wanted);
        return outcome == Process::Outcome::Done ? base::Status{} : fail(outcome);
    }

    /// The next frame that is no report of progress; its first byte says what it is.
    base::Result<std::string> receive()
    {
        for (;;) {
            std::string frame;
            const Process::Outcome outcome =
                m_process.receive(frame, protocol::most_answer_bytes, m_deadline, m_wanted);
            if (outcome != Process::Outcome::Done)
                return fail(outcome);
            if (frame[0] == static_cast<char>(protocol::Answer::Error)) {
                auto error = protocol::decode_error(std::string_view(frame).substr(1));
                if (!error)
                    return fail(Process::Outcome::Garbled);
                if (error->code == ErrorCode::TooLarge)
                    m_process.kill(); // it may be short of memory
                return tl::unexpected(std::move(*error));
            }
            if (frame[0] == static_cast<char>(protocol::Answer::Recognise)) {
                if (auto answered = answer_scan(std::string_view(frame).substr(1)); !answered)
                    return tl::unexpected(answered.error());
                continue;
            }
            if (frame[0] != static_cast<char>(protocol::Answer::Progress))
                return frame;
            const auto progress = protocol::decode_progress(std::string_view(frame).substr(1));
            if (!progress)
                return fail(Process::Outcome::Garbled);
            std::tie(m_done, m_total) = *progress;
            if (!base::keep_going(m_progress, m_done, m_total))
                return fail(Process::Outcome::Cancelled);
        }
    }

    tl::unexpected<base::Error> fail(Process::Outcome outcome)
    {
        const Process::End end = outcome == Process::Outcome::Gone ? m_process.wait() : Process::End::Crash;
        m_process.kill();
        switch (outcome) {
        case Process::Outcome::Late:
            return over_limit(m_what, fmt::format("{} seconds", m_limits.wall.count()));
        case Process::Outcome::Cancelled:
            return base::fail(ErrorCode::Cancelled, fmt::format("Reading {} was cancelled.", m_what));
        case Process::Outcome::Garbled:
            return base::fail(
                ErrorCode::Crashed,
                fmt::format("Reading {} went wrong: the document reader answered with something "
                            "unreadable. Install Leeway again if other files fail, too.",
                            m_what));
        default:
            break;
        }
        if (end == Process::End::CpuTime)
            return over_limit(m_what, fmt::format("{} seconds of computing time", m_limits.cpu.count()));
        if (end == Process::End::Memory)
            return over_limit(m_what, fmt::format("{} MB of memory", m_limits.memory_bytes >> 20));
        return base::fail(
            ErrorCode::Crashed,
            fmt::format("{} made the document reader crash; it may be damaged on purpose or by "
                        "accident. Print it to a new PDF and add that. Nothing else is affected.",
                        m_what));
    }

private:
    // The time that Tesseract takes is not the worker's.
    base::Status answer_scan(std::string_view bytes)
    {
        const auto scan = protocol::decode_scan(bytes);
        if (!scan)
            return fail(Process::Outcome::Garbled);
        const auto started = std::chrono::steady_clock::now();
        if (!m_tesseract)
            m_tesseract = Tesseract::find();
        const auto table = *m_tesseract ? (*m_tesseract)->read(*scan, m_wanted)
                                        : base::Result<std::string>(tl::unexpected(m_tesseract->error()));
        m_deadline += std::chrono::steady_clock::now() - started;
        if (!table && table.error().code == ErrorCode::Cancelled)
            return fail(Process::Outcome::Cancelled);
        return send(table ? protocol::recognised + *table : protocol::encode(table.error()));
    }

    Process& m_process;
    const Limits& m_limits;
    std::string m_what;
    const base::Progress& m_progress;
    Process::Deadline m_deadline;
    Process::Wanted m_wanted;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
    std::optional<base::Result<Tesseract>> m_tesseract;
};

Worker::Worker(Limits limits, std::filesystem::path program)
    : m_limits(limits),
      m_program(std::move(program)),
      m_process(std::make_unique<Process>())
{
}

Worker::~Worker() = default;

template<typename Ask>
auto Worker::with_process(const Ask& ask)
{
    const bool used = m_process->running();
    auto result = ask();
    if (used && !result && result.error().code == ErrorCode::Crashed)
        result = ask();
    return result;
}

base::Result<Document> Worker::read(const std::string& name, const std::string& bytes,
                                    const base::Progress& progress)
{
    return with_process([&] { return read_once(name, bytes, progress); });
}

base::Result<Document> Worker::read_once(const std::string& name, const std::string& bytes,
                                         const base::Progress& progress)
{
    if (auto started = start(name, bytes); !started)
        return tl::unexpected(started.error());
    Exchange exchange(*m_process, m_limits, quoted(name), progress);
    auto frame = ask_about(
        exchange, protocol::encode(protocol::ReadRequest{name, static_cast<bool>(progress), m_limits}),
        bytes);
    if (!frame)
        return tl::unexpected(frame.error());
    if ((*frame)[0] != static_cast<char>(protocol::Answer::Document))
        return exchange.fail(Process::Outcome::Garbled);
    auto document = from_bytes(std::string_view(*frame).substr(1));
    if (!document)
        return exchange.fail(Process::Outcome::Garbled);
    return document;
}

base::Status Worker::start(const std::string& name, const std::string& bytes)
{
    if (bytes.size() > m_limits.file_bytes)
        return base::fail(
            ErrorCode::TooLarge,
            fmt::format("“{}” is larger than the limit of {} MB. Print it to a new PDF, or split it.", name,
                        m_limits.file_bytes >> 20));
    return m_process->running() ? base::Status{} : m_process->start(m_program);
}

base::Result<std::string> Worker::ask_about(Exchange& exchange, const std::string& request,
                                            const std::string& bytes)
{
    if (auto sent = exchange.send(request); !sent)
        return tl::unexpected(sent.error());
    if (auto sent = exchange.send(bytes); !sent)
        return tl::unexpected(sent.error());
    return exchange.receive();
}

base::Result<std::vector<Attachment>> Worker::attachments(const std::string& name, const std::string& bytes)
{
    return with_process([&] { return attachments_once(name, bytes); });
}

base::Result<std::vector<Attachment>> Worker::attachments_once(const std::string& name,
                                                               const std::string& bytes)
{
    if (auto started = start(name, bytes); !started)
        return tl::unexpected(started.error());
    const base::Progress none;
    Exchange exchange(*m_process, m_limits, quoted(name), none);
    auto frame = ask_about(
        exchange, protocol::encode(protocol::ReadRequest{name, false, m_limits}, protocol::Ask::Attachments),
        bytes);
    if (!frame)
        return tl::unexpected(frame.error());
    auto attachments = protocol::decode_attachments(std::string_view(*frame).substr(1));
    if ((*frame)[0] != static_cast<char>(protocol::Answer::Attachments) || !attachments)
        return exchange.fail(Process::Outcome::Garbled);
    return attachments;
}

base::Result<Document> Worker::read_file(const std::filesystem::path& path, const base::Progress& progress)
{
    const auto bytes = base::read_file(path, m_limits.file_bytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return read(path.filename().string(), *bytes, progress);
}

base::Result<Bitmap> Worker::render(const std::string& bytes, int page, double scale)
{
    return with_process([&] { return render_once(bytes, page, scale); });
}

base::Result<Bitmap> Worker::render_once(const std::string& bytes, int page, double scale)
{
    if (!m_process->running()) {
        if (auto started = m_process->start(m_program); !started)
            return tl::unexpected(started.error());
    }
    const base::Progress none;
    Exchange exchange(*m_process, m_limits, "The page", none);
    const std::string sha256 = base::sha256(bytes);
    if (auto sent = exchange.send(protocol::encode(protocol::RenderRequest{sha256, page, scale, m_limits}));
        !sent)
        return tl::unexpected(sent.error());
    auto frame = exchange.receive();
    if (frame && (*frame)[0] == static_cast<char>(protocol::Answer::SendFile)) {
        if (auto sent = exchange.send(bytes); !sent)
            return tl::unexpected(sent.error());
        frame = exchange.receive();
    }
    if (!frame)
        return tl::unexpected(frame.error());
    auto bitmap = protocol::decode_bitmap(std::string_view(*frame).substr(1));
    if ((*frame)[0] != static_cast<char>(protocol::Answer::Bitmap) || !bitmap)
        return exchange.fail(Process::Outcome::Garbled);
    return bitmap;
}

int Worker::process_id() const
{
    return m_process->id();
}

std::filesystem::path Worker::default_program()
{
    if (const char* named = std::getenv("LEEWAY_DOCWORKER"); named != nullptr && *named != '\0')
        return named;
    constexpr const char* program = "leeway-docworker";
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& candidate : {folder / program, folder.parent_path() / "bin" / program}) {
        if (std::filesystem::is_regular_file(candidate, error))
            return candidate;
    }
    return folder / program;
}

}
