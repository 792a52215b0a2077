#include "sampletraffic.h"
#include "ui/costs/chart/scale.h"
#include "ui/costs/matrix/answers.h"
#include "ui/costs/usage/columns.h"
#include "ui/costs/whatif/knobs.h"
#include "ui/costs/whatif/presets.h"
#include "ui/costs/words.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

/// The pure functions of the Costs page.
class TestCostsValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void numbers_data();
    void numbers();
    void months_data();
    void months();
    void amounts_data();
    void amounts();
    void knobRoundTrip_data();
    void knobRoundTrip();
    void knobIsClamped();
    void knobWithoutScenario();
    void names_data();
    void names();
    void scale_data();
    void scale();
    void ticks();
    void labelsKeepApart_data();
    void labelsKeepApart();
    void title_data();
    void title();
    void contract_data();
    void contract();
    void columns_data();
    void columns();
    void presetTakesTraffic();
    void presetFileRoundTrip();

private:
    simulation::Matrix simulate(const simulation::ScenarioSet& set) const
    {
        return m_baseline->simulate(set);
    }
    std::optional<simulation::Baseline> m_baseline;
};

void TestCostsValues::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_baseline.emplace(sampletraffic::cube(), sampletraffic::sheet());
}

void TestCostsValues::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("number"); // empty: not a number
    QTest::newRow("plain") << u"1234.5"_s << u"1234.5"_s;
    QTest::newRow("grouped") << u"1,234,567.25"_s << u"1234567.25"_s;
    QTest::newRow("German") << u"1.234.567,25"_s << u"1234567.25"_s;
    QTest::newRow("German, one group") << u"1.234,5"_s << u"1234.5"_s;
    QTest::newRow("comma before three digits groups") << u"1,234"_s << u"1234"_s;
    QTest::newRow("comma before two digits divides") << u"12,34"_s << u"12.34"_s;
    QTest::newRow("comma after zero divides") << u"0,125"_s << u"0.125"_s;
    QTest::newRow("point before three digits divides") << u"1.234"_s << u"1.234"_s;
    QTest::newRow("spaces") << u"1\u202f234\u00a0567"_s << u"1234567"_s;
    QTest::newRow("Swiss") << u"1’234.50"_s << u"1234.5"_s;
    QTest::newRow("minus sign") << u"−67"_s << u"-67"_s;
    QTest::newRow("leading point") << u".5"_s << u"0.5"_s;
    QTest::newRow("trailing point") << u"5."_s << u"5"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("word") << u"many"_s << QString();
    QTest::newRow("two points") << u"1.2.3"_s << QString();
    QTest::newRow("exponent") << u"1e9"_s << QString();
    QTest::newRow("too long") << u"12345678901234567890"_s << QString();
}

void TestCostsValues::numbers()
{
    QFETCH(QString, text);
    QFETCH(QString, number);
    const auto read = readNumber(text);
    QCOMPARE(read ? str(read->to_string()) : QString(), number);
}

void TestCostsValues::months_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("month");
    QTest::newRow("iso") << u"2026-11"_s << u"2026-11"_s;
    QTest::newRow("day") << u"2026-11-30"_s << u"2026-11"_s;
    QTest::newRow("reversed") << u"11/2026"_s << u"2026-11"_s;
    QTest::newRow("short name") << u"Nov 2026"_s << u"2026-11"_s;
    QTest::newRow("long name") << u" november  2026 "_s << u"2026-11"_s;
    QTest::newRow("spreadsheet") << u"Sept-26"_s << u"2026-09"_s;
    QTest::newRow("no month 13") << u"2026-13"_s << QString();
    QTest::newRow("no year") << u"Nov"_s << QString();
    QTest::newRow("word") << u"soon 2026"_s << QString();
    QTest::newRow("year alone") << u"2026"_s << QString();
}

void TestCostsValues::months()
{
    QFETCH(QString, text);
    QFETCH(QString, month);
    const auto read = readMonth(text);
    QCOMPARE(read ? str(base::to_string(*read)) : QString(), month);
}

void TestCostsValues::amounts_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << u"0"_s << u"0"_s;
    QTest::newRow("hundreds") << u"830.4"_s << u"830"_s;
    QTest::newRow("thousands in full") << u"9994"_s << u"9,994"_s;
    QTest::newRow("thousands") << u"9995"_s << u"10\u00a0k"_s;
    QTest::newRow("three figures") << u"168420"_s << u"168\u00a0k"_s;
    QTest::newRow("up to a million") << u"999499"_s << u"999\u00a0k"_s;
    QTest::newRow("a million") << u"999500"_s << u"1\u00a0M"_s;
    QTest::newRow("millions") << u"1611160"_s << u"1.61\u00a0M"_s;
    QTest::newRow("tens of millions") << u"12340000"_s << u"12.3\u00a0M"_s;
    QTest::newRow("billions") << u"114650000000"_s << u"115\u00a0bn"_s;
    QTest::newRow("negative") << u"-1420000"_s << u"−1.42\u00a0M"_s;
}

