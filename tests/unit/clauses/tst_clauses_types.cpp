#include "core/clauses/train/learntypes.h"
#include "core/clauses/types/find.h"
#include "core/clauses/types/packed.h"
#include "core/clauses/types/serialise.h"
#include "texts.h"

#include <QTest>
#include <fmt/format.h>
#include <functional>
#include <numeric>

using namespace leeway;
using namespace leeway::clauses;
using nlohmann::json;

namespace {

constexpr auto signs_text = R"({
 "concepts": {"law": ["governed by", "laws of"], "assign": ["assign*"], "not": ["not", "neither"], "price": ["price*"]},
 "cues": [{"type": "governing-law", "all": ["law"], "none": ["assign"], "weight": 1},
          {"type": "anti-assignment", "all": ["assign", "not"], "weight": 1}]
})";
constexpr auto signs_sha256 = "a1";

Signs signs()
{
    return std::move(*read_signs(*base::parse_json("signs.json", signs_text)));
}

const std::vector<std::string> laws{"This contract is governed by the laws of {}.",
                                    "The laws of {} govern every question under it; it is governed by them.",
                                    "It shall be governed by, and read under, the laws of {}."};
const std::vector<std::string> bars{"Neither party may assign this contract to {} without consent.",
                                    "Supplier shall not assign any right to {}.",
                                    "Customer may not assign or sell its duties to {}."};
const std::vector<std::string> others{"The price of the goods from {} is on the invoice.",
                                      "Supplier delivers to the warehouse in {} on Mondays.",
                                      "Prices hold for orders from {} until the next list.",
                                      "Customer shall pay within thirty days of an invoice from {}."};

std::string filled(const std::string& sentence, std::size_t place)
{
    static const std::vector<std::string> places{"Utopia", "Atlantis", "Lilliput", "Erewhon", "Ruritania"};
    return fmt::format(fmt::runtime(sentence), places[place % places.size()]);
}

// Made-up contracts: every second has a governing law, every third a bar on assignment.
std::vector<train::LabelledDocument> contracts(std::size_t count)
{
    std::vector<train::LabelledDocument> documents;
    for (std::size_t i = 0; i < count; ++i) {
        train::LabelledDocument labelled;
        labelled.labels.document = fmt::format("contract-{}", i);
        std::string text = fmt::format("# Contract {}\n\n", i);
        for (std::size_t k = 0; k < others.size(); ++k)
            text += filled(others[(i + k) % others.size()], i + k) + "\n\n";
        const auto label = [&](const char* type, const std::vector<std::string>& sentences) {
            const std::string sentence = filled(sentences[i % sentences.size()], i);
            text += sentence + "\n\n";
            labelled.labels.passages[type_index(type)].push_back(sentence);
        };
        if (i % 2 == 0)
            label("governing-law", laws);
        if (i % 3 == 0)
            label("anti-assignment", bars);
        labelled.document = test::read(text);
        documents.push_back(std::move(labelled));
    }
    return documents;
}

TypeModel learned_model()
{
    const Signs with = signs();
    const auto set = train::learning_set(contracts(30), with);
    std::vector<std::size_t> all(set.documents.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    auto learned = train::learn(set, all, with, train::weigh_options(), 5);
    TypeModel model;
    model.provenance = {"made-up contracts", "none", "2026-01-31", "not measured", "run the test"};
    model.signs_file = "signs.json";
    model.signs_sha256 = signs_sha256;
    model.signs = signs();
    model.weights = std::move(learned.weights);
    model.scale = learned.scale;
    return model;
}

const TypeModel& model()
{
    static const TypeModel learned = learned_model();
    return learned;
}

base::Result<TypeModel> read_back(const std::string& text)
{
    const auto file = base::parse_json("model.json", text);
    if (!file)
        return tl::unexpected(file.error());
    return read_type_model(*file, signs(), signs_sha256);
}

}

class TestClausesTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void base64_data();
    void base64();
    void learnsToTellApart();
    void crossValidates();
    void hitsAreVerbatim();
    void sameTwice();
    void fileGivesTheSame();
    void damagedModel_data();
    void damagedModel();
    void badSigns_data();
    void badSigns();
    void hostileText_data();
    void hostileText();
    void bundledModel_data();
    void bundledModel();
};

void TestClausesTypes::base64_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text"); // empty: not Base64, `bytes` is what is read
    QTest::newRow("nothing") << QByteArray("") << QByteArray("");
    QTest::newRow("one") << QByteArray("M") << QByteArray("TQ==");
    QTest::newRow("two") << QByteArray("Ma") << QByteArray("TWE=");
    QTest::newRow("three") << QByteArray("Man") << QByteArray("TWFu");
    QTest::newRow("all bits") << QByteArray("\xff\x00\xfe\x10", 4) << QByteArray("/wD+EA==");
}

void TestClausesTypes::base64()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(to_base64(bytes.toStdString()), text.toStdString());
    QCOMPARE(from_base64(text.toStdString()), std::optional(bytes.toStdString()));
    for (const char* bad : {"TWE", "T===", "TW=u", "TW u", "TQ==TWFu", "\xc3\xa9++"})
        QVERIFY2(!from_base64(bad), bad);
}

void TestClausesTypes::learnsToTellApart()
{
    const auto law = type_index("governing-law");
    const auto bar = type_index("anti-assignment");
    const std::string with_law =
        "Orders are placed in writing.\n\nAll of it is governed by the laws of Camelot.\n";
    const std::string with_bar = "Orders are placed in writing.\n\nSupplier may not assign it to Camelot.\n";
    const auto one = find_clauses(test::read(with_law), model());
    const auto two = find_clauses(test::read(with_bar), model());
    QVERIFY2(one.types[law] >= 0.5, qPrintable(QString::number(one.types[law])));
    QVERIFY2(one.types[bar] < 0.5, qPrintable(QString::number(one.types[bar])));
    QVERIFY2(two.types[bar] >= 0.5, qPrintable(QString::number(two.types[bar])));
    QVERIFY2(two.types[law] < 0.5, qPrintable(QString::number(two.types[law])));
    const auto best = std::max_element(one.hits.begin(), one.hits.end(),
                                       [](const auto& a, const auto& b) { return a.score < b.score; });
    QVERIFY(best != one.hits.end());
    QCOMPARE(best->text, std::string("All of it is governed by the laws of Camelot."));
}

