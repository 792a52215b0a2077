// The weights of short texts: their file, what they say of a wording, and how they are learned.

#include "core/clauses/parties.h"
#include "core/clauses/train/learnchecks.h"
#include "core/clauses/types/packed.h"
#include "texts.h"

#include <QTest>
#include <cmath>

using namespace leeway;
using namespace leeway::clauses;

namespace {

const Pack& pack()
{
    static const auto loaded = load_pack("ai-procurement");
    return *loaded;
}

std::size_t index_of(std::string_view check)
{
    return static_cast<std::size_t>(pack().find(check) - pack().checks.data());
}

Wording wording(std::string_view text)
{
    const auto document = test::read(text);
    auto tokens = tokenize(document);
    mark_parties(tokens);
    const auto reading = read(document, pack().rules->lexicon, std::move(tokens));
    return Sayings(reading, pack().rules->lexicon)
        .of({0, static_cast<std::uint32_t>(reading.sentences.size())});
}

const std::vector<Said>& group(const Wording& wording, SaidGroup group)
{
    return wording[static_cast<std::size_t>(group)];
}

base::Result<document::Document> read_text(const train::CheckText& text)
{
    return test::read(text.text, text.format);
}

// What makes a passage of a sentence, and says nothing.
constexpr const char* around = " Lunch is served at noon. The lift works. Doors are green. Rain is likely.";

// Forty-eight texts of four authors in which one word decides.
std::vector<train::CheckText> toy_texts(const std::string& rest = around)
{
    std::vector<train::CheckText> texts;
    const std::array<std::pair<const char*, Verdict>, 4> kinds{{{"gladly", Verdict::Met},
                                                                {"seldom", Verdict::Partial},
                                                                {"perhaps", Verdict::Missing},
                                                                {"never", Verdict::Adverse}}};
    const std::array fillers{"in the morning", "by letter", "at its office", "on Mondays"};
    for (std::size_t author = 0; author < 4; ++author) {
        for (const auto& [word, verdict] : kinds) {
            for (int i = 0; i < 3; ++i)
                texts.push_back(
                    {"toy", "author " + std::to_string(author), "data-portability", verdict,
                     "Provider will " + std::string(word) + " export all Customer Data to Customer " +
                         fillers[(author + static_cast<std::size_t>(i)) % 4] + "." + rest + "\n"});
        }
    }
    return texts;
}

}

class TestClausesWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationsCountByTheirClass_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("digits and words") << QByteArray("30 days") << QByteArray("thirty (30) days") << true;
        QTest::newRow("a month") << QByteArray("30 days") << QByteArray("one month") << true;
        QTest::newRow("two classes") << QByteArray("30 days") << QByteArray("90 days") << false;
        QTest::newRow("below and at thirty") << QByteArray("29 days") << QByteArray("30 days") << false;
        QTest::newRow("a duration and a sum") << QByteArray("30 days") << QByteArray("EUR 30") << false;
    }

    void durationsCountByTheirClass()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        const auto words = [](const QByteArray& figure) {
            return group(wording("Notice is " + figure.toStdString() + "."), SaidGroup::Words);
        };
        QTEST(words(one) == words(other), "same");
    }

    void partiesCountByTheirSide()
    {
        QCOMPARE(group(wording("Provider shall keep Customer informed of the tests."), SaidGroup::Words),
                 group(wording("Supplier shall keep Client informed of the tests."), SaidGroup::Words));
        QVERIFY(group(wording("Provider shall keep Customer informed."), SaidGroup::Neighbours) !=
                group(wording("Customer shall keep Provider informed."), SaidGroup::Neighbours));
    }

    void repetitionCountsLess()
    {
        const auto once = group(wording("Tests are run."), SaidGroup::Words);
        const auto twice = group(wording("Tests are run. Tests are run."), SaidGroup::Words);
        QCOMPARE(once.size(), twice.size());
        for (std::size_t i = 0; i < once.size(); ++i) {
            QCOMPARE(once[i].id, twice[i].id);
            QCOMPARE(twice[i].much, 1 + std::log(2.0F));
        }
    }

    void hazardsAreNeverMissing()
    {
        CheckWeights weights;
        weights.bias = {0, 0, 9, 0};
        const auto hazard = chances(weights, {}, Polarity::Hazard);
        QCOMPARE(hazard[static_cast<std::size_t>(Verdict::Missing)], 0.0);
        QCOMPARE(hazard[0] + hazard[1] + hazard[3], 1.0);
        QCOMPARE(choose(chances(weights, {}, Polarity::Protective)), Verdict::Missing);
    }

    void adverseNeedsLess()
    {
        QCOMPARE(choose({0.5, 0.05, 0.05, 0.4}), Verdict::Adverse);
        QCOMPARE(choose({0.8, 0.05, 0.05, 0.1}), Verdict::Met);
    }

    void learnsWhatDecides()
    {
        const auto examples = train::check_examples(toy_texts(), pack(), read_text);
        QVERIFY(examples);
        QCOMPARE(examples->size(), std::size_t{48});
        const auto figures = train::cross_validate_checks(*examples, pack(), train::CheckLearning(),
                                                          [](const std::string&) { return true; });
        const auto& found = figures[index_of("data-portability")];
        QCOMPARE(found.texts, 48);
        QCOMPARE(found.right, 48);
        QCOMPARE(found.danger, 0);
        QCOMPARE(figures[index_of("liability")].texts, 0);
    }

    void shortTextsAreLeftToTheRules()
    {
        const auto examples = train::check_examples(toy_texts({}), pack(), read_text);
        QVERIFY(examples);
        const auto figures = train::cross_validate_checks(*examples, pack(), train::CheckLearning(),
                                                          [](const std::string&) { return true; });
        const auto& found = figures[index_of("data-portability")];
        QCOMPARE(found.texts, 48);
        QCOMPARE(found.right, found.by_rules);
        QCOMPARE(found.sure, 0);
    }

    void sameTextsGiveTheSameFile()
    {
        const auto examples = train::check_examples(toy_texts(), pack(), read_text);
        std::vector<const train::CheckExample*> all;
        for (const auto& example : *examples)
            all.push_back(&example);
        const auto first = to_json(train::learn_check(all, train::CheckLearning()));
        QCOMPARE(to_json(train::learn_check(all, train::CheckLearning())).dump(), first.dump());
        const base::JsonFile file{"w.json", {{"checks", {{"data-portability", first}}}}, {}};
        const auto read = read_check_weights(file, "/checks", "data-portability");
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        for (const auto& example : *examples)
            QCOMPARE(choose(chances(*read, example.wording, Polarity::Protective)), example.verdict);
    }

    void damagedWeights_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("no Base64") << QByteArray("?") << u"no packed weights"_qs;
        QTest::newRow("cut off") << QByteArray::fromStdString(to_base64("1234567"))
                                 << u"no packed weights"_qs;
        QTest::newRow("the same twice")
            << QByteArray::fromStdString(to_base64("aaaa12345aaaa12345")) << u"out of order"_qs;
    }

    void damagedWeights()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const base::JsonFile file{"w.json",
                                  {{"checks",
                                    {{"liability",
                                      {{"temperature", 1},
                                       {"shares", {1, 1, 1, 1, 1, 1}},
                                       {"bias", {0, 0, 0, 0}},
                                       {"step", 0.1},
                                       {"things", bytes.toStdString()}}}}}},
                                  {}};
        const auto read = read_check_weights(file, "/checks", "liability");
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(says), read.error().message.c_str());
        QVERIFY(read.error().message.find("w.json") != std::string::npos);
    }

    void markedTexts()
    {
        const auto texts = train::parse_check_texts(
            "click.txt", "@@ liability met\nOne [[two]] three.\n\nFour.\n@@ no-training adverse\nFive.\n");
        QVERIFY(texts);
        QCOMPARE(texts->size(), std::size_t{2});
        QCOMPARE((*texts)[0].check, std::string("liability"));
        QCOMPARE((*texts)[0].verdict, Verdict::Met);
        QCOMPARE((*texts)[0].text, std::string("One two three.\n\nFour.\n"));
        QCOMPARE((*texts)[0].deciding, std::vector<std::string>{"two"});
        QVERIFY((*texts)[1].deciding.empty());
        QCOMPARE((*texts)[1].author, std::string("click"));
        QCOMPARE((*texts)[1].text, std::string("Five.\n"));
    }

    void badMarkedTexts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("text first") << QByteArray("hello\n@@ liability met\n") << u"f.txt:1"_qs;
        QTest::newRow("no verdict") << QByteArray("\n@@ liability\n") << u"f.txt:2"_qs;
        QTest::newRow("another verdict") << QByteArray("@@ liability fine\n") << u"“fine” is no verdict"_qs;
    }

    void badMarkedTexts()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto texts = train::parse_check_texts("f.txt", text.toStdString());
        QVERIFY(!texts);
        QVERIFY2(QString::fromStdString(texts.error().message).contains(says), texts.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestClausesWeights)
#include "tst_clauses_weights.moc"
