#include "core/usage/warehouse/records.h"

#include "core/usage/csv.h"

#include <deque>
#include <vector>

namespace leeway::usage::warehouse {
namespace {

base::Status hand_on(std::string_view record, const RowSink& sink)
{
    if (record.ends_with('\r'))
        record.remove_suffix(1);
    if (record.empty())
        return {};
    std::vector<std::string_view> values;
    std::deque<std::string> unescaped;
    if (split_record(record, ',', values, unescaped) != Split::Ok)
        return base::fail(base::ErrorCode::Unreadable, "The warehouse sent a row that is not CSV.");
    return sink(values);
}

}

base::Status RecordSplitter::take(std::string_view bytes)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '"')
            m_quoted = !m_quoted;
        if (bytes[i] != '\n' || m_quoted)
            continue;
        const std::string_view piece = bytes.substr(begin, i - begin);
        begin = i + 1;
        base::Status status;
        if (m_record.empty()) {
            status = hand_on(piece, m_sink);
        } else {
            m_record += piece;
            status = hand_on(m_record, m_sink);
            m_record.clear();
        }
        if (!status)
            return status;
    }
    m_record += bytes.substr(begin);
    if (m_record.size() > longest_record)
        return base::fail(base::ErrorCode::TooLarge, "The warehouse sent a row of over 1 MB.");
    return {};
}

base::Status RecordSplitter::finish() const
{
    if (m_record.empty() && !m_quoted)
        return {};
    return base::fail(base::ErrorCode::Unreadable,
                      "The answer of the warehouse breaks off in the middle of a row; nothing was imported.");
}

}
