// Negotiating positions, unacceptable terms, and what an edited pack changes.

#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/clauses/playbook/compare.h"
#include "core/clauses/playbook/playbook.h"
#include "core/clauses/playbook/serialise.h"
#include "texts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;

namespace {

// One check on price rises; `positions` and `unacceptable` are lists in JSON, `more` stands behind the check.
QString pack_text(const QString& positions, const QString& unacceptable, const QString& more = {},
                  const QString& resolve = {})
{
    const QString usual = QString::fromUtf8(
        "{ \"if\": \"capped\", \"verdict\": \"met\" }, { \"if\": \"told\", \"verdict\": \"partial\" },"
        "{ \"if\": \"raises\", \"verdict\": \"adverse\" }, { \"verdict\": \"missing\" }");
    return QString::fromUtf8(
               "{ \"id\": \"tiny\", \"title\": \"Tiny\", \"version\": \"1\",\n"
               "  \"concepts\": { \"fee\": [\"fee|fees\"], \"raise\": [\"rais*\"], \"cap\": [\"not "
               "exceed\"], \"notice\": [\"notice\"], "
               "\"any\": [\"any time\"] },\n"
               "  \"checks\": [ { \"id\": \"price\", \"title\": \"Price\", \"question\": \"Safe?\",\n"
               "    \"polarity\": \"protective\", \"category\": \"Price\",\n"
               "    \"verdicts\": { \"met\": \"Capped.\", \"partial\": \"Told.\", \"missing\": \"Silent.\", "
               "\"adverse\": \"Free.\" },\n"
               "    \"positions\": [ %1 ],\n"
               "    \"unacceptable\": [ %2 ],\n"
               "    \"signals\": [ { \"name\": \"raises\", \"role\": \"takes\", \"when\": \"fee & raise\" "
               "},\n"
               "      { \"name\": \"told\", \"role\": \"bounds\", \"when\": \"fee & raise & notice & "
               "@days\", \"why\": \"{section} tells you.\" },\n"
               "      { \"name\": \"capped\", \"role\": \"gives\", \"when\": \"fee & cap\" },\n"
               "      { \"name\": \"free\", \"role\": \"takes\", \"when\": \"fee & raise & any\", \"why\": "
               "\"{section} lets fees rise at any time.\" } ],\n"
               "    \"parameters\": [ { \"name\": \"notice\", \"figure\": \"duration\", \"near\": \"notice\" "
               "} ],\n"
               "    \"resolve\": [ %4 ] } ]%3 }")
        .arg(positions, unacceptable, more, resolve.isEmpty() ? usual : resolve);
}

QString position(const char* label, const char* when = nullptr)
{
    const QString text = QString::fromUtf8("{ \"label\": \"%1\", \"text\": \"Some words.\"%2 }");
    return text.arg(QString::fromUtf8(label),
                    when == nullptr ? QString()
                                    : QString::fromUtf8(", \"when\": \"%1\"").arg(QString::fromUtf8(when)));
}

const QString bare = position("ideal") + u',' + position("acceptable") + u',' + position("last resort");
const QString staged = position("ideal", ":met") + u',' + position("acceptable", ":partial & notice>=60") +
                       u',' + position("last resort", ":partial");
const QString any_time =
    QString::fromUtf8("{ \"text\": \"Rises at any time.\", \"when\": \"free\" }, \"Something for people.\"");

QString label_of(const Stand& stand, const Pack& pack)
{
    return stand.position ? QString::fromStdString(pack.checks[0].positions[*stand.position].label)
                          : QString();
}

Pack bundled_with_playbook()
{
    const auto text =
        base::read_file(base::template_folder("checks") / "ai-procurement.json", std::size_t{8} << 20);
    nlohmann::json json = nlohmann::json::parse(text.value_or("{}"), nullptr, false);
    json["playbook"] = "ai-procurement.playbook.json";
    auto pack = parse_pack("ai-procurement.json", json.dump());
    if (!pack)
        qFatal("%s", pack.error().message.c_str());
    return std::move(*pack);
}

}

