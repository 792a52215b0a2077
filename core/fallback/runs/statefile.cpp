#include "core/fallback/runs/statefile.h"

#include "core/base/file.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/runs/runjson.h"

#include <QLockFile>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <system_error>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;

struct Closer
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

base::Error cannot_write(const std::filesystem::path& path)
{
    return {base::ErrorCode::Io,
            fmt::format("“{}” cannot be written; check the folder and the space left on the disk.",
                        path.string())};
}

struct Content
{
    std::optional<Run> run;
    std::size_t whole = 0; // bytes of the lines that are whole
};

// A line counts only with its end: a killed run may have left the last one half written.
base::Result<Content> content_of(const std::filesystem::path& path, std::string_view bytes)
{
    Content content;
    std::map<std::pair<int, int>, CaseResult> results; // the later one counts
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
         end = bytes.find('\n', content.whole)) {
        const auto json = parse_ordered_json(bytes.substr(content.whole, end - content.whole));
        const auto refuse = [&](const std::string& why) {
            return base::fail(
                base::ErrorCode::Unreadable,
                fmt::format("“{}” is not the state of a run, or is damaged: {} Name another file.",
                            path.string(), why));
        };
        if (!json || !json->is_object())
            return refuse("it has a line that is not JSON.");
        if (!content.run || json->contains("leeway_run")) {
            auto head = head_from(*json);
            if (!head)
                return refuse(head.error().message);
            content.run = std::move(*head);
        } else {
            auto result = case_result_from(*json);
            if (!result)
                return refuse(result.error().message);
            const std::pair key(result->index, result->repetition);
            results.insert_or_assign(key, std::move(*result));
        }
        content.whole = end + 1;
    }
    if (content.whole == 0 && !bytes.empty() && !bytes.starts_with("{\"leeway_run\""))
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("“{}” is not the state of a run. Name another file.", path.string()));
    for (auto& [key, result] : results)
        content.run->results.push_back(std::move(result));
    return content;
}

base::Result<Content> content_in(const std::filesystem::path& path)
{
    return base::read_file(path, most_bytes).and_then([&](const std::string& bytes) {
        return content_of(path, bytes);
    });
}

std::string line_of(const nlohmann::ordered_json& json)
{
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}

struct StateFile::Open
{
    std::filesystem::path path;
    std::unique_ptr<QLockFile> lock;
    std::unique_ptr<std::FILE, Closer> file;
    std::optional<Run> earlier;
    bool has_head = false;
};

base::Result<std::optional<Run>> StateFile::read(const std::filesystem::path& path)
{
    return content_in(path).map([](Content content) { return std::move(content.run); });
}

base::Result<StateFile> StateFile::open(const std::filesystem::path& path)
{
    auto open = std::make_unique<Open>();
    open->path = path;
    open->lock = std::make_unique<QLockFile>(QString::fromStdString(path.string() + ".lock"));
    open->lock->setStaleLockTime(0); // held while its process lives, however long that is
    if (!open->lock->tryLock()) {
        if (open->lock->error() != QLockFile::LockFailedError)
            return tl::unexpected(cannot_write(path));
        return base::fail(
            base::ErrorCode::Locked,
            fmt::format("Another run writes to “{}”. Wait until it is over, or name another file.",
                        path.string()));
    }
    std::error_code fault;
    if (std::filesystem::exists(path, fault)) {
        auto content = content_in(path);
        if (!content)
            return tl::unexpected(content.error());
        open->earlier = std::move(content->run);
        open->has_head = open->earlier.has_value();
        std::filesystem::resize_file(path, content->whole, fault);
        if (fault)
            return tl::unexpected(cannot_write(path));
    }
    open->file.reset(std::fopen(path.c_str(), "ab"));
    if (!open->file)
        return tl::unexpected(cannot_write(path));
    return StateFile(std::move(open));
}

StateFile::StateFile(std::unique_ptr<Open> open) : m_open(std::move(open)) {}
StateFile::StateFile(StateFile&&) noexcept = default;
StateFile& StateFile::operator=(StateFile&&) noexcept = default;
StateFile::~StateFile() = default;

const std::optional<Run>& StateFile::earlier() const
{
    return m_open->earlier;
}

base::Status StateFile::append(const Run& so_far, const CaseResult& result)
{
    std::string lines;
    if (!m_open->has_head)
        lines = line_of(head_to_json(so_far));
    return write(lines + line_of(to_json(result)));
}

base::Status StateFile::end(const Run& run)
{
    return write(line_of(head_to_json(run)));
}

base::Status StateFile::write(const std::string& lines)
{
    const bool written = std::fwrite(lines.data(), 1, lines.size(), m_open->file.get()) == lines.size() &&
                         std::fflush(m_open->file.get()) == 0;
    if (!written)
        return tl::unexpected(cannot_write(m_open->path));
    m_open->has_head = true;
    return {};
}

}
