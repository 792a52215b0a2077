#include "openproject.h"
#include "ui/costs/bill/billdialog.h"
#include "ui/costs/costspage.h"
#include "ui/costs/prices/sheetdialog.h"
#include "ui/costs/usage/badlinesdialog.h"
#include "ui/costs/usage/mapperdialog.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/filefilters.h"
#include "ui/widgets/text.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

/// From a file to the usage of the project: recognised formats, mapped columns, bad lines, cancelled.
class TestCostsImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knownFormat();
    void foreignColumnsAreMapped();
    void azureTraceAsksForModel();
    void badLinesAreShown();
    void unusableFileIsRefused_data();
    void unusableFileIsRefused();
    void logsAreKnownByTheirNames_data();
    void logsAreKnownByTheirNames();
    void whatIsThereIsLeftOut_data();
    void whatIsThereIsLeftOut();
    void undoForgetsTheImport();
    void importsWaitForOneAnother();
    void typedVolumesForgetImports();
    void usageWithoutALedgerGoesByName();
    void cancelledImportChangesNothing();
    void billBesideUsage_data();
    void billBesideUsage();
    void unreadableBillIsRefused();
    void mapperNeedsItsFields();
    void priceSheetView();

private:
    static QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& text)
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return file.fileName();
    }
    static void pickModel(MapperDialog& dialog)
    {
        dialog.setFixed("vendor", u"aurora"_s);
        dialog.setFixed("model", u"aurora-large"_s);
    }
    QTemporaryDir m_settings;
};

void TestCostsImport::initTestCase()
{
    OpenProject::useTestSettings(m_settings);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestCostsImport::knownFormat()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    CostsPage page(project.workspace);
    page.show();
    page.importUsageFiles({write(project.folder, u"log.csv"_s,
                                 "time,vendor,model,input_tokens,output_tokens\n"
                                 "2026-11-02T10:00:00Z,aurora,aurora-large,1000,100\n"
                                 "2026-11-03T10:00:00Z,aurora,aurora-large,2000,200\n")});
    QVERIFY(!page.findChild<MapperDialog*>());
    QTRY_COMPARE(project.workspace.snapshot().cube.requests, 2);
    QVERIFY(!page.findChild<BadLinesDialog*>());
}

void TestCostsImport::foreignColumnsAreMapped()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    CostsPage page(project.workspace);
    page.show();
    page.importUsageFiles({write(project.folder, u"gateway.csv"_s,
                                 "When it was,Prompt Tokens,completion_tokens,note\n"
                                 "2026-11-02T10:00:00Z,1000,100,a\n"
                                 "2026-11-03T10:00:00Z,2000,200,b\n"
                                 "2026-11-04T10:00:00Z,3000,300,c\n")});
    auto* dialog = page.findChild<MapperDialog*>();
    QVERIFY(dialog);
    auto* import = dialog->findChild<QPushButton*>(u"import"_s);
    auto* problem = dialog->findChild<QLabel*>(u"mappingProblem"_s);
    // The token columns were guessed; the time cannot be.
    QCOMPARE(dialog->mapping().column_of.at("input_tokens"), "Prompt Tokens");
    QVERIFY(!import->isEnabled());
    QVERIFY(problem->text().contains(u"time"_s));
    dialog->setColumn("time", u"note"_s); // wrong
    pickModel(*dialog);
    QTRY_VERIFY(problem->text().contains(u"Line 2"_s));
    QVERIFY(!import->isEnabled());
    dialog->setColumn("time", u"When it was"_s);
    QTRY_VERIFY(import->isEnabled());
    QCOMPARE(dialog->findChild<QLabel*>(u"rowCount"_s)->text(), u"3 of 3 rows can be read."_s);
    import->click();
    QTRY_COMPARE(project.workspace.snapshot().cube.requests, 3);
    const auto& cell = project.workspace.snapshot().cube.cells.front();
    QCOMPARE(cell.key.vendor, "aurora");
    QCOMPARE(cell.counts.all_input(), 1000);
}

void TestCostsImport::azureTraceAsksForModel()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    CostsPage page(project.workspace);
    page.show();
    page.importUsageFiles({write(project.folder, u"trace.csv"_s,
                                 "TIMESTAMP,ContextTokens,GeneratedTokens\n"
                                 "2023-11-16 18:15:46.680590,374,44\n"
                                 "2023-11-16 18:15:50.995169,396,109\n")});
    auto* dialog = page.findChild<MapperDialog*>();
    QVERIFY(dialog);
    auto* import = dialog->findChild<QPushButton*>(u"import"_s);
    QVERIFY(!import->isEnabled());
    pickModel(*dialog);
    QTRY_VERIFY(import->isEnabled());
    import->click();
    QTRY_COMPARE(project.workspace.snapshot().cube.requests, 2);
}

