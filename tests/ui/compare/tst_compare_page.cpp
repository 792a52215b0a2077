#include "tests/ui/shell/testproject.h"
#include "ui/compare/changesmodel.h"
#include "ui/compare/clausesmodel.h"
#include "ui/compare/comparepage.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/quote.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using clauses::ClauseChange;
using clauses::Verdict;
using testproject::TestProject;

class TestComparePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void oneVersionHasNothingToCompare();
    void newVersionIsComparedWithTheLast();
    void checkShowsBothPassagesAndItsClause();
    void filterKeepsOneKindOfChange();
    void unchangedChecksOnDemand();
    void otherContractsCanBeCompared();
    void swapTurnsWorseIntoBetter();
    void openGoesToTheChecklist();
    void aPassageOpensItsOwnVersion();
    void theChosenPairSurvivesOtherChanges();
    void aCancelledComparisonShowsNoOlderOne();

private:
    /// A project whose contract has a second version, and the page that shows it.
    struct Open
    {
        explicit Open(int contracts = 1, bool second = true) : project(contracts), page(project.workspace)
        {
            page.resize(1300, 800);
            page.show();
            if (second) {
                QFile file(project.folder.filePath(u"second.md"_s));
                if (!file.open(QIODevice::WriteOnly))
                    qFatal("cannot write");
                file.write(testproject::second_agreement.data(),
                           qint64(testproject::second_agreement.size()));
                file.close();
                project.workspace.addVersion(project.workspace.contract()->id, file.fileName());
            }
            ready = QTest::qWaitFor(
                [this] {
                    return project.workspace.tasks().isIdle() &&
                           (page.comparison() || page.pageActions().size() == 1);
                },
                30000);
        }
        [[nodiscard]] const clauses::CheckDrift& drift(std::string_view check) const
        {
            const auto& all = page.comparison()->drift.checks;
            return *std::find_if(all.begin(), all.end(),
                                 [&](const auto& c) { return c.after.check == check; });
        }
        bool settled()
        {
            return QTest::qWaitFor([this] { return project.workspace.tasks().isIdle() && page.comparison(); },
                                   30000);
        }

        TestProject project;
        ComparePage page;
        bool ready = false;
    };
    QTemporaryDir m_settings;
};

void TestComparePage::oneVersionHasNothingToCompare()
{
    const Open open(1, false);
    QVERIFY(open.ready);
    QVERIFY(!open.page.comparison());
    QCOMPARE(open.page.pageActions().size(), 1);
    QVERIFY(open.page.pageActions().first()->isEnabled());
    for (const auto* text : open.page.findChildren<QLabel*>()) {
        if (text->isVisible() && text->wordWrap())
            QVERIFY2(text->height() >= text->heightForWidth(text->width()), qPrintable(text->text()));
    }
}

void TestComparePage::newVersionIsComparedWithTheLast()
{
    const Open open;
    QVERIFY(open.ready);
    QCOMPARE(open.drift("competing-use-ban").before.verdict, Verdict::Adverse);
    QCOMPARE(open.drift("competing-use-ban").after.verdict, Verdict::Met);
    QCOMPARE(open.drift("competing-use-ban").course, clauses::Course::Better);
    QVERIFY(open.page.subtitle().contains(u"version 1 → version 2"_s));
    QVERIFY(open.page.findChild<QLabel*>(u"Summary"_s)->text().contains(u"better"_s));
    const auto& rows = open.page.comparison()->rows;
    const auto removed = std::find_if(rows.begin(), rows.end(), [](const ClauseRow& row) {
        return row.before.text.contains(u"competing model"_s);
    });
    QVERIFY(removed != rows.end());
    QCOMPARE(removed->change, ClauseChange::Removed);
    QVERIFY(removed->after.text.isEmpty());
    const auto reworded = std::find_if(rows.begin(), rows.end(), [](const ClauseRow& row) {
        return row.after.text.contains(u"once a year"_s);
    });
    QVERIFY(reworded != rows.end());
    QCOMPARE(reworded->change, ClauseChange::Reworded);
    QString marked;
    for (const auto& [begin, length] : reworded->after.changed)
        marked += reworded->after.text.mid(begin, length) + u'|';
    QVERIFY2(marked.contains(u"once a year"_s) && !marked.contains(u"Provider"_s), qPrintable(marked));
}

void TestComparePage::checkShowsBothPassagesAndItsClause()
{
    Open open;
    QVERIFY(open.ready);
    open.page.showDetail(u"competing-use-ban"_s);
    const auto* list = open.page.findChild<QListView*>(u"ClauseChanges"_s);
    QVERIFY(list->currentIndex().isValid());
    QVERIFY(open.page.clauses().rowAt(list->currentIndex()).before.text.contains(u"competing model"_s));
    QStringList texts;
    for (const auto* label : open.page.findChildren<QLabel*>())
        texts << label->text();
    QVERIFY(texts.contains(u"Nothing in the newer version decides it."_s));
}

