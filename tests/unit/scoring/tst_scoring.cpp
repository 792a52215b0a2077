#include "core/scoring/index_json.h"

#include <QtTest/QtTest>
#include <limits>
#include <pcg_random.hpp>

using namespace leeway;
using clauses::Polarity;
using clauses::Verdict;
using scoring::Answer;

namespace {

clauses::Check check(const std::string& id, const std::string& category, double weight,
                     Polarity polarity = Polarity::Protective, bool gate = false)
{
    clauses::Check result;
    result.id = id;
    result.category = category;
    result.weight = weight;
    result.polarity = polarity;
    result.gate = gate;
    return result;
}

clauses::Pack small_pack()
{
    clauses::Pack pack;
    pack.id = "small";
    pack.checks = {check("train", "Data", 8, Polarity::Protective, true), check("export", "Data", 10),
                   check("cap", "Price", 9), check("change", "Control", 7, Polarity::Hazard),
                   check("sla", "Control", 2)};
    return pack;
}

clauses::Pack random_pack(pcg32& random, int checks)
{
    clauses::Pack pack;
    for (int i = 0; i < checks; ++i) {
        pack.checks.push_back(check("c" + std::to_string(i), "k" + std::to_string(random(5)),
                                    static_cast<double>(random(1001)) / 100,
                                    random(3) == 0 ? Polarity::Hazard : Polarity::Protective));
    }
    return pack;
}

std::vector<Answer> random_answers(pcg32& random, const clauses::Pack& pack)
{
    std::vector<Answer> answers;
    for (const clauses::Check& asked : pack.checks) {
        if (random(10) != 0)
            answers.push_back(
                {asked.id, static_cast<Verdict>(random(4)), random(101) / 100.0, random(3) == 0});
    }
    return answers;
}

int sum_of_points(const scoring::Index& index)
{
    int sum = 0;
    for (const auto& part : index.contributions)
        sum += part.points;
    return sum;
}

}

class TestScoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void index_data();
    void index();
    void workedExample();
    void contributions();
    void ifMet();
    void unanswered();
    void hazardIsNeverMissing();
    void lastAnswerCounts();
    void categories();
    void gates();
    void weights_data();
    void weights();
    void emptyPack();
    void range();
    void reviewedHasNoRange();
    void randomPacks();
    void deterministic();
    void packProfile();
    void json();
};

void TestScoring::index_data()
{
    QTest::addColumn<int>("verdict");
    QTest::addColumn<int>("value");
    QTest::newRow("met") << int(Verdict::Met) << 0;
    QTest::newRow("partial") << int(Verdict::Partial) << 400;
    QTest::newRow("missing") << int(Verdict::Missing) << 800;
    QTest::newRow("adverse") << int(Verdict::Adverse) << 1000;
}

// A contract with one verdict throughout has that verdict's severity, whatever the weights.
void TestScoring::index()
{
    QFETCH(int, verdict);
    QFETCH(int, value);
    clauses::Pack pack = small_pack();
    pack.checks.erase(pack.checks.begin() + 3); // no hazard
    std::vector<Answer> answers;
    for (const auto& asked : pack.checks)
        answers.push_back({asked.id, static_cast<Verdict>(verdict), 1, true});
    QCOMPARE(scoring::lock_in_index(pack, answers, {}).value, value);
}

// The example of resources/help/scoring.md.
void TestScoring::workedExample()
{
    clauses::Pack pack;
    pack.checks = {check("no-training", "Data", 8), check("data-portability", "Data", 10),
                   check("price-review", "Price", 9),
                   check("unilateral-change", "Control", 7, Polarity::Hazard),
                   check("data-deletion", "Data", 3)};
    const std::vector<Answer> answers{{"no-training", Verdict::Met, 0.95, true},
                                      {"data-portability", Verdict::Partial, 0.9, true},
                                      {"price-review", Verdict::Missing, 0.8, true},
                                      {"unilateral-change", Verdict::Adverse, 0.9, true},
                                      {"data-deletion", Verdict::Met, 0.6, false}};
    const auto index = scoring::lock_in_index(pack, answers, {});
    QCOMPARE(index.value, 492); // 100 × (4 + 7.2 + 7) / 37 = 49.189…
    QCOMPARE(index.contributions[0].points, 0);
    QCOMPARE(index.contributions[1].points, 108);
    QCOMPARE(index.contributions[2].points, 195);
    QCOMPARE(index.contributions[3].points, 189);
    QCOMPARE(index.contributions[4].points, 0);
    QCOMPARE(index.contributions[2].index_if_met, 297);
    QCOMPARE(index.low, 491); // data-deletion: met 60 %, partial 23 %, missing 11 %, adverse 6 %
    QCOMPARE(index.high, 557);
}

