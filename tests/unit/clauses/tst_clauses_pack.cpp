// The pack loader: the bundled pack, and errors that name file, line and path.

#include "core/clauses/pack.h"
#include "core/clauses/rules.h"

#include <QtTest>
#include <set>

using namespace leeway;
using namespace leeway::clauses;

namespace {

// A small valid pack with one place to break.
QString pack_with(const QString& signal, const QString& resolve, const QString& more = {})
{
    return QString::fromUtf8("{\n"
                             "  \"id\": \"tiny\",\n"
                             "  \"title\": \"Tiny\",\n"
                             "  \"version\": \"1\",\n"
                             "  \"concepts\": {\n"
                             "    \"fee\": [\"fee\", \"charge|price\"],\n"
                             "    \"raise\": [\"rais*\", \"increase\"]\n"
                             "  },\n"
                             "  \"checks\": [\n"
                             "    {\n"
                             "      \"id\": \"price\",\n"
                             "      \"title\": \"Price\",\n"
                             "      \"question\": \"Is the price safe?\",\n"
                             "      \"polarity\": \"protective\",\n"
                             "      \"category\": \"Price\",\n"
                             "      \"verdicts\": { \"met\": \"a\", \"partial\": \"b\", \"missing\": \"c\", "
                             "\"adverse\": \"d\" },\n"
                             "      \"signals\": [\n"
                             "        %1\n"
                             "      ],\n"
                             "      \"resolve\": [\n"
                             "        %2\n"
                             "      ]%3\n"
                             "    }\n"
                             "  ]\n"
                             "}")
        .arg(signal, resolve, more);
}

const QString good_signal =
    QString::fromUtf8("{ \"name\": \"raises\", \"role\": \"takes\", \"when\": \"fee & raise\" }");
const QString good_resolve =
    QString::fromUtf8("{ \"if\": \"raises\", \"verdict\": \"adverse\" }, { \"verdict\": \"missing\" }");

}

