// Learning from texts with known verdicts: what is read, and how often the rules were right.

#include "core/base/file.h"
#include "core/clauses/rules.h"
#include "core/clauses/train/confidence.h"
#include "texts.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::clauses;
using train::From;
using train::Led;

namespace {

// JSON in single quotes, so that it can be read here.
std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

// One line, with what looks like a confidence in a text, and numbers of all sorts.
const std::string tiny = quoted(
    "{'id': 'tiny', 'title': 'Tiny \\'confidence\\': 0.9', 'version': '1',"
    " 'concepts': {'fee': ['fee', 'charge|price'], 'raise': ['rais*', 'increase'], 'cap': ['cap']},"
    " 'checks': [{'id': 'price', 'title': 'Price', 'question': 'Is the price safe?', 'polarity': "
    "'protective',"
    " 'category': 'Price', 'verdicts': {'met': 'a', 'partial': 'b', 'missing': 'c', 'adverse': 'd'},"
    " 'signals': [{'name': 'raises', 'role': 'takes', 'when': 'fee & raise'},"
    " {'name': 'capped', 'role': 'gives', 'when': 'cap'}],"
    " 'resolve': [{'if': 'capped', 'verdict': 'met', 'confidence': 1},"
    "{'if': 'raises','confidence':0.70 , 'verdict': 'adverse'}, {'verdict': 'missing'}], 'weight': 0.7}]}");

base::Result<document::Document> read_text(const train::CheckText& text)
{
    return document::read_plain(text.format, "text", text.text);
}

train::CheckText text_of(const QString& text, Verdict verdict, const std::string& check = "price")
{
    return {"a text", "", check, verdict, text.toStdString()};
}

void write(const QString& path, std::string_view text)
{
    const auto bytes = QByteArray::fromStdString(quoted(std::string(text)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

}

class TestClausesConfidence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void confidence_data();
    void confidence();
    void countsAndWrites();
    void onlyNumbersChange();
    void wholeContractsAreNotWeighed();
    void labelledFolder();
    void brokenLabels_data();
    void brokenLabels();
};

void TestClausesConfidence::confidence_data()
{
    QTest::addColumn<int>("texts");
    QTest::addColumn<int>("right");
    QTest::addColumn<double>("before");
    QTest::addColumn<bool>("anew");
    QTest::addColumn<double>("expected");
    QTest::newRow("no text keeps the pack's") << 0 << 0 << 0.83 << false << 0.83;
    QTest::newRow("no text, anew") << 0 << 0 << 0.83 << true << 0.55;
    QTest::newRow("one wrong moves it a little") << 1 << 0 << 0.77 << false << 0.7;
    QTest::newRow("one right moves it a little") << 1 << 1 << 0.78 << false << 0.8;
    QTest::newRow("many decide") << 990 << 99 << 0.9 << false << 0.11;
    QTest::newRow("anew forgets") << 7 << 7 << 0.1 << true << 0.87;
}

void TestClausesConfidence::confidence()
{
    QFETCH(int, texts);
    QFETCH(int, right);
    QFETCH(double, before);
    QFETCH(bool, anew);
    QFETCH(double, expected);
    QCOMPARE(train::confidence_of({texts, right}, before, anew ? From::Nothing : From::PackNumbers),
             expected);
}

void TestClausesConfidence::countsAndWrites()
{
    const auto pack = parse_pack("tiny.json", tiny);
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    const auto examples =
        train::check_examples({text_of(u"The fee may rise. We raise every fee."_qs, Verdict::Adverse),
                               text_of(u"Provider may raise the fee."_qs, Verdict::Partial),
                               text_of(u"Provider may raise the fee."_qs, Verdict::Met, "another check"),
                               text_of(u"There is a cap."_qs, Verdict::Partial),
                               text_of(u"There is a chair."_qs, Verdict::Missing)},
                              *pack, read_text);
    QVERIFY(examples);
    QCOMPARE(examples->size(), std::size_t{4});
    const auto led = train::resolutions_led(*examples, *pack);
    QCOMPARE(led, (std::vector<std::vector<Led>>{{{1, 0}, {2, 1}, {1, 1}}}));

    const auto calibrated = train::with_confidences(tiny, *pack, led, From::PackNumbers);
    QCOMPARE(calibrated.changed, 2);
    QCOMPARE(calibrated.without, 1);
    auto expected = QString::fromStdString(tiny);
    expected.replace(u"\"confidence\": 1}"_qs, u"\"confidence\": 0.91}"_qs);
    expected.replace(u"\"confidence\":0.70 ,"_qs, u"\"confidence\":0.67 ,"_qs);
    QCOMPARE(QString::fromStdString(calibrated.text), expected);
    const auto again = parse_pack("tiny.json", calibrated.text);
    QVERIFY(again);
    QCOMPARE(again->rules->checks[0].resolutions[1].confidence, 0.67);
}

void TestClausesConfidence::onlyNumbersChange()
{
    const auto path = base::data_folder() / "templates" / "checks" / "ai-procurement.json";
    const auto text = base::read_file(path, std::size_t{8} << 20);
    QVERIFY(text);
    const auto pack = parse_pack("ai-procurement.json", *text, path.parent_path());
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    auto led = train::resolutions_led({}, *pack);
    QCOMPARE(train::with_confidences(*text, *pack, led, From::PackNumbers).text, *text);
    int number = 0;
    for (auto& check : led) {
        for (Led& one : check)
            one = {100, ++number % 100};
    }
    const auto calibrated = train::with_confidences(*text, *pack, led, From::Nothing);
    const auto after = parse_pack("ai-procurement.json", calibrated.text, path.parent_path());
    QVERIFY2(after, after ? "" : after.error().message.c_str());
    for (std::size_t c = 0; c < led.size(); ++c) {
        for (std::size_t r = 0; r < led[c].size(); ++r)
            QCOMPARE(after->rules->checks[c].resolutions[r].confidence,
                     train::confidence_of(led[c][r], 0, From::Nothing));
    }
    const QRegularExpression numbers(u"\"confidence\": [0-9.]+"_qs);
    QCOMPARE(QString::fromStdString(calibrated.text).remove(numbers),
             QString::fromStdString(*text).remove(numbers));
}

void TestClausesConfidence::wholeContractsAreNotWeighed()
{
    const auto pack = parse_pack("tiny.json", tiny);
    QVERIFY(pack);
    const QString sentence = u"Provider may raise the fee once a year. "_qs;
    const auto examples = train::check_examples({text_of(sentence.repeated(30), Verdict::Adverse),
                                                 text_of(sentence.repeated(2), Verdict::Adverse),
                                                 text_of(sentence.repeated(3), Verdict::Adverse)},
                                                *pack, read_text);
    QVERIFY(examples);
    const train::CheckExample& contract = examples->at(0);
    QVERIFY(contract.whole);
    QCOMPARE(contract.by_rules, Verdict::Adverse);
    QVERIFY(!examples->at(1).whole);
    QVERIFY(train::learn_check({&contract}, {}).empty());
    const auto both = train::learn_check({&examples->at(1), &examples->at(2)}, {});
    const auto all = train::learn_check({&examples->at(1), &contract, &examples->at(2)}, {});
    QVERIFY(!both.empty());
    QCOMPARE(to_json(all), to_json(both));
}

void TestClausesConfidence::labelledFolder()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a.txt"_qs), "# not a heading\n");
    write(folder.filePath(u"b.md"_qs), "# a heading\n");
    write(folder.filePath(u"a.json"_qs), "{'labels': [{'check': 'price', 'verdict': 'met'}, {'check': 'x', "
                                         "'verdict': 'adverse', 'by': 'engine'},"
                                         "             {'check': 'y', 'verdict': 'adverse', 'doubtful': "
                                         "true}, {'check': 'z', 'verdict': 'missing',"
                                         "             'doubtful': false}]}");
    write(folder.filePath(u"b.json"_qs), "{'labels': [{'check': 'price', 'verdict': 'partial'}]}");
    write(folder.filePath(u"c.json"_qs), "{'labels': [{'check': 'price', 'verdict': 'partial'}]}");
    const std::string path = folder.path().toStdString();
    const auto texts = train::read_labelled_folder(path, path);
    QVERIFY2(texts, texts ? "" : texts.error().message.c_str());
    using document::Format;
    const std::vector<train::CheckText> expected{
        {"a", "", "price", Verdict::Met, "# not a heading\n", Format::Text},
        {"a", "", "z", Verdict::Missing, "# not a heading\n", Format::Text},
        {"b", "", "price", Verdict::Partial, "# a heading\n", Format::Markdown}};
    QCOMPARE(*texts, expected);
}

void TestClausesConfidence::brokenLabels_data()
{
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("no list") << QByteArray("{'labels': 3}") << QByteArray("no list of labels");
    QTest::newRow("no object") << QByteArray("[1, 2]") << QByteArray("no list of labels");
    QTest::newRow("number for a label") << QByteArray("{'labels': [7]}") << QByteArray("/labels/0");
    QTest::newRow("no verdict") << QByteArray("{'labels': [{'check': 'price'}]}") << QByteArray("/labels/0");
    QTest::newRow("unknown verdict") << QByteArray("{'labels': [{'check': 'a', 'verdict': 'nice'}]}")
                                     << QByteArray("/labels/0");
    QTest::newRow("strange marks") << QByteArray(
                                          "{'labels': [{'check': 'a', 'verdict': 'met', 'doubtful': 'x'}]}")
                                   << QByteArray("no labels to learn from");
    QTest::newRow("engine's only") << QByteArray(
                                          "{'labels': [{'check': 'a', 'verdict': 'met', 'by': 'engine'}]}")
                                   << QByteArray("no labels to learn from");
}

void TestClausesConfidence::brokenLabels()
{
    QFETCH(QByteArray, labels);
    QFETCH(QByteArray, complaint);
    const QTemporaryDir folder;
    write(folder.filePath(u"a.txt"_qs), "A text.");
    write(folder.filePath(u"a.json"_qs), labels.toStdString());
    const auto texts = train::read_labelled_folder(folder.path().toStdString(), folder.path().toStdString());
    QVERIFY(!texts);
    QVERIFY2(QByteArray::fromStdString(texts.error().message).contains(complaint),
             texts.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestClausesConfidence)
#include "tst_clauses_confidence.moc"