void TestClausesTypes::crossValidates()
{
    const Signs with = signs();
    const auto set = train::learning_set(contracts(30), with);
    const auto figures = train::cross_validate(set, with, train::weigh_options(), 3);
    QVERIFY(figures);
    const auto& law = figures->types[type_index("governing-law")];
    QCOMPARE(law.documents, std::size_t{15});
    QVERIFY2(law.average_precision > 0.9, qPrintable(QString::number(law.average_precision)));
    QVERIFY2(law.top > 0.9, qPrintable(QString::number(law.top)));
    const auto stopped =
        train::cross_validate(set, with, train::weigh_options(), 3, [](auto, auto) { return false; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
}

void TestClausesTypes::hitsAreVerbatim()
{
    const auto document =
        test::read("# 7. Law\n\n7.1 It is governed by the laws of Avalon. Prices are fair.\n");
    const auto found = find_clauses(document, model());
    QVERIFY(!found.hits.empty());
    for (const ClauseHit& hit : found.hits) {
        QCOMPARE(hit.text, std::string(document.slice(hit.begin, hit.end)));
        QVERIFY(hit.score >= lowest_hit && hit.score <= 1);
        QVERIFY(hit.type < type_count);
        QCOMPARE(hit.page, 0);
        QCOMPARE(hit.section, document::section_at(document, hit.begin));
    }
    const json hits = hits_json(found, 0.999999);
    QVERIFY(hits.size() < found.hits.size() || found.hits.size() == 1);
    QCOMPARE(types_json(found).size(), type_count);
}

void TestClausesTypes::sameTwice()
{
    QCOMPARE(type_model_text(learned_model()), type_model_text(model()));
    const auto document = test::read("It is governed by the laws of Avalon.\n\nNeither may assign it.\n");
    QCOMPARE(find_clauses(document, model()), find_clauses(document, tokenize(document), model()));
}

void TestClausesTypes::fileGivesTheSame()
{
    const std::string text = type_model_text(model());
    const auto read = read_back(text);
    QVERIFY2(read, qPrintable(QString::fromStdString(read ? "" : read.error().message)));
    QCOMPARE(read->provenance, model().provenance);
    QCOMPARE(type_model_text(*read), text);
    const auto document = test::read("It is governed by the laws of Avalon.\n\nNeither may assign it.\n");
    QCOMPARE(find_clauses(document, *read), find_clauses(document, model()));
}

using Damage = std::function<void(json&)>;

void TestClausesTypes::damagedModel_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const Damage& damage, const char* complaint) {
        QTest::newRow(name) << damage << QString::fromUtf8(complaint);
    };
    row(
        "not an object", [](json& m) { m = json::array(); }, "model.json");
    row(
        "another kind", [](json& m) { m["kind"] = "checks"; }, "/kind");
    row(
        "newer", [](json& m) { m["version"] = 2; }, "/version");
    row(
        "no provenance", [](json& m) { m.erase("provenance"); }, "provenance");
    row(
        "no licence", [](json& m) { m["provenance"].erase("licence"); }, "/provenance");
    row(
        "other types", [](json& m) { m["types"][3] = "haiku"; }, "/types");
    row(
        "other signs", [](json& m) { m["signs"]["sha256"] = "b2"; }, "/signs/sha256");
    row(
        "too few shares", [](json& m) { m["shares"].erase(0); }, "/shares");
    row(
        "negative share", [](json& m) { m["shares"][0] = -1; }, "/shares/0");
    row(
        "huge weight", [](json& m) { m["largest"][0] = 1e30; }, "/largest/0");
    row(
        "no number", [](json& m) { m["largest"][0] = nullptr; }, "/largest/0");
    row(
        "short line", [](json& m) { m["document"]["lines"][4] = {1}; }, "/document/lines/4");
    row(
        "no lines", [](json& m) { m["document"]["lines"] = json::array(); }, "/document/lines");
    row(
        "not Base64", [](json& m) { m["features"] = "????"; }, "/features");
    row(
        "half a number", [](json& m) { m["features"] = "TWFu"; }, "/features");
    row(
        "fewer features", [](json& m) { m["features"] = to_base64(std::string("\1\0\0\0", 4)); }, "/weights");
    row(
        "cut off",
        [](json& m) {
            const auto text = m["weights"].get<std::string>();
            m["weights"] = text.substr(0, text.size() / 8 * 4);
        },
        "/weights");
}

void TestClausesTypes::damagedModel()
{
    QFETCH(Damage, damage);
    QFETCH(QString, complaint);
    json file = json::parse(type_model_text(model()));
    damage(file);
    const auto read = read_back(file.dump(1));
    QVERIFY(!read);
    QCOMPARE(read.error().code, base::ErrorCode::Invalid);
    const QString message = QString::fromStdString(read.error().message);
    QVERIFY2(message.contains(complaint), qPrintable(message));
}

void TestClausesTypes::badSigns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("no cues") << QByteArray(R"({"concepts": {}})") << u"cues"_qs;
    QTest::newRow("unknown type")
        << QByteArray(R"({"concepts": {"a": ["b"]}, "cues": [{"type": "haiku", "all": ["a"], "weight": 1}]})")
        << u"/cues/0/type"_qs;
    QTest::newRow("unknown concept")
        << QByteArray(
               R"({"concepts": {"a": ["b"]}, "cues": [{"type": "expiry", "all": ["c"], "weight": 1}]})")
        << u"there is no concept “c”"_qs;
    QTest::newRow("no concept in a cue")
        << QByteArray(R"({"concepts": {"a": ["b"]}, "cues": [{"type": "expiry", "all": [], "weight": 1}]})")
        << u"/cues/0/all"_qs;
    QTest::newRow("heavy")
        << QByteArray(
               R"({"concepts": {"a": ["b"]}, "cues": [{"type": "expiry", "all": ["a"], "weight": 99}]})")
        << u"/cues/0/weight"_qs;
}

