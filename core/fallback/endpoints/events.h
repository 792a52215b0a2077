#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// Cuts a stream into lines, however its pieces are cut: a character, or a CR and its LF, may lie in two
/// pieces. Bytes are handed on as they are.
class LineDecoder
{
public:
    using Sink = std::function<void(std::string_view line)>;

    /// A line of more than `most` bytes is dropped and makes the stream broken.
    explicit LineDecoder(std::size_t most) : m_most(most) {}

    /// Lines end with LF, CR LF or CR.
    void take(std::string_view bytes, const Sink& sink);
    /// The last line, when it has no end.
    void finish(const Sink& sink);
    [[nodiscard]] bool broken() const { return m_broken; }

private:
    void append(std::string_view bytes);
    void end_line(const Sink& sink);

    std::size_t m_most;
    std::string m_line;
    bool m_after_cr = false;
    bool m_broken = false;
};

struct ServerEvent
{
    std::string type; // empty when the server names none
    std::string data;
};

/// Server-sent events (WHATWG HTML standard, section 9.2.6), with a bound on their size. Comments, pings,
/// ids and a byte order mark are passed over. Unlike in the standard, an event at the very end counts without
/// an empty line behind it, since servers forget that.
class EventDecoder
{
public:
    using Sink = std::function<void(const ServerEvent& event)>;

    explicit EventDecoder(std::size_t most) : m_lines(most), m_most(most) {}
    void take(std::string_view bytes, const Sink& sink);
    void finish(const Sink& sink);
    [[nodiscard]] bool broken() const { return m_broken || m_lines.broken(); }

private:
    void line(std::string_view line, const Sink& sink);
    void dispatch(const Sink& sink);

    LineDecoder m_lines;
    std::size_t m_most;
    ServerEvent m_event;
    bool m_first_line = true;
    bool m_has_data = false;
    bool m_broken = false;
};

}
