#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::cli {

enum Exit { Done = 0, BelowBar = 1, BadUsage = 2, UnreadableInput = 3, OtherFailure = 4 };

/// The exit code that a script should see for an error.
Exit exit_code(base::ErrorCode code);

/// "leeway-cli: <message>" on standard error; returns exit_code().
Exit complain(const base::Error& error);

/// "leeway-cli: <message>" on standard error for a command line that makes no sense; returns BadUsage.
Exit refuse(std::string_view message);

/// "leeway-cli: <message>" on standard error, for what a person should know of good input.
void note(std::string_view message);

enum class Align { Left, Right };

/// A table for people: columns as wide as their widest cell, two blanks apart. Widths count characters, not
/// bytes.
class Table
{
public:
    explicit Table(std::vector<std::string> head, std::vector<Align> align = {});
    void add(std::vector<std::string> row);
    void print() const;

private:
    std::vector<std::vector<std::string>> m_rows;
    std::vector<Align> m_align;
};

/// At most so many bytes of a text as one line, with tabs and line ends as blanks.
std::string in_line(std::string_view text, std::size_t bytes);

/// One line on standard output.
void print_line(std::string_view text);

}