void TestClausesTypes::badSigns()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, complaint);
    const auto read = read_signs(*base::parse_json("signs.json", text.toStdString()));
    QVERIFY(!read);
    const QString message = QString::fromStdString(read.error().message);
    QVERIFY2(message.contains(complaint), qPrintable(message));
}

void TestClausesTypes::hostileText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one word") << QByteArray("x");
    QTest::newRow("one line") << QByteArray("the laws of ").repeated(20'000);
    QTest::newRow("no spaces") << QByteArray("assign").repeated(20'000);
    QTest::newRow("headings") << QByteArray("# 1. Law\n\n").repeated(5'000);
    QTest::newRow("nested list") << QByteArray("(a) (i) (1) governed by\n").repeated(5'000);
    QTest::newRow("invalid bytes") << QByteArray("\xff\xfe\x80 governed by \xc3\x28\n").repeated(100);
}

void TestClausesTypes::hostileText()
{
    QFETCH(QByteArray, text);
    const auto document = test::read(text.toStdString(), document::Format::Text);
    const auto found = find_clauses(document, model());
    for (const ClauseHit& hit : found.hits)
        QVERIFY(hit.begin < hit.end && hit.end <= document.text.size());
    for (const double score : found.types)
        QVERIFY(score >= 0 && score <= 1);
}

void TestClausesTypes::bundledModel_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("governing law")
        << u"governing-law"_qs
        << u"This Agreement shall be governed by and construed in accordance with the laws of the State of Ohio."_qs;
    QTest::newRow("assignment")
        << u"anti-assignment"_qs
        << u"Neither party may assign this Agreement without the prior written consent of "
           u"the other party."_qs;
    QTest::newRow("liability cap") << u"liability-cap"_qs
                                   << u"In no event shall either party's aggregate liability under this "
                                      u"Agreement exceed the fees paid by "
                                      u"Customer in the twelve months before the claim."_qs;
    QTest::newRow("audit")
        << u"audit-rights"_qs
        << u"Customer shall have the right, upon reasonable notice, to audit the books and records of Supplier."_qs;
    QTest::newRow("renewal")
        << u"renewal-term"_qs
        << u"This Agreement shall automatically renew for successive one year terms unless "
           u"either party gives notice of non-renewal sixty days before the end of the term."_qs;
}

void TestClausesTypes::bundledModel()
{
    QFETCH(QString, type);
    QFETCH(QString, sentence);
    static const auto bundled = load_type_model();
    QVERIFY2(bundled, qPrintable(QString::fromStdString(bundled ? "" : bundled.error().message)));
    QVERIFY(!bundled->provenance.licence.empty());
    const std::string neutral = "The goods are delivered to the warehouse that the order names.\n\n"
                                "Invoices are sent by electronic mail at the end of the month.\n\n";
    const auto index = type_index(type.toStdString());
    const auto without = find_clauses(test::read(neutral), *bundled);
    const auto with = find_clauses(test::read(neutral + sentence.toStdString() + "\n"), *bundled);
    QVERIFY2(without.types[index] < 0.5, qPrintable(QString::number(without.types[index])));
    QVERIFY2(with.types[index] >= 0.5, qPrintable(QString::number(with.types[index])));
    QVERIFY(std::any_of(with.hits.begin(), with.hits.end(), [&](const ClauseHit& hit) {
        return hit.type == index && hit.text == sentence.toStdString();
    }));
}

QTEST_GUILESS_MAIN(TestClausesTypes)
#include "tst_clauses_types.moc"
