#include "tests/ui/shell/testproject.h"
#include "ui/contracts/contractspage.h"
#include "ui/contracts/detailpanel.h"
#include "ui/contracts/notedialog.h"
#include "ui/contracts/viewer.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/quote.h"

#include <QClipboard>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using clauses::Verdict;
using testproject::TestProject;

class TestContractsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void emptyState();
    void verdictToPassageAndBack();
    void decideByKeysAndUndo_data();
    void decideByKeysAndUndo();
    void hazardsAreNeverMissing();
    void keysWalkTheList();
    void lettersInTheFindFieldDecideNothing();
    void noteIsKept();
    void selectionBecomesEvidence();
    void ownEvidenceCanBeDropped();
    void filterKeepsTheCheck();
    void anotherContract();
    void positionsAndClause();
    void readOnly();
    void textChangedIsMarked();
    void foreignLanguageIsSaid();

private:
    struct Open
    {
        explicit Open(int contracts = 1) : project(contracts), page(project.workspace)
        {
            page.resize(1200, 760);
            page.show();
            page.activateWindow();
            ready = QTest::qWaitForWindowActive(&page);
        }
        [[nodiscard]] const report::ChecklistRow& row() const
        {
            return project.row(utf8(page.currentCheck()));
        }
        void key(Qt::Key key)
        {
            QTest::keyClick(page.focusWidget() != nullptr ? page.focusWidget() : &page, key);
        }

        TestProject project;
        ContractsPage page;
        bool ready = false;
    };
    QTemporaryDir m_settings;
};

void TestContractsPage::foreignLanguageIsSaid()
{
    Open open;
    const auto* notes = open.page.findChild<QLabel*>(u"Notes"_s);
    QVERIFY(notes != nullptr && notes->isHidden());
    QFile file(open.project.folder.filePath(u"vertrag.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "1. Daten\n\n1.1 Der Anbieter darf die Daten des Kunden nicht verwenden, um Modelle zu trainieren. "
        "Alle Daten und Ergebnisse gehören dem Kunden. Dieser Vertrag wird für ein Jahr geschlossen und kann "
        "von jeder Partei mit einer Frist von drei Monaten schriftlich gekündigt werden.\n");
    file.close();
    open.project.workspace.addDocuments({file.fileName()});
    QTRY_VERIFY_WITH_TIMEOUT(!notes->isHidden(), 60'000);
    QVERIFY2(notes->text().contains(u"The text is in German"_s), qPrintable(notes->text()));
    QVERIFY(open.row().why.front().find("German") != std::string::npos);
    open.project.workspace.selectContract(open.project.workspace.snapshot().contracts.front().id);
    QVERIFY(notes->isHidden());
}

void TestContractsPage::emptyState()
{
    Open open(0);
    QCOMPARE(open.page.pageActions().size(), 1);
    open.key(Qt::Key_A);
    open.key(Qt::Key_N);
    open.key(Qt::Key_E);
    open.key(Qt::Key_W);
    QVERIFY(!open.project.workspace.undoStack().canUndo());
}

void TestContractsPage::verdictToPassageAndBack()
{
    Open open;
    QVERIFY(open.ready);
    open.page.showDetail(u"no-training"_s);
    const auto& highlights = open.page.viewer().view().highlights();
    const auto passage = std::find_if(highlights.begin(), highlights.end(),
                                      [](const Highlight& h) { return h.key == u"no-training"; });
    QVERIFY(passage != highlights.end());
    QVERIFY(open.page.viewer().view().isVisible(passage->range));
    // Both the giving and the taking words are marked.
    QCOMPARE(std::count_if(highlights.begin(), highlights.end(),
                           [](const Highlight& h) {
                               return h.key == u"no-training" && h.role == clauses::Role::Takes;
                           }),
             1);
    Q_EMIT open.page.viewer().view().highlightClicked(u"price-review"_s);
    QCOMPARE(open.page.currentCheck(), u"price-review"_s);
    QCOMPARE(open.page.list().currentIndex().data(ChecklistModel::CheckRole).toString(), u"price-review"_s);
    QCOMPARE(open.page.detail().findChild<VerdictChip*>()->verdict(), Verdict::Adverse);
}

void TestContractsPage::decideByKeysAndUndo_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("expected");
    QTest::newRow("accept") << int(Qt::Key_A) << int(Verdict::Partial);
    QTest::newRow("met") << int(Qt::Key_1) << int(Verdict::Met);
    QTest::newRow("partial") << int(Qt::Key_2) << int(Verdict::Partial);
    QTest::newRow("missing") << int(Qt::Key_3) << int(Verdict::Missing);
    QTest::newRow("adverse") << int(Qt::Key_4) << int(Verdict::Adverse);
}

void TestContractsPage::decideByKeysAndUndo()
{
    QFETCH(int, key);
    QFETCH(int, expected);
    Open open;
    open.page.showDetail(u"no-training"_s);
    open.key(Qt::Key(key));
    QVERIFY(open.row().reviewed);
    QCOMPARE(int(open.row().verdict), expected);
    QVERIFY(open.page.detail().findChild<QPushButton*>(u"withdraw"_s)->isVisible());
    QVERIFY(!open.page.detail().findChild<QPushButton*>(u"accept"_s)->isEnabled());
    open.project.workspace.undoStack().undo();
    QVERIFY(!open.row().reviewed);
    QCOMPARE(open.page.currentCheck(), u"no-training"_s);
    open.project.workspace.undoStack().redo();
    QVERIFY(open.row().reviewed);
    open.key(Qt::Key_W);
    QVERIFY(!open.row().reviewed);
    QVERIFY(open.row().verdict == Verdict::Partial); // the finding is back
}

void TestContractsPage::hazardsAreNeverMissing()
{
    Open open;
    QSignalSpy failed(&open.project.workspace, &Workspace::failed);
    open.page.showDetail(u"competing-use-ban"_s);
    QVERIFY(!open.page.detail().findChild<QPushButton*>(u"decide-missing"_s)->isVisible());
    open.key(Qt::Key_3);
    QVERIFY(!open.row().reviewed);
    QCOMPARE(failed.count(), 1);
    open.page.showDetail(u"no-training"_s);
    QVERIFY(open.page.detail().findChild<QPushButton*>(u"decide-missing"_s)->isVisible());
}

void TestContractsPage::keysWalkTheList()
{
    Open open;
    const QString first = open.page.currentCheck();
    QVERIFY(!first.isEmpty());
    open.page.list().setFocus();
    open.key(Qt::Key_J);
    const QString second = open.page.currentCheck();
    QVERIFY(second != first);
    open.key(Qt::Key_K);
    QCOMPARE(open.page.currentCheck(), first);
    open.key(Qt::Key_Down);
    QCOMPARE(open.page.currentCheck(), second);
    open.key(Qt::Key_A);
    open.key(Qt::Key_N);
    QVERIFY(open.page.currentCheck() != second);
    QVERIFY(!open.row().reviewed);
}

void TestContractsPage::lettersInTheFindFieldDecideNothing()
{
    Open open;
    open.page.viewer().startFind();
    auto* field = open.page.viewer().findChild<QLineEdit*>(u"FindField"_s);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, u"a1new"_s);
    QCOMPARE(field->text(), u"a1new"_s);
    QVERIFY(!open.project.workspace.undoStack().canUndo());
}

