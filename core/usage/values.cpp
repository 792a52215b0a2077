#include "core/usage/values.h"

#include <cstddef>

namespace leeway::usage {
namespace {

constexpr std::size_t padding = 64; // simdjson reads past the end

}

bool JsonValues::read_line()
{
    LineSource::Line line;
    if (m_too_long || !m_source.next(line))
        return false;
    if (m_keep)
        m_kept.emplace_back(line);
    m_too_long = line.too_long;
    m_line.assign(line.text).append(1, '\n');
    m_at = 0;
    m_number = line.number;
    return !m_too_long;
}

// Goes on to the end of the value that begins at m_at. What is not JSON ends with its line.
bool JsonValues::take_value()
{
    m_value.clear();
    m_value_line = m_number;
    int depth = 0;
    bool in_text = false;
    bool escaped = false;
    while (true) {
        const std::size_t begin = m_at;
        for (; m_at < m_line.size(); ++m_at) {
            const char c = m_line[m_at];
            if (in_text) {
                in_text = escaped || c != '"';
                escaped = !escaped && c == '\\';
                continue;
            }
            if (c == '"')
                in_text = true;
            else if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']')
                --depth;
            if (depth > 0 || in_text)
                continue;
            if (c == '}' || c == ']' || c == '\n') {
                m_value.append(m_line, begin, m_at - begin + (c != '\n' ? 1 : 0));
                ++m_at;
                return true;
            }
        }
        m_value.append(m_line, begin);
        m_too_long = m_too_long || m_value.size() > LineSource::longest_line;
        if (m_too_long || !read_line())
            return !m_too_long;
    }
}

bool JsonValues::next(LineSource::Line& value)
{
    while (true) {
        m_at = m_line.find_first_not_of(" \t\r\n,[]", m_at);
        if (m_at != std::string::npos)
            break;
        if (!read_line())
            return false;
    }
    if (!take_value())
        return false;
    m_value.reserve(m_value.size() + padding);
    value = {m_value, m_value_line, false};
    return true;
}

}