void TestScoring::contributions()
{
    clauses::Pack pack;
    for (int i = 0; i < 7; ++i)
        pack.checks.push_back(check("c" + std::to_string(i), "x", 1));
    std::vector<Answer> answers;
    for (const auto& asked : pack.checks)
        answers.push_back({asked.id, Verdict::Adverse, 1, true});
    const auto index = scoring::lock_in_index(pack, answers, {});
    QCOMPARE(index.value, 1000);
    // 1000 / 7 = 142.86: six get 143 and the last, by order, 142.
    for (std::size_t i = 0; i < 7; ++i)
        QCOMPARE(index.contributions[i].points, i < 6 ? 143 : 142);
    QCOMPARE(index.contributions[0].share, 1.0 / 7);
}

void TestScoring::ifMet()
{
    pcg32 random(3);
    for (int round = 0; round < 50; ++round) {
        const clauses::Pack pack = random_pack(random, 12);
        std::vector<Answer> answers = random_answers(random, pack);
        const auto index = scoring::lock_in_index(pack, answers, {});
        for (const auto& part : index.contributions) {
            std::vector<Answer> changed = answers;
            changed.push_back({part.check, Verdict::Met, 1, true});
            QCOMPARE(scoring::lock_in_index(pack, changed, {}).value, part.index_if_met);
        }
    }
}

void TestScoring::unanswered()
{
    const auto index = scoring::lock_in_index(small_pack(), {}, {});
    QCOMPARE(index.contributions[0].severity, 0.8);
    QCOMPARE(index.contributions[3].severity, 0.0); // nothing creates the hazard
    QCOMPARE(index.value, 644);                     // 100 × 29 × 0.8 / 36 = 64.44…
    QCOMPARE(index.reviewed, 0);
    QCOMPARE(index.checks, 5);
    QVERIFY(index.low < index.value && index.value < index.high);
}

void TestScoring::hazardIsNeverMissing()
{
    const auto index = scoring::lock_in_index(small_pack(), {{"change", Verdict::Missing, 1, true}}, {});
    QCOMPARE(index.contributions[3].severity, 0.0);
}

void TestScoring::lastAnswerCounts()
{
    const auto index = scoring::lock_in_index(small_pack(),
                                              {{"cap", Verdict::Met, 1, true},
                                               {"nonsense", Verdict::Adverse, 1, true},
                                               {"cap", Verdict::Adverse, 1, false}},
                                              {});
    QCOMPARE(index.contributions[2].severity, 1.0);
    QCOMPARE(index.reviewed, 0);
    QCOMPARE(index.contributions.size(), std::size_t{5});
}

void TestScoring::categories()
{
    const auto index = scoring::lock_in_index(small_pack(),
                                              {{"train", Verdict::Met, 1, true},
                                               {"export", Verdict::Adverse, 1, true},
                                               {"cap", Verdict::Partial, 1, true},
                                               {"change", Verdict::Adverse, 1, true},
                                               {"sla", Verdict::Met, 1, true}},
                                              {});
    QCOMPARE(index.categories.size(), std::size_t{3});
    QCOMPARE(index.categories[0].category, std::string("Data"));
    QCOMPARE(index.categories[0].value, 556); // 10 / 18
    QCOMPARE(index.categories[0].checks, 2);
    QCOMPARE(index.categories[1].value, 400);
    QCOMPARE(index.categories[2].value, 778); // 7 / 9
}

void TestScoring::gates()
{
    scoring::Profile profile;
    profile.gates = {"change", "not in the pack", "train", "export"};
    const auto index = scoring::lock_in_index(
        small_pack(), {{"train", Verdict::Partial, 1, true}, {"export", Verdict::Met, 1, false}}, profile);
    QCOMPARE(index.gates.size(), std::size_t{3}); // in the pack's order
    QCOMPARE(index.gates[0].check, std::string("train"));
    QVERIFY(!index.gates[0].passed);
    QVERIFY(index.gates[1].passed);
    QVERIFY(index.gates[2].passed); // a hazard that is not there
}

void TestScoring::weights_data()
{
    QTest::addColumn<double>("weight");
    QTest::addColumn<double>("used");
    QTest::newRow("zero") << 0.0 << 0.0;
    QTest::newRow("two decimals") << 2.346 << 2.35;
    QTest::newRow("too high") << 11.0 << 10.0;
    QTest::newRow("endless") << std::numeric_limits<double>::infinity() << 10.0;
    QTest::newRow("negative") << -3.0 << 0.0;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 0.0;
}

