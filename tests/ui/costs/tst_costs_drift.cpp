#include "openproject.h"
#include "ui/costs/costspage.h"
#include "ui/costs/drift/driftdialog.h"
#include "ui/costs/drift/driftflow.h"
#include "ui/costs/drift/driftwords.h"
#include "ui/costs/usage/mapperdialog.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/text.h"

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using sampletraffic::decimal;

namespace {

// One month's use of a model: M tokens in, all at the price for input.
usage::MonthlyVolume volume(int year, int month, const char* vendor, std::int64_t requests,
                            std::int64_t millions)
{
    using pricing::Component;
    usage::MonthlyVolume volume;
    volume.month = base::Month::of(year, month);
    volume.vendor = vendor;
    volume.model = std::string(vendor) + "-large";
    volume.counts[Component::Input] = millions * 1'000'000;
    volume.counts[Component::Request] = requests;
    return volume;
}

// A quarter of three like months.
void addQuarter(std::vector<usage::MonthlyVolume>& volumes, int quarter, const char* vendor,
                std::int64_t requests, std::int64_t millions)
{
    for (int month = quarter * 3 - 2; month <= quarter * 3; ++month)
        volumes.push_back(volume(2026, month, vendor, requests, millions));
}

usage::Cube cubeOf(const std::vector<usage::MonthlyVolume>& volumes)
{
    return usage::cube_of_volumes(volumes, sampletraffic::sheet());
}

DriftCheck checkOf(const usage::DriftParts& parts)
{
    DriftCheck check;
    check.quarters = true;
    check.drift.currency = "EUR";
    check.drift.before_days = {*base::parse_date("2025-10-01"), *base::parse_date("2025-12-31")};
    check.drift.after_days = {*base::parse_date("2026-01-02"), *base::parse_date("2026-03-31")};
    check.drift.before.requests = 10;
    check.drift.after.requests = 10;
    check.drift.before.cost = decimal("1000");
    check.drift.after.cost = decimal("1000") + parts.sum();
    check.drift.parts = parts;
    usage::ModelDrift model;
    model.vendor = "aurora";
    model.model = "aurora-large";
    model.before = check.drift.before;
    model.after = check.drift.after;
    model.parts = parts;
    check.drift.models = {model};
    return check;
}

const QByteArray header = "time,vendor,model,input_tokens,output_tokens\n";

}

Q_DECLARE_METATYPE(leeway::usage::DriftParts)

/// One quarter's usage against that of another: by the project's own usage, and by another export.
class TestCostsDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void headlineNamesTheLargestPart_data();
    void headlineNamesTheLargestPart();
    void nothingPricedIsNoAgreement_data();
    void nothingPricedIsNoAgreement();
    void barsLeadFromBeforeToNow();
    void twoQuartersNeedNoFile();
    void anotherExport_data();
    void anotherExport();
    void foreignColumnsAreMapped();
    void unusableExportIsRefused_data();
    void unusableExportIsRefused();
    void figuresAreExported_data();
    void figuresAreExported();
    void withoutUsageThereIsNothingToCompare();

private:
    static QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& text)
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return file.fileName();
    }
    QTemporaryDir m_settings;
};

void TestCostsDrift::initTestCase()
{
    OpenProject::useTestSettings(m_settings);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestCostsDrift::headlineNamesTheLargestPart_data()
{
    QTest::addColumn<usage::DriftParts>("parts");
    QTest::addColumn<QString>("headline");
    const auto parts = [](const char* volume, const char* mix, const char* length, const char* cache,
                          const char* price) {
        return usage::DriftParts{decimal(volume), decimal(mix), decimal(length), decimal(cache),
                                 decimal(price)};
    };
    QTest::newRow("nothing") << parts("0", "0", "0", "0", "0") << u"Q1 2026 costs what Q4 2025 cost"_s;
    QTest::newRow("parts that cancel out")
        << parts("50", "0", "-50", "0", "0") << u"Q1 2026 costs what Q4 2025 cost"_s;
    QTest::newRow("volume") << parts("200", "0", "-50", "0", "10")
                            << u"Q1 2026 costs €\u00a0160 more than Q4 2025; what adds most: volume"_s;
    QTest::newRow("prices") << parts("10", "0", "0", "0", "110")
                            << u"Q1 2026 costs €\u00a0120 more than Q4 2025; what adds most: prices"_s;
    QTest::newRow("less, and not by the widest part")
        << parts("300", "-250", "0", "-200", "0")
        << u"Q1 2026 costs €\u00a0150 less than Q4 2025; what saves most: the choice of models"_s;
}

void TestCostsDrift::headlineNamesTheLargestPart()
{
    QFETCH(usage::DriftParts, parts);
    QFETCH(QString, headline);
    QCOMPARE(driftHeadline(checkOf(parts)), headline);
}

void TestCostsDrift::nothingPricedIsNoAgreement_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("headline");
    QTest::newRow("neither") << u"odd"_s << u"odd"_s
                             << u"Nothing to compare: no model of the two periods has a price"_s;
    QTest::newRow("earlier") << u"odd"_s << u"aurora"_s
                             << u"Nothing to compare: no request of the earlier period has a price"_s;
    QTest::newRow("later") << u"aurora"_s << u"odd"_s
                           << u"Nothing to compare: no request of the later period has a price"_s;
}

