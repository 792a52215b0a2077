#include "core/usage/replay.h"
#include "core/usage/reprice.h"
#include "logs.h"
#include "randomusage.h"

#include <QtTest/QtTest>
#include <array>

using namespace leeway;
using namespace leeway::usage;
using pricing::Component;

class TestCube : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricingTheCubeIsPricingEveryRequest();
    void thresholds();
    void offPeakHours();
    void manySchedules();
    void condensedByModel();
    void corpusTraces_data();
    void corpusTraces();
    void otherSheetIsNoted();

private:
    LogFolder m_folder;
};

void TestCube::pricingTheCubeIsPricingEveryRequest()
{
    pcg32 random(2026);
    for (int round = 0; round < 60; ++round) {
        const pricing::Sheet sheet = random_sheet(random);
        QByteArray content =
            "time,vendor,model,requests,input_tokens,cache_read_tokens,cache_write_5m_tokens,"
            "audio_input_tokens,output_tokens,reasoning_tokens,web_searches,service_tier,region,tag\n";
        for (int i = 0; i < 600; ++i)
            content += QByteArray::fromStdString(random_line(random)) + "\n";
        const auto file = m_folder.write(content);
        const ReadLog log = read(file);
        QCOMPARE(log.complaints(), QStringList());
        const auto cube = read_cube({file}, sheet);
        QVERIFY(cube.has_value());
        // In parts that no model's prices tell apart they cost the same.
        const Cube parts = condensed(*cube, sheet);
        QVERIFY(parts.cells.size() <= cube->cells.size());

        base::Decimal total;
        for (const pricing::Usage& usage : log.lines) {
            const pricing::Cost cost = pricing::cost_of(usage, sheet);
            QVERIFY2(cost.priced, cost.why.c_str());
            total += cost.total;
        }
        QVERIFY(!total.is_zero());
        QCOMPARE(text(replay(*cube, sheet).total), text(total));

        // Also when everything is re-priced at a model of the sheet, whatever its kind.
        for (const pricing::Model& model : sheet.models) {
            base::Decimal repriced;
            for (const pricing::Usage& usage : log.lines)
                repriced += pricing::cost_of(usage, model).total;
            QCOMPARE(text(replay(*cube, sheet, "", "v/" + model.model).total), text(repriced));
            const std::array<const pricing::Model*, 1> target{&model};
            QCOMPARE(text(reprice(parts, target).at(0).total), text(repriced));
        }
    }
}

