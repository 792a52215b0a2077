#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/usage/reading.h"
#include "core/usage/recognise.h"
#include "core/usage/rows.h"
#include "core/usage/source.h"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace leeway::usage {

inline constexpr std::int64_t judged_from = 1000; // lines, before a log is refused for its bad ones
/// Refuses a log once more than a fifth of `judged_from` or more lines are bad.
base::Status judged(const std::string& name, std::int64_t good, std::int64_t bad,
                    const std::string& first_reason);

/// Hands rows on in the order of their lines, and stops the reading of a file that is something else.
class Delivery
{
public:
    Delivery(const LineSource& source, const LogForm& form, const ReadTargets& targets,
             const base::Progress& progress);

    /// False when reading is to stop; finish() says why.
    bool take(const Rows& rows);
    /// Where rows may go as soon as they are read, null when they must come in order.
    [[nodiscard]] SumTarget* sums() const { return m_targets.sums; }
    [[nodiscard]] std::int64_t good() const { return m_good; }
    /// Ends the reading with an error about the file: "holds …".
    void stop(base::ErrorCode code, std::string_view what);
    /// After the last row: whether the log as a whole was good enough.
    base::Status finish();

private:
    bool take_line(const pricing::Usage* good, const Rows::Bad* bad);
    void hand_on(std::span<const pricing::Usage> rows);
    bool judge();

    const LineSource& m_source;
    const LogForm& m_form;
    const ReadTargets& m_targets;
    const base::Progress& m_progress;
    std::int64_t m_good = 0;
    std::int64_t m_bad = 0;
    std::int64_t m_pieces = 0;
    std::map<std::string, std::int64_t> m_passed_over;
    std::string m_first_reason;
    std::unique_ptr<RowConsumer> m_consumer; // of rows that come in order although there are sums
    base::Status m_status;
};

}