void TestCostsDrift::nothingPricedIsNoAgreement()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, headline);
    std::vector<usage::MonthlyVolume> volumes;
    addQuarter(volumes, 2, before.toUtf8().constData(), 30, 1'000);
    addQuarter(volumes, 3, after.toUtf8().constData(), 30, 1'000);
    const auto check = compareQuarters(cubeOf(volumes), sampletraffic::sheet());
    QVERIFY(check);
    QCOMPARE(driftHeadline(*check), headline);
}

void TestCostsDrift::barsLeadFromBeforeToNow()
{
    const auto content =
        driftBars(checkOf({decimal("300"), decimal("-250"), decimal("0"), decimal("-200"), decimal("20")}));
    QCOMPARE(content.bars.size(), std::size_t(7));
    QVERIFY(content.joined);
    QCOMPARE(content.bars.front().name, u"Q4 2025"_s);
    QCOMPARE(content.bars.back().name, u"Q1 2026"_s);
    QCOMPARE(content.bars.back().to, 870.0);
    for (std::size_t i = 1; i < 6; ++i)
        QCOMPARE(content.bars[i].from, content.bars[i - 1].to);
    QCOMPARE(content.bars[5].to, content.bars[6].to);
    QCOMPARE(content.bars[1].name, u"More requests"_s);
    QCOMPARE(content.bars[1].color, u"adverse"_s);
    QCOMPARE(content.bars[2].name, u"Cheaper choice of models"_s);
    QCOMPARE(content.bars[2].color, u"met"_s);
    QCOMPARE(content.bars[2].figure, u"−\u00a0€\u00a0250"_s);
    QCOMPARE(content.bars[3].name, u"Length of requests"_s);
    QCOMPARE(content.bars[3].figure, u"—"_s);
}

void TestCostsDrift::twoQuartersNeedNoFile()
{
    OpenProject project(true);
    std::vector<usage::MonthlyVolume> volumes;
    addQuarter(volumes, 2, "aurora", 1000, 1000);
    addQuarter(volumes, 3, "aurora", 1500, 1500);
    addQuarter(volumes, 3, "odd", 10, 1);
    volumes.push_back(volume(2026, 10, "aurora", 1, 1)); // has begun
    project.workspace.setCube(cubeOf(volumes));
    project.workspace.undoStack().clear();
    CostsPage page(project.workspace);
    page.show();
    auto* button = page.findChild<QPushButton*>(u"compareQuarter"_s);
    QVERIFY(button->isEnabled());
    button->click();
    QTRY_VERIFY(page.findChild<DriftDialog*>());
    const auto* dialog = page.findChild<DriftDialog*>();
    // 3 × 1,000 M at € 2 a million, then half as many requests again.
    QCOMPARE(dialog->findChild<QLabel*>(u"driftHeadline"_s)->text(),
             u"Q3 2026 costs €\u00a03,000 more than Q2 2026; what adds most: volume"_s);
    const auto* models = dialog->findChild<QTableWidget*>(u"driftModels"_s);
    QCOMPARE(models->rowCount(), 1);
    QStringList cells;
    for (int column = 0; column < models->columnCount(); ++column)
        cells << models->item(0, column)->text().replace(QChar::Nbsp, u' ');
    QCOMPARE(cells, QStringList({u"aurora/aurora-large"_s, u"€ 6,000"_s, u"€ 9,000"_s, u"+ € 3,000"_s,
                                 u"+ € 3,000"_s, u"—"_s, u"—"_s, u"—"_s, u"—"_s}));
    const QString notes = dialog->findChild<QLabel*>(u"driftNotes"_s)->text();
    QVERIFY2(notes.contains(u"for lack of a price: odd/odd-large (30 requests)"_s), qPrintable(notes));
    QCOMPARE(project.workspace.undoStack().count(), 0); // it only looks
}

void TestCostsDrift::anotherExport_data()
{
    QTest::addColumn<QByteArray>("day"); // of the other export; the project's usage is of June 2025
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("before");
    // One request of 1,000,000 tokens: € 2. The project's month: € 30,000.
    QTest::newRow("older") << QByteArray("2025-03-05")
                           << u"The later period costs €\u00a029,998 more than the earlier one"_s
                           << u"€\u00a02.00"_s;
    QTest::newRow("newer") << QByteArray("2025-09-05")
                           << u"The later period costs €\u00a029,998 less than the earlier one"_s
                           << u"€\u00a030,000"_s;
}

void TestCostsDrift::anotherExport()
{
    QFETCH(QByteArray, day);
    QFETCH(QString, headline);
    QFETCH(QString, before);
    OpenProject project(true);
    auto volumes = sampletraffic::volumes();
    volumes.front().month = base::Month::of(2025, 6);
    project.workspace.setCube(cubeOf(volumes));
    CostsPage page(project.workspace);
    page.show();
    page.drift().compareFiles(
        {write(project.folder, u"other.csv"_s, header + day + ",aurora,aurora-large,1000000,0\n")});
    QTRY_VERIFY(page.findChild<DriftDialog*>());
    const auto* dialog = page.findChild<DriftDialog*>();
    const QString said = dialog->findChild<QLabel*>(u"driftHeadline"_s)->text();
    QVERIFY2(said.startsWith(headline), qPrintable(said));
    QCOMPARE(dialog->findChild<QTableWidget*>(u"driftModels"_s)->item(0, 1)->text(), before);
}

void TestCostsDrift::foreignColumnsAreMapped()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    page.drift().compareFiles(
        {write(project.folder, u"odd.csv"_s, "when,prompt size\n2026-08-05,1000000\n2026-08-06,1000000\n")});
    auto* mapper = page.findChild<MapperDialog*>();
    QVERIFY(mapper);
    mapper->setColumn("time", u"when"_s);
    mapper->setColumn("input_tokens", u"prompt size"_s);
    mapper->setFixed("vendor", u"aurora"_s);
    mapper->setFixed("model", u"aurora-large"_s);
    mapper->accept();
    QTRY_VERIFY(page.findChild<DriftDialog*>());
    QCOMPARE(page.findChild<QTableWidget*>(u"driftModels"_s)->item(0, 1)->text(), u"€\u00a04.00"_s);
}

