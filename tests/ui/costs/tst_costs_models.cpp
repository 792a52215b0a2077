#include "core/simulation/matrix.h"
#include "sampletraffic.h"
#include "ui/costs/matrix/matrixmodel.h"
#include "ui/costs/prices/sheetmodels.h"
#include "ui/costs/usage/volumesdialog.h"
#include "ui/costs/usage/volumesmodel.h"
#include "ui/costs/words.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

class TestCostsModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void matrix();
    void volumesFromText_data();
    void volumesFromText();
    void volumesPaste();
    void volumesPasteIntoTheMiddle();
    void volumesEditing();
    void volumesThereAndBack();
    void volumesDialogPastes();
    void sheet();
    void rates();
};

void TestCostsModels::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestCostsModels::matrix()
{
    MatrixModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const simulation::Baseline baseline(sampletraffic::cube(), sampletraffic::sheet());
    auto set = sampletraffic::scenarios();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setMatrix(baseline.simulate(set), {u"Base"_s, u"Spike"_s, u"Transfer"_s, u"Fallback"_s});
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.headerData(MatrixModel::TotalColumn, Qt::Horizontal).toString(), u"24 months"_s);
    QCOMPARE(model.index(0, MatrixModel::TotalColumn).data().toString(), u"€\u00a0720,000"_s);
    QCOMPARE(model.index(0, MatrixModel::AgainstColumn).data().toString(), u"—"_s);
    QCOMPARE(model.index(1, MatrixModel::TotalColumn).data().toString(), u"€\u00a0900,000"_s);
    QCOMPARE(model.index(1, MatrixModel::AgainstColumn).data().toString(), u"+\u00a0€\u00a0180,000"_s);
    QCOMPARE(model.index(2, MatrixModel::BreakEvenColumn).data().toString(), u"Feb\u00a02028"_s);
    QVERIFY(Qt::Alignment(model.index(1, MatrixModel::TotalColumn).data(Qt::TextAlignmentRole).toInt()) &
            Qt::AlignRight);
    QVERIFY(!model.index(2, MatrixModel::DecidesColumn).data().toString().isEmpty());
    // A slider changes cells, not rows.
    changed.clear();
    set.plan.months = 1;
    model.setMatrix(baseline.simulate(set), {u"Base"_s, u"Spike"_s, u"Transfer"_s, u"Fallback"_s});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.headerData(MatrixModel::TotalColumn, Qt::Horizontal).toString(), u"1 month"_s);
    set.scenarios.resize(2);
    model.setMatrix(baseline.simulate(set), {u"Base"_s, u"Spike"_s});
    QCOMPARE(model.rowCount(), 2);
}

void TestCostsModels::volumesFromText_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("problem"); // empty: usable
    QTest::newRow("good") << u"2026-11\taurora\taurora-large\t10000\t1000\t1000\t5000000"_s << QString();
    QTest::newRow("vendor is found") << u"2026-11\t\taurora-large\t10\t\t1\t5"_s << QString();
    QTest::newRow("not in the sheet") << u"2026-11\tzenith\tzenith-1\t10\t\t1\t5"_s << QString();
    QTest::newRow("month") << u"soon\taurora\taurora-large\t10\t\t1\t5"_s
                           << u"Row 1, month: not a month: write it as 2026-11."_s;
    QTest::newRow("no month") << u"\taurora\taurora-large\t10\t\t1\t5"_s
                              << u"Row 1, month: a month is needed, such as 2026-11."_s;
    QTest::newRow("no model") << u"2026-11\taurora\t\t10\t\t1\t5"_s << u"Row 1, model: a model is needed."_s;
    QTest::newRow("cached over input") << u"2026-11\taurora\taurora-large\t10\t11\t1\t5"_s
                                       << u"Row 1, cached: more than the input, which includes it."_s;
    QTest::newRow("negative") << u"2026-11\taurora\taurora-large\t-1\t\t1\t5"_s
                              << u"Row 1, input: not a number of 0 or more."_s;
    QTest::newRow("word") << u"2026-11\taurora\taurora-large\t10\t\tmany\t5"_s
                          << u"Row 1, output: not a number of 0 or more."_s;
    QTest::newRow("no tokens") << u"2026-11\taurora\taurora-large\t\t\t\t5"_s
                               << u"Row 1, input: no tokens at all."_s;
    QTest::newRow("no requests")
        << u"2026-11\taurora\taurora-large\t10\t\t1\t"_s
        << u"Row 1, requests: needed: the average length of a request decides its price "
           u"tier."_s;
    QTest::newRow("astronomic") << u"2026-11\taurora\taurora-large\t999999999999999\t\t1\t5"_s
                                << u"Row 1, input: not a number of 0 or more."_s;
    QTest::newRow("empty") << u" \t \t"_s << QString();
}