void TestCostsValues::amounts()
{
    QFETCH(QString, amount);
    QFETCH(QString, text);
    QCOMPARE(shortAmount(*base::Decimal::parse(utf8(amount))), text);
}

void TestCostsValues::knobRoundTrip_data()
{
    QTest::addColumn<Knob>("knob");
    for (const KnobInfo& info : knobInfos())
        QTest::newRow(info.label) << info.knob;
}

void TestCostsValues::knobRoundTrip()
{
    QFETCH(Knob, knob);
    const KnobInfo& info = knobInfo(knob);
    QCOMPARE(info.knob, knob);
    const auto before = sampletraffic::scenarios();
    QVERIFY(knobValue(before, knob).has_value());
    for (const double value : {info.minimum, info.sliderMinimum, info.sliderMaximum, info.maximum}) {
        auto set = before;
        setKnob(set, knob, value);
        QCOMPARE(*knobValue(set, knob), value);
        // Nothing but this number has changed.
        setKnob(set, knob, *knobValue(before, knob));
        QVERIFY(set == before);
    }
}

void TestCostsValues::knobIsClamped()
{
    auto set = sampletraffic::scenarios();
    setKnob(set, Knob::Term, 1000);
    QCOMPARE(set.plan.months, 120);
    setKnob(set, Knob::Rise, -500);
    for (std::size_t i = 1; i < set.scenarios.size(); ++i)
        QCOMPARE(set.scenarios[i].price_changes.front().percent, -100.0);
}

void TestCostsValues::knobWithoutScenario()
{
    simulation::ScenarioSet set;
    set.scenarios.resize(1);
    const auto before = set;
    for (const KnobInfo& info : knobInfos()) {
        const bool of_plan = info.knob == Knob::Growth || info.knob == Knob::LogOneIn ||
                             info.knob == Knob::Term || info.knob == Knob::GateDays;
        QCOMPARE(knobValue(set, info.knob).has_value(), of_plan);
        if (!of_plan)
            setKnob(set, info.knob, info.maximum);
    }
    QVERIFY(set == before);
    QVERIFY(!riseTarget(set) && !secondVendor(set));
}

void TestCostsValues::names_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<double>("rise");
    QTest::addColumn<QString>("name");
    QTest::newRow("figure follows the slider") << u"Spike +50 %"_s << 23.5 << u"Spike +23.5\u00a0%"_s;
    QTest::newRow("cut") << u"Spike +50 %"_s << -67.0 << u"Spike −67\u00a0%"_s;
    QTest::newRow("no figure") << u"Dearer"_s << 10.0 << u"Dearer +10\u00a0%"_s;
}

void TestCostsValues::names()
{
    QFETCH(QString, title);
    QFETCH(double, rise);
    QFETCH(QString, name);
    auto scenario = sampletraffic::scenarios().scenarios[1];
    scenario.title = utf8(title);
    scenario.price_changes.front().percent = rise;
    QCOMPARE(scenarioName(scenario), name);
}

void TestCostsValues::scale_data()
{
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("step");
    QTest::addColumn<double>("maximum");
    QTest::addColumn<int>("decimals");
    QTest::newRow("hundreds") << 228.0 << 50.0 << 250.0 << 0;
    QTest::newRow("just over a step") << 249.0 << 100.0 << 300.0 << 0;
    QTest::newRow("small") << 0.9 << 0.2 << 1.0 << 1;
    QTest::newRow("quarter") << 1.1 << 0.25 << 1.25 << 2;
    QTest::newRow("large") << 9400.0 << 2000.0 << 10000.0 << 0;
    QTest::newRow("nothing") << 0.0 << 1.0 << 1.0 << 0;
}

void TestCostsValues::scale()
{
    QFETCH(double, most);
    const Scale scale = scaleTo(most);
    QTEST(scale.step, "step");
    QTEST(scale.maximum, "maximum");
    QTEST(scale.decimals, "decimals");
    QVERIFY(scale.maximum >= most);
}

