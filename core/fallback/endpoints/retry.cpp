#include "core/fallback/endpoints/retry.h"

#include "core/base/text.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>
#include <algorithm>
#include <charconv>

namespace leeway::fallback {

using std::chrono::milliseconds;

bool may_pass(Trouble trouble)
{
    return trouble == Trouble::RateLimited || trouble == Trouble::ServerFault || trouble == Trouble::Reset ||
           trouble == Trouble::Unreachable;
}

std::optional<milliseconds> pause_before_retry(Trouble trouble, int attempts,
                                               std::optional<milliseconds> asked, double chance,
                                               const RetryRules& rules)
{
    if (!may_pass(trouble) || attempts > rules.most)
        return std::nullopt;
    const auto doubled = rules.first_pause * (std::int64_t{1} << std::clamp(attempts - 1, 0, 20));
    const milliseconds pause = std::min<milliseconds>(doubled, rules.longest_pause);
    const auto spread = milliseconds(
        static_cast<std::int64_t>(static_cast<double>(pause.count()) / 2 * std::clamp(chance, 0.0, 1.0)));
    return asked ? std::min(*asked, rules.longest_asked) + spread : pause / 2 + spread;
}

std::optional<milliseconds> parse_retry_after(std::string_view header, base::Instant now)
{
    const std::string_view text = base::trimmed(header);
    double seconds = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (fault == std::errc() && end == text.data() + text.size())
        return seconds >= 0 ? std::optional(
                                  milliseconds(static_cast<std::int64_t>(std::min(seconds, 86'400.0) * 1000)))
                            : std::nullopt;
    QDateTime date =
        QLocale::c().toDateTime(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())),
                                QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return std::max(milliseconds(0), milliseconds(date.toMSecsSinceEpoch()) - now.time_since_epoch());
}

}
