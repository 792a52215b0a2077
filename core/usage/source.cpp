#include "core/usage/source.h"

#include "core/usage/bytes.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::size_t padding = 64; // simdjson reads past the end
constexpr std::size_t chunk = std::size_t{1} << 18;
constexpr std::size_t block_size = std::size_t{1} << 16;

// In parts that a byte can count, which compilers turn into many at a time.
std::int64_t line_ends(std::string_view text)
{
    constexpr std::size_t part = 240;
    std::int64_t ends = 0;
    for (; !text.empty(); text.remove_prefix(std::min(part, text.size()))) {
        std::uint8_t count = 0;
        for (const char c : text.substr(0, part))
            count = static_cast<std::uint8_t>(count + (c == '\n' ? 1 : 0));
        ends += count;
    }
    return ends;
}

}

struct LineSource::State
{
    explicit State(ByteSource source) : bytes(std::move(source)) {}

    ByteSource bytes;
    std::string buffer = std::string(2 * chunk + padding, '\0');
    std::size_t begin = 0;
    std::size_t end = 0;
    bool at_end = false;
    std::int64_t number = 0;
    std::deque<Kept> again;
    std::string again_text;
    Digest digest;

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
        const std::size_t got = bytes.read(buffer.data() + end, chunk);
        at_end = got < chunk;
        digest = joined(digest, {buffer.data() + end, got});
        end += got;
        return got > 0;
    }

    [[nodiscard]] std::string_view rest() const { return {buffer.data() + begin, end - begin}; }

    // Drops the rest of a line that is too long.
    void skip_line()
    {
        while (true) {
            const auto found = rest().find('\n');
            if (found != std::string_view::npos) {
                begin += found + 1;
                return;
            }
            begin = end;
            if (!fill())
                return;
        }
    }

    // The length of the next line with its end, 0 when it is too long; what is left at the end of the file.
    std::size_t line_length()
    {
        std::size_t searched = 0;
        while (true) {
            const auto found = rest().find('\n', searched);
            if (found != std::string_view::npos)
                return found + 1;
            searched = end - begin;
            if (searched > longest_line)
                return 0;
            if (!fill())
                return end - begin;
        }
    }
};

LineSource::LineSource(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LineSource::~LineSource() = default;
LineSource::LineSource(LineSource&&) noexcept = default;
LineSource& LineSource::operator=(LineSource&&) noexcept = default;

base::Result<LineSource> LineSource::open(const std::filesystem::path& path)
{
    auto bytes = ByteSource::open(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto state = std::make_unique<State>(std::move(*bytes));
    state->fill();
    if (!state->bytes.status())
        return tl::unexpected(state->bytes.status().error());
    const std::string_view head = state->rest();
    if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"))
        return base::fail(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” is in UTF-16; save it as UTF-8 and try again", state->bytes.name()));
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
    const std::size_t taken = s.line_length();
    if (!status() || (taken == 0 && s.begin == s.end))
        return false;
    line.number = ++s.number;
    if (taken == 0) {
        line.too_long = true;
        line.text = {};
        s.skip_line();
        return true;
    }
    line.text = s.rest().substr(0, taken);
    s.begin += taken;
    for (const char end : {'\n', '\r'}) {
        if (line.text.ends_with(end))
            line.text.remove_suffix(1);
    }
    return true;
}

void LineSource::put_back(std::deque<Kept> lines)
{
    auto& again = m_state->again;
    again.insert(again.begin(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
}

std::int64_t LineSource::Block::lines() const
{
    const std::string_view all = text();
    return line_ends(all) + (all.empty() || all.ends_with('\n') ? 0 : 1) + (too_long ? 1 : 0);
}

bool LineSource::next_block(Block& block)
{
    State& s = *m_state;
    block.too_long = false;
    block.size = 0;
    if (!s.again.empty()) {
        block.first_line = s.again.front().number;
        block.too_long = s.again.front().too_long;
        block.buffer.clear();
        for (; !block.too_long && !s.again.empty() && !s.again.front().too_long; s.again.pop_front())
            block.buffer.append(s.again.front().text).append(1, '\n');
        if (block.too_long)
            s.again.pop_front();
        block.size = block.buffer.size();
        block.buffer.append(padding, '\0');
        return true;
    }
    if (s.end - s.begin < block_size)
        s.fill();
    std::size_t taken = std::min(s.end - s.begin, block_size);
    if (!s.at_end || taken < s.end - s.begin) {
        const auto last = s.rest().substr(0, taken).rfind('\n');
        taken = last != std::string_view::npos ? last + 1 : s.line_length();
    }
    if (!status() || (taken == 0 && s.begin == s.end))
        return false;
    block.first_line = s.number + 1;
    if (taken == 0) {
        block.too_long = true;
        s.skip_line();
    } else {
        block.buffer.assign(s.buffer, s.begin, taken);
        block.buffer.append(padding, '\0');
        block.size = taken;
        s.begin += taken;
    }
    s.number += block.lines();
    return true;
}

void LineSource::put_back(const Block& block, std::size_t offset, std::int64_t number)
{
    std::deque<Kept> lines;
    if (block.too_long)
        lines.emplace_back(Line{{}, number, true});
    for (std::string_view rest = block.text().substr(offset); !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        std::string_view text = rest.substr(0, end);
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        lines.emplace_back(Line{text, number, false});
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    put_back(std::move(lines));
}

const base::Status& LineSource::status() const
{
    return m_state->bytes.status();
}

std::int64_t LineSource::position() const
{
    return m_state->bytes.position();
}

std::int64_t LineSource::size() const
{
    return m_state->bytes.size();
}

const Digest& LineSource::digest() const
{
    return m_state->digest;
}

}