void TestCostsValues::ticks()
{
    const auto labels = [](int months, int most) {
        QStringList list;
        for (const MonthTick& tick : monthTicks(base::Month::of(2026, 12), months, most))
            list << u"%1:%2"_s.arg(tick.index).arg(tick.label);
        return list;
    };
    QCOMPARE(labels(3, 10), (QStringList{u"0:Dec 26"_s, u"1:Jan 27"_s, u"2:Feb"_s}));
    // Half-years; January, one month after the start, would stand in the first label.
    QCOMPARE(labels(36, 9), (QStringList{u"0:Dec 26"_s, u"7:Jul"_s, u"13:Jan 28"_s, u"19:Jul"_s,
                                         u"25:Jan 29"_s, u"31:Jul"_s}));
    for (int months = 1; months <= 120; ++months) {
        for (int most = 2; most < 15; ++most) {
            const auto ticks = monthTicks(base::Month::of(2026, 5), months, most);
            QVERIFY(!ticks.empty() && int(ticks.size()) <= most + 1);
            QVERIFY(ticks.front().index == 0 && ticks.back().index < months);
        }
    }
}

void TestCostsValues::labelsKeepApart_data()
{
    QTest::addColumn<QList<double>>("wanted");
    QTest::addColumn<QList<double>>("placed");
    QTest::newRow("far apart stay") << QList<double>{10, 50, 90} << QList<double>{10, 50, 90};
    QTest::newRow("pair moves by half each") << QList<double>{50, 50} << QList<double>{45, 55};
    QTest::newRow("order is kept") << QList<double>{52, 50} << QList<double>{56, 46};
    QTest::newRow("pushed up from the floor") << QList<double>{99, 100} << QList<double>{90, 100};
    QTest::newRow("pushed down from the top") << QList<double>{-5, 0} << QList<double>{0, 10};
    QTest::newRow("none") << QList<double>{} << QList<double>{};
}

void TestCostsValues::labelsKeepApart()
{
    QFETCH(QList<double>, wanted);
    const auto placed = spreadLabels({wanted.begin(), wanted.end()}, 10, 0, 100);
    const QList<double> list(placed.begin(), placed.end());
    QTEST(list, "placed");
}

void TestCostsValues::title_data()
{
    QTest::addColumn<double>("rise");
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("title");
    // 12 dearer months of € 30,000 × 50 % = € 180,000. Half of it at borealis: staying costs € 45,000 a
    // month, leaving 22,500 + 7,500 + 9,000 = € 39,000, so the 12,000 of migration are back after two months.
    QTest::newRow("rise")
        << 50.0 << 50.0
        << u"Monthly spend, € thousand: a 50\u00a0% rise costs 180\u00a0k over the term; leaving "
           u"pays from February 2028"_s;
    QTest::newRow("nothing moved")
        << 50.0 << 0.0
        << u"Monthly spend, € thousand: a 50\u00a0% rise costs 180\u00a0k over the term; "
           u"leaving does not pay within the term"_s;
    QTest::newRow("cut")
        << -50.0 << 50.0
        << u"Monthly spend, € thousand: a 50\u00a0% cut saves 180\u00a0k over the term; leaving does "
           u"not pay within the term"_s;
    QTest::newRow("no change")
        << 0.0 << 50.0
        << u"Monthly spend, € thousand: a 0\u00a0% rise changes nothing within the term; "
           u"leaving does not pay within the term"_s;
}

void TestCostsValues::title()
{
    QFETCH(double, rise);
    QFETCH(double, share);
    auto set = sampletraffic::scenarios();
    set.scenarios.resize(3);
    setKnob(set, Knob::Rise, rise);
    setKnob(set, Knob::MovedShare, share);
    QTEST(chartTitle(set, simulate(set)), "title");
}

void TestCostsValues::contract_data()
{
    QTest::addColumn<clauses::Verdict>("verdict");
    QTest::addColumn<QString>("cap"); // percent in the finding; empty: none
    QTest::addColumn<double>("rise");
    QTest::addColumn<QString>("meaning");
    QTest::addColumn<double>("tries"); // −1: nothing to try
    using clauses::Verdict;
    // The spike's € 180,000 at 50 % are € 10,800 at 3 %.
    QTest::newRow("cap holds")
        << Verdict::Met << u"3"_s << 50.0
        << u"The cap of 3\u00a0% holds the rise: the spike costs €\u00a0169\u00a0k less."_s << 3.0;
    QTest::newRow("within the cap")
        << Verdict::Met << u"60"_s << 50.0
        << u"The rise stays within the cap of 60\u00a0%: the spike’s €\u00a0180\u00a0k "
           u"may be charged."_s
        << -1.0;
    QTest::newRow("adverse")
        << Verdict::Adverse << QString() << 50.0
        << u"The vendor may raise prices: the spike’s €\u00a0180\u00a0k is allowed. With a cap of "
           u"3\u00a0% it costs €\u00a0169\u00a0k less."_s
        << 3.0;
    QTest::newRow("small rise") << Verdict::Missing << QString() << 2.0
                                << u"Silent on prices: nothing stops the spike’s 7,200."_s << -1.0;
    QTest::newRow("cut") << Verdict::Adverse << QString() << -50.0 << u"As the pack says."_s << -1.0;
}

