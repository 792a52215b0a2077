#include "ui/fallback/drillcard.h"

#include "core/fallback/policy/words.h"
#include "ui/fallback/drill.h"
#include "ui/fallback/drillchart.h"
#include "ui/fallback/thresholdrow.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

QString percentOf(std::int64_t part, std::int64_t whole)
{
    return QString::number(whole == 0 ? 0.0 : 100.0 * double(part) / double(whole), 'f', 1) + u" %"_s;
}

QString seconds(std::int64_t ms)
{
    return str(fallback::duration_words(double(ms) / 1000));
}

QDateTime utc(base::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC);
}

// What the chart shows, as its title.
QString titleOf(const fallback::Replay& replay)
{
    const auto& with = replay.outcomes[0];
    const auto& without = replay.outcomes[1];
    const bool during = with.during.requests > 0;
    const fallback::Tally& a = during ? with.during : with.all;
    const fallback::Tally& b = during ? without.during : without.all;
    return DrillCard::tr("With this policy %1 of requests fail %2, without it %3")
        .arg(percentOf(a.all_failed(), a.requests),
             during ? DrillCard::tr("meanwhile") : DrillCard::tr("in all"),
             percentOf(b.all_failed(), b.requests));
}

}

DrillCard::DrillCard(Drill& drill, QWidget* parent) : Card({}, parent), m_drill(drill)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(24));
    m_stack = new QStackedWidget;
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeResult());
    row->addWidget(m_stack, 1);
    row->addWidget(makeSide());
    body()->addLayout(row);
    connect(&drill, &Drill::changed, this, &DrillCard::refresh);
    refresh();
}

QWidget* DrillCard::makeEmpty()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(
        paragraph(tr("Choose a usage log or trace with one line for each request. Leeway plays it "
                     "through the policy on the right, with an outage or another incident at a time "
                     "you set, and shows who would have served what. The log stays on this machine "
                     "and is not kept in the project."),
                  "muted"));
    auto* button = new QPushButton(tr("Choose usage log…"));
    button->setObjectName(u"chooseLog"_s);
    connect(button, &QPushButton::clicked, this, &DrillCard::openLogWanted);
    layout->addSpacing(px(8));
    layout->addWidget(button, 0, Qt::AlignLeft);
    layout->addStretch();
    return box;
}

QWidget* DrillCard::makeResult()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(8));
    m_chart = new DrillChart;
    m_figures = paragraph({});
    m_figures->setTextFormat(Qt::RichText);
    m_source = paragraph({}, "small");
    auto* another = linkButton(tr("Choose another log…"));
    connect(another, &QPushButton::clicked, this, &DrillCard::openLogWanted);
    layout->addWidget(m_chart);
    layout->addWidget(m_figures);
    layout->addWidget(m_source);
    layout->addWidget(another);
    layout->addStretch();
    return box;
}

QWidget* DrillCard::makeSide()
{
    auto* side = new QWidget;
    side->setFixedWidth(px(264));
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(10));
    m_policy = new QComboBox;
    m_policy->setObjectName(u"policy"_s);
    m_policy->setAccessibleName(tr("Failover policy"));
    for (const fallback::Policy& policy : m_drill.policies())
        m_policy->addItem(str(policy.title));
    layout->addWidget(m_policy);
    m_latency = new ThresholdRow(tr("Leave when 5 % of answers take over"), 0, 120, 1, tr(" s"), tr("off"));
    m_failures = new ThresholdRow(tr("or failures reach"), 0, 100, 1, tr(" %"), tr("off"));
    m_coolDown = new ThresholdRow(tr("Try it again after"), 1, 300, 1, tr(" s"));
    for (ThresholdRow* threshold : {m_latency, m_failures, m_coolDown}) {
        layout->addWidget(threshold);
        connect(threshold, &ThresholdRow::moved, this, &DrillCard::tellBreaker);
    }
    layout->addWidget(horizontalRule());
    layout->addWidget(makeIncident());
    layout->addStretch();
    connect(m_policy, &QComboBox::currentIndexChanged, &m_drill, &Drill::choosePolicy);
    return side;
}

QWidget* DrillCard::makeIncident()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(8));
    m_incidents = new QComboBox;
    m_incidents->setObjectName(u"incidents"_s);
    m_incidents->setAccessibleName(tr("Which incident is shown"));
    m_remove = iconButton(u"remove"_s, tr("Remove this incident"));
    auto* more = iconButton(u"add"_s, tr("Add an incident"));
    more->setObjectName(u"addIncident"_s);
    m_remove->setObjectName(u"removeIncident"_s);
    auto* which = new QHBoxLayout;
    which->setSpacing(px(4));
    which->addWidget(m_incidents, 1);
    which->addWidget(more);
    which->addWidget(m_remove);
    connect(m_incidents, &QComboBox::activated, &m_drill, &Drill::showIncident);
    connect(more, &QToolButton::clicked, &m_drill, &Drill::addIncident);
    connect(m_remove, &QToolButton::clicked, &m_drill, &Drill::removeIncident);
    m_kind = new QComboBox;
    m_kind->setObjectName(u"incident"_s);
    m_kind->setAccessibleName(tr("What happens"));
    m_kind->setToolTip(tr("What happens to the primary"));
    m_kind->addItem(tr("The primary is down"), int(fallback::IncidentKind::Outage));
    m_kind->addItem(tr("It answers 4 times as slow"), int(fallback::IncidentKind::Latency));
    m_kind->addItem(tr("It takes 60 requests a minute"), int(fallback::IncidentKind::RateLimit));
    m_kind->addItem(tr("It costs twice as much"), int(fallback::IncidentKind::Price));
    m_from = new QDateTimeEdit;
    m_from->setTimeSpec(Qt::UTC);
    m_from->setDisplayFormat(u"d MMM yyyy HH:mm 'UTC'"_s);
    m_from->setAccessibleName(tr("From"));
    m_minutes = new ThresholdRow(tr("for"), 1, 240, 1, tr(" min"));
    layout->addLayout(which);
    layout->addWidget(m_kind);
    layout->addWidget(m_from);
    layout->addWidget(m_minutes);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &DrillCard::tellIncident);
    connect(m_from, &QDateTimeEdit::dateTimeChanged, this, &DrillCard::tellIncident);
    connect(m_minutes, &ThresholdRow::moved, this, &DrillCard::tellIncident);
    return box;
}