void TestCube::thresholds()
{
    pricing::Sheet sheet;
    for (const bool inclusive : {false, true}) {
        pricing::Model model;
        model.vendor = inclusive ? "at" : "above";
        model.model = "m";
        model.threshold_inclusive = inclusive;
        pricing::DatedRates dated;
        dated.rates = {{Component::Input, *base::Decimal::parse("1"), "standard", 0},
                       {Component::Input, *base::Decimal::parse("2"), "standard", 1'000}};
        model.prices.push_back(dated);
        sheet.models.push_back(model);
    }
    QCOMPARE(pricing::context_thresholds(sheet), (std::vector<std::int64_t>{999, 1'000}));
    const auto cube = read_cube(
        {m_folder.write("time,vendor,model,input_tokens\n2026-11-02,at,m,999\n2026-11-02,at,m,1000\n"
                        "2026-11-02,at,m,1001\n2026-11-02,above,m,999\n2026-11-02,above,m,1000\n"
                        "2026-11-02,above,m,1001\n")},
        sheet);
    QVERIFY(cube.has_value());
    QCOMPARE(cube->cells.size(), std::size_t{6});
    QStringList shown;
    for (const Cell& cell : cube->cells)
        shown.append(QStringLiteral("%1 %2 %3")
                         .arg(QString::fromStdString(cell.key.vendor))
                         .arg(cell.key.bucket)
                         .arg(text(cost_of(*cube, cell, sheet).total)));
    QCOMPARE(shown.join(u','),
             QStringLiteral("above 0 999,above 999 1000,above 1000 2002,at 0 999,at 999 2000,"
                            "at 1000 2002"));
}

void TestCube::offPeakHours()
{
    pricing::Sheet sheet;
    for (const char* name : {"night", "plain"}) {
        pricing::Model model;
        model.vendor = "v";
        model.model = name;
        pricing::DatedRates dated;
        dated.rates = {{Component::Input, *base::Decimal::parse("2"), "standard", 0}};
        model.prices.push_back(dated);
        sheet.models.push_back(model);
    }
    const std::vector<pricing::DayHours> night{{0x7f, 0, 6 * 60}};
    sheet.models[0].prices[0].off_peak = {
        {pricing::schedule_of(night, 0), {{Component::Input, *base::Decimal::parse("1"), "standard", 0}}}};
    const auto log = m_folder.write("time,vendor,model,input_tokens\n2026-11-02T05:59:59Z,v,night,100\n"
                                    "2026-11-02T06:00:00Z,v,night,100\n2026-11-02T07:00:00Z,v,night,100\n"
                                    "2026-11-02T03:00:00Z,v,plain,10\n");
    const auto cube = read_cube({log}, sheet);
    QVERIFY(cube.has_value());
    QCOMPARE(cube->cells.size(), std::size_t{3});
    QCOMPARE(text(replay(*cube, sheet).total), QStringLiteral("520")); // 100 + 2 × 200 + 2 × 10
    QCOMPARE(text(replay(*cube, sheet, "", "night").total), QStringLiteral("510"));
    // Without such hours in the sheet nothing is told apart, and the other sheet is noted.
    pricing::Sheet plain = sheet;
    plain.models[0].prices[0].off_peak.clear();
    const auto coarse = read_cube({log}, plain);
    QCOMPARE(coarse->cells.size(), std::size_t{2});
    QVERIFY(coarse->schedules.empty());
    const auto notes = replay(*coarse, sheet).notes;
    QVERIFY(std::ranges::any_of(notes, [](const std::string& note) {
        return note.find("the off-peak hours of v/night are not told apart") != std::string::npos;
    }));
    QVERIFY(!merged(*cube, *coarse).has_value());
}

void TestCube::manySchedules()
{
    pricing::Sheet sheet;
    for (int i = 0; i < 40; ++i) {
        pricing::Model model;
        model.vendor = "v";
        model.model = "m" + std::to_string(i);
        pricing::DatedRates dated;
        dated.rates = {{Component::Input, *base::Decimal::parse("2"), "standard", 0}};
        dated.off_peak = {{pricing::schedule_of(std::vector<pricing::DayHours>{{0x7f, i, 1000}}, 0),
                           {{Component::Input, *base::Decimal::parse("1"), "standard", 0}}}};
        model.prices.push_back(dated);
        sheet.models.push_back(model);
    }
    const auto cube = read_cube(
        {m_folder.write(
            "time,vendor,model,input_tokens\n2026-11-02T02:00:00Z,v,m0,5\n2026-11-02T02:00:00Z,v,m39,5\n")},
        sheet);
    QVERIFY(cube.has_value());
    QCOMPARE(cube->schedules.size(), pricing::most_schedules);
    const Replay result = replay(*cube, sheet);
    QCOMPARE(text(result.total), QStringLiteral("15")); // m39's hours are too many: at its usual price
    QVERIFY(result.notes.at(1).find("v/m39 are not told apart") != std::string::npos);
}

void TestCube::condensedByModel()
{
    const auto cube = read_cube({m_folder.write("time,vendor,model,input_tokens,tag\n2026-11-02,v,a,5,x\n"
                                                "2026-11-03,v,a,6,y\n2026-11-03,v,b,7,x\n")},
                                pricing::Sheet{});
    const Cube one = condensed(*cube, pricing::Sheet{}, "v/a");
    QCOMPARE(one.cells.size(), std::size_t{1});
    QCOMPARE(one.cells[0].counts[Component::Input], std::int64_t{11});
    QCOMPARE(one.requests, std::int64_t{2});
    pricing::Model nothing;
    const std::array<const pricing::Model*, 1> target{&nothing};
    QCOMPARE(reprice(one, target).at(0).unpriced_requests, std::int64_t{2});
}

void TestCube::corpusTraces_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file : {"azure-2023-code.csv", "azure-2023-conversation.csv",
                             "mooncake-conversation.jsonl", "mooncake-synthetic.jsonl"})
        QTest::newRow(file) << file;
}

// At models of every kind of the map: with off-peak hours, ranges, context tiers, regions.
void TestCube::corpusTraces()
{
    QFETCH(QString, file);
    const QString corpus = qEnvironmentVariable("LEEWAY_CORPUS");
    if (corpus.isEmpty())
        QSKIP("LEEWAY_CORPUS is not set");
    const auto sheet = pricing::load_sheet(corpus.toStdString() + "/prices/litellm-1.109.1-full.json.gz");
    QVERIFY(sheet.has_value());
    const std::filesystem::path path = corpus.toStdString() + "/traffic/" + file.toStdString();
    Mapping mapping; // traces name no model
    mapping.fixed = {{"vendor", "openai"}, {"model", "gpt-5.4"}};
    const ReadLog log = read(path, &mapping);
    const auto cube = read_cube({path}, *sheet, &mapping);
    QVERIFY2(cube.has_value(), cube ? "" : cube.error().message.c_str());
    const Cube parts = condensed(*cube, *sheet);
    int compared = 0;
    for (std::size_t i = 0; i < sheet->models.size(); ++i) {
        const pricing::Model& model = sheet->models[i];
        const bool special = !model.prices[0].off_peak.empty() || model.threshold_inclusive ||
                             model.model.find("qwen-flash") != std::string::npos;
        if (i % 200 != 0 && !special)
            continue;
        base::Decimal total;
        std::int64_t unpriced = 0;
        for (const pricing::Usage& usage : log.lines) {
            const pricing::Cost cost = pricing::cost_of(usage, model);
            total += cost.total;
            unpriced += cost.priced ? 0 : usage.counts.requests();
        }
        const std::array<const pricing::Model*, 1> target{&model};
        const Repriced at = reprice(parts, target).at(0);
        QCOMPARE(text(at.total), text(total));
        QCOMPARE(at.unpriced_requests, unpriced);
        ++compared;
    }
    QVERIFY(compared > 30);
}

void TestCube::otherSheetIsNoted()
{
    pricing::Sheet sheet;
    pricing::Model model;
    model.vendor = "v";
    model.model = "m";
    pricing::DatedRates dated;
    dated.rates = {{Component::Input, *base::Decimal::parse("1"), "standard", 0},
                   {Component::Input, *base::Decimal::parse("2"), "standard", 1'000}};
    model.prices.push_back(dated);
    sheet.models = {model};
    const auto cube = read_cube({m_folder.write("time,vendor,model,input_tokens\n2026-11-02,v,m,5000\n")},
                                pricing::Sheet{});
    QVERIFY(cube.has_value());
    const Replay result = replay(*cube, sheet);
    QVERIFY(!result.notes.empty());
    QVERIFY(result.notes[0].find("another price sheet") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestCube)
#include "tst_cube.moc"