class TestPack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bundled_pack_is_complete()
    {
        const auto pack = load_pack("ai-procurement");
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        QCOMPARE(pack->checks.size(), std::size_t{22});
        QCOMPARE(pack->sha256.size(), std::size_t{64});
        std::set<std::string> categories;
        int recommended = 0, hazards = 0;
        for (std::size_t i = 0; i < pack->checks.size(); ++i) {
            const Check& check = pack->checks[i];
            categories.insert(check.category);
            recommended += check.recommended ? 1 : 0;
            hazards += check.polarity == Polarity::Hazard ? 1 : 0;
            QVERIFY2(!check.why.empty() && !check.ask.empty() && !check.clause.empty(), check.id.c_str());
            QVERIFY2(check.positions.size() >= 2 && !check.unacceptable.empty(), check.id.c_str());
            QVERIFY2(check.weight > 0 && check.weight <= 10, check.id.c_str());
            for (const Verdict verdict : {Verdict::Met, Verdict::Partial, Verdict::Adverse})
                QVERIFY2(!check.meaning(verdict).empty(), check.id.c_str());
            QCOMPARE(check.meaning(Verdict::Missing).empty(), check.polarity == Polarity::Hazard);
            QVERIFY2(!pack->rules->checks[i].signals.empty(), check.id.c_str());
        }
        QCOMPARE(categories.size(), std::size_t{6});
        QCOMPARE(recommended, 11);
        QCOMPARE(hazards, 5);
        QVERIFY(pack->find("no-training") != nullptr);
        QVERIFY(pack->find("nothing") == nullptr);
    }

    void tiny_pack_loads()
    {
        const auto pack = parse_pack("tiny.json", pack_with(good_signal, good_resolve).toStdString());
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        QCOMPARE(pack->checks.size(), std::size_t{1});
    }

    void missing_file_is_an_error()
    {
        const auto pack = load_pack("/nowhere/at/all.json");
        QVERIFY(!pack);
        QCOMPARE(pack.error().code, base::ErrorCode::NotFound);
    }

    void errors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("no JSON") << "{ \"id\": "
                                 << "line 1"
                                 << ""
                                 << "";
        QTest::newRow("unknown concept")
            << pack_with(QString::fromUtf8(
                             "{ \"name\": \"raises\", \"role\": \"takes\", \"when\": \"fee & riase\" }"),
                         good_resolve)
            << "line 18"
            << "/checks/0/signals/0/when"
            << "riase";
        QTest::newRow("doubled signal")
            << pack_with(good_signal + QStringLiteral(",") + good_signal, good_resolve) << "line 18"
            << "/checks/0/signals/1/name"
            << "stands twice";
        QTest::newRow("unknown signal")
            << pack_with(good_signal,
                         QString::fromUtf8(
                             "{ \"if\": \"lowers\", \"verdict\": \"met\" }, { \"verdict\": \"missing\" }"))
            << "line 21"
            << "/checks/0/resolve/0/if"
            << "lowers";
        QTest::newRow("no last resort")
            << pack_with(good_signal, QString::fromUtf8("{ \"if\": \"raises\", \"verdict\": \"met\" }"))
            << "line 20"
            << "/checks/0/resolve"
            << "without “if”";
        QTest::newRow("unknown verdict")
            << pack_with(good_signal, QString::fromUtf8("{ \"verdict\": \"maybe\" }")) << "line 21"
            << "/checks/0/resolve/0/verdict"
            << "";
        QTest::newRow("broken expression")
            << pack_with(QString::fromUtf8(
                             "{ \"name\": \"raises\", \"role\": \"takes\", \"when\": \"fee & (raise\" }"),
                         good_resolve)
            << "line 18"
            << "/checks/0/signals/0/when"
            << "“)” is missing";
        QTest::newRow("bad comparison")
            << pack_with(QString::fromUtf8(
                             "{ \"name\": \"raises\", \"role\": \"takes\", \"when\": \"fee & @days>>x\" }"),
                         good_resolve)
            << "line 18"
            << "/checks/0/signals/0/when"
            << "compares with no number";
        QTest::newRow("unknown role")
            << pack_with(
                   QString::fromUtf8("{ \"name\": \"raises\", \"role\": \"steals\", \"when\": \"fee\" }"),
                   good_resolve)
            << "line 18"
            << "/checks/0/signals/0/role"
            << "";
        QTest::newRow("unknown near")
            << pack_with(good_signal, good_resolve,
                         QStringLiteral(",\n      \"parameters\": [{ \"name\": \"cap\", \"figure\": "
                                        "\"percent\", \"near\": \"hat\" }]"))
            << "line 23"
            << "/checks/0/parameters/0/near"
            << "hat";
        QString doubled = pack_with(good_signal, good_resolve);
        const int from = doubled.indexOf(QStringLiteral("    {\n      \"id\": \"price\""));
        const int to = doubled.lastIndexOf(QStringLiteral("\n  ]"));
        doubled.insert(to, QStringLiteral(",\n") + doubled.mid(from, to - from));
        QTest::newRow("doubled check") << doubled << "line 25"
                                       << "/checks/1/id"
                                       << "stands twice";
        QString circle = pack_with(good_signal, good_resolve);
        circle.replace(QStringLiteral("\"increase\""), QStringLiteral("\"<raise>\""));
        QTest::newRow("concept circle") << circle << "line 7"
                                        << "/concepts/raise/0"
                                        << "circle";
        QString nested = pack_with(good_signal, good_resolve);
        nested.replace(QStringLiteral("\"increase\""), QStringLiteral("\"<nobody>\""));
        QTest::newRow("unknown nested concept") << nested << "line 7"
                                                << "/concepts/raise/1"
                                                << "nobody";
        QString gaps = pack_with(good_signal, good_resolve);
        gaps.replace(QStringLiteral("\"increase\""), QStringLiteral("\"a .. b .. c .. d .. e\""));
        QTest::newRow("too many gaps") << gaps << "line 7"
                                       << "/concepts/raise/1"
                                       << "three gaps";
        QString lexicon = pack_with(good_signal, good_resolve);
        lexicon.replace(QStringLiteral("  \"concepts\""),
                        QStringLiteral("  \"lexicon\": \"absent.json\",\n  \"concepts\""));
        QTest::newRow("absent lexicon") << lexicon << "line 5"
                                        << "/lexicon"
                                        << "";
        QString extra = pack_with(good_signal, good_resolve);
        extra.replace(QStringLiteral("\"category\""),
                      QStringLiteral("\"colour\": \"red\",\n      \"category\""));
        QTest::newRow("unknown member") << extra << "line 1"
                                        << "/checks/0"
                                        << "colour";
    }
    void errors()
    {
        QFETCH(QString, text);
        QFETCH(QString, line);
        QFETCH(QString, path);
        QFETCH(QString, complaint);
        const auto pack = parse_pack("tiny.json", text.toStdString());
        QVERIFY(!pack);
        const QString message = QString::fromStdString(pack.error().message);
        QCOMPARE(pack.error().code, base::ErrorCode::Invalid);
        QVERIFY2(message.startsWith(QStringLiteral("tiny.json")), qPrintable(message));
        QVERIFY2(message.contains(line), qPrintable(message));
        QVERIFY2(message.contains(path), qPrintable(message));
        QVERIFY2(message.contains(complaint), qPrintable(message));
    }

    void hazard_is_never_missing()
    {
        QString text = pack_with(good_signal, good_resolve);
        text.replace(QStringLiteral("protective"), QStringLiteral("hazard"));
        const auto pack = parse_pack("tiny.json", text.toStdString());
        QVERIFY(!pack);
        QVERIFY(pack.error().message.find("never “missing”") != std::string::npos);
    }

    void verdict_names_round_trip()
    {
        for (const Verdict verdict : {Verdict::Met, Verdict::Partial, Verdict::Missing, Verdict::Adverse}) {
            const auto back = parse_verdict(to_string(verdict));
            QVERIFY(back);
            QCOMPARE(*back, verdict);
        }
        QVERIFY(!parse_verdict("fine"));
    }
};

QTEST_GUILESS_MAIN(TestPack)
#include "tst_clauses_pack.moc"
