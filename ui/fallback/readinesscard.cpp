#include "ui/fallback/readinesscard.h"

#include "ui/fallback/desk.h"
#include "ui/fallback/ratechart.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr int lowScore = 40;
constexpr int highScore = 75;

int px(double value)
{
    return Theme::instance().px(value);
}

QString colored(const QString& text, const char* color)
{
    return u"<span style=\"color:%1\">%2</span>"_s.arg(Theme::instance().palette()[color].name(), text);
}

// The chart's answer, for its title.
QString titleOf(const fallback::Readiness& readiness, const QString& model)
{
    QStringList moving;
    for (const auto& category : readiness.categories) {
        if (category.may_move)
            moving << categoryWord(category.category).toLower();
    }
    if (moving.isEmpty())
        return ReadinessCards::tr("%1 passes no kind of work for certain").arg(model);
    if (moving.size() == qsizetype(readiness.categories.size()))
        return ReadinessCards::tr("%1 passes every kind of work").arg(model);
    return ReadinessCards::tr("%1 passes %2 work, not the rest")
        .arg(model, moving.join(ReadinessCards::tr(" and ")));
}

// "40 % of traffic could move today: routine 40 of 40 %, complex 0 of 60 %".
QString shareText(const fallback::Readiness& readiness)
{
    if (!readiness.could_move)
        return ReadinessCards::tr("of 100");
    const auto percent = [](double share) { return std::lround(share * 100); };
    QStringList categories;
    for (const auto& category : readiness.categories) {
        if (category.traffic && category.could_move)
            categories << ReadinessCards::tr("%1 %2 of %3 %")
                              .arg(categoryWord(category.category).toLower())
                              .arg(percent(*category.could_move))
                              .arg(percent(*category.traffic));
    }
    return ReadinessCards::tr("%1 % of traffic could move today: %2")
        .arg(percent(*readiness.could_move))
        .arg(categories.join(u", "_s));
}

}

ReadinessCards::ReadinessCards(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_score(label({}, "figure")),
      m_share(paragraph({}, "muted")),
      m_parts(paragraph({}, "muted")),
      m_why(new Card),
      m_reasons(new QVBoxLayout),
      m_rates(new Card),
      m_chart(new RateChart)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(px(16));
    auto* row = new QHBoxLayout;
    row->setSpacing(px(16));
    auto* card = new Card(tr("Readiness"));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(12));
    m_score->setTextFormat(Qt::RichText);
    head->addWidget(m_score);
    head->addWidget(m_share, 1);
    card->body()->addLayout(head);
    card->body()->addWidget(m_parts);
    card->body()->addStretch();
    row->addWidget(card, 2);
    m_rates->body()->addWidget(m_chart);
    m_rates->body()->addWidget(paragraph(tr("Bars: share of cases passed. Lines: 95 % interval. Dashes: what "
                                            "is wanted. A kind of work may move when "
                                            "its whole interval is beyond the dash."),
                                         "small"));
    m_rates->body()->addStretch();
    row->addWidget(m_rates, 5);
    layout->addLayout(row);
    m_reasons->setSpacing(px(4));
    m_why->body()->addLayout(m_reasons);
    layout->addWidget(m_why);
    connect(&desk, &Desk::runChanged, this, &ReadinessCards::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &ReadinessCards::refresh);
    refresh();
}

void ReadinessCards::refresh()
{
    const auto& readiness = m_desk.readiness();
    setVisible(readiness.has_value());
    if (!readiness)
        return;
    const char* color = readiness->score >= highScore  ? "met"
                        : readiness->score >= lowScore ? "partial"
                                                       : "adverse";
    m_score->setText(colored(QString::number(readiness->score), color));
    m_share->setText(shareText(*readiness));
    QStringList parts;
    const auto add = [&](const QString& name, const std::optional<int>& part) {
        parts << name + u' ' + (part ? QString::number(*part) : u"—"_s);
    };
    add(tr("Quality"), readiness->quality);
    add(tr("Speed"), readiness->speed);
    add(tr("Capacity"), readiness->capacity);
    add(tr("Cost"), readiness->cost);
    m_parts->setText(parts.join(u" · "_s));
    m_rates->setTitle(titleOf(*readiness, str(fallback::shown_model(*m_desk.run()))));
    m_chart->setRates(readiness->categories);
    showReasons();
}

void ReadinessCards::showReasons()
{
    clearLayout(m_reasons);
    for (const fallback::Reason& reason : m_desk.readiness()->reasons) {
        if (reason.part == fallback::ReadinessPart::Verdict) {
            m_why->setTitle(str(reason.text));
            continue;
        }
        const QString sign = reason.against ? colored(u"−"_s, "adverse") : colored(u"+"_s, "met");
        auto* line = paragraph(sign + u"&nbsp; "_s + str(reason.text).toHtmlEscaped());
        line->setTextFormat(Qt::RichText);
        m_reasons->addWidget(line);
    }
}

}
