#include "core/usage/csv.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace leeway::usage {
namespace {

// How far a quoted field may reach, and after how many unclosed quotes records end with their lines: both
// bound the work that a hostile file can cause.
constexpr std::size_t longest_record = std::size_t{4} << 20;
constexpr int most_open_quotes = 20;
constexpr int most_splits = 200;

// Whether a quoted field that is open at the start of `line` ends in it.
bool closes_quote(std::string_view line)
{
    for (auto at = line.find('"'); at != std::string_view::npos; at = line.find('"', at + 2)) {
        if (at + 1 == line.size() || line[at + 1] != '"')
            return true;
    }
    return false;
}

}

Split split_record(std::string_view text, char separator, std::vector<std::string_view>& fields,
                   std::deque<std::string>& unescaped)
{
    fields.clear();
    unescaped.clear();
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        if (at == end || *at != '"') {
            const void* found = std::memchr(at, separator, static_cast<std::size_t>(end - at));
            const char* stop = found != nullptr ? static_cast<const char*>(found) : end;
            fields.emplace_back(at, static_cast<std::size_t>(stop - at));
            if (found == nullptr)
                return Split::Ok;
            at = stop + 1;
            continue;
        }
        const char* begin = ++at;
        std::string* joined = nullptr;
        const char* stop = nullptr;
        while (stop == nullptr) {
            const void* quote = std::memchr(at, '"', static_cast<std::size_t>(end - at));
            if (quote == nullptr)
                return Split::OpenQuote;
            const char* q = static_cast<const char*>(quote);
            if (q + 1 == end || q[1] != '"') {
                stop = q;
                continue;
            }
            if (joined == nullptr)
                joined = &unescaped.emplace_back();
            joined->append(begin, q + 1);
            at = begin = q + 2;
        }
        if (joined != nullptr) {
            joined->append(begin, stop);
            fields.emplace_back(*joined);
        } else {
            fields.emplace_back(begin, static_cast<std::size_t>(stop - begin));
        }
        at = stop + 1;
        if (at == end)
            return Split::Ok;
        if (*at != separator)
            return Split::TextAfterQuote;
        ++at;
    }
}

char separator_of(std::string_view header)
{
    constexpr std::array separators{',', ';', '\t'};
    std::array<std::size_t, separators.size()> counts{};
    bool quoted = false;
    for (const char c : header) {
        quoted = quoted != (c == '"');
        for (std::size_t i = 0; i < separators.size(); ++i)
            counts[i] += !quoted && c == separators[i] ? 1 : 0;
    }
    const auto most = std::ranges::max_element(counts);
    return separators[static_cast<std::size_t>(most - counts.begin())];
}

bool CsvReader::next(Record& record)
{
    LineSource::Line line;
    do {
        if (!m_source.next(line))
            return false;
    } while (line.text.empty() && !line.too_long);
    record = {nullptr, line.number, {}};
    if (line.too_long) {
        record.reason = line_too_long;
        return true;
    }
    switch (split_record(line.text, m_separator, m_fields, m_unescaped)) {
    case Split::Ok:
        record.fields = &m_fields;
        return true;
    case Split::TextAfterQuote:
        record.reason = text_after_quote;
        return true;
    case Split::OpenQuote:
        break;
    }
    return read_on(record, line);
}

// The record goes on over the next lines until its quote is closed.
bool CsvReader::read_on(Record& record, const LineSource::Line& first)
{
    std::deque<LineSource::Kept> taken;
    m_joined.assign(first.text);
    LineSource::Line line;
    int splits = 0;
    while (m_open_quotes < most_open_quotes && m_joined.size() < longest_record && splits < most_splits &&
           m_source.next(line)) {
        taken.emplace_back(line);
        if (line.too_long)
            break;
        m_joined += '\n';
        m_joined += line.text;
        if (!closes_quote(line.text))
            continue;
        ++splits;
        const Split split = split_record(m_joined, m_separator, m_fields, m_unescaped);
        if (split == Split::Ok) {
            record.fields = &m_fields;
            return true;
        }
        if (split == Split::TextAfterQuote)
            break;
    }
    ++m_open_quotes;
    m_source.put_back(std::move(taken));
    record.reason = "opens a quote that is not closed";
    return true;
}

}