void TestContractsPage::noteIsKept()
{
    Open open;
    open.page.showDetail(u"no-training"_s);
    QTimer::singleShot(0, &open.page, [] {
        auto* dialog = qobject_cast<NoteDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog != nullptr);
        dialog->findChild<QPlainTextEdit*>()->setPlainText(u"Legal has agreed."_s);
        dialog->accept();
    });
    open.key(Qt::Key_T);
    QVERIFY(open.row().reviewed);
    QCOMPARE(open.row().note, std::string("Legal has agreed."));
    open.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&open.page));
    open.key(Qt::Key_1); // another verdict, the same note
    QCOMPARE(open.row().note, std::string("Legal has agreed."));
    QVERIFY(open.row().verdict == Verdict::Met);
    const auto labels = open.page.detail().findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](const QLabel* label) { return label->text().contains(u"Legal has agreed."); }));
}

void TestContractsPage::selectionBecomesEvidence()
{
    Open open;
    open.page.showDetail(u"data-portability"_s);
    QVERIFY(open.row().verdict == Verdict::Missing);
    auto* take = open.page.detail().findChild<QPushButton*>(u"take"_s);
    QVERIFY(!take->isEnabled());
    DocumentView& view = open.page.viewer().view();
    const auto found = findText(*view.document(), u"Each party shall protect the Confidential Information"_s);
    QCOMPARE(found.size(), std::size_t(1));
    view.select(found.front());
    QVERIFY(take->isEnabled());
    open.key(Qt::Key_E);
    QVERIFY(open.row().reviewed);
    QCOMPARE(open.row().evidence.size(), std::size_t(1));
    QCOMPARE(open.row().evidence.front().text,
             std::string("Each party shall protect the Confidential Information"));
    QCOMPARE(open.row().evidence.front().section, std::string("8.5"));
    QVERIFY(open.row().verdict == Verdict::Partial); // there is something now
    QVERIFY(!view.selection());
    open.project.workspace.undoStack().undo();
    QVERIFY(open.row().evidence.empty());
    QVERIFY(!open.row().reviewed);
}

