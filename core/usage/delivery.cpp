#include "core/usage/delivery.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::int64_t pieces_a_report = 8;

}

base::Status judged(const std::string& name, std::int64_t good, std::int64_t bad,
                    const std::string& first_reason)
{
    const std::int64_t count = good + bad;
    if (count < judged_from || bad * 5 <= count)
        return {};
    return base::fail(base::ErrorCode::Invalid,
                      fmt::format("{} of the first {} lines of “{}” are bad: {}. Check the mapping of the "
                                  "columns",
                                  bad, count, name, first_reason));
}

Delivery::Delivery(const LineSource& source, const LogForm& form, const ReadTargets& targets,
                   const base::Progress& progress)
    : m_source(source),
      m_form(form),
      m_targets(targets),
      m_progress(progress)
{
}

bool Delivery::take_line(const pricing::Usage* good, const Rows::Bad* bad)
{
    if (good != nullptr) {
        ++m_good;
    } else {
        ++m_bad;
        if (m_first_reason.empty())
            m_first_reason = fmt::format("line {} {}", bad->line, bad->reason);
        if (m_targets.bad)
            m_targets.bad({m_form.name, bad->line, bad->reason});
    }
    return (m_good + m_bad) % judged_from != 0 || judge();
}

void Delivery::hand_on(std::span<const pricing::Usage> rows)
{
    if (m_targets.sums == nullptr)
        return m_targets.usage(rows);
    if (m_consumer == nullptr)
        m_consumer = m_targets.sums->consumer();
    for (const pricing::Usage& row : rows) {
        m_consumer->add(row, set_of(row.counts));
        if (!row.request_id.empty() && !m_targets.sums->is_new(digest_of(row.request_id)))
            m_targets.sums->take_back(row);
    }
}

bool Delivery::take(const Rows& rows)
{
    if (!m_status)
        return false;
    m_good += rows.consumed();
    // As long as all is well, rows go on in one piece.
    const auto good = rows.good();
    const auto bad = rows.bad();
    std::size_t at = 0;
    std::size_t at_bad = 0;
    while (at < good.size() || at_bad < bad.size()) {
        const std::size_t from = at;
        while (at < good.size() && (at_bad == bad.size() || good[at].line <= bad[at_bad].line)) {
            if (!take_line(&good[at++], nullptr))
                break;
        }
        if (at > from)
            hand_on(good.subspan(from, at - from));
        if (!m_status || (at_bad < bad.size() && !take_line(nullptr, &bad[at_bad++])))
            return false;
    }
    if (rows.consumed() > 0 && !judge())
        return false;
    for (const auto& [why, count] : rows.passed_over())
        m_passed_over[why] += count;
    if (++m_pieces % pieces_a_report == 0 &&
        !base::keep_going(m_progress, m_source.position(), m_source.size()))
        m_status = base::fail(base::ErrorCode::Cancelled, "The import was stopped.");
    return m_status.has_value();
}

void Delivery::stop(base::ErrorCode code, std::string_view what)
{
    if (m_status)
        m_status = base::fail(code, fmt::format("“{}” {}", m_form.name, what));
}

base::Status Delivery::finish()
{
    if (!m_status)
        return m_status;
    if (!m_source.status())
        return m_source.status();
    if (m_targets.passed_over)
        m_targets.passed_over(m_passed_over);
    if (m_good == 0 && m_bad == 0 && !m_passed_over.empty())
        return base::fail(base::ErrorCode::Empty,
                          fmt::format("“{}” has no usage, only {} {}", m_form.name,
                                      m_passed_over.begin()->second, m_passed_over.begin()->first));
    if (m_good == 0 && m_bad == 0)
        return base::fail(base::ErrorCode::Empty, fmt::format("“{}” has a header but no lines", m_form.name));
    if (m_good == 0)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("“{}” has no usable line: {}", m_form.name, m_first_reason));
    judge();
    return m_status;
}

bool Delivery::judge()
{
    if (auto status = judged(m_form.name, m_good, m_bad, m_first_reason); !status)
        m_status = std::move(status);
    return m_status.has_value();
}

}
