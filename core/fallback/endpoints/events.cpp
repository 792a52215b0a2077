#include "core/fallback/endpoints/events.h"

namespace leeway::fallback {

void LineDecoder::append(std::string_view bytes)
{
    if (m_line.size() + bytes.size() > m_most) {
        m_broken = true;
        m_line.clear();
    } else if (!m_broken) {
        m_line += bytes;
    }
}

void LineDecoder::end_line(const Sink& sink)
{
    if (!m_broken)
        sink(m_line);
    m_line.clear();
}

void LineDecoder::take(std::string_view bytes, const Sink& sink)
{
    while (!bytes.empty() && !m_broken) {
        if (m_after_cr && bytes.front() == '\n')
            bytes.remove_prefix(1);
        m_after_cr = false;
        const std::size_t end = bytes.find_first_of("\r\n");
        append(bytes.substr(0, end));
        if (end == std::string_view::npos)
            return;
        m_after_cr = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        end_line(sink);
    }
}

void LineDecoder::finish(const Sink& sink)
{
    if (!m_line.empty())
        end_line(sink);
}

void EventDecoder::take(std::string_view bytes, const Sink& sink)
{
    m_lines.take(bytes, [&](std::string_view one) { line(one, sink); });
}

void EventDecoder::finish(const Sink& sink)
{
    m_lines.finish([&](std::string_view one) { line(one, sink); });
    dispatch(sink);
}

void EventDecoder::line(std::string_view line, const Sink& sink)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (m_first_line && line.starts_with(mark))
        line.remove_prefix(mark.size());
    m_first_line = false;
    if (line.empty()) {
        dispatch(sink);
        return;
    }
    const std::size_t colon = line.find(':');
    const std::string_view field = line.substr(0, colon);
    std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (field == "event") {
        m_event.type = value;
    } else if (field == "data") {
        if (m_has_data)
            m_event.data += '\n';
        m_has_data = true;
        if (m_event.data.size() + value.size() > m_most)
            m_broken = true;
        else
            m_event.data += value;
    }
}

void EventDecoder::dispatch(const Sink& sink)
{
    if (m_has_data && !broken())
        sink(m_event);
    m_event = {};
    m_has_data = false;
}

}
