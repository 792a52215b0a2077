#include "core/usage/source.h"

#include <cstring>
#include <fmt/format.h>
#include <zlib.h>

namespace leeway::usage {
namespace {

constexpr std::size_t padding = 64; // simdjson reads past the end
constexpr std::size_t chunk = std::size_t{1} << 18;

}

struct LineSource::State
{
    std::string name;
    gzFile file = nullptr;
    std::int64_t size = 0;
    std::string buffer = std::string(2 * chunk + padding, '\0');
    std::size_t begin = 0;
    std::size_t end = 0;
    bool at_end = false;
    std::int64_t number = 0;
    std::deque<Kept> again;
    std::string again_text;
    base::Status status;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (file != nullptr)
            gzclose(file);
    }

    // Reads one more chunk behind what is there.
    bool fill()
    {
        if (at_end)
            return false;
        if (begin > 0) {
            std::memmove(buffer.data(), buffer.data() + begin, end - begin);
            end -= begin;
            begin = 0;
        }
        if (buffer.size() < end + chunk + padding)
            buffer.resize(2 * buffer.size() + chunk);
        const int got = gzread(file, buffer.data() + end, static_cast<unsigned>(chunk));
        int code = Z_OK;
        gzerror(file, &code);
        if (got < 0 || (got == 0 && code != Z_OK && code != Z_STREAM_END)) {
            at_end = true;
            status =
                base::fail(base::ErrorCode::Unreadable,
                           fmt::format("“{}” cannot be read to its end: it is damaged or cut off", name));
            return false;
        }
        at_end = got == 0;
        end += static_cast<std::size_t>(got);
        return got > 0;
    }

    // Drops the rest of a line that is too long.
    void skip_line()
    {
        while (true) {
            const void* found = std::memchr(buffer.data() + begin, '\n', end - begin);
            if (found != nullptr) {
                begin = static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data()) + 1;
                return;
            }
            begin = end;
            if (!fill())
                return;
        }
    }
};

LineSource::LineSource(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LineSource::~LineSource() = default;
LineSource::LineSource(LineSource&&) noexcept = default;
LineSource& LineSource::operator=(LineSource&&) noexcept = default;

base::Result<LineSource> LineSource::open(const std::filesystem::path& path)
{
    auto state = std::make_unique<State>();
    state->name = path.filename().string();
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    if (kind == std::filesystem::file_type::not_found)
        return base::fail(base::ErrorCode::NotFound, fmt::format("There is no file “{}”.", path.string()));
    if (kind == std::filesystem::file_type::directory)
        return base::fail(base::ErrorCode::Io, fmt::format("“{}” is a folder, not a file.", path.string()));
    const auto size = std::filesystem::file_size(path, error);
    state->size = error ? 0 : static_cast<std::int64_t>(size);
    if (!error && size == 0)
        return base::fail(base::ErrorCode::Empty, fmt::format("“{}” is empty.", state->name));
    state->file = gzopen(path.c_str(), "rb");
    if (state->file == nullptr)
        return base::fail(base::ErrorCode::Io,
                          fmt::format("“{}” could not be opened; check its permissions.", path.string()));
    gzbuffer(state->file, static_cast<unsigned>(chunk));
    state->fill();
    if (!state->status)
        return tl::unexpected(state->status.error());
    const std::string_view head(state->buffer.data(), state->end);
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"))
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("“{}” is in UTF-16; save it as UTF-8 and try again", state->name));
    if (head.starts_with("\xef\xbb\xbf"))
        state->begin = 3;
    return LineSource(std::move(state));
}

bool LineSource::next(Line& line)
{
    State& s = *m_state;
    line.too_long = false;
    if (!s.again.empty()) {
        line.number = s.again.front().number;
        line.too_long = s.again.front().too_long;
        s.again_text = std::move(s.again.front().text);
        s.again_text.reserve(s.again_text.size() + padding);
        s.again.pop_front();
        line.text = s.again_text;
        return true;
    }
    std::size_t searched = 0;
    const char* found = nullptr;
    while (true) {
        found = static_cast<const char*>(
            std::memchr(s.buffer.data() + s.begin + searched, '\n', s.end - s.begin - searched));
        if (found != nullptr)
            break;
        searched = s.end - s.begin;
        if (searched > longest_line) {
            line.number = ++s.number;
            line.too_long = true;
            line.text = {};
            s.skip_line();
            return true;
        }
        if (!s.fill())
            break;
    }
    if (!s.status || (found == nullptr && s.begin == s.end))
        return false;
    const char* start = s.buffer.data() + s.begin;
    auto length = found != nullptr ? static_cast<std::size_t>(found - start) : s.end - s.begin;
    s.begin += length + (found != nullptr ? 1 : 0);
    if (length > 0 && start[length - 1] == '\r')
        --length;
    line.number = ++s.number;
    line.text = {start, length};
    return true;
}

void LineSource::put_back(std::deque<Kept> lines)
{
    auto& again = m_state->again;
    again.insert(again.begin(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

const base::Status& LineSource::status() const
{
    return m_state->status;
}

std::int64_t LineSource::position() const
{
    return gzoffset(m_state->file);
}

std::int64_t LineSource::size() const
{
    return m_state->size;
}

}