class TestPlaybook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void positions_data();
    void positions();
    void unacceptable_is_found_everywhere();
    void a_persons_verdict_counts();
    void errors_data();
    void errors();
    void parts_beside_the_pack_win();
    void bundled_is_complete();
    void bundled_texts_data();
    void bundled_texts();
    void empty_contract_breaches_nothing();
    void packs_are_compared_data();
    void packs_are_compared();
    void checks_come_and_go();
};

void TestPlaybook::positions_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("contract");
    QTest::addColumn<QString>("label");
    QTest::addColumn<bool>("stated");
    const QString capped = QStringLiteral("The fees shall not exceed EUR 100.");
    const QString told = QStringLiteral("Vendor may raise the fees on 30 days' notice.");
    const QString told_early = QStringLiteral("Vendor may raise the fees on 90 days' notice.");
    const QString free = QStringLiteral("Vendor may raise the fees.");
    QTest::newRow("met, no conditions: not more than acceptable") << bare << capped << "acceptable" << false;
    QTest::newRow("partial, no conditions") << bare << told << "last resort" << false;
    QTest::newRow("adverse, no conditions") << bare << free << "" << false;
    QTest::newRow("silent, no conditions") << bare << "Nothing."
                                           << "" << false;
    QTest::newRow("one position, met") << position("ideal") << capped << "ideal" << false;
    QTest::newRow("one position, partial") << position("ideal") << told << "" << false;
    QTest::newRow("two positions, met")
        << position("ideal") + u',' + position("last resort") << capped << "ideal" << false;
    QTest::newRow("condition on the verdict") << staged << capped << "ideal" << true;
    QTest::newRow("condition on a figure") << staged << told_early << "acceptable" << true;
    QTest::newRow("figure too low") << staged << told << "last resort" << true;
    QTest::newRow("no condition holds") << staged << free << "" << false;
}

void TestPlaybook::positions()
{
    QFETCH(QString, rules);
    QFETCH(QString, contract);
    QFETCH(QString, label);
    QFETCH(bool, stated);
    const auto pack = parse_pack("tiny.json", pack_text(rules, any_time).toStdString());
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    const auto document = test::read(contract.toStdString());
    const auto stands = take_stands(document, review(document, *pack).findings, *pack);
    QCOMPARE(stands.size(), std::size_t{1});
    QCOMPARE(label_of(stands[0], *pack), label);
    QCOMPARE(stands[0].stated, stated);
    QVERIFY(!stands[0].why.empty());
    QCOMPARE(stands[0].unread, (std::vector<std::size_t>{1}));
    QCOMPARE(stands[0].acceptable(), !label.isEmpty());
}

void TestPlaybook::unacceptable_is_found_everywhere()
{
    const auto pack = parse_pack("tiny.json", pack_text(bare, any_time).toStdString());
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    const auto document =
        test::read("# 1 Fees\n\nThe fees shall not exceed EUR 100.\n\n# 9 Other\n\nThe weather is "
                   "fine.\n\n9.4 Vendor may raise the fees at any time.\n");
    const auto read = review(document, *pack);
    QCOMPARE(read.findings[0].verdict, Verdict::Met);
    const auto stands = take_stands(document, read.findings, *pack);
    QCOMPARE(label_of(stands[0], *pack), QStringLiteral("acceptable"));
    QCOMPARE(stands[0].breaches.size(), std::size_t{1});
    const Breach& breach = stands[0].breaches[0];
    QCOMPARE(breach.entry, std::size_t{0});
    QCOMPARE(breach.evidence.size(), std::size_t{1});
    QCOMPARE(breach.evidence[0].text,
             std::string(document.slice(breach.evidence[0].begin, breach.evidence[0].end)));
    QVERIFY(breach.evidence[0].text.find("at any time") != std::string::npos);
    QVERIFY2(breach.why[0].find("lets fees rise") != std::string::npos, breach.why[0].c_str());
    QVERIFY(!stands[0].acceptable());
    const nlohmann::json row = to_json(stands[0], pack->checks[0]);
    QCOMPARE(row["unacceptable"][0]["text"].get<std::string>(), std::string("Rises at any time."));
    QCOMPARE(row["position"]["label"].get<std::string>(), std::string("acceptable"));
    QCOMPARE(row["unread"].size(), std::size_t{1});
}