void TestContractsPage::ownEvidenceCanBeDropped()
{
    Open open;
    open.page.showDetail(u"data-portability"_s);
    DocumentView& view = open.page.viewer().view();
    for (const auto& words : {u"Customer retains all right in Input"_s, u"Each party shall protect"_s}) {
        view.select(findText(*view.document(), words).front());
        open.page.takeSelection();
    }
    QCOMPARE(open.row().evidence.size(), std::size_t(2));
    open.page.dropEvidence(0);
    QCOMPARE(open.row().evidence.size(), std::size_t(1));
    QVERIFY(open.row().evidence.front().text.starts_with("Each party"));
    open.project.workspace.undoStack().undo();
    QCOMPARE(open.row().evidence.size(), std::size_t(2));
}

void TestContractsPage::filterKeepsTheCheck()
{
    Open open;
    open.page.showDetail(u"no-training"_s);
    open.page.model().setFilter(ChecklistModel::Filter::Met);
    QVERIFY(!open.page.model().indexOf(u"no-training"_s).isValid());
    open.page.showDetail(u"no-training"_s); // asked for by name: shown
    QVERIFY(open.page.list().currentIndex().isValid());
    QVERIFY(open.page.model().filter() == ChecklistModel::Filter::All);
    open.page.model().setFilter(ChecklistModel::Filter::Open);
    open.page.showDetail(u"no-training"_s);
    open.key(Qt::Key_A); // leaves the filtered list, stays in view
    QVERIFY(!open.page.model().indexOf(u"no-training"_s).isValid());
    QCOMPARE(open.page.currentCheck(), u"no-training"_s);
}

void TestContractsPage::anotherContract()
{
    Open open(2);
    const auto& contracts = open.project.workspace.snapshot().contracts;
    open.project.workspace.selectContract(contracts[1].id);
    QVERIFY(str(open.page.viewer().view().document()->text).contains(u"Copy 1."));
    open.page.showDetail(u"no-training"_s);
    open.key(Qt::Key_1);
    QVERIFY(open.project.workspace.snapshot().contracts[1].decision("no-training") != nullptr);
    QVERIFY(open.project.workspace.snapshot().contracts[0].decision("no-training") == nullptr);
    open.project.workspace.selectContract(contracts[0].id);
    QVERIFY(!str(open.page.viewer().view().document()->text).contains(u"Copy 1."));
    QCOMPARE(open.page.currentCheck(), u"no-training"_s);
}

void TestContractsPage::positionsAndClause()
{
    Open open;
    open.page.showDetail(u"no-training"_s);
    const clauses::Check& check = *open.project.workspace.pack().find("no-training");
    const auto shows = [&](const std::string& text) {
        const auto labels = open.page.detail().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text() == str(text); });
    };
    QVERIFY(shows(check.positions[0].text));
    const auto tools = open.page.detail().findChildren<QToolButton*>();
    const auto next = std::find_if(tools.begin(), tools.end(), [](const QToolButton* b) {
        return b->accessibleName() == u"Weaker position";
    });
    QVERIFY(next != tools.end());
    (*next)->click();
    QVERIFY(shows(check.positions[1].text));
    open.page.detail().findChild<QPushButton*>(u"CopyClause"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), str(check.clause));
}

void TestContractsPage::readOnly()
{
    TestProject project;
    Workspace second(testproject::pack());
    QVERIFY(second.openProject(project.file));
    ContractsPage page(second);
    page.resize(1200, 760);
    page.show();
    page.showDetail(u"no-training"_s);
    QVERIFY(!page.detail().findChild<QPushButton*>(u"accept"_s)->isEnabled());
    QSignalSpy failed(&second, &Workspace::failed);
    page.decide(Verdict::Met);
    QCOMPARE(failed.count(), 1);
    QVERIFY(!second.part()->row("no-training")->reviewed);
}

void TestContractsPage::textChangedIsMarked()
{
    TestProject project;
    Workspace& workspace = project.workspace;
    project::Decision decision;
    decision.verdict = Verdict::Adverse;
    workspace.decide(u"competing-use-ban"_s, decision);
    const project::Id contract = workspace.contract()->id;
    workspace.closeProject();
    {
        auto file = project::Project::open(std::filesystem::path(project.file.toStdString()));
        QVERIFY(file.has_value());
        const auto fresh = testproject::read(testproject::second_agreement, "v2.md");
        QVERIFY(file->add_version(contract, fresh, std::string(testproject::second_agreement),
                                  testproject::reviewOf(fresh, workspace.pack())));
    }
    QVERIFY(workspace.openProject(project.file));
    ContractsPage page(workspace);
    page.resize(1200, 760);
    page.show();
    page.showDetail(u"competing-use-ban"_s);
    QVERIFY(page.list().currentIndex().data(ChecklistModel::ChangedRole).toBool());
    auto* accept = page.detail().findChild<QPushButton*>(u"accept"_s);
    QVERIFY(accept->isEnabled());
    accept->click();
    QVERIFY(!workspace.part()->row("competing-use-ban")->text_changed);
    QVERIFY(workspace.part()->row("competing-use-ban")->verdict == Verdict::Met); // what the engine now says
}

QTEST_MAIN(TestContractsPage)
#include "tst_contracts_page.moc"
