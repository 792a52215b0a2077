#include "core/usage/replay.h"
#include "logs.h"
#include "randomusage.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::usage;
using pricing::Component;

class TestCubeValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loads();
    void loadsOfVolumes();
    void olderJson();
    void duplicates();
    void examplesAreFew();
    void mergedIsReadTogether();
    void mergedOfOtherSheets();
    void jsonRoundTrip();
    void jsonBroken_data();
    void jsonBroken();
    void volumesAddUp();
    void volumeLength();

private:
    LogFolder m_folder;
};

void TestCubeValues::loads()
{
    const auto cube = read_cube(
        {m_folder.write(
            "time,vendor,model,requests,input_tokens,cache_read_tokens,output_tokens,service_tier,tag\n"
            "2026-11-02T10:59:59Z,v,m,1,100,40,10,,a\n2026-11-02T11:00:00Z,v,m,1,200,0,20,,a\n"
            "2026-11-02T10:00:00Z,v,m,3,300,0,30,,b\n2026-11-02T10:00:00Z,v,m,1,7,0,1,batch,a\n")},
        pricing::Sheet{});
    QVERIFY(cube.has_value());
    const auto ten = static_cast<std::int32_t>(
        (base::Date(std::chrono::year(2026) / 11 / 2).time_since_epoch() + std::chrono::hours(10)) /
        std::chrono::hours(1));
    const std::vector<pricing::ModelLoad> expected{
        {"v", "m", "batch", {{ten, 1, 7, 0, 1}}},
        {"v", "m", "standard", {{ten, 4, 400, 40, 40}, {ten + 1, 1, 200, 0, 20}}}};
    QCOMPARE(cube->loads == expected, true);
    const auto twice = merged(*cube, *cube);
    QCOMPARE(twice->loads.at(1).hours.at(0) == (pricing::HourLoad{ten, 8, 800, 80, 80}), true);
}

void TestCubeValues::loadsOfVolumes()
{
    MonthlyVolume volume;
    volume.month = base::Month::of(2026, 11);
    volume.model = "m";
    volume.counts[Component::Input] = 100;
    const Cube typed = cube_of_volumes({volume}, pricing::Sheet{});
    QVERIFY(typed.loads.empty());
    const auto cube =
        read_cube({m_folder.write("time,model,input_tokens\n2026-11-02,m,5\n")}, pricing::Sheet{});
    QVERIFY(!cube->loads.empty());
    QVERIFY(merged(*cube, typed)->loads.empty()); // unknown in part is unknown
    QCOMPARE(merged(Cube{}, *cube)->loads == cube->loads, true);
}

void TestCubeValues::olderJson()
{
    const auto cube = cube_from_json(R"({"format":"leeway-cube","version":1,"thresholds":[5],"requests":2,
        "cells":[{"day":"2026-11-02","vendor":"v","model":"m","counts":{"input":7},"bucket":5}]})");
    QVERIFY2(cube.has_value(), cube ? "" : cube.error().message.c_str());
    QVERIFY(cube->schedules.empty() && cube->loads.empty());
    QCOMPARE(cube->cells.at(0).key.open, std::uint32_t{0});
}

void TestCubeValues::duplicates()
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
    // a, b, c and the two without an id; the third file is the first one again.
    QCOMPARE(cube->cells[0].counts.all_input(), std::int64_t{1 + 2 + 64 + 8 + 16});
    QCOMPARE(cube->requests, std::int64_t{5});
    QCOMPARE(cube->duplicates, std::int64_t{7});
    QCOMPARE(cube->sources, (std::vector<std::string>{"one.csv", "two.csv"}));
}

void TestCubeValues::examplesAreFew()
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

void TestCubeValues::mergedIsReadTogether()
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

void TestCubeValues::mergedOfOtherSheets()
{
    Cube a;
    a.thresholds = {1'000};
    a.cells.emplace_back();
    QVERIFY(!merged(a, Cube{}));
}

void TestCubeValues::jsonRoundTrip()
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

void TestCubeValues::jsonBroken_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json; };
    row("nothing", "");
    row("a list", "[]");
    row("another object", "{}");
    const QByteArray begin = R"({"format":"leeway-cube","version":1,)";
    row("newer", R"({"format":"leeway-cube","version":3})");
    row("thresholds are words", begin + R"("thresholds":["a"]})");
    row("thresholds out of order", begin + R"("thresholds":[2,1]})");
    row("cells are a number", begin + R"("cells":1})");
    row("a cell is a number", begin + R"("cells":[1]})");
    row("no such day", begin + R"("cells":[{"day":"2026-13-01","counts":{}}]})");
    row("no counts", begin + R"("cells":[{"day":"2026-11-01"}]})");
    row("unknown component", begin + R"("cells":[{"day":"2026-11-01","counts":{"x":1}}]})");
    row("hours out of the week", begin + R"("schedules":[[[10,99999]]]})");
    row("hours that touch", begin + R"("schedules":[[[0,10],[10,20]]]})");
    row("hours of words", begin + R"("schedules":[[["a",2]]]})");
    row("a load of words", begin + R"("loads":[{"vendor":"v","hours":[["a",1,1,1,1]]}]})");
    row("a load below zero", begin + R"("loads":[{"vendor":"v","hours":[[1,-1,1,1,1]]}]})");
    row("loads out of order", begin + R"("loads":[{"vendor":"v","hours":[[2,1,1,1,1],[1,1,1,1,1]]}]})");
    row("half a token", begin + R"("cells":[{"day":"2026-11-01","counts":{"input":1.5}}]})");
    row("without its tiers", begin + R"("marginal":[5],"cells":[{"day":"2026-11-01","counts":{}}]})");
    row("cut off", begin + R"("cells":[{"day":"2026-11-01")");
    row("deep", QByteArray(100'000, '['));
}

void TestCubeValues::jsonBroken()
{
    QFETCH(QByteArray, json);
    const auto cube =
        cube_from_json(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Invalid);
}

void TestCubeValues::volumesAddUp()
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

void TestCubeValues::volumeLength()
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

QTEST_GUILESS_MAIN(TestCubeValues)
#include "tst_cubevalues.moc"