void TestPlaybook::a_persons_verdict_counts()
{
    const auto pack = parse_pack("tiny.json", pack_text(bare, any_time).toStdString());
    QVERIFY(pack);
    const auto document = test::read("The fees shall not exceed EUR 100.");
    std::vector<Finding> findings = review(document, *pack).findings;
    findings[0].verdict = Verdict::Adverse;
    QVERIFY(!take_stands(document, findings, *pack)[0].position);
    QVERIFY(!take_stands(document, {}, *pack)[0].position);
}

void TestPlaybook::errors_data()
{
    QTest::addColumn<QString>("positions");
    QTest::addColumn<QString>("unacceptable");
    QTest::addColumn<QString>("playbook");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("unknown signal in the pack") << position("ideal", "cheap") << any_time << ""
                                                << "/checks/0/positions/0/when"
                                                << "cheap";
    QTest::newRow("unknown figure") << position("ideal", "cap<=3") << any_time << ""
                                    << "/checks/0/positions/0/when"
                                    << "cap";
    QTest::newRow("unknown verdict") << position("ideal", ":good") << any_time << ""
                                     << "/checks/0/positions/0/when"
                                     << "good";
    QTest::newRow("broken") << position("ideal", ":met &") << any_time << ""
                            << "/checks/0/positions/0/when"
                            << "missing";
    QTest::newRow("unknown signal in an unacceptable entry")
        << bare << "{ \"text\": \"a\", \"when\": \"cheap\" }"
        << ""
        << "/checks/0/unacceptable/0/when"
        << "cheap";
    QTest::newRow("no such check") << bare << any_time << "{ \"checks\": { \"prize\": {} } }"
                                   << "/checks/prize"
                                   << "no such check";
    QTest::newRow("no such position")
        << bare << any_time
        << "{ \"checks\": { \"price\": { \"positions\": [ { \"label\": \"best\", \"when\": \":met\" } ] } } }"
        << "/checks/price/positions/0/label"
        << "best";
    QTest::newRow("no such entry")
        << bare << any_time
        << "{ \"checks\": { \"price\": { \"unacceptable\": [ { \"text\": \"b\", \"when\": \":met\" } ] } } }"
        << "/checks/price/unacceptable/0/text"
        << "b";
    QTest::newRow("signal stands twice") << bare << any_time
                                         << "{ \"checks\": { \"price\": { \"signals\": [ { \"name\": "
                                            "\"free\", \"role\": \"takes\", \"when\": \"fee\" } ] } } }"
                                         << "/checks/price/signals/0/name"
                                         << "free";
    QTest::newRow("unknown concept") << bare << any_time
                                     << "{ \"checks\": { \"price\": { \"signals\": [ { \"name\": \"more\", "
                                        "\"role\": \"takes\", \"when\": \"fees\" } ] } } }"
                                     << "/checks/price/signals/0/when"
                                     << "fees";
    QTest::newRow("unknown key") << bare << any_time << "{ \"checks\": { \"price\": { \"ideal\": 1 } } }"
                                 << "/checks/price"
                                 << "";
}

