#include "ui/costs/resultsview.h"

#include "ui/costs/chart/spendchart.h"
#include "ui/costs/matrix/answercards.h"
#include "ui/costs/matrix/matrixcard.h"
#include "ui/costs/matrix/matrixmodel.h"
#include "ui/costs/outlook/forecaster.h"
#include "ui/costs/outlook/qualitydialog.h"
#include "ui/costs/settledbox.h"
#include "ui/costs/whatif/draft.h"
#include "ui/costs/whatif/knobs.h"
#include "ui/costs/words.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <algorithm>

namespace leeway::ui {

namespace {

using Question = AnswerCards::Question;

constexpr auto priceCheck = "price-review";
constexpr int wordsMs = 80; // while a slider moves, words follow no faster than they can be read

int px(double value)
{
    return Theme::instance().px(value);
}

base::Date today()
{
    return fromQDate(QDate::currentDate());
}

/// Colours by what a scenario is: staying is muted, paying more is the colour of adverse, leaving the accent,
/// the own model the colour of met; further scenarios take what is left.
QStringList colorsOf(const simulation::ScenarioSet& set)
{
    const Roles roles = rolesOf(set);
    const QStringList spare{u"missing"_s, u"partial"_s, u"ink"_s};
    QStringList colors;
    qsizetype next = 0;
    for (int i = 0; i < int(set.scenarios.size()); ++i)
        colors << (i == roles.base       ? u"muted"_s
                   : i == roles.spike    ? u"adverse"_s
                   : i == roles.transfer ? u"accent"_s
                   : i == roles.fallback ? u"met"_s
                                         : spare.at(next++ % spare.size()));
    return colors;
}

/// The way out that is looked at first; without one, the dearest way to stay.
int firstChoice(const simulation::ScenarioSet& set)
{
    const Roles roles = rolesOf(set);
    for (const int role : {roles.transfer, roles.fallback, roles.spike}) {
        if (role >= 0)
            return role;
    }
    return 0;
}

}

ResultsView::ResultsView(Workspace& workspace, Draft& draft, Forecaster& forecaster, QWidget* parent)
    : PageScroll(parent),
      m_workspace(workspace),
      m_draft(draft),
      m_forecaster(forecaster),
      m_title(paragraph({}, "heading")),
      m_chart(new SpendChart),
      m_matrix(new MatrixCard),
      m_answers(new AnswerCards),
      m_steps(makeBars(u"steps"_s)),
      m_drivers(makeBars(u"drivers"_s)),
      m_sampling(paragraph({}, "small")),
      m_assumptions(paragraph({}, "small"))
{
    auto* spend = new Card;
    m_title->setObjectName(u"chartTitle"_s);
    m_chart->setMinimumHeight(px(212));
    m_chart->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    spend->body()->addWidget(m_title);
    spend->body()->addWidget(m_chart, 1);
    spend->setMaximumHeight(px(640));
    body()->addWidget(spend, 1);
    body()->addWidget(m_matrix);
    auto* words = new SettledBox;
    words->column()->setSpacing(px(16));
    words->column()->addWidget(m_answers);
    auto* closely = new QHBoxLayout;
    closely->setSpacing(px(16));
    closely->addWidget(m_steps.card, 1);
    closely->addWidget(m_drivers.card, 1);
    words->column()->addLayout(closely);
    words->column()->addWidget(makeSampling());
    body()->addWidget(words);
    body()->addStretch();

    m_wordsSoon.setSingleShot(true);
    m_wordsSoon.setInterval(wordsMs);
    connect(&m_wordsSoon, &QTimer::timeout, this, &ResultsView::showWords);
    connect(m_matrix, &MatrixCard::chosen, this, &ResultsView::choose);
    connect(&m_forecaster, &Forecaster::changed, this, &ResultsView::showOutlook);
    connect(m_answers, &AnswerCards::showCheck, this,
            [this] { Q_EMIT m_workspace.goTo(u"contracts"_s, QLatin1StringView(priceCheck)); });
    connect(m_answers, &AnswerCards::addContract, this,
            [this] { Q_EMIT m_workspace.goTo(u"contracts"_s, {}); });
    connect(m_answers, &AnswerCards::setQuality, this, [this] {
        auto* dialog = new QualityDialog(m_forecaster.question(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog] { m_forecaster.setQuestion(dialog->question()); });
        dialog->open();
    });
    connect(m_answers, &AnswerCards::tryCap, this, [this](double cap) {
        m_draft.change([cap](auto& set) { setKnob(set, Knob::Rise, cap); });
        m_draft.settle();
    });
}

ResultsView::Bars ResultsView::makeBars(const QString& name)
{
    Bars bars;
    bars.card = new Card(u" "_s);
    bars.chart = new BarsChart;
    bars.chart->setObjectName(name);
    bars.source = paragraph({}, "small");
    bars.card->body()->addWidget(bars.chart);
    bars.card->body()->addStretch();
    bars.card->body()->addWidget(bars.source);
    return bars;
}

QWidget* ResultsView::makeSampling()
{
    auto* card = new Card(tr("How sure this is"));
    m_sampling->setObjectName(u"sampling"_s);
    m_sampling->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_assumptions->setObjectName(u"assumptions"_s);
    auto* again = linkButton(tr("Draw again with another seed"));
    again->setObjectName(u"drawAgain"_s);
    again->setToolTip(tr("Figures that hold change little"));
    card->body()->addWidget(m_sampling);
    card->body()->addWidget(m_assumptions);
    card->body()->addWidget(again, 0, Qt::AlignLeft);
    connect(again, &QPushButton::clicked, this, [this] { m_forecaster.setSeed(m_forecaster.seed() + 1); });
    return card;
}

void ResultsView::showMatrix()
{
    const auto& set = m_draft.scenarios();
    const auto& matrix = *m_draft.matrix();
    const auto stays = std::ranges::find(set.scenarios, utf8(m_chosenId), &simulation::Scenario::id);
    m_chosen = stays == set.scenarios.end() ? firstChoice(set) : int(stays - set.scenarios.begin());
    const QStringList colors = colorsOf(set);
    const int dashed = rolesOf(set).fallback;
    m_names.clear();
    std::vector<LineStyle> styles;
    for (int i = 0; i < int(set.scenarios.size()); ++i) {
        m_names << scenarioName(set.scenarios[std::size_t(i)]);
        styles.push_back({m_names.back(), colors.at(i), i == dashed});
    }
    m_title->setText(chartTitle(set, matrix));
    m_chart->setAccessibleName(m_title->text());
    m_chart->setMatrix(matrix, styles, chartUnit(matrix).divisor);
    m_matrix->setMatrix(matrix, m_names, colors);
    m_matrix->choose(m_chosen);
    showGate();
    if (!m_wordsSoon.isActive())
        m_wordsSoon.start();
}

void ResultsView::choose(int scenario)
{
    const auto& scenarios = m_draft.scenarios().scenarios;
    if (scenario < 0 || scenario >= int(scenarios.size()) || scenario == m_chosen)
        return;
    m_chosen = scenario;
    m_chosenId = str(scenarios[std::size_t(scenario)].id);
    m_matrix->choose(scenario);
    showOutlook();
    showWords();
}

void ResultsView::showGate()
{
    const auto& gate = m_draft.matrix()->gate;
    if (gate)
        m_answers->setAnswer(Question::Gate, gateAnswer(*gate, m_workspace.model().dates, today()));
    else
        m_answers->setNoGate();
}

void ResultsView::showContract()
{
    const auto& matrix = m_draft.matrix();
    if (!matrix)
        return;
    showGate();
    const report::ChecklistRow* row =
        m_workspace.part() != nullptr ? m_workspace.part()->row(priceCheck) : nullptr;
    const clauses::Finding* finding = nullptr;
    if (const auto* contract = m_workspace.contract()) {
        const auto& findings = contract->newest().review.findings;
        const auto found = std::ranges::find(findings, priceCheck, &clauses::Finding::check);
        finding = found == findings.end() ? nullptr : &*found;
    }
    m_answers->setContract(contractSays(row, finding, m_draft.scenarios(), *matrix,
                                        [this](const auto& other) { return m_draft.simulate(other); }));
}

void ResultsView::showOutlook()
{
    const auto& outlook = m_forecaster.outlook();
    if (!outlook || m_names.size() != qsizetype(outlook->set.scenarios.size())) {
        m_chart->setFans({});
        m_matrix->setRanges({}, false);
        const Answer waits{u"…"_s, m_forecaster.problem(), {}, {}};
        for (const Question question :
             {Question::Switch, Question::Chance, Question::Viable, Question::Split})
            m_answers->setAnswer(question, waits);
        show(m_steps, {});
        show(m_drivers, {});
        m_sampling->setText(m_forecaster.problem());
        m_assumptions->clear();
        return;
    }
    const Subject subject{*outlook, m_names, m_chosen};
    showFans(subject);
    showRanges(subject);
    if (m_forecaster.isCurrent())
        showWords();
    else if (!m_wordsSoon.isActive())
        m_wordsSoon.start();
}

void ResultsView::showWords()
{
    m_wordsSoon.stop();
    showContract();
    const auto& outlook = m_forecaster.outlook();
    if (!outlook || m_names.size() != qsizetype(outlook->set.scenarios.size()))
        return;
    const Subject subject{*outlook, m_names, m_chosen};
    const bool faded = !m_forecaster.isCurrent();
    m_answers->setAnswer(Question::Switch, switchAnswer(subject), faded);
    m_answers->setAnswer(Question::Chance, chanceAnswer(subject), faded);
    m_answers->setAnswer(Question::Viable, viabilityAnswer(subject), faded);
    m_answers->setAnswer(Question::Split, splitAnswer(subject), faded);
    show(m_steps, explainSteps(subject));
    show(m_drivers, explainDrivers(subject));
    m_sampling->setText(samplingText(subject));
    m_assumptions->setText(assumptionsText(outlook->forecast.uncertainty));
}

void ResultsView::showFans(const Subject& subject)
{
    std::vector<Fan> fans;
    const auto add = [&](std::size_t line) {
        const auto& prospect = subject.outlook.forecast.prospects[line];
        Fan fan;
        fan.line = int(line);
        fan.name = tr("%1, P10–P90").arg(m_names.at(qsizetype(line)));
        fan.faded = !m_forecaster.isCurrent();
        for (const auto& month : prospect.months) {
            fan.low.push_back(month[simulation::at_p10]);
            fan.high.push_back(month[simulation::at_p90]);
        }
        fans.push_back(std::move(fan));
    };
    if (m_chosen >= 0 && std::size_t(m_chosen) < subject.outlook.forecast.prospects.size())
        add(std::size_t(m_chosen));
    m_chart->setFans(std::move(fans));
}

void ResultsView::showRanges(const Subject& subject)
{
    const auto& forecast = subject.outlook.forecast;
    std::vector<MatrixModel::Range> ranges;
    for (const auto& prospect : forecast.prospects)
        ranges.push_back({prospect.total[simulation::at_p10], prospect.total[simulation::at_p90],
                          tr("Over %1 paths, seed %2: mean %3, half of the paths below %4")
                              .arg(countText(forecast.paths))
                              .arg(forecast.seed)
                              .arg(moneyText(prospect.mean, forecast.currency),
                                   moneyText(prospect.total[simulation::at_p50], forecast.currency))});
    m_matrix->setRanges(std::move(ranges), !m_forecaster.isCurrent());
}

void ResultsView::show(const Bars& bars, ExplainedBars explained)
{
    bars.card->setVisible(!explained.title.isEmpty());
    bars.card->setTitle(explained.title);
    bars.chart->setAccessibleName(explained.title);
    bars.chart->setContent(std::move(explained.bars));
    bars.source->setText(explained.source);
}

}
