#include "core/usage/replay.h"
#include "logs.h"

#include <QtTest/QtTest>
#include <array>
#include <fmt/format.h>
#include <pcg_random.hpp>

using namespace leeway;
using namespace leeway::usage;
using pricing::Component;

namespace {

constexpr std::array names{"alpha", "beta", "gamma", "delta"};
constexpr std::array tiers{"standard", "batch", "flex", "priority"};
constexpr std::array regions{"", "eu-west-1", "eu", "us"};

base::Decimal random_price(pcg32& random)
{
    return *base::Decimal::parse(fmt::format("{}.{:04}e-6", random(60), random(10'000)));
}

// Apart by more than one between the two kinds: where one vendor's tier begins at T + 1 and another's above
// T, the average of a line of several requests can lie between the two, and no bucket tells them apart.
std::int64_t random_threshold(pcg32& random, bool inclusive)
{
    constexpr std::array above{1'000, 1'001, 2'000, 5'000, 5'001, 20'000};
    constexpr std::array from{1'003, 1'004, 2'500, 4'998, 20'002, 20'003};
    return inclusive ? from[random(from.size())] : above[random(above.size())];
}

pricing::DatedRates random_rates(pcg32& random, bool inclusive)
{
    pricing::DatedRates dated;
    const auto add = [&](Component component, const char* tier, std::int64_t above) {
        dated.rates.push_back({component, random_price(random), tier, above});
    };
    add(Component::Input, "standard", 0);
    add(Component::Output, "standard", 0);
    constexpr std::array parts{Component::CacheRead, Component::CacheWrite5m, Component::AudioInput,
                               Component::Reasoning, Component::Request,      Component::WebSearch};
    for (const Component part : parts) {
        if (random(2) == 0)
            add(part, "standard", 0);
    }
    const std::int64_t first = random_threshold(random, inclusive);
    const std::int64_t second = random_threshold(random, inclusive);
    for (const std::int64_t above : {first, second == first ? 0 : second}) {
        if (above == 0 || random(3) == 0)
            continue;
        add(Component::Input, "standard", above);
        if (random(2) == 0)
            add(Component::Output, "standard", above);
        if (random(2) == 0)
            add(Component::CacheRead, "standard", above);
        if (random(2) == 0)
            add(Component::Input, "batch", above);
    }
    if (random(2) == 0)
        add(Component::Input, "batch", 0);
    if (random(2) == 0)
        add(Component::Output, "priority", 0);
    return dated;
}

// Models of every kind: tiers above and at a threshold, whole and marginal, with dates and regions.
pricing::Sheet random_sheet(pcg32& random)
{
    pricing::Sheet sheet;
    for (const char* name : names) {
        pricing::Model model;
        model.vendor = "v";
        model.model = name;
        model.marginal_tiers = random(2) == 0;
        model.threshold_inclusive = random(2) == 0;
        model.prices.push_back(random_rates(random, model.threshold_inclusive));
        if (random(2) == 0) {
            model.prices.push_back(random_rates(random, model.threshold_inclusive));
            model.prices.back().from = base::Date(std::chrono::year(2026) / 11 / 15);
        }
        if (random(2) == 0)
            model.regional_factors.emplace_back("eu", *base::Decimal::parse("1.1"));
        sheet.models.push_back(std::move(model));
    }
    return sheet;
}

std::string random_line(pcg32& random)
{
    constexpr std::array lengths{999,   1'000, 1'001, 1'002, 1'003,  1'004,  2'000,  2'500,
                                 4'997, 4'998, 5'000, 5'001, 20'000, 20'001, 20'002, 20'003};
    const std::int64_t requests = random(5) == 0 ? 1 + random(4) : 1;
    std::int64_t input = random(2) == 0 ? lengths[random(lengths.size())] : random(30'000);
    input = input * requests + (requests > 1 ? random(3) : 0);
    const auto cached =
        random(2) == 0 ? static_cast<std::int64_t>(random(static_cast<unsigned>(input / 2 + 1))) : 0;
    const auto written = static_cast<std::int64_t>(random(static_cast<unsigned>(input / 8 + 1)));
    const auto audio =
        random(4) == 0 ? static_cast<std::int64_t>(random(static_cast<unsigned>(input / 8 + 1))) : 0;
    const std::int64_t output = random(3'000);
    return fmt::format("2026-11-{:02}T{:02}:00:00Z,v,{},{},{},{},{},{},{},{},{},{},{},{}",
                       random(2) == 0 ? 14 : 15, random(24), names[random(names.size())], requests, input,
                       cached, written, audio, output, output / 3, random(10) == 0 ? 2 : 0,
                       tiers[random(tiers.size())], regions[random(2)], "a");
}

}

class TestCube : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricingTheCubeIsPricingEveryRequest();
    void thresholds();
    void duplicates();
    void examplesAreFew();
    void mergedIsReadTogether();
    void mergedOfOtherSheets();
    void jsonRoundTrip();
    void jsonBroken_data();
    void jsonBroken();
    void volumesAddUp();
    void volumeLength();
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
        QVERIFY(cube->cells.size() < 400);

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

void TestCube::duplicates()
{
    const auto one = m_folder.write("time,model,input_tokens,request_id\n2026-11-02,m,1,a\n2026-11-02,m,2,b\n"
                                    "2026-11-02,m,4,a\n2026-11-02,m,8,\n2026-11-02,m,16,\n",
                                    QStringLiteral("one.csv"));
    const auto two =
        m_folder.write("time,model,input_tokens,request_id\n2026-11-02,m,32,b\n2026-11-02,m,64,c\n",
                       QStringLiteral("two.csv"));
    const auto cube = read_cube({one, two, one}, pricing::Sheet{});
    QVERIFY(cube.has_value());
    QCOMPARE(cube->cells.size(), std::size_t{1});
    // a, b, c and the two without an id; those two again, as nothing tells that they are the same.
    QCOMPARE(cube->cells[0].counts.all_input(), std::int64_t{1 + 2 + 64 + 8 + 16 + 8 + 16});
    QCOMPARE(cube->requests, std::int64_t{7});
    QCOMPARE(cube->duplicates, std::int64_t{5});
    QCOMPARE(cube->sources, (std::vector<std::string>{"one.csv", "two.csv", "one.csv"}));
}

void TestCube::examplesAreFew()
{
    QByteArray content = "time,model,input_tokens\n" + QByteArray("2026-11-02,m,1\n").repeated(400);
    content += QByteArray("2026-11-02,m,x\n").repeated(50);
    const auto cube = read_cube({m_folder.write(content)}, pricing::Sheet{});
    QVERIFY(cube.has_value());
    QCOMPARE(cube->bad_lines, std::int64_t{50});
    QCOMPARE(cube->examples.size(), std::size_t{20});
    QCOMPARE(cube->examples[0], (BadLine{"usage.csv", 402, "input_tokens “x” is not a number"}));
    QVERIFY(!read_cube({}, pricing::Sheet{}));
    QCOMPARE(read_cube({"/nowhere/usage.csv"}, pricing::Sheet{}).error().code, base::ErrorCode::NotFound);
}

void TestCube::mergedIsReadTogether()
{
    pcg32 random(5);
    const pricing::Sheet sheet = random_sheet(random);
    QByteArray header =
        "time,vendor,model,requests,input_tokens,cache_read_tokens,cache_write_5m_tokens,"
        "audio_input_tokens,output_tokens,reasoning_tokens,web_searches,service_tier,region,tag\n";
    std::vector<std::filesystem::path> files;
    for (int f = 0; f < 2; ++f) {
        QByteArray content = header;
        for (int i = 0; i < 200; ++i)
            content += QByteArray::fromStdString(random_line(random)) + "\n";
        files.push_back(m_folder.write(content, QStringLiteral("%1.csv").arg(f)));
    }
    const auto together = read_cube(files, sheet);
    const auto first = read_cube({files[0]}, sheet);
    const auto second = read_cube({files[1]}, sheet);
    QVERIFY(together && first && second);
    const auto both = merged(*first, *second);
    QVERIFY(both.has_value());
    QCOMPARE(*both == *together, true);
    QCOMPARE(*merged(Cube{}, *second) == *second, true);
}

void TestCube::mergedOfOtherSheets()
{
    Cube a;
    a.thresholds = {1'000};
    a.cells.emplace_back();
    QVERIFY(!merged(a, Cube{}));
}

void TestCube::jsonRoundTrip()
{
    pcg32 random(11);
    pricing::Sheet sheet = random_sheet(random);
    sheet.models[0].marginal_tiers = true;
    sheet.models[0].prices[0].rates.push_back({Component::Input, {}, "standard", 7'777});
    QByteArray content = "time,vendor,model,input_tokens,output_tokens,requests,service_tier,region,tag\n";
    for (int i = 0; i < 200; ++i)
        content +=
            fmt::format("2026-11-{:02},v,m{},{},{},{},{},{},“t”\n", 1 + i % 30, i % 3, 100 * i, i, 1 + i % 2,
                        tiers[static_cast<std::size_t>(i) % 4], regions[static_cast<std::size_t>(i) % 4]);
    content += "bad,,,,,,,,\n";
    const auto cube = read_cube({m_folder.write(content)}, sheet);
    QVERIFY(cube.has_value());
    QVERIFY(!cube->marginal.empty() && cube->averaged == 100 && cube->bad_lines == 1);
    const auto again = cube_from_json(to_json(*cube));
    QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
    QCOMPARE(*again == *cube, true);
    QCOMPARE(to_json(*again), to_json(*cube));
    QCOMPARE(*cube_from_json(to_json(Cube{})) == Cube{}, true);
}

void TestCube::jsonBroken_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json; };
    row("nothing", "");
    row("a list", "[]");
    row("another object", "{}");
    const QByteArray begin = R"({"format":"leeway-cube","version":1,)";
    row("newer", R"({"format":"leeway-cube","version":2})");
    row("thresholds are words", begin + R"("thresholds":["a"]})");
    row("thresholds out of order", begin + R"("thresholds":[2,1]})");
    row("cells are a number", begin + R"("cells":1})");
    row("a cell is a number", begin + R"("cells":[1]})");
    row("no such day", begin + R"("cells":[{"day":"2026-13-01","counts":{}}]})");
    row("no counts", begin + R"("cells":[{"day":"2026-11-01"}]})");
    row("unknown component", begin + R"("cells":[{"day":"2026-11-01","counts":{"x":1}}]})");
    row("half a token", begin + R"("cells":[{"day":"2026-11-01","counts":{"input":1.5}}]})");
    row("without its tiers", begin + R"("marginal":[5],"cells":[{"day":"2026-11-01","counts":{}}]})");
    row("cut off", begin + R"("cells":[{"day":"2026-11-01")");
    row("deep", QByteArray(100'000, '['));
}

void TestCube::jsonBroken()
{
    QFETCH(QByteArray, json);
    const auto cube =
        cube_from_json(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Invalid);
}

void TestCube::volumesAddUp()
{
    MonthlyVolume volume;
    volume.month = base::Month::of(2026, 2);
    volume.vendor = "v";
    volume.model = "m";
    volume.service_tier = "Batches";
    volume.counts[Component::Input] = 1'000'003;
    volume.counts[Component::Output] = 29;
    volume.counts[Component::Request] = 1'001;
    volume.counts[Component::CacheRead] = -5;
    MonthlyVolume next = volume;
    next.month = volume.month + 1;
    const Cube cube = cube_of_volumes({volume, next}, pricing::Sheet{});
    QCOMPARE(cube.cells.size(), std::size_t{28 + 31});
    QCOMPARE(cube.requests, std::int64_t{2'002});
    QCOMPARE(cube.cells[0].key.service_tier, std::string("batch"));
    pricing::Counts sum;
    for (std::size_t day = 0; day < 28; ++day) {
        const pricing::Counts& counts = cube.cells[day].counts;
        QVERIFY(counts[Component::Input] == 35'714 || counts[Component::Input] == 35'715);
        sum += counts;
    }
    QCOMPARE(shown(sum), QStringLiteral("input 1000003, output 29, request 1001"));
}

void TestCube::volumeLength()
{
    pricing::Sheet sheet;
    pricing::Model model;
    model.vendor = "v";
    model.model = "m";
    pricing::DatedRates dated;
    dated.rates = {{Component::Input, *base::Decimal::parse("1"), "standard", 0},
                   {Component::Input, *base::Decimal::parse("2"), "standard", 1'000}};
    model.prices.push_back(dated);
    for (const bool marginal : {false, true}) {
        model.marginal_tiers = marginal;
        sheet.models = {model};
        MonthlyVolume volume;
        volume.month = base::Month::of(2026, 11);
        volume.vendor = "v";
        volume.model = "m";
        volume.counts[Component::Input] = 150'000;
        volume.counts[Component::Request] = 100; // 1,500 on average
        // Whole: 150,000 × 2; marginal: 100,000 × 1 + 50,000 × 2.
        QCOMPARE(text(replay(cube_of_volumes({volume}, sheet), sheet).total),
                 marginal ? QStringLiteral("200000") : QStringLiteral("300000"));
        volume.counts[Component::Request] = 0; // no length: short
        QCOMPARE(text(replay(cube_of_volumes({volume}, sheet), sheet).total), QStringLiteral("150000"));
    }
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