void TestPlaybook::errors()
{
    QFETCH(QString, positions);
    QFETCH(QString, unacceptable);
    QFETCH(QString, playbook);
    QFETCH(QString, path);
    QFETCH(QString, complaint);
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    if (!playbook.isEmpty()) {
        QFile file(folder.filePath(QStringLiteral("mine.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(playbook.toUtf8());
    }
    const QString more = playbook.isEmpty() ? QString() : QString::fromUtf8(", \"playbook\": \"mine.json\"");
    const auto pack = parse_pack("tiny.json", pack_text(positions, unacceptable, more).toStdString(),
                                 folder.path().toStdString());
    QVERIFY(!pack);
    const QString message = QString::fromStdString(pack.error().message);
    QVERIFY2(
        message.startsWith(playbook.isEmpty() ? QStringLiteral("tiny.json") : QStringLiteral("mine.json")),
        qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("line ")) && message.contains(path) &&
                 message.contains(complaint),
             qPrintable(message));
}

void TestPlaybook::parts_beside_the_pack_win()
{
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const auto write = [&](const char* name, const QByteArray& text) {
        QFile file(folder.filePath(QString::fromUtf8(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    // The bundled lexicon has no concept of this name.
    QVERIFY(write("english.lexicon.json", "{ \"concepts\": { \"zeppelin\": [\"zeppelin\"] } }"));
    QString text = pack_text(
        bare, any_time,
        QString::fromUtf8(", \"lexicon\": \"english.lexicon.json\", \"playbook\": \"tiny.playbook.json\""));
    QVERIFY(write(
        "tiny.playbook.json",
        "{ \"concepts\": { \"kite\": [\"kite\"] }, \"checks\": { \"price\": { \"signals\": [ { \"name\": "
        "\"flies\", \"role\": \"gives\", \"when\": \"zeppelin | kite\" } ], \"positions\": [ { \"label\": "
        "\"ideal\", \"when\": \"flies\" } ] } } }"));
    QVERIFY(write("tiny.json", text.toUtf8()));
    const auto pack = load_pack(folder.filePath(QStringLiteral("tiny.json")).toStdString());
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    for (const char* contract : {"A zeppelin is included.", "A kite is included."}) {
        const auto document = test::read(contract);
        const auto stands = take_stands(document, review(document, *pack).findings, *pack);
        QCOMPARE(label_of(stands[0], *pack), QStringLiteral("ideal"));
        QCOMPARE(stands[0].evidence.size(), std::size_t{1});
    }
}

void TestPlaybook::bundled_is_complete()
{
    const Pack pack = bundled_with_playbook();
    std::size_t stated = 0, looked_for = 0;
    for (std::size_t i = 0; i < pack.checks.size(); ++i) {
        const CheckPlaybook& playbook = pack.playbook->checks[i];
        QCOMPARE(playbook.positions.size(), pack.checks[i].positions.size());
        QCOMPARE(playbook.unacceptable.size(), pack.checks[i].unacceptable.size());
        const auto given = [](const auto& rule) { return rule.when.has_value(); };
        QVERIFY2(std::any_of(playbook.positions.begin(), playbook.positions.end(), given),
                 pack.checks[i].id.c_str());
        QVERIFY2(std::any_of(playbook.unacceptable.begin(), playbook.unacceptable.end(), given),
                 pack.checks[i].id.c_str());
        stated += static_cast<std::size_t>(
            std::count_if(playbook.positions.begin(), playbook.positions.end(), given));
        looked_for += static_cast<std::size_t>(
            std::count_if(playbook.unacceptable.begin(), playbook.unacceptable.end(), given));
    }
    QVERIFY(stated >= 60);
    QVERIFY(looked_for >= 50);
}

void TestPlaybook::bundled_texts_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("contract");
    QTest::addColumn<QString>("position");
    QTest::addColumn<QString>("unacceptable");
    QTest::newRow("training banned, but de-identified use")
        << "no-training"
        << "# 3 Data\n\n3.1 Provider shall not use Customer Data to train any model.\n\n3.2 Provider may use "
           "de-identified "
           "Customer Data to improve its services.\n"
        << ""
        << "De-identified";
    QTest::newRow("prices at will")
        << "price-review"
        << "# 4 Fees\n\nProvider may change its prices at any time in its sole discretion.\n"
        << ""
        << "The vendor may change prices at any time";
    QTest::newRow("terms on posting")
        << "unilateral-change"
        << "# 4 Terms\n\nWe may modify these terms at any time by posting the new terms. Your continued use "
           "of the service is your acceptance of them.\n"
        << ""
        << "Continued use counts";
    QTest::newRow("availability with credits")
        << "service-levels"
        << "# 5 Service levels\n\nProvider guarantees a monthly uptime of 99.95%. If it fails to, Customer "
           "receives service credits of 10% of the monthly fee.\n"
        << "ideal"
        << "";
    QTest::newRow("availability, lower")
        << "service-levels"
        << "# 5 Service levels\n\nProvider guarantees a monthly uptime of 99.6%. If it fails to, Customer "
           "receives service credits of 10% of the monthly fee.\n"
        << "acceptable"
        << "";
}

void TestPlaybook::bundled_texts()
{
    QFETCH(QString, check);
    QFETCH(QString, contract);
    QFETCH(QString, position);
    QFETCH(QString, unacceptable);
    static const Pack pack = bundled_with_playbook();
    const auto document = test::read(contract.toStdString());
    const auto read = review(document, pack);
    for (const Stand& stand : take_stands(document, read.findings, pack)) {
        if (stand.check != check.toStdString())
            continue;
        const Check& asked = *pack.find(stand.check);
        const QString reached =
            stand.position ? QString::fromStdString(asked.positions[*stand.position].label) : QString();
        if (!position.isEmpty())
            QCOMPARE(reached, position);
        QString found;
        for (const Breach& breach : stand.breaches)
            found += QString::fromStdString(asked.unacceptable[breach.entry]) + u' ';
        if (unacceptable.isEmpty())
            QVERIFY2(found.isEmpty(), qPrintable(found));
        else
            QVERIFY2(found.contains(unacceptable), qPrintable(found));
    }
}

void TestPlaybook::empty_contract_breaches_nothing()
{
    const Pack pack = bundled_with_playbook();
    const auto document = test::read("# Order\n\nThe parties met on Monday.\n");
    for (const Stand& stand : take_stands(document, review(document, pack).findings, pack))
        QVERIFY2(stand.breaches.empty(), stand.check.c_str());
}

void TestPlaybook::packs_are_compared_data()
{
    QTest::addColumn<QString>("resolve");
    QTest::addColumn<QString>("effect");
    const QString rest =
        QString::fromUtf8("{ \"if\": \"raises\", \"verdict\": \"adverse\" }, { \"verdict\": \"missing\" }");
    QTest::newRow("same") << ""
                          << "same";
    QTest::newRow("better") << QString::fromUtf8("{ \"if\": \"told\", \"verdict\": \"met\" }, ") + rest
                            << "better";
    QTest::newRow("worse") << rest << "worse";
    QTest::newRow("reread")
        << QString::fromUtf8("{ \"if\": \"told\", \"verdict\": \"partial\", \"why\": \"Other words.\" }, ") +
               rest
        << "reread";
}

void TestPlaybook::packs_are_compared()
{
    QFETCH(QString, resolve);
    QFETCH(QString, effect);
    const auto before = parse_pack("a.json", pack_text(bare, any_time).toStdString());
    const auto after = parse_pack("b.json", pack_text(bare, any_time, {}, resolve).toStdString());
    QVERIFY2(before && after, after ? "" : after.error().message.c_str());
    const auto document = test::read("Vendor may raise the fees on 30 days' notice.");
    const auto changes = compare_packs(review(document, *before), review(document, *after));
    QCOMPARE(changes.size(), std::size_t{1});
    QCOMPARE(QString::fromUtf8(to_string(changes[0].effect).data()), effect);
    const nlohmann::json json = to_json(changes);
    QCOMPARE(json["same"].get<int>(), effect == QStringLiteral("same") ? 1 : 0);
    if (effect != QStringLiteral("same")) {
        QVERIFY(!json["changes"][0]["before"]["why"].get<std::string>().empty());
        QVERIFY(!json["changes"][0]["after"]["why"].get<std::string>().empty());
    }
}

void TestPlaybook::checks_come_and_go()
{
    Review before, after;
    before.findings.resize(2);
    before.findings[0].check = "old";
    before.findings[1].check = "both";
    after.findings.resize(2);
    after.findings[0].check = "both";
    after.findings[1].check = "new";
    const auto changes = compare_packs(before, after);
    QCOMPARE(changes.size(), std::size_t{3});
    QCOMPARE(changes[0].effect, PackEffect::Same);
    QCOMPARE(changes[1].effect, PackEffect::Added);
    QVERIFY(!changes[1].before);
    QCOMPARE(changes[2].effect, PackEffect::Removed);
    QCOMPARE(changes[2].check, std::string("old"));
}

QTEST_GUILESS_MAIN(TestPlaybook)
#include "tst_clauses_playbook.moc"
