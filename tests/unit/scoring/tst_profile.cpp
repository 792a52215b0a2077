#include "core/base/file.h"
#include "core/base/json.h"
#include "core/scoring/index.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <set>

using namespace leeway;

class TestProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bundled();
    void namesChecksOfThePack();
    void loads();
    void roundTrip();
    void errors_data();
    void errors();
};

void TestProfile::bundled()
{
    const auto profiles = scoring::bundled_profiles();
    QVERIFY2(profiles.has_value(), profiles ? "" : profiles.error().message.c_str());
    std::vector<std::string> ids;
    for (const auto& profile : *profiles) {
        ids.push_back(profile.id);
        QVERIFY(!profile.title.empty() && !profile.note.empty() && !profile.gates.empty());
        QCOMPARE(*scoring::load_profile(profile.id), profile);
    }
    QCOMPARE(ids, (std::vector<std::string>{"balanced", "cost-driven", "regulated"}));
}

// A misspelt check would silently keep the pack's weight.
void TestProfile::namesChecksOfThePack()
{
    const auto pack =
        base::read_json((base::data_folder() / "templates/checks/ai-procurement.json").string());
    QVERIFY2(pack.has_value(), pack ? "" : pack.error().message.c_str());
    std::set<std::string> ids;
    for (const auto& check : pack->value.at("checks"))
        ids.insert(check.at("id").get<std::string>());
    QCOMPARE(ids.size(), std::size_t{22});
    const auto profiles = scoring::bundled_profiles();
    QVERIFY(profiles.has_value());
    for (const auto& profile : *profiles) {
        for (const auto& [check, weight] : profile.weights)
            QVERIFY2(ids.contains(check), check.c_str());
        for (const std::string& gate : profile.gates)
            QVERIFY2(ids.contains(gate), gate.c_str());
    }
}

void TestProfile::loads()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("mine.json")).toStdString();
    QCOMPARE(scoring::load_profile("no-such-profile").error().code, base::ErrorCode::NotFound);
    QCOMPARE(scoring::load_profile(path).error().code, base::ErrorCode::NotFound);
    QCOMPARE(scoring::load_profile("../profiles/balanced").error().code, base::ErrorCode::NotFound);
    QVERIFY(
        base::write_file(path, R"({"id": "mine", "title": "Mine", "weights": {"cap": 2.5}})").has_value());
    const auto profile = scoring::load_profile(path);
    QVERIFY(profile.has_value());
    QCOMPARE(profile->weights.at("cap"), 2.5);
    QVERIFY(profile->gates.empty());
}

void TestProfile::roundTrip()
{
    scoring::Profile profile{"mine", "Für uns", "a \"note\"", {{"cap", 2.5}, {"sla", 0}}, {"cap"}};
    QCOMPARE(*scoring::parse_profile("f", scoring::to_json(profile)), profile);
    profile.note.clear();
    profile.weights.clear();
    profile.gates.clear();
    QCOMPARE(*scoring::parse_profile("f", scoring::to_json(profile)), profile);
}

void TestProfile::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("starts");
    const auto row = [](const char* name, const char* text, const char* starts) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(starts);
    };
    row("not JSON", "{\n\"id\": }", "p.json, line 2: ");
    row("a list", "[]", "p.json, line 1, /: ");
    row("no weights", "{\"id\": \"a\", \"title\": \"A\"}", "p.json, line 1, /: ");
    row("too high", "{\"id\": \"a\", \"title\": \"A\",\n\"weights\": {\n\"cap\": 10.5}}",
        "p.json, line 3, /weights/cap: ");
    row("negative", "{\"id\": \"a\", \"title\": \"A\", \"weights\": {\"cap\": -1}}",
        "p.json, line 1, /weights/cap: ");
    row("text", "{\"id\": \"a\", \"title\": \"A\", \"weights\": {\n\"cap\": \"5\"}}",
        "p.json, line 2, /weights/cap: ");
    row("gate", "{\"id\": \"a\", \"title\": \"A\", \"weights\": {},\n\"gates\": [\n\"x\", 3]}",
        "p.json, line 3, /gates/1: ");
    row("gate twice", "{\"id\": \"a\", \"title\": \"A\", \"weights\": {},\n\"gates\": [\"x\",\n\"x\"]}",
        "p.json, line 3, /gates/1: “x” is in the list already");
    row("unknown name", "{\"id\": \"a\", \"title\": \"A\", \"weights\": {}, \"wieghts\": {}}",
        "p.json, line 1");
    row("weight twice", "{\"id\": \"a\", \"title\": \"A\", \"weights\": {\"x\": 1,\n\"x\": 2}}",
        "p.json, line 2: the name “x”");
}

void TestProfile::errors()
{
    QFETCH(QString, text);
    QFETCH(QString, starts);
    const auto profile = scoring::parse_profile("p.json", text.toStdString());
    QVERIFY(!profile.has_value());
    QCOMPARE(profile.error().code, base::ErrorCode::Invalid);
    QVERIFY2(QString::fromStdString(profile.error().message).startsWith(starts),
             profile.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