void TestCostsModels::volumesFromText()
{
    QFETCH(QString, row);
    QFETCH(QString, problem);
    VolumesModel model(sampletraffic::sheet());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.paste(row, 0, 0);
    QCOMPARE(model.problems().value(0), problem);
    const bool empty = row.trimmed().isEmpty();
    QCOMPARE(model.volumes().size(), problem.isEmpty() && !empty ? 1u : 0u);
}

void TestCostsModels::volumesPaste()
{
    VolumesModel model(sampletraffic::sheet());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.insertRow(0);
    model.paste(u"Month\tVendor\tModel\tInput\tCached\tOutput\tRequests\r\n"
                u"Oct 2026\taurora\taurora-large\t1.250,5\t250\t\"100\"\t1.000.000\r\n"
                u"2026-11\tborealis\tborealis-large\t0.5\t\t0.25\t40\r\n\r\n"_s,
                0, 0);
    QCOMPARE(model.rowCount(), 2); // without the header
    QVERIFY2(model.problems().isEmpty(), qPrintable(model.problems().join(u'\n')));
    const auto volumes = model.volumes();
    QCOMPARE(volumes.size(), 2u);
    using pricing::Component;
    QCOMPARE(str(base::to_string(volumes[0].month)), u"2026-10"_s);
    QCOMPARE(volumes[0].counts[Component::Input], 1'000'500'000);
    QCOMPARE(volumes[0].counts[Component::CacheRead], 250'000'000);
    QCOMPARE(volumes[0].counts[Component::Output], 100'000'000);
    QCOMPARE(volumes[0].counts.requests(), 1'000'000);
    QCOMPARE(volumes[1].counts[Component::Input], 500'000);
    QVERIFY(model.unpriced().isEmpty());
}

void TestCostsModels::volumesPasteIntoTheMiddle()
{
    VolumesModel model(sampletraffic::sheet());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setVolumes(sampletraffic::volumes());
    model.paste(u"7;8;9"_s, 0,
                VolumesModel::CachedColumn); // the third cell and what is beyond the last are kept in
    QCOMPARE(model.index(0, VolumesModel::CachedColumn).data().toString(), u"7"_s);
    QCOMPARE(model.index(0, VolumesModel::RequestsColumn).data().toString(), u"9"_s);
    QCOMPARE(model.index(0, VolumesModel::ModelColumn).data().toString(), u"aurora-large"_s);
    model.paste(u"x\n"_s.repeated(20'000), 0, 0); // no more rows than the table may have: nothing happens
    QVERIFY(model.rowCount() <= 5000);
    model.paste(QString(), 0, 0);
    model.paste(u"1"_s, -1, 3);
    model.paste(u"1"_s, 0, 99);
}

void TestCostsModels::volumesEditing()
{
    VolumesModel model(sampletraffic::sheet());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setVolumes(sampletraffic::volumes());
    QVERIFY(model.setData(model.index(0, VolumesModel::CachedColumn), u"20000"_s));
    QVERIFY(!model.problems().isEmpty());
    QVERIFY(model.index(0, VolumesModel::CachedColumn).data(Qt::BackgroundRole).isValid());
    QVERIFY(!model.index(0, VolumesModel::InputColumn).data(Qt::BackgroundRole).isValid());
    QVERIFY(model.setData(model.index(0, VolumesModel::CachedColumn), u"0"_s));
    QVERIFY(model.problems().isEmpty());
    QVERIFY(model.setData(model.index(0, VolumesModel::ModelColumn), u"aurora-next"_s));
    QCOMPARE(model.unpriced(), QStringList{u"aurora/aurora-next"_s});
    QVERIFY(model.insertRows(1, 3));
    QVERIFY(model.removeRows(0, 2));
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(!model.removeRows(1, 2));
    QVERIFY(!model.insertRows(0, 5001));
}

void TestCostsModels::volumesThereAndBack()
{
    VolumesModel model(sampletraffic::sheet());
    model.setVolumes(sampletraffic::volumes());
    const auto cube = usage::cube_of_volumes(model.volumes(), model.sheet());
    VolumesModel again(sampletraffic::sheet());
    again.setVolumes(volumesOf(cube));
    QCOMPARE(again.rowCount(), 1);
    for (int column = 0; column < VolumesModel::ColumnCount; ++column)
        QCOMPARE(again.index(0, column).data(), model.index(0, column).data());
}

void TestCostsModels::volumesDialogPastes()
{
    VolumesDialog dialog({}, sampletraffic::sheet());
    auto* table = dialog.findChild<QTableView*>(u"volumes"_s);
    auto* use = dialog.findChild<QPushButton*>(u"useVolumes"_s);
    QVERIFY(!use->isEnabled());
    QGuiApplication::clipboard()->setText(u"2026-11\taurora\taurora-large\t10000\t\t1000\t5000000"_s);
    dialog.show();
    table->setCurrentIndex(dialog.model()->index(0, 0));
    QTest::keySequence(table, QKeySequence::Paste);
    QVERIFY(use->isEnabled());
    QVERIFY(dialog.cube().requests == 5'000'000);
    // The next row takes up where the last one stands.
    QTest::mouseClick(dialog.findChild<QPushButton*>(u"addRow"_s), Qt::LeftButton);
    QCOMPARE(dialog.model()->index(1, VolumesModel::MonthColumn).data().toString(), u"2026-12"_s);
    QVERIFY(!use->isEnabled()); // it is not complete yet
    QVERIFY(!dialog.findChild<QLabel*>(u"volumeProblem"_s)->text().isEmpty());
    QTest::mouseClick(dialog.findChild<QPushButton*>(u"removeRow"_s), Qt::LeftButton);
    QVERIFY(use->isEnabled());
    // Opened again, it has the rows that were typed.
    VolumesDialog again(dialog.cube(), sampletraffic::sheet());
    QCOMPARE(again.model()->rowCount(), 1);
    QCOMPARE(again.model()->index(0, VolumesModel::InputColumn).data().toString(), u"10000"_s);
}

void TestCostsModels::sheet()
{
    SheetModel model(sampletraffic::sheet(), *base::parse_date("2026-11-30"));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, SheetModel::InputColumn).data().toString(), u"2.00"_s);
    QCOMPARE(model.index(0, SheetModel::CachedColumn).data().toString(), u"0.20"_s);
    QCOMPARE(model.index(1, SheetModel::OutputColumn).data().toString(), u"5.00"_s);
    QCOMPARE(model.headerData(SheetModel::InputColumn, Qt::Horizontal).toString(), u"Input, €/M"_s);
    // A rise that is known already shows from its day on.
    auto later = sampletraffic::sheet();
    pricing::DatedRates rise = later.models[0].prices[0];
    rise.from = *base::parse_date("2027-01-01");
    rise.rates[0].price = sampletraffic::decimal("0.0000035");
    later.models[0].prices.push_back(rise);
    model.setSheet(later);
    QCOMPARE(model.index(0, SheetModel::InputColumn).data().toString(), u"2.00"_s);
    SheetModel next(later, *base::parse_date("2027-01-01"));
    QCOMPARE(next.index(0, SheetModel::InputColumn).data().toString(), u"3.50"_s);
    QCOMPARE(next.index(0, SheetModel::SinceColumn).data().toString(), u"1\u00a0Jan\u00a02027"_s);
    model.setSheet({});
    QCOMPARE(model.rowCount(), 0);
}

void TestCostsModels::rates()
{
    RatesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto aurora = sampletraffic::sheet().models[0];
    aurora.prices[0].rates.push_back(
        {pricing::Component::Input, sampletraffic::decimal("0.000004"), "batch", 200'000});
    model.setModel(&aurora, "EUR");
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(3, RatesModel::PriceColumn).data().toString(), u"€\u00a04.00"_s);
    QCOMPARE(model.index(3, RatesModel::TierColumn).data().toString(), u"batch"_s);
    QCOMPARE(model.index(3, RatesModel::ContextColumn).data().toString(), u"over 200,000 tokens"_s);
    model.setModel(nullptr, "EUR");
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestCostsModels)
#include "tst_costs_models.moc"
