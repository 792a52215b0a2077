#include "app/cli/output.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

std::size_t width_of(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

}

Exit exit_code(base::ErrorCode code)
{
    using enum base::ErrorCode;
    switch (code) {
    case NotFound:
    case Empty:
    case Unreadable:
    case NeedsPassword:
    case NoText:
    case TooLarge:
    case Crashed:
    case NewerFormat:
    case Foreign:
    case Invalid:
        return UnreadableInput;
    case Locked:
    case Database:
    case Io:
    case Cancelled:
        return OtherFailure;
    }
    return OtherFailure;
}

Exit complain(const base::Error& error)
{
    note(error.message);
    return exit_code(error.code);
}

Exit refuse(std::string_view message)
{
    note(message);
    return BadUsage;
}

void note(std::string_view message)
{
    fmt::print(stderr, "leeway-cli: {}\n", message);
}

Table::Table(std::vector<std::string> head, std::vector<Align> align)
    : m_rows{std::move(head)},
      m_align(std::move(align))
{
    m_align.resize(m_rows.front().size(), Align::Left);
}

void Table::add(std::vector<std::string> row)
{
    row.resize(m_align.size());
    m_rows.push_back(std::move(row));
}

void Table::print() const
{
    std::vector<std::size_t> widths(m_align.size(), 0);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    }
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        std::string line;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string& cell = m_rows[r][i];
            const std::string padding(widths[i] - width_of(cell), ' ');
            line += (i > 0 ? "  " : "") + (m_align[i] == Align::Right ? padding + cell : cell + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        print_line(line);
        if (r == 0) {
            std::string rule;
            for (std::size_t i = 0; i < widths.size(); ++i)
                rule += (i > 0 ? "  " : "") + std::string(widths[i], '-');
            print_line(rule);
        }
    }
}

std::string in_line(std::string_view text, std::size_t bytes)
{
    std::string line = base::shortened(base::to_valid_utf8(text), bytes);
    std::ranges::replace_if(
        line, [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return line;
}

void print_line(std::string_view text)
{
    fmt::print("{}\n", text);
}

}