void TestCostsImport::badLinesAreShown()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    CostsPage page(project.workspace);
    page.show();
    QByteArray text = "time,vendor,model,input_tokens,cache_read_tokens,output_tokens\n";
    for (int i = 0; i < 20; ++i)
        text += "2026-11-02T10:00:00Z,aurora,aurora-large,1000,0,100\n";
    text += "2026-11-02T10:00:00Z,aurora,aurora-large,1000,5000,100\n" // line 22: part over its whole
            "yesterday,aurora,aurora-large,1000,0,100\n";
    page.importUsageFiles({write(project.folder, u"log.csv"_s, text)});
    QTRY_VERIFY(page.findChild<BadLinesDialog*>());
    auto* table = page.findChild<BadLinesDialog*>()->findChild<QTableWidget*>(u"badLines"_s);
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(table->item(0, 0)->text(), u"log.csv"_s);
    QCOMPARE(table->item(0, 1)->text(), u"22"_s);
    QVERIFY(!table->item(0, 2)->text().isEmpty());
    QCOMPARE(project.workspace.snapshot().cube.requests, 20);
}

void TestCostsImport::unusableFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("JSON array") << QByteArray("[1, 2]");
    QTest::newRow("header alone") << QByteArray("time,vendor,model,input_tokens,output_tokens\n");
    QTest::newRow("all bad") << QByteArray("time,vendor,model,input_tokens,output_tokens\nx,y,z,1,1\n");
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\0\0\0\1",
                                          8);
}

void TestCostsImport::unusableFileIsRefused()
{
    QFETCH(QByteArray, text);
    OpenProject project(false);
    CostsPage page(project.workspace);
    page.show();
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    page.importUsageFiles({write(project.folder, u"log.csv"_s, text)});
    if (auto* dialog = page.findChild<MapperDialog*>()) {
        // A table of some kind, but none of its rows can be read.
        QVERIFY(!dialog->findChild<QPushButton*>(u"import"_s)->isEnabled());
        dialog->reject();
    } else {
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.front().front().toString().contains(u"log.csv"_s));
    }
    QTRY_VERIFY(project.workspace.tasks().isIdle());
    QVERIFY(project.workspace.snapshot().cube.empty());
    QCOMPARE(project.workspace.undoStack().count(), 0);
}

namespace {

const QByteArray idHeader = "time,vendor,model,request_id,input_tokens,output_tokens\n";
const QByteArray plainHeader = "time,vendor,model,input_tokens,output_tokens\n";

QByteArray withId(const QByteArray& id)
{
    return "2026-11-02T10:00:00Z,aurora,aurora-large," + id + ",1000,100\n";
}

const QByteArray withoutId = "2026-11-03T10:00:00Z,aurora,aurora-large,2000,200\n";

}

void TestCostsImport::logsAreKnownByTheirNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("log");
    for (const char* name : {"a.csv", "a.TSV", "a.jsonl.gz", "a.ndjson.zst", "a.csv.zst", "a.b.parquet"})
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    for (const char* name : {"a.json", "a.json.gz", "a.pdf", "a.zst", "csv", "a.parquet.gz", "a.csv.pdf"})
        QTest::newRow(name) << QString::fromLatin1(name) << false;
}

void TestCostsImport::logsAreKnownByTheirNames()
{
    QFETCH(QString, name);
    QFETCH(bool, log);
    QCOMPARE(isUsageLog(name), log);
    // What is known by its name can be chosen in a dialog as well.
    const QString last = name.section(u'.', -1).toLower();
    QVERIFY(!log || usageFilter().contains(u"*."_s + last));
}

void TestCostsImport::whatIsThereIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<int>("requests"); // in the end
    QTest::addColumn<QString>("words");
    const QByteArray two = idHeader + withId("a") + withId("b");
    QTest::newRow("same file") << two << two << 2 << u"was imported before and left out"_s;
    QTest::newRow("overlapping export") << two << idHeader + withId("b") + withId("c") << 3
                                        << u"1 line had been imported before and was left out"_s;
    QTest::newRow("nothing new") << two << idHeader + withId("b") + withId("a") << 2
                                 << u"Nothing new was found"_s;
    QTest::newRow("one more") << two << idHeader + withId("c") << 3 << u"1 request added to the usage"_s;
    QTest::newRow("copy without ids")
        << plainHeader + withoutId << plainHeader + withoutId << 1 << u"“second.csv” was imported before"_s;
    QTest::newRow("other requests") << plainHeader + withoutId << plainHeader + withoutId + withoutId << 3
                                    << u"2 requests added to the usage"_s;
}

