// What reviewers decided, as labelled texts.

#include "../project/fixtures.h"
#include "core/report/labels.h"

#include <nlohmann/json.hpp>

using namespace fixtures;
using clauses::Verdict;
using nlohmann::json;
using project::Project;

class TestReportLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decisions();
    void findingsToo();
    void changedTextIsLeftOut();
    void otherLanguageIsLeftOut();
    void names_data();
    void names();
    void written();
    void refused();

private:
    static project::Snapshot snapshot_of(const std::vector<project::Decision>& decisions,
                                         const QStringList& texts = {QString::fromStdString(first_text)});
};

// A project with a contract whose versions have these texts; the decisions are taken on the first one.
project::Snapshot TestReportLabels::snapshot_of(const std::vector<project::Decision>& decisions,
                                                const QStringList& texts)
{
    const QTemporaryDir folder;
    auto made = Project::create(path_in(folder, "deal.leeway"), "Deal");
    if (!made)
        return {};
    project::Id contract = 0;
    for (const QString& text : texts) {
        const auto document = document_of("Master agreement.pdf", text.toStdString());
        const auto review = text.toStdString() == first_text ? review_of(document) : clauses::Review{};
        if (contract == 0) {
            contract = made->add_contract("Deal", "Vendor", document, document.text, review).value_or(0);
            for (const project::Decision& decision : decisions) {
                if (!made->set_decision(contract, decision.check, decision))
                    return {};
            }
        } else if (!made->add_version(contract, document, document.text, review)) {
            return {};
        }
    }
    return made->load().value_or(project::Snapshot{});
}

void TestReportLabels::decisions()
{
    auto own = decision_of("price-review", Verdict::Adverse);
    own.note = "No cap at all.";
    own.evidence = {evidence_of(document_of("a", first_text), "Fees may rise by 3 percent a year.")};
    const auto labels = report::labels_of(snapshot_of({decision_of("no-training", Verdict::Partial), own,
                                                       decision_of("data-deletion", Verdict::Missing)}),
                                          false);
    QCOMPARE(labels.files.size(), std::size_t{1});
    QCOMPARE(labels.decided, 3);
    QCOMPARE(labels.found, 0);
    QCOMPARE(labels.files[0].name, std::string("Master-agreement"));
    QCOMPARE(labels.files[0].text, first_text);
    const json expected{
        {"document", "Master-agreement.txt"},
        {"labels",
         {{{"check", "no-training"},
           {"verdict", "partial"},
           {"evidence", {"shall not train models on Customer Data", "models"}},
           {"why", "§8.2 bars training. Nothing takes it back."}},
          {{"check", "price-review"},
           {"verdict", "adverse"},
           {"evidence", json::array({"Fees may rise by 3 percent a year."})},
           {"why", "No cap at all."}},
          {{"check", "data-deletion"}, {"verdict", "missing"}, {"evidence", json::array()}, {"why", ""}}}}};
    QCOMPARE(json::parse(labels.files[0].json), expected);
}

void TestReportLabels::findingsToo()
{
    const auto snapshot = snapshot_of({decision_of("no-training", Verdict::Missing)});
    const auto labels = report::labels_of(snapshot, true);
    QCOMPARE(labels.decided, 1);
    QCOMPARE(labels.found, 1);
    const json rows = json::parse(labels.files.at(0).json)["labels"];
    QCOMPARE(rows.size(), std::size_t{2});
    QVERIFY(!rows[0].contains("by"));
    QVERIFY(rows[0]["evidence"].empty()); // the finding's passages do not stand for what is missing
    QCOMPARE(rows[0]["why"], json(""));   // nor do its reasons
    QCOMPARE(rows[1]["check"], json("data-deletion"));
    QCOMPARE(rows[1]["by"], json("engine"));
}

