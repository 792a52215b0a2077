#include "ui/shell/commandmodel.h"
#include "ui/shell/fuzzy.h"
#include "ui/widgets/text.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace leeway::ui;

class TestFuzzy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void first_data();
    void first();
    void noMatch();
    void model();
};

void TestFuzzy::first_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("prefix") << u"pri"_s << u"Price review"_s;
    QTest::newRow("initials") << u"pr"_s << u"Price review"_s;
    QTest::newRow("initials of another") << u"mc"_s << u"Minimum commitment"_s;
    QTest::newRow("two words in any order") << u"review price"_s << u"Price review"_s;
    QTest::newRow("letter case") << u"PRICE"_s << u"Price review"_s;
    QTest::newRow("inside a word") << u"mitm"_s << u"Minimum commitment"_s;
    QTest::newRow("page before a longer text") << u"cost"_s << u"Costs"_s;
}

void TestFuzzy::first()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    std::vector<Command> commands;
    for (const auto& title : {u"Open a project"_s, u"Minimum commitment"_s, u"Import prices and costs"_s,
                              u"Costs"_s, u"Price review"_s, u"Competing-use ban"_s})
        commands.push_back({title, {}, {}, {}, [] {}});
    CommandModel model;
    model.setCommands(std::move(commands));
    model.filter(typed);
    QVERIFY(model.rowCount() > 0);
    QCOMPARE(model.index(0).data().toString(), expected);
}

void TestFuzzy::noMatch()
{
    QVERIFY(!fuzzyScore(u"xyz"_s, u"Price review"_s));
    QVERIFY(!fuzzyScore(u"price zebra"_s, u"Price review"_s));
    QVERIFY(fuzzyScore({}, u"Price review"_s));
}

void TestFuzzy::model()
{
    CommandModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCommands(
        {{u"One"_s, u"Page"_s, u"uno"_s, {}, [] {}}, {u"Two"_s, u"Page"_s, u"due"_s, {}, [] {}}});
    QCOMPARE(model.rowCount(), 2);
    model.filter(u"due"_s); // a keyword, not shown
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.command(0).title, u"Two"_s);
    QCOMPARE(model.index(0).data(CommandModel::DetailRole).toString(), u"Page"_s);
    model.filter(u"zzz"_s);
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestFuzzy)
#include "tst_fuzzy.moc"