void TestComparePage::filterKeepsOneKindOfChange()
{
    Open open;
    QVERIFY(open.ready);
    const int all = open.page.clauses().rowCount();
    open.page.clauses().setFilter(ClauseChange::Removed);
    const int removed = open.page.clauses().rowCount();
    QVERIFY(removed > 0 && removed < all);
    for (int row = 0; row < removed; ++row)
        QCOMPARE(open.page.clauses().rowAt(open.page.clauses().index(row)).change, ClauseChange::Removed);
}

void TestComparePage::unchangedChecksOnDemand()
{
    Open open;
    QVERIFY(open.ready);
    const auto& drift = open.page.comparison()->drift;
    const auto same = int(drift.count(clauses::Course::Same));
    QVERIFY(same > 0);
    const int before = open.page.changes().rowCount();
    open.page.findChild<QCheckBox*>()->setChecked(true);
    QCOMPARE(open.page.changes().rowCount(), before + same + 1);
}

void TestComparePage::otherContractsCanBeCompared()
{
    Open open(2, false);
    QVERIFY(open.settled());
    QVERIFY(open.page.subtitle().contains(u"Agreement 2 · version 1 → Agreement 1 · version 1"_s));
    QCOMPARE(open.page.comparison()->drift.count(clauses::Course::Worse), std::size_t(0));
    QCOMPARE(open.page.comparison()->rows.size(), std::size_t(1)); // the line that tells the copies apart
}

void TestComparePage::swapTurnsWorseIntoBetter()
{
    Open open;
    QVERIFY(open.ready);
    const auto better = open.page.comparison()->drift.count(clauses::Course::Better);
    const auto worse = open.page.comparison()->drift.count(clauses::Course::Worse);
    open.page.pageActions().first()->trigger();
    QVERIFY(QTest::qWaitFor(
        [&] {
            return open.project.workspace.tasks().isIdle() &&
                   open.page.comparison()->drift.count(clauses::Course::Worse) == better;
        },
        30000));
    QCOMPARE(open.page.comparison()->drift.count(clauses::Course::Better), worse);
}

void TestComparePage::openGoesToTheChecklist()
{
    Open open;
    QVERIFY(open.ready);
    open.page.showDetail(u"competing-use-ban"_s);
    const QSignalSpy gone(&open.project.workspace, &Workspace::goTo);
    open.page.pageActions().at(1)->trigger();
    QCOMPARE(gone.size(), 1);
    QCOMPARE(gone[0][0].toString(), u"contracts"_s);
    const auto newest = open.project.workspace.contract()->newest().id;
    QCOMPARE(gone[0][1].toString(), u"competing-use-ban@%1"_s.arg(newest));
}

void TestComparePage::aPassageOpensItsOwnVersion()
{
    Open open(2);
    QVERIFY(open.ready);
    const auto& contracts = open.project.workspace.snapshot().contracts;
    const project::Id other = contracts[1].newest().id;
    open.page.compare({other, contracts[0].newest().id});
    QVERIFY(open.settled());
    open.page.showDetail(u"competing-use-ban"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // quotes of the check before
    const QSignalSpy gone(&open.project.workspace, &Workspace::goTo);
    auto* quote = open.page.findChild<Quote*>();
    QVERIFY(quote != nullptr);
    quote->click();
    QCOMPARE(gone.size(), 1);
    QCOMPARE(gone[0][1].toString(), u"competing-use-ban@%1"_s.arg(other));
    QCOMPARE(open.project.workspace.contract()->id, contracts[1].id);
}

void TestComparePage::theChosenPairSurvivesOtherChanges()
{
    Open open(2);
    QVERIFY(open.ready);
    const auto& contracts = open.project.workspace.snapshot().contracts;
    const VersionPair pair{contracts[0].versions[1].id, contracts[0].versions[0].id};
    open.page.compare(pair);
    QVERIFY(open.settled());
    const QString shown = open.page.subtitle();
    auto settings = open.project.workspace.snapshot().settings;
    settings.title = "Another name";
    open.project.workspace.setSettings(settings);
    QVERIFY(open.settled());
    QCOMPARE(open.page.subtitle(), shown);
}

void TestComparePage::aCancelledComparisonShowsNoOlderOne()
{
    Open open;
    QVERIFY(open.ready);
    open.page.pageActions().first()->trigger(); // swap sides
    open.project.workspace.tasks().cancelAll();
    QVERIFY(QTest::qWaitFor([&] { return open.project.workspace.tasks().isIdle(); }, 30000));
    QVERIFY(!open.page.comparison());
    QCOMPARE(open.page.changes().rowCount(), 0);
    QVERIFY(open.page.findChild<QLabel*>(u"Summary"_s)->text().contains(u"Not compared"_s));
}

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