void DrillCard::tellBreaker()
{
    fallback::Breaker breaker = m_drill.policy().breaker;
    breaker.latency_over_ms = m_latency->value() * 1000;
    breaker.latency_percentile = 95;
    breaker.failure_percent = m_failures->value();
    breaker.cool_down_s = m_coolDown->value();
    m_drill.setBreaker(breaker);
}

void DrillCard::tellIncident()
{
    fallback::Incident incident = m_drill.incident();
    incident.kind = fallback::IncidentKind(m_kind->currentData().toInt());
    incident.from = base::Instant(std::chrono::milliseconds(m_from->dateTime().toMSecsSinceEpoch()));
    incident.duration_s = std::int64_t(m_minutes->value()) * 60;
    m_drill.setIncident(incident);
}

void DrillCard::refresh()
{
    const fallback::Breaker& breaker = m_drill.policy().breaker;
    {
        const QSignalBlocker quiet(m_policy);
        m_policy->setCurrentIndex(m_drill.chosen());
        m_policy->setToolTip(str(m_drill.policy().note));
    }
    m_latency->setValue(breaker.latency_over_ms / 1000);
    m_failures->setValue(breaker.failure_percent);
    m_coolDown->setValue(breaker.cool_down_s);
    {
        const QSignalBlocker quietKind(m_kind);
        const QSignalBlocker quietFrom(m_from);
        const int count = int(m_drill.incidents().size());
        m_incidents->clear();
        for (int i = 0; i < count; ++i)
            m_incidents->addItem(tr("Incident %1 of %2").arg(i + 1).arg(count));
        m_incidents->setCurrentIndex(m_drill.shownIncident());
        m_remove->setEnabled(count > 1);
        m_kind->setCurrentIndex(m_kind->findData(int(m_drill.incident().kind)));
        if (m_drill.log())
            m_from->setDateTime(utc(m_drill.incident().from));
    }
    m_from->setVisible(m_drill.log().has_value()); // before, there is no time to speak of
    m_minutes->setValue(double(m_drill.incident().duration_s) / 60);
    m_stack->setCurrentIndex(m_drill.replay() ? 1 : 0);
    setTitle(m_drill.replay() ? titleOf(*m_drill.replay())
                              : tr("What would have happened, had the failover been on"));
    if (m_drill.replay())
        showFigures();
}

void DrillCard::showFigures()
{
    const fallback::Replay& replay = *m_drill.replay();
    const fallback::Outcome& with = replay.outcomes[0];
    const fallback::Outcome& without = replay.outcomes[1];
    m_chart->setOutcome(with, m_drill.policy());
    QStringList parts;
    const auto compare = [&](const QString& name, const QString& a, const QString& b) {
        parts << tr("%1 <b>%2</b> (without %3)").arg(name, a.toHtmlEscaped(), b.toHtmlEscaped());
    };
    const fallback::Tally& a = with.all;
    const fallback::Tally& b = without.all;
    compare(tr("Failed"), percentOf(a.all_failed(), a.requests), percentOf(b.all_failed(), b.requests));
    compare(tr("late"), percentOf(a.late, a.requests), percentOf(b.late, b.requests));
    compare(tr("95 % within"), seconds(a.times.p95), seconds(b.times.p95));
    const QString currency = str(replay.currency);
    compare(tr("answers"), str(a.cost.to_fixed(2)) + u' ' + currency,
            str(b.cost.to_fixed(2)) + u' ' + currency);
    if (const auto quality = a.quality())
        parts << tr("right <b>%1 %</b>").arg(*quality * 100, 0, 'f', 0);
    for (std::size_t i = 0; i < with.reactions.size(); ++i) {
        const fallback::Reaction& reaction = with.reactions[i];
        const QString which = with.reactions.size() > 1 ? tr("incident %1 ").arg(i + 1) : QString();
        if (reaction.detected_ms)
            parts << which + tr("noticed after <b>%1</b>").arg(seconds(*reaction.detected_ms));
        if (reaction.returned_ms)
            parts << which + tr("back <b>%1</b> after its end").arg(seconds(*reaction.returned_ms));
    }
    m_figures->setText(parts.join(u" · "_s));
    m_source->setText(
        tr("Over all %1 requests of %2, %3 to %4 (UTC); the chart shows the time around the incident.")
            .arg(replay.requests)
            .arg(m_drill.log()->name, utc(replay.first).toString(u"d MMM yyyy"_s),
                 utc(replay.last).toString(u"d MMM yyyy"_s)));
}

}
