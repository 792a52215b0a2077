#pragma once

#include "core/base/result.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace leeway::usage::warehouse {

/// The values of one row of an answer, valid during the call.
using Row = std::span<const std::string_view>;
/// Takes the rows of an answer; an error stops the query.
using RowSink = std::function<base::Status(Row)>;

/// Splits an answer in CSV (RFC 4180), which may arrive in pieces of any size, into rows.
class RecordSplitter
{
public:
    static constexpr std::size_t longest_record = std::size_t{1} << 20;

    explicit RecordSplitter(const RowSink& sink) : m_sink(sink) {}
    base::Status take(std::string_view bytes);
    /// Unreadable when the last row is not whole.
    [[nodiscard]] base::Status finish() const;

private:
    const RowSink& m_sink;
    std::string m_record; // not yet whole
    bool m_quoted = false;
};

}