void TestReportLabels::changedTextIsLeftOut()
{
    auto kept = decision_of("price-review", Verdict::Partial);
    kept.evidence = {evidence_of(document_of("a", first_text), "Fees may rise by 3 percent a year.")};
    const auto snapshot =
        snapshot_of({decision_of("no-training", Verdict::Met), kept},
                    {QString::fromStdString(first_text), u"Fees  may rise by 3 percent a year."_qs});
    const auto labels = report::labels_of(snapshot, false);
    QCOMPARE(labels.decided, 1);
    QCOMPARE(labels.text_changed, 1);
    QCOMPARE(labels.files.size(), std::size_t{1});
    QCOMPARE(labels.files[0].name, std::string("Master-agreement-v2"));
    const json rows = json::parse(labels.files[0].json)["labels"];
    QCOMPARE(rows.size(), std::size_t{1});
    // Word for word as the newest version has it, two blanks included.
    QCOMPARE(rows[0]["evidence"], json::array({"Fees  may rise by 3 percent a year."}));
}

void TestReportLabels::otherLanguageIsLeftOut()
{
    const QString german =
        u"Der Anbieter darf die Daten des Kunden nicht für das Training seiner Modelle verwenden. Die "
        "Vergütung kann einmal im Jahr mit einer Frist von drei Monaten erhöht werden, und der Kunde ist "
        "berechtigt, den Vertrag zu diesem Zeitpunkt zu kündigen. Nach dem Ende des Vertrages gibt der "
        "Anbieter alle Daten heraus und löscht sie. "_qs.repeated(6);
    const auto labels =
        report::labels_of(snapshot_of({decision_of("no-training", Verdict::Met)}, {german}), false);
    QCOMPARE(labels.unread, 1);
    QVERIFY(labels.files.empty());
}

void TestReportLabels::names_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("name");
    QTest::newRow("out of the folder") << u"../../etc/passwd"_qs << u"passwd"_qs;
    QTest::newRow("only marks") << u"….pdf"_qs << u"contract"_qs;
    QTest::newRow("no author by accident") << u"a--b--c--d.pdf"_qs << u"a-b-c-d"_qs;
    QTest::newRow("long") << QString(300, u'x') << QString(80, u'x');
    QTest::newRow("backslashes") << u"C:\\deals\\msa.docx"_qs << u"C-deals-msa"_qs;
}

void TestReportLabels::names()
{
    QFETCH(QString, document);
    QFETCH(QString, name);
    auto snapshot = snapshot_of({decision_of("no-training", Verdict::Met)});
    snapshot.contracts.at(0).versions[0].document.name = document.toStdString();
    snapshot.contracts.push_back(snapshot.contracts[0]);
    snapshot.contracts[1].versions[0].document.name = document.toUpper().toStdString();
    const auto labels = report::labels_of(snapshot, false);
    QCOMPARE(QString::fromStdString(labels.files.at(0).name), name);
    const QString second = QString::fromStdString(labels.files.at(1).name);
    QVERIFY2(second.toLower() != name.toLower() && second.toLower().startsWith(name.toLower()),
             qPrintable(second));
}

void TestReportLabels::written()
{
    const QTemporaryDir folder;
    const auto labels = report::labels_of(snapshot_of({decision_of("no-training", Verdict::Met)}), false);
    const auto to = path_in(folder, "new") / "labels";
    VERIFY_RESULT(report::write_labels(labels, to));
    QCOMPARE(bytes_of(to / "docs" / "Master-agreement.txt").toStdString(), first_text);
    QCOMPARE(bytes_of(to / "labels" / "Master-agreement.json").toStdString(), labels.files[0].json);
    const auto again = report::write_labels(labels, to);
    QVERIFY(!again);
    QVERIFY2(holds(again.error().message, "not an empty folder"), again.error().message.c_str());
}

void TestReportLabels::refused()
{
    const QTemporaryDir folder;
    const auto to = path_in(folder, "labels");
    const auto nothing = report::write_labels(report::labels_of(snapshot_of({}), false), to);
    QVERIFY(!nothing);
    QVERIFY2(holds(nothing.error().message, "Nothing is decided yet"), nothing.error().message.c_str());
    QVERIFY(!std::filesystem::exists(to));
    write_bytes(to, "a file");
    const auto labels = report::labels_of(snapshot_of({decision_of("no-training", Verdict::Met)}), false);
    QVERIFY(!report::write_labels(labels, to));
    QVERIFY(!report::write_labels(labels, to / "below a file"));
    QCOMPARE(bytes_of(to), QByteArray("a file"));
}

QTEST_GUILESS_MAIN(TestReportLabels)
#include "tst_report_labels.moc"