void TestCostsImport::whatIsThereIsLeftOut()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(int, requests);
    QFETCH(QString, words);
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    QSignalSpy done(&project.workspace, &Workspace::done);
    project.workspace.importUsage({write(project.folder, u"first.csv"_s, first)});
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(project.workspace.snapshot().audit.back().action,
             std::string("import usage and change scenarios"));
    const int steps = project.workspace.undoStack().count();
    const auto before = project.workspace.snapshot().cube.requests;
    project.workspace.importUsage({write(project.folder, u"second.csv"_s, second)});
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(project.workspace.snapshot().cube.requests, requests);
    QVERIFY2(done.back().front().toString().contains(words), qPrintable(done.back().front().toString()));
    // Also after the project was closed meanwhile.
    const QString file = project.workspace.file();
    project.workspace.undoStack().setClean();
    QCOMPARE(project.workspace.undoStack().count(), requests > before ? steps + 1 : steps);
    project.workspace.closeProject();
    QVERIFY(project.workspace.openProject(file));
    project.workspace.importUsage({project.folder.filePath(u"first.csv"_s)});
    QTRY_COMPARE(done.size(), 3);
    QCOMPARE(project.workspace.snapshot().cube.requests, requests);
}

void TestCostsImport::undoForgetsTheImport()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    QSignalSpy done(&project.workspace, &Workspace::done);
    const QString log = write(project.folder, u"log.csv"_s, idHeader + withId("a") + withId("b"));
    project.workspace.importUsage({log});
    QTRY_COMPARE(done.size(), 1);
    project.workspace.undoStack().undo();
    QVERIFY(project.workspace.snapshot().cube.empty());
    project.workspace.importUsage({log}); // again, since it is no longer there
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(project.workspace.snapshot().cube.requests, 2);
    project.workspace.undoStack().undo();
    project.workspace.undoStack().redo();
    project.workspace.importUsage({log});
    QTRY_COMPARE(done.size(), 3);
    QCOMPARE(project.workspace.snapshot().cube.requests, 2);
}

void TestCostsImport::importsWaitForOneAnother()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    QSignalSpy done(&project.workspace, &Workspace::done);
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    project.workspace.importUsage({write(project.folder, u"a.csv"_s, idHeader + withId("a") + withId("b"))});
    project.workspace.importUsage({project.folder.filePath(u"missing.csv"_s)});
    project.workspace.importUsage({write(project.folder, u"c.csv"_s, idHeader + withId("b") + withId("c"))});
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(project.workspace.snapshot().cube.requests, 3);
    QTRY_VERIFY(project.workspace.tasks().isIdle());
}

void TestCostsImport::typedVolumesForgetImports()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    QSignalSpy done(&project.workspace, &Workspace::done);
    const QString log = write(project.folder, u"log.csv"_s, idHeader + withId("a"));
    project.workspace.importUsage({log});
    QTRY_COMPARE(done.size(), 1);
    project.workspace.setCube(sampletraffic::cube()); // instead of the log
    project.workspace.importUsage({log});
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(project.workspace.snapshot().cube.requests, sampletraffic::cube().requests + 1);
}

void TestCostsImport::usageWithoutALedgerGoesByName()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    auto cube = sampletraffic::cube();
    cube.sources = {"log.csv"};
    project.workspace.setCube(cube);
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    const QString log = write(project.folder, u"log.csv"_s, idHeader + withId("a"));
    project.workspace.importUsage({log});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.front().front().toString().contains(u"log.csv"_s));
    QCOMPARE(project.workspace.snapshot().cube.requests, cube.requests);
    QVERIFY(QFile::rename(log, project.folder.filePath(u"other.csv"_s)));
    project.workspace.importUsage({project.folder.filePath(u"other.csv"_s)});
    QTRY_COMPARE(project.workspace.snapshot().cube.requests, cube.requests + 1);
}