void TestScoring::weights()
{
    QFETCH(double, weight);
    QFETCH(double, used);
    scoring::Profile profile;
    profile.id = "mine";
    profile.weights = {{"cap", weight}, {"not in the pack", 5}};
    const auto index = scoring::lock_in_index(small_pack(), {}, profile);
    QCOMPARE(index.contributions[2].weight, used);
    QCOMPARE(index.contributions[0].weight, 8.0); // the pack's
    QCOMPARE(index.profile, std::string("mine"));
    QCOMPARE(sum_of_points(index), index.value);
    if (used == 0)
        QCOMPARE(index.contributions[2].points, 0);
    for (const auto& asked : small_pack().checks)
        profile.weights[asked.id] = 0;
    const auto nothing = scoring::lock_in_index(small_pack(), {}, profile);
    QCOMPARE(nothing.value, 0);
    QCOMPARE(nothing.low, 0);
    QCOMPARE(nothing.high, 0);
    QCOMPARE(nothing.categories[0].value, 0);
    QCOMPARE(nothing.contributions[0].share, 0.0);
}

void TestScoring::emptyPack()
{
    const auto index = scoring::lock_in_index({}, {{"x", Verdict::Adverse, 1, true}}, {});
    QCOMPARE(index.value, 0);
    QCOMPARE(index.high, 0);
    QVERIFY(index.contributions.empty() && index.categories.empty() && index.gates.empty());
    QCOMPARE(index.formula, std::string(scoring::formula_version));
}

void TestScoring::range()
{
    const clauses::Pack pack = small_pack();
    const auto width = [&](double confidence) {
        std::vector<Answer> answers;
        for (const auto& asked : pack.checks)
            answers.push_back({asked.id, Verdict::Partial, confidence, false});
        const auto index = scoring::lock_in_index(pack, answers, {});
        return index.high - index.low;
    };
    QCOMPARE(width(1), 0);
    QVERIFY(width(0.9) > 0);
    QVERIFY(width(0.6) > width(0.9));
    QCOMPARE(width(0), width(0.1)); // both below a blind guess
    // A contract that is adverse throughout can only turn out better.
    std::vector<Answer> answers;
    for (const auto& asked : pack.checks)
        answers.push_back({asked.id, Verdict::Adverse, 0.7, false});
    const auto index = scoring::lock_in_index(pack, answers, {});
    QCOMPARE(index.high, 1000);
    QVERIFY(index.low < 1000);
}

void TestScoring::reviewedHasNoRange()
{
    pcg32 random(9);
    for (int round = 0; round < 100; ++round) {
        const clauses::Pack pack = random_pack(random, 22);
        std::vector<Answer> answers;
        for (const auto& asked : pack.checks)
            answers.push_back({asked.id, static_cast<Verdict>(random(4)), random(101) / 100.0, true});
        const auto index = scoring::lock_in_index(pack, answers, {});
        QCOMPARE(index.low, index.value);
        QCOMPARE(index.high, index.value);
        QCOMPARE(index.reviewed, 22);
    }
}

void TestScoring::randomPacks()
{
    pcg32 random(1);
    for (int round = 0; round < 300; ++round) {
        const clauses::Pack pack = random_pack(random, 1 + static_cast<int>(random(40)));
        const auto answers = random_answers(random, pack);
        const auto index = scoring::lock_in_index(pack, answers, {});
        QCOMPARE(sum_of_points(index), index.value);
        QVERIFY(0 <= index.low && index.low <= index.value && index.value <= index.high &&
                index.high <= 1000);
        double exact = 0;
        double weights = 0;
        for (const auto& part : index.contributions) {
            QVERIFY(part.points >= 0);
            QVERIFY(part.severity > 0 || part.points == 0);
            QVERIFY(std::abs(part.points - 1000 * part.share * part.severity) < 1);
            QVERIFY(part.index_if_met <= index.value);
            exact += part.weight * part.severity;
            weights += part.weight;
        }
        if (weights > 0)
            QVERIFY(std::abs(index.value - 1000 * exact / weights) <= 0.5 + 1e-9);
    }
}

void TestScoring::deterministic()
{
    pcg32 random(2);
    const clauses::Pack pack = random_pack(random, 22);
    std::vector<Answer> answers = random_answers(random, pack);
    const auto before = scoring::to_json(scoring::lock_in_index(pack, answers, {})).dump();
    std::reverse(answers.begin(), answers.end());
    QCOMPARE(scoring::to_json(scoring::lock_in_index(pack, answers, {})).dump(), before);
}

void TestScoring::packProfile()
{
    const auto profile = scoring::pack_profile(small_pack());
    QCOMPARE(profile.gates, std::vector<std::string>{"train"});
    QCOMPARE(profile.weights.at("export"), 10.0);
}

void TestScoring::json()
{
    const auto value =
        scoring::to_json(scoring::lock_in_index(small_pack(), {}, scoring::pack_profile(small_pack())));
    QCOMPARE(value.at("value").dump(), std::string("64.4"));
    QCOMPARE(value.at("gates").dump(), std::string(R"([{"check":"train","passed":false}])"));
    QCOMPARE(value.at("contributions").at(1).at("points").dump(), std::string("22.2"));
    QCOMPARE(value.at("checks"), 5);
}

QTEST_GUILESS_MAIN(TestScoring)
#include "tst_scoring.moc"
