#include "ui/fallback/speedcards.h"

#include "core/fallback/statistics.h"
#include "ui/fallback/barrows.h"
#include "ui/fallback/desk.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <algorithm>
#include <vector>

namespace leeway::ui {

namespace {

QString seconds(double ms)
{
    return SpeedCards::tr("%1 s").arg(ms / 1000, 0, 'f', 2);
}

}

SpeedCards::SpeedCards(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_latency(new Card),
      m_times(new BarRows(tr("Time to answer"))),
      m_throughput(new Card),
      m_levels(new BarRows(tr("Tokens a second by requests at once")))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::instance().px(16));
    m_latency->body()->addWidget(m_times);
    m_latency->body()->addStretch();
    m_throughput->body()->addWidget(m_levels);
    m_throughput->body()->addWidget(paragraph(
        tr("All answers together, at so many requests at once. Right: until the first token."), "small"));
    m_throughput->body()->addStretch();
    layout->addWidget(m_latency, 1);
    layout->addWidget(m_throughput, 1);
    connect(&desk, &Desk::runChanged, this, &SpeedCards::refresh);
    refresh();
}

void SpeedCards::refresh()
{
    const bool ended = m_desk.readiness().has_value();
    setVisible(ended);
    if (!ended)
        return;
    showLatency();
    showThroughput();
}

void SpeedCards::showLatency()
{
    std::vector<double> firsts;
    std::vector<double> totals;
    for (const fallback::CaseResult& result : m_desk.run()->results) {
        if (result.trouble != fallback::Trouble::None)
            continue;
        totals.push_back(result.total_ms);
        if (result.first_token_ms)
            firsts.push_back(*result.first_token_ms);
    }
    m_latency->setVisible(!totals.empty());
    if (totals.empty())
        return;
    const double half = fallback::percentile(totals, 50);
    const double most = fallback::percentile(totals, 95);
    m_latency->setTitle(
        tr("Half of the answers within %1, 95 % within %2").arg(seconds(half), seconds(most)));
    std::vector<BarRows::Row> rows;
    if (!firsts.empty()) {
        const double first = fallback::percentile(firsts, 50);
        rows.push_back({tr("First token"), first, seconds(first), tr("median")});
    }
    rows.push_back({tr("Whole answer"), half, seconds(half), tr("median")});
    rows.push_back({tr("Whole answer"), most, seconds(most), tr("95 %")});
    m_times->setRows(std::move(rows));
}

void SpeedCards::showThroughput()
{
    const auto& levels = m_desk.run()->throughput;
    m_throughput->setVisible(!levels.empty());
    if (levels.empty())
        return;
    std::vector<BarRows::Row> rows;
    for (const fallback::Throughput& level : levels)
        rows.push_back({tr("%1 at once").arg(level.parallel), level.tokens_per_second,
                        tr("%1 /s").arg(level.tokens_per_second, 0, 'f', 0), seconds(level.first_token_ms)});
    const auto best = std::ranges::max_element(levels, {}, &fallback::Throughput::tokens_per_second);
    m_throughput->setTitle(tr("Most tokens a second with %1 at once: %2")
                               .arg(best->parallel)
                               .arg(best->tokens_per_second, 0, 'f', 0));
    m_levels->setRows(std::move(rows));
}

}