void TestCostsValues::contract()
{
    QFETCH(clauses::Verdict, verdict);
    QFETCH(QString, cap);
    QFETCH(double, rise);
    QFETCH(QString, meaning);
    QFETCH(double, tries);
    auto set = sampletraffic::scenarios();
    setKnob(set, Knob::Rise, rise);
    report::ChecklistRow row;
    row.verdict = verdict;
    row.meaning = "As the pack says.";
    row.evidence.resize(1);
    row.evidence.front().section = "5.3";
    clauses::Finding finding;
    if (!cap.isEmpty())
        finding.parameters = {{"cap", utf8(cap), "percent"}};
    const auto says =
        contractSays(&row, &finding, set, simulate(set), [this](const auto& s) { return simulate(s); });
    QVERIFY(says.known);
    QCOMPARE(says.section, u"§5.3"_s);
    QCOMPARE(says.meaning, QString(meaning).replace(u"spike’s 7,200"_s, u"spike’s €\u00a07,200"_s));
    QCOMPARE(says.cap.value_or(-1), tries);
    QVERIFY(!contractSays(nullptr, nullptr, set, simulate(set), {}).known);
}

void TestCostsValues::columns_data()
{
    QTest::addColumn<QStringList>("header");
    QTest::addColumn<QString>("mapping");
    QTest::addColumn<bool>("complete");
    QTest::newRow("gateway") << QStringList{u"startTime"_s,           u"model"_s,
                                            u"custom_llm_provider"_s, u"prompt_tokens"_s,
                                            u"completion_tokens"_s,   u"request_id"_s}
                             << u"input_tokens=prompt_tokens model=model output_tokens=completion_tokens "
                                u"request_id=request_id time=startTime vendor=custom_llm_provider"_s
                             << true;
    QTest::newRow("spreadsheet") << QStringList{u"Date"_s, u"Input Tokens"_s, u"Cached tokens"_s}
                                 << u"cache_read_tokens=Cached tokens input_tokens=Input Tokens time=Date"_s
                                 << false;
    QTest::newRow("nothing known") << QStringList{u"a"_s, u"b"_s} << QString() << false;
}

void TestCostsValues::columns()
{
    QFETCH(QStringList, header);
    std::vector<std::string> names;
    for (const QString& name : std::as_const(header))
        names.push_back(utf8(name));
    const usage::Mapping mapping = guessMapping(names);
    QStringList pairs;
    for (const auto& [field, column] : mapping.column_of)
        pairs << str(field) + u'=' + str(column);
    QTEST(pairs.join(u' '), "mapping");
    QTEST(mappingComplaint(mapping).isEmpty(), "complete");
}

void TestCostsValues::presetTakesTraffic()
{
    auto preset = sampletraffic::scenarios();
    preset.plan.months = 60;
    setRiseTarget(preset, {});
    setSecondVendor(preset, {});
    const auto current = sampletraffic::scenarios();
    const auto fitted = fitPreset(preset, current, {});
    QCOMPARE(fitted.plan.months, 24);
    QVERIFY(riseTarget(fitted) == riseTarget(current));
    QVERIFY(secondVendor(fitted) == secondVendor(current));
    // What a preset names stays.
    setSecondVendor(preset, {"mistral", "mistral-large"});
    QCOMPARE(str(secondVendor(fitPreset(preset, current, {}))->model), u"mistral-large"_s);
}

void TestCostsValues::presetFileRoundTrip()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"Board meeting.json"_s);
    auto set = sampletraffic::scenarios();
    setKnob(set, Knob::Rise, 12.5);
    QVERIFY(savePreset(set, file).has_value());
    const auto loaded = loadPreset(file);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    set.title = "Board meeting";
    QVERIFY(*loaded == set);
    QVERIFY(!loadPreset(folder.filePath(u"none.json"_s)).has_value());
    QVERIFY(presets().size() >= 5);
}

QTEST_MAIN(TestCostsValues)
#include "tst_costs_values.moc"
