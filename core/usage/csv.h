#pragma once

#include "core/usage/source.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

inline constexpr std::string_view line_too_long = "is longer than 16 MB";
inline constexpr std::string_view text_after_quote = "has text behind a closing quote";

/// Splits one record (RFC 4180) into fields. Views point into `text` or, for fields with doubled quotes, into
/// `unescaped`.
enum class Split { Ok, OpenQuote, TextAfterQuote };
Split split_record(std::string_view text, char separator, std::vector<std::string_view>& fields,
                   std::deque<std::string>& unescaped);

/// The separator of a header line: the most frequent of comma, semicolon and tab outside quotes.
char separator_of(std::string_view header);

/// Reads records that may go over several lines inside quotes. A quote that is never closed costs only the
/// line it stands on.
class CsvReader
{
public:
    CsvReader(LineSource& source, char separator) : m_source(source), m_separator(separator) {}

    struct Record
    {
        const std::vector<std::string_view>* fields = nullptr; // nullptr: bad, see reason
        std::int64_t line = 0;                                 // on which it begins
        std::string_view reason;
    };
    /// The next record that is not an empty line; false at the end.
    bool next(Record& record);

private:
    bool read_on(Record& record, const LineSource::Line& line);

    LineSource& m_source;
    char m_separator;
    std::vector<std::string_view> m_fields;
    std::deque<std::string> m_unescaped;
    std::string m_joined;
    int m_open_quotes = 0; // that were never closed
};

}
