#include "core/usage/replay.h"
#include "core/usage/reprice.h"
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

// Cheaper in some hours of the week, on the prices of one date or of both; other models have the same hours.
void add_off_peak(pricing::Model& model, pcg32& random)
{
    const std::vector<pricing::DayHours> night{{0x7f, 16 * 60 + 30, pricing::day_minutes}, {0x7f, 0, 30}};
    const std::vector<pricing::DayHours> office{{0x1f, 0, 60}, {0x1f, 10 * 60, pricing::day_minutes}};
    const std::vector<pricing::DayHours> weekend{{0x60, 0, pricing::day_minutes}};
    for (pricing::DatedRates& dated : model.prices) {
        for (const auto& hours : {night, office, weekend}) {
            if (random(2) == 0)
                dated.off_peak.push_back({pricing::schedule_of(hours, random(2) == 0 ? 0 : 480),
                                          {{Component::Input, random_price(random), "standard", 0},
                                           {Component::Output, random_price(random), "standard", 0}}});
        }
    }
}

// Models of every kind: tiers above and at a threshold, whole and marginal, with dates, regions and off-peak
// hours.
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
            add_off_peak(model, random);
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
    return fmt::format("2026-11-{:02}T{:02}:{:02}:00Z,v,{},{},{},{},{},{},{},{},{},{},{},{}",
                       random(2) == 0 ? 14 : 15, random(24), random(60), names[random(names.size())],
                       requests, input, cached, written, audio, output, output / 3, random(10) == 0 ? 2 : 0,
                       tiers[random(tiers.size())], regions[random(2)], "a");
}

}

class TestCube : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricingTheCubeIsPricingEveryRequest();
    void thresholds();
    void offPeakHours();
    void manySchedules();
    void loads();
    void loadsOfVolumes();
    void condensedByModel();
    void olderJson();
    void corpusTraces_data();
    void corpusTraces();
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

void TestCube::loads()
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

void TestCube::loadsOfVolumes()
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

void TestCube::olderJson()
{
    const auto cube = cube_from_json(R"({"format":"leeway-cube","version":1,"thresholds":[5],"requests":2,
        "cells":[{"day":"2026-11-02","vendor":"v","model":"m","counts":{"input":7},"bucket":5}]})");
    QVERIFY2(cube.has_value(), cube ? "" : cube.error().message.c_str());
    QVERIFY(cube->schedules.empty() && cube->loads.empty());
    QCOMPARE(cube->cells.at(0).key.open, std::uint32_t{0});
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
    // a, b, c and the two without an id; the third file is the first one again.
    QCOMPARE(cube->cells[0].counts.all_input(), std::int64_t{1 + 2 + 64 + 8 + 16});
    QCOMPARE(cube->requests, std::int64_t{5});
    QCOMPARE(cube->duplicates, std::int64_t{7});
    QCOMPARE(cube->sources, (std::vector<std::string>{"one.csv", "two.csv"}));
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
