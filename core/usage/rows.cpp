#include "core/usage/rows.h"

#include <algorithm>

namespace leeway::usage {

void Rows::clear()
{
    m_kept = 0;
    m_consumed = 0;
    m_ids.clear();
    m_bad.clear();
    m_passed.clear();
}

RowBuilder& Rows::begin()
{
    if (m_kept == m_usage.size())
        m_usage.emplace_back();
    m_builder.begin(m_line, m_usage[m_kept]);
    return m_builder;
}

void Rows::end()
{
    if (!m_builder.finish()) {
        m_bad.push_back({m_line, m_builder.reason()});
        return;
    }
    if (m_consumer == nullptr) {
        ++m_kept;
        return;
    }
    const pricing::Usage& row = m_usage[m_kept];
    m_consumer->add(row, m_builder.components());
    if (!row.request_id.empty())
        m_ids.push_back({digest_of(row.request_id), static_cast<std::size_t>(m_consumed)});
    ++m_consumed;
}

void Rows::pass_over(std::string_view why)
{
    if (!m_builder.reason().empty()) {
        m_bad.push_back({m_line, m_builder.reason()});
        return;
    }
    const auto known = std::ranges::find(m_passed, why, &std::pair<std::string, std::int64_t>::first);
    if (known != m_passed.end())
        ++known->second;
    else
        m_passed.emplace_back(why, 1);
}

void Rows::add_bad(std::string_view reason)
{
    m_bad.push_back({m_line, std::string(reason)});
}

}