void TestCostsImport::cancelledImportChangesNothing()
{
    OpenProject project(false);
    project.workspace.setSheet(sampletraffic::sheet());
    QSignalSpy done(&project.workspace, &Workspace::done);
    QByteArray text = idHeader;
    for (int i = 0; i < 200'000; ++i)
        text += withId(QByteArray::number(i));
    project.workspace.importUsage({write(project.folder, u"large.csv"_s, text)});
    project.workspace.tasks().cancelAll();
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(done.front().front().toString().contains(u"cancelled"_s));
    QVERIFY(project.workspace.snapshot().cube.empty());
    QCOMPARE(project.workspace.undoStack().count(), 1); // the sheet
    project.workspace.importUsage({write(project.folder, u"a.csv"_s, idHeader + withId("1"))});
    QTRY_COMPARE(project.workspace.snapshot().cube.requests, 1);
}

namespace {

const QByteArray billHeader =
    "ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ServiceProviderName,"
    "x_Model,ChargeDescription\n";

QByteArray billed(const QByteArray& cost)
{
    return "2026-11-01,2026-12-01," + cost + ",EUR,aurora,aurora-large,usage\n";
}

}

void TestCostsImport::billBesideUsage_data()
{
    QTest::addColumn<QByteArray>("cost");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("difference");
    // The month's usage costs € 30,000.
    QTest::newRow("equal") << QByteArray("30000") << u"The bill is what the usage costs"_s
                           << u"€\u00a00.00"_s;
    QTest::newRow("higher") << QByteArray("30123.45") << u"The bill is €\u00a0123.45 higher"_s
                            << u"€\u00a0123.45"_s;
    QTest::newRow("lower") << QByteArray("29000") << u"The bill is €\u00a01,000.00 lower"_s
                           << u"−\u00a0€\u00a01,000.00"_s;
}

void TestCostsImport::billBesideUsage()
{
    QFETCH(QByteArray, cost);
    QFETCH(QString, headline);
    QFETCH(QString, difference);
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QVERIFY(page.findChild<QPushButton*>(u"compareBill"_s)->isEnabled());
    page.compareBillFiles({write(project.folder, u"bill.csv"_s, billHeader + billed(cost))});
    QTRY_VERIFY(page.findChild<BillDialog*>());
    const auto* dialog = page.findChild<BillDialog*>();
    const QString said = dialog->findChild<QLabel*>(u"billHeadline"_s)->text();
    QVERIFY2(said.startsWith(headline), qPrintable(said));
    const auto* lines = dialog->findChild<QTableWidget*>(u"billLines"_s);
    QCOMPARE(lines->rowCount(), 1);
    QCOMPARE(lines->item(0, 4)->text(), u"€\u00a030,000.00"_s);
    QCOMPARE(lines->item(0, 5)->text(), difference);
    QVERIFY(!dialog->findChild<QLabel*>(u"billReasons"_s)->text().isEmpty());
    QCOMPARE(project.workspace.undoStack().count(), 0); // it only looks
}

void TestCostsImport::unreadableBillIsRefused()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    page.compareBillFiles({write(project.folder, u"log.csv"_s, plainHeader + withoutId)});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.front().front().toString().contains(u"log.csv"_s));
    QVERIFY(!page.findChild<BillDialog*>());
    OpenProject without(false);
    const CostsPage empty(without.workspace);
    QVERIFY(!empty.findChild<QPushButton*>(u"compareBill"_s)->isEnabled());
}

void TestCostsImport::mapperNeedsItsFields()
{
    const QTemporaryDir folder;
    const QString file = write(folder, u"t.csv"_s, "a,b\n1,2\n");
    const auto table = usage::preview(utf8(file));
    QVERIFY(table.has_value());
    MapperDialog dialog(file, *table, sampletraffic::sheet());
    auto* problem = dialog.findChild<QLabel*>(u"mappingProblem"_s);
    QVERIFY(problem->text().contains(u"time"_s));
    dialog.setColumn("time", u"a"_s);
    QVERIFY(problem->text().contains(u"model"_s));
    dialog.setFixed("model", u"aurora-large"_s);
    QVERIFY(problem->text().contains(u"tokens"_s));
    dialog.setColumn("input_tokens", u"b"_s);
    QVERIFY(!problem->text().contains(u"Choose"_s));
    const auto mapping = dialog.mapping();
    QCOMPARE(mapping.column_of.at("time"), "a");
    QCOMPARE(mapping.fixed.at("model"), "aurora-large");
    QVERIFY(!mapping.column_of.contains("model"));
    dialog.setColumn("no such field", u"a"_s);
    dialog.setColumn("time", u"no such column"_s);
    QVERIFY(problem->text().contains(u"time"_s));
}

void TestCostsImport::priceSheetView()
{
    OpenProject project(true);
    SheetDialog dialog(project.workspace);
    dialog.show();
    auto* models = dialog.findChild<QTableView*>(u"models"_s);
    auto* rates = dialog.findChild<QTableView*>(u"rates"_s);
    auto* ignored = dialog.findChild<QListView*>(u"ignored"_s);
    QCOMPARE(models->model()->rowCount(), 2);
    QCOMPARE(ignored->model()->rowCount(), 2);
    dialog.findChild<QLineEdit*>()->setText(u"boreal"_s);
    QCOMPARE(models->model()->rowCount(), 1);
    QCOMPARE(ignored->model()->rowCount(), 1);
    models->setCurrentIndex(models->model()->index(0, 0));
    QCOMPARE(rates->model()->rowCount(), 3);
    // Another sheet is followed.
    auto other = sampletraffic::sheet();
    other.id = "other";
    other.sha256 = "1";
    other.models.resize(1);
    other.ignored.clear();
    project.workspace.setSheet(other);
    QCOMPARE(models->model()->rowCount(), 0); // the search still holds
    dialog.findChild<QLineEdit*>()->clear();
    QCOMPARE(models->model()->rowCount(), 1);
}

QTEST_MAIN(TestCostsImport)
#include "tst_costs_import.moc"
