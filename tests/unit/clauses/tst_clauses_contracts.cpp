// Whole contracts: which sentences bear on a check, what they say, and how that stands against the rules.

#include "core/clauses/parties.h"
#include "core/clauses/train/learnbearing.h"
#include "core/clauses/train/learncontracts.h"
#include "texts.h"

#include <QTest>

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

base::Result<document::Document> read_text(const train::CheckText& text)
{
    return test::read(text.text, text.format);
}

constexpr const char* fillers[] = {"The parties meet at the site every quarter.",
                                   "Invoices name the purchase order to which they belong.",
                                   "Notices go by post to the address on the first page.",
                                   "The service desk is open on working days from nine to five.",
                                   "Neither party answers for events beyond its control.",
                                   "Headings are for convenience only and change nothing.",
                                   "The project manager keeps the minutes of each meeting."};

// A contract in which one sentence among many decides; none for silence.
train::CheckText toy_contract(int number, const std::string& decisive, Verdict verdict)
{
    train::CheckText contract;
    contract.name = "toy " + std::to_string(number);
    contract.check = "data-portability";
    contract.verdict = verdict;
    for (int i = 0; i < 28; ++i) {
        contract.text +=
            std::string(fillers[static_cast<std::size_t>(i * (number + 3) + number) % 7]) + "\n\n";
        if (i == (number * 5) % 28 && !decisive.empty())
            contract.text += decisive + "\n\n";
    }
    if (!decisive.empty())
        contract.deciding.push_back(decisive);
    return contract;
}

std::vector<train::CheckText> toy_contracts()
{
    std::vector<train::CheckText> contracts;
    const std::array<const char*, 3> places{"in the morning", "by letter", "at its office"};
    for (int i = 0; i < 24; ++i) {
        const std::string place = places[static_cast<std::size_t>(i) % 3];
        switch (i / 3 % 4) {
        case 0:
            contracts.push_back(
                toy_contract(i, "Provider gladly hands the whole archive over " + place + ".", Verdict::Met));
            break;
        case 1:
            contracts.push_back(toy_contract(i, "Provider seldom hands the whole archive over " + place + ".",
                                             Verdict::Partial));
            break;
        case 2:
            contracts.push_back(toy_contract(i, "", Verdict::Missing));
            break;
        default:
            contracts.push_back(toy_contract(i, "Provider never hands the whole archive over " + place + ".",
                                             Verdict::Adverse));
        }
    }
    return contracts;
}

const std::vector<train::CheckExample>& examples()
{
    static const auto read = train::check_examples(toy_contracts(), pack(), read_text);
    return *read;
}

const train::LearnedContracts& learned()
{
    static const auto result = train::learn_contracts(examples(), pack(), train::CheckLearning(), 3);
    return result;
}

}

class TestClausesContracts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksTheDecidingSentences()
    {
        const auto marks = train::sentences_in(
            {"Term.", "The vendor keeps nothing after the end.", "Invoices are paid within thirty days."},
            {"the vendor keeps\nnothing after the end"});
        QCOMPARE(marks, (std::vector<bool>{false, true, false}));
    }

    void findsTheSentenceThatBears()
    {
        const auto document =
            test::read(toy_contract(5, "Provider gladly hands the archive over.", Verdict::Met).text);
        auto tokens = tokenize(document);
        mark_parties(tokens);
        const auto reading = read(document, pack().rules->lexicon, std::move(tokens));
        Sayings sayings(reading, pack().rules->lexicon);
        const auto bearing =
            bearing_sentences(learned().weights.bearing, static_cast<std::uint32_t>(reading.sentences.size()),
                              [&](std::uint32_t s) { return sayings.gist(s); });
        const auto& best = bearing[index_of("data-portability")];
        QCOMPARE(best.size(), most_bearing);
        const auto& sentence = document.sentences[best.front().sentence];
        QVERIFY(document.slice(sentence.begin, sentence.end).find("gladly") != std::string_view::npos);
        QVERIFY(best[0].odds > best[1].odds);
    }

    void judgesHeldOutContracts()
    {
        const auto& found = learned().held_out[index_of("data-portability")];
        QCOMPARE(found.texts, 24);
        QVERIFY2(found.right >= 22, qPrintable(QString::number(found.right)));
        QCOMPARE(found.danger, 0);
        QCOMPARE(learned().held_out[index_of("liability")].texts, 0);
    }

    void fileHoldsWhatWasLearned()
    {
        const nlohmann::json written = to_json(learned().weights);
        const base::JsonFile file{"w.json", {{"contracts", written}}, {}};
        const auto read = read_contract_weights(file);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QCOMPARE(to_json(*read).dump(), written.dump());
        QCOMPARE(read->bearing.place_of("data-portability"), index_of("data-portability"));
        QCOMPARE(read->bearing.place_of("nothing"), read->checks.size());
    }

    void sameContractsGiveTheSameWeights()
    {
        const auto again = train::learn_contracts(examples(), pack(), train::CheckLearning(), 3);
        QCOMPARE(to_json(again.weights).dump(), to_json(learned().weights).dump());
    }

    void damagedWeights_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("says");
        QTest::newRow("cut off") << QByteArray("things") << QByteArray("\"QUFB\"") << u"damaged"_qs;
        QTest::newRow("a bias too few") << QByteArray("bias") << QByteArray("[]") << u"a bias and a step"_qs;
    }

    void damagedWeights()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QString, says);
        nlohmann::json written = to_json(learned().weights);
        written["bearing"][key.toStdString()] = nlohmann::json::parse(value.toStdString());
        const auto read = read_contract_weights({"w.json", {{"contracts", written}}, {}});
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(says), read.error().message.c_str());
        QVERIFY(read.error().message.find("w.json") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestClausesContracts)
#include "tst_clauses_contracts.moc"
