#pragma once

#include "core/usage/source.h"

#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace leeway::usage {

/// Reads the JSON values of a file that are not one a line: objects that go over several lines, and the
/// elements of a list. Values may be 16 MB long each; a longer one ends the reading.
class JsonValues
{
public:
    static constexpr std::string_view what_is_too_long =
        "holds a JSON value of more than 16 MB. Export a shorter period, or save it as JSON Lines, one "
        "object on each "
        "line";

    /// With `keep`, the lines that were read can be had by kept().
    explicit JsonValues(LineSource& source, bool keep = false) : m_source(source), m_keep(keep) {}

    /// The next value as a line: its text and where it begins. False at the end, and when it is too long.
    bool next(LineSource::Line& value);
    [[nodiscard]] bool too_long() const { return m_too_long; }
    std::deque<LineSource::Kept> kept() { return std::move(m_kept); }

private:
    bool read_line();
    bool take_value();

    LineSource& m_source;
    bool m_keep;
    std::deque<LineSource::Kept> m_kept;
    std::string m_line;
    std::size_t m_at = 0; // in m_line
    std::int64_t m_number = 0;
    std::string m_value;
    std::int64_t m_value_line = 0;
    bool m_too_long = false;
};

}
