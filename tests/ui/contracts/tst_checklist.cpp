#include "tests/ui/shell/testproject.h"
#include "ui/contracts/checklistmodel.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using clauses::Verdict;
using Filter = ChecklistModel::Filter;

class TestChecklist : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsByCategory();
    void filters_data();
    void filters();
    void keepsItsShapeWhenAVerdictChanges();
    void stepsOverCategories();
    void nextOpenGoesAround();

private:
    static std::vector<report::ChecklistRow> rows()
    {
        std::vector<report::ChecklistRow> result;
        const auto add = [&](const char* check, const char* category, Verdict verdict, bool reviewed,
                             bool changed) {
            report::ChecklistRow row;
            row.check = check;
            row.title = check;
            row.category = category;
            row.verdict = verdict;
            row.reviewed = reviewed;
            row.text_changed = changed;
            if (verdict != Verdict::Missing)
                row.evidence.push_back({0, 4, 7, "8.2", "text", clauses::Role::Gives});
            result.push_back(row);
        };
        add("a", "Data", Verdict::Met, true, false);
        add("b", "Exit", Verdict::Missing, false, false);
        add("c", "Data", Verdict::Adverse, false, false);
        add("d", "Price", Verdict::Partial, true, true);
        return result;
    }
    static QStringList shown(const ChecklistModel& model)
    {
        QStringList result;
        for (int row = 0; row < model.rowCount(); ++row)
            result << model.index(row).data().toString();
        return result;
    }
};

void TestChecklist::groupsByCategory()
{
    ChecklistModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setChecklist(rows());
    QCOMPARE(shown(model), (QStringList{u"Data"_s, u"a"_s, u"c"_s, u"Exit"_s, u"b"_s, u"Price"_s, u"d"_s}));
    QVERIFY(!(model.index(0).flags() & Qt::ItemIsSelectable));
    QVERIFY(model.index(1).flags() & Qt::ItemIsSelectable);
    QCOMPARE(model.index(1).data(ChecklistModel::PlaceRole).toString(), u"§8.2 · p. 7"_s);
    QCOMPARE(model.index(4).data(ChecklistModel::PlaceRole).toString(), u"—"_s);
    QCOMPARE(model.index(6).data(Qt::AccessibleTextRole).toString(),
             u"d, Partial, §8.2 · p. 7, text changed since the decision"_s);
}

void TestChecklist::filters_data()
{
    QTest::addColumn<int>("filter");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("open") << int(Filter::Open) << QStringList{u"Data"_s, u"c"_s, u"Exit"_s, u"b"_s};
    QTest::newRow("not met") << int(Filter::NotMet)
                             << QStringList{u"Data"_s, u"c"_s, u"Exit"_s, u"b"_s, u"Price"_s, u"d"_s};
    QTest::newRow("changed") << int(Filter::Changed) << QStringList{u"Price"_s, u"d"_s};
    QTest::newRow("met") << int(Filter::Met) << QStringList{u"Data"_s, u"a"_s};
    QTest::newRow("missing") << int(Filter::Missing) << QStringList{u"Exit"_s, u"b"_s};
    QTest::newRow("adverse") << int(Filter::Adverse) << QStringList{u"Data"_s, u"c"_s};
}

void TestChecklist::filters()
{
    QFETCH(int, filter);
    QFETCH(QStringList, expected);
    ChecklistModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setChecklist(rows());
    model.setFilter(Filter(filter));
    QCOMPARE(shown(model), expected);
    int checks = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        checks += model.rowAt(model.index(row)) != nullptr ? 1 : 0;
    QCOMPARE(model.count(Filter(filter)), checks);
    QVERIFY(model.row(u"a"_s) != nullptr); // also when it is hidden
}

void TestChecklist::keepsItsShapeWhenAVerdictChanges()
{
    ChecklistModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setChecklist(rows());
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    auto next = rows();
    next[1].verdict = Verdict::Met;
    model.setChecklist(next);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.indexOf(u"b"_s).data(ChecklistModel::VerdictRole).toInt(), int(Verdict::Met));
    model.setFilter(Filter::Missing);
    next[2].verdict = Verdict::Missing;
    model.setChecklist(next);
    QCOMPARE(shown(model), (QStringList{u"Data"_s, u"c"_s}));
    model.setChecklist({});
    QCOMPARE(model.rowCount(), 0);
}

void TestChecklist::stepsOverCategories()
{
    ChecklistModel model;
    model.setChecklist(rows());
    QModelIndex at = model.step({}, 1);
    QCOMPARE(at.data().toString(), u"a"_s);
    at = model.step(model.step(at, 1), 1);
    QCOMPARE(at.data().toString(), u"b"_s);
    QCOMPARE(model.step(at, -1).data().toString(), u"c"_s);
    at = model.step(at, 1);
    QCOMPARE(model.step(at, 1), at); // the end
}

void TestChecklist::nextOpenGoesAround()
{
    ChecklistModel model;
    QCOMPARE(model.nextOpen({}), QString());
    model.setChecklist(rows());
    QCOMPARE(model.nextOpen({}), u"c"_s);
    QCOMPARE(model.nextOpen(u"c"_s), u"b"_s);
    QCOMPARE(model.nextOpen(u"b"_s), u"c"_s);
    auto all = rows();
    for (auto& row : all)
        row.reviewed = true;
    model.setChecklist(all);
    QCOMPARE(model.nextOpen(u"c"_s), QString());
}

QTEST_GUILESS_MAIN(TestChecklist)
#include "tst_checklist.moc"