void TestCostsDrift::unusableExportIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no usage") << header;
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a damaged cube") << QByteArray("{\"averaged\":0,\"bad_lines\":0,\"cells\":[{]}");
}

void TestCostsDrift::unusableExportIsRefused()
{
    QFETCH(QByteArray, text);
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    page.drift().compareFiles({write(project.folder, u"other.csv"_s, text)});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY2(failed.front().front().toString().contains(u"other.csv"_s),
             qPrintable(failed.front().front().toString()));
    QVERIFY(!page.findChild<DriftDialog*>());
}

void TestCostsDrift::figuresAreExported_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("table") << u"drift.csv"_s << QByteArray("vendor,model,");
    QTest::newRow("for scripts") << u"drift.JSON"_s << QByteArray("{\n  \"currency\": \"EUR\"");
}

void TestCostsDrift::figuresAreExported()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begins);
    const QTemporaryDir folder;
    DriftDialog dialog(checkOf({decimal("10"), {}, {}, {}, {}}));
    dialog.exportTo(folder.filePath(name));
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.startsWith(begins), text.constData());
    QVERIFY(text.contains("aurora-large"));
    const auto* said = dialog.findChild<QLabel*>(u"driftSaid"_s);
    QVERIFY(said->text().startsWith(u"Wrote "_s));
    dialog.exportTo(folder.filePath(u"no such folder/"_s + name));
    QVERIFY(!said->text().startsWith(u"Wrote "_s));
    QVERIFY(!said->text().isEmpty());
}

void TestCostsDrift::withoutUsageThereIsNothingToCompare()
{
    OpenProject without(false);
    CostsPage page(without.workspace);
    QVERIFY(!page.findChild<QPushButton*>(u"compareQuarter"_s)->isEnabled());
    page.drift().start();
    QVERIFY(without.workspace.tasks().isIdle());
}

QTEST_MAIN(TestCostsDrift)
#include "tst_costs_drift.moc"
