#include "core/usage/bytes.h"

#include "core/usage/parquet.h"
#include "core/usage/unpack.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace leeway::usage {
namespace {

constexpr std::size_t packed_chunk = std::size_t{1} << 18;

// Logs pack to a tenth, logs that repeat themselves to a hundredth.
constexpr std::int64_t judged_from = std::int64_t{64} << 20;
constexpr std::int64_t most_unpacked = 250; // bytes out of one

struct Close
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}

struct ByteSource::State
{
    std::string name;
    std::filesystem::path path;
    std::unique_ptr<std::FILE, Close> file;
    std::optional<Program> program; // that unpacks the file: then `source` is what it writes
    std::FILE* source = nullptr;
    std::unique_ptr<Unpacker> unpacker; // null: plain
    std::vector<char> packed;
    std::size_t begin = 0; // of what is left in `packed`
    std::size_t end = 0;
    std::atomic<std::int64_t> position = 0; // asked for while another thread reads
    std::int64_t unpacked = 0;
    std::int64_t size = 0;
    std::filesystem::file_time_type written;
    bool regular = false;
    bool at_end = false;
    base::Status status;

    std::size_t read_file(char* target, std::size_t wanted)
    {
        const std::size_t got = std::fread(target, 1, wanted, source);
        position += static_cast<std::int64_t>(got);
        if (got < wanted) {
            at_end = true;
            if (std::ferror(source) != 0)
                stop(base::ErrorCode::Io, "cannot be read to its end: the disk reports an error");
            else if (check_unchanged(); program && status)
                status = program->finish();
        }
        return got;
    }

    void stop(base::ErrorCode code, std::string_view what)
    {
        at_end = true;
        if (status)
            status = base::fail(code, fmt::format("“{}” {}", name, what));
    }

    void check_unchanged()
    {
        if (!regular || program)
            return;
        std::error_code error;
        const auto now = std::filesystem::file_size(path, error);
        const auto when = std::filesystem::last_write_time(path, error);
        if (!error && (static_cast<std::int64_t>(now) != size || when != written))
            stop(base::ErrorCode::Io, "was written to while it was read. Nothing was imported; wait until it "
                                      "is complete, or import a "
                                      "copy of it.");
    }

    std::size_t read_packed(char* target, std::size_t wanted)
    {
        std::size_t done = 0;
        while (done < wanted && status) {
            if (begin == end && !at_end) {
                begin = 0;
                end = read_file(packed.data(), packed.size());
            }
            if (!status)
                return done;
            const Unpacker::Step step =
                unpacker->unpack({packed.data() + begin, end - begin}, target + done, wanted - done);
            begin += step.taken;
            done += step.given;
            unpacked += static_cast<std::int64_t>(step.given);
            if (step.damaged || (begin == end && at_end && step.given == 0)) {
                if (step.damaged || !unpacker->complete())
                    stop(base::ErrorCode::Unreadable, "cannot be read to its end: it is damaged or cut off");
                break;
            }
            if (unpacked > judged_from && unpacked / most_unpacked > position)
                stop(
                    base::ErrorCode::TooLarge,
                    fmt::format("unpacks to more than {} times its size, which no log does. If you trust it, "
                                "unpack it yourself and import the result",
                                most_unpacked));
        }
        return done;
    }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;

base::Result<ByteSource> ByteSource::open(const std::filesystem::path& path)
{
    auto state = std::make_unique<State>();
    state->name = path.filename().string();
    state->path = path;
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    if (kind == std::filesystem::file_type::not_found)
        return base::fail(base::ErrorCode::NotFound, fmt::format("There is no file “{}”.", path.string()));
    if (kind == std::filesystem::file_type::directory)
        return base::fail(base::ErrorCode::Io, fmt::format("“{}” is a folder, not a file.", path.string()));
    state->regular = kind == std::filesystem::file_type::regular;
    if (state->regular) {
        state->size = static_cast<std::int64_t>(std::filesystem::file_size(path, error));
        state->written = std::filesystem::last_write_time(path, error);
        if (!error && state->size == 0)
            return base::fail(base::ErrorCode::Empty, fmt::format("“{}” is empty.", state->name));
    }
    state->file.reset(std::fopen(path.string().c_str(), "rb"));
    if (state->file == nullptr)
        return base::fail(base::ErrorCode::Io,
                          fmt::format("“{}” could not be opened; check its permissions.", path.string()));
    state->source = state->file.get();
    std::setvbuf(state->source, nullptr, _IONBF, 0);
    state->packed.resize(packed_chunk);
    state->end = state->read_file(state->packed.data(), packed_chunk);
    if (state->status && is_parquet({state->packed.data(), state->end})) {
        auto program = unpack_parquet(path);
        if (!program)
            return tl::unexpected(program.error());
        state->program.emplace(std::move(*program));
        state->source = state->program->output();
        state->position = 0;
        state->size = 0; // of what the program writes nothing is known
        state->at_end = false;
        state->end = state->read_file(state->packed.data(), packed_chunk);
    }
    state->unpacker = unpacker_for({state->packed.data(), state->end});
    if (!state->status)
        return tl::unexpected(state->status.error());
    return ByteSource(std::move(state));
}

std::size_t ByteSource::read(char* target, std::size_t size)
{
    State& s = *m_state;
    if (!s.status)
        return 0;
    if (s.unpacker != nullptr)
        return s.read_packed(target, size);
    const std::size_t first = std::min(size, s.end - s.begin);
    std::copy_n(s.packed.data() + s.begin, first, target);
    s.begin += first;
    return first + (first < size && !s.at_end ? s.read_file(target + first, size - first) : 0);
}

const base::Status& ByteSource::status() const
{
    return m_state->status;
}

std::int64_t ByteSource::position() const
{
    return m_state->position;
}

std::int64_t ByteSource::size() const
{
    return m_state->size;
}

const std::string& ByteSource::name() const
{
    return m_state->name;
}

}
