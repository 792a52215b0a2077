#include "core/base/file.h"
#include "testproject.h"
#include "ui/shell/taskrunner.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;

class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decideAndUndo();
    void undoTextNamesTheCheck();
    void renameRemoveRestore();
    void settings();
    void addDocument();
    void mailAddsWhatItCarries();
    void duplicateIsRefused();
    void unreadableFileIsOneMessage_data();
    void unreadableFileIsOneMessage();
    void versionAndBack();
    void cancelledReadAddsNothing();
    void secondWindowIsReadOnly();
    void failedCommandLeavesNoUndo();
    void resultsOfAClosedProjectAreDropped();

private:
    static QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& content)
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                        : QString();
    }
};

void TestWorkspace::decideAndUndo()
{
    TestProject project;
    QVERIFY(project.opened);
    Workspace& workspace = project.workspace;
    QSignalSpy changed(&workspace, &Workspace::changed);
    const int before = workspace.part()->index.value;
    project::Decision decision;
    decision.verdict = clauses::Verdict::Met;
    decision.note = "Agreed in the call";
    workspace.decide(u"no-training"_s, decision);
    QCOMPARE(changed.count(), 1);
    QVERIFY(project.row("no-training").reviewed);
    QVERIFY(project.row("no-training").verdict == clauses::Verdict::Met);
    QCOMPARE(project.row("no-training").note, std::string("Agreed in the call"));
    QVERIFY(workspace.part()->index.value < before);

    workspace.undoStack().undo();
    QVERIFY(!project.row("no-training").reviewed);
    QCOMPARE(workspace.part()->index.value, before);
    workspace.undoStack().redo();
    QVERIFY(project.row("no-training").reviewed);

    workspace.decide(u"no-training"_s, std::nullopt);
    QVERIFY(!project.row("no-training").reviewed);
    workspace.undoStack().undo();
    QCOMPARE(project.row("no-training").note, std::string("Agreed in the call"));
}

void TestWorkspace::undoTextNamesTheCheck()
{
    TestProject project;
    project::Decision decision;
    decision.verdict = clauses::Verdict::Met;
    project.workspace.decide(u"no-training"_s, decision);
    QCOMPARE(project.workspace.undoStack().undoText(), u"decide no-training"_s);
}

void TestWorkspace::renameRemoveRestore()
{
    TestProject project(2);
    Workspace& workspace = project.workspace;
    const project::Id id = workspace.contract()->id;
    workspace.renameContract(id, u"Master agreement"_s, u"Aurora"_s);
    QCOMPARE(workspace.contract()->title, std::string("Master agreement"));
    project::Decision decision;
    decision.verdict = clauses::Verdict::Adverse;
    workspace.decide(u"no-training"_s, decision);

    QSignalSpy selected(&workspace, &Workspace::contractSelected);
    workspace.removeContract(id);
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t(1));
    QVERIFY(workspace.contract() != nullptr && workspace.contract()->id != id);
    QCOMPARE(selected.count(), 1);
    workspace.undoStack().undo();
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t(2));
    QCOMPARE(workspace.snapshot().contract(id)->decisions.size(), std::size_t(1));
    workspace.undoStack().undo();
    workspace.undoStack().undo();
    QCOMPARE(workspace.snapshot().contract(id)->title, std::string("Agreement 1"));
}

void TestWorkspace::settings()
{
    TestProject project;
    Workspace& workspace = project.workspace;
    const project::Settings before = workspace.snapshot().settings;
    project::Settings after = before;
    after.currency = "CHF";
    after.title = "Another";
    workspace.setSettings(after);
    QCOMPARE(workspace.model().project, std::string("Another"));
    QCOMPARE(workspace.snapshot().settings.currency, std::string("CHF"));
    workspace.undoStack().undo();
    QVERIFY(workspace.snapshot().settings == before);
    workspace.setSettings(before); // nothing changes: nothing to undo
    QCOMPARE(workspace.undoStack().index(), 0);
}

void TestWorkspace::addDocument()
{
    TestProject project(0);
    Workspace& workspace = project.workspace;
    QVERIFY(workspace.contract() == nullptr);
    QSignalSpy done(&workspace, &Workspace::done);
    workspace.addDocuments(
        {write(project.folder, u"a.md"_s, QByteArray::fromStdString(std::string(testproject::agreement)))});
    QVERIFY(!workspace.tasks().isIdle());
    QTRY_COMPARE(done.count(), 1);
    QVERIFY(workspace.contract() != nullptr);
    QCOMPARE(workspace.contract()->title, std::string("AI Services Agreement"));
    QCOMPARE(workspace.part()->checklist.size(), workspace.pack().checks.size());
    const auto bytes = workspace.documentBytes(workspace.contract()->newest().id);
    QVERIFY(bytes.has_value());
    QCOMPARE(*bytes, std::string(testproject::agreement));
    workspace.undoStack().undo();
    QVERIFY(workspace.contract() == nullptr);
    workspace.undoStack().redo();
    QVERIFY(workspace.contract() != nullptr);
}

void TestWorkspace::mailAddsWhatItCarries()
{
    TestProject project(0);
    Workspace& workspace = project.workspace;
    const QByteArray part = "--b\nContent-Type: text/markdown\nContent-Disposition: attachment; filename=";
    const QString mail =
        write(project.folder, u"offer.eml"_s,
              "From: a@vendor.example\nDate: Mon, 30 Nov 2026 09:00:00 +0100\nMIME-Version: 1.0\n"
              "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee attached.\n" +
                  part + "terms.md\n\n" + QByteArray(testproject::agreement.data()) + "\n" + part +
                  "second.md\n\n" + QByteArray(testproject::second_agreement.data()) + "\n--b--\n");
    QSignalSpy failed(&workspace, &Workspace::failed);
    QSignalSpy done(&workspace, &Workspace::done);
    workspace.addDocuments({mail});
    QTRY_COMPARE_WITH_TIMEOUT(done.count() + failed.count(), 2, 60'000);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t{2});
    QCOMPARE(workspace.snapshot().contracts[0].newest().document.name, std::string("terms.md"));
    workspace.addDocuments({mail});
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 60'000);
    QVERIFY(failed.front().front().toString().contains(u"in this project already"_s));
    workspace.addVersion(workspace.snapshot().contracts[0].id, mail);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, 60'000);
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t{2});
}

void TestWorkspace::duplicateIsRefused()
{
    TestProject project;
    Workspace& workspace = project.workspace;
    QSignalSpy failed(&workspace, &Workspace::failed);
    workspace.addDocuments({write(project.folder, u"twin.md"_s,
                                  QByteArray::fromStdString(std::string(testproject::agreement)))});
    QTRY_COMPARE(failed.count(), 1);
    const QString message = failed.first().first().toString();
    QVERIFY2(message.contains(u"already") && message.contains(u"Agreement 1"), qPrintable(message));
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t(1));
    QVERIFY(!workspace.undoStack().canUndo());
}

void TestWorkspace::unreadableFileIsOneMessage_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << u"empty.pdf"_s << QByteArray();
    QTest::newRow("text named pdf") << u"text.pdf"_s << QByteArray("This is no PDF at all.");
    QTest::newRow("damaged pdf") << u"bad.pdf"_s << QByteArray("%PDF-1.7\nrubbish");
    QTest::newRow("missing") << u"missing.md"_s << QByteArray("absent");
}

void TestWorkspace::unreadableFileIsOneMessage()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    TestProject project;
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    const QString file =
        content == "absent" ? project.folder.filePath(name) : write(project.folder, name, content);
    project.workspace.addDocuments({file});
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().size() > 15);
    QTRY_VERIFY(project.workspace.tasks().isIdle());
    QCOMPARE(project.workspace.snapshot().contracts.size(), std::size_t(1));
}

void TestWorkspace::versionAndBack()
{
    TestProject project;
    Workspace& workspace = project.workspace;
    project::Decision decision; // rests on text that the second version lacks
    decision.verdict = clauses::Verdict::Adverse;
    workspace.decide(u"competing-use-ban"_s, decision);
    QSignalSpy done(&workspace, &Workspace::done);
    workspace.addVersion(workspace.contract()->id,
                         write(project.folder, u"v2.md"_s,
                               QByteArray::fromStdString(std::string(testproject::second_agreement))));
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(workspace.contract()->versions.size(), std::size_t(2));
    QVERIFY(project.row("competing-use-ban").text_changed);
    QVERIFY(done.first().first().toString().contains(u"1 decision"));
    workspace.undoStack().undo();
    QCOMPARE(workspace.contract()->versions.size(), std::size_t(1));
    QVERIFY(!project.row("competing-use-ban").text_changed);
    workspace.undoStack().redo();
    QCOMPARE(workspace.contract()->versions.size(), std::size_t(2));
}

void TestWorkspace::cancelledReadAddsNothing()
{
    TestProject project(0);
    Workspace& workspace = project.workspace;
    QSignalSpy done(&workspace, &Workspace::done);
    workspace.addDocuments(
        {write(project.folder, u"a.md"_s, QByteArray::fromStdString(std::string(testproject::agreement)))});
    workspace.tasks().cancelAll();
    QTRY_COMPARE(done.count(), 1);
    QVERIFY(done.first().first().toString().contains(u"cancelled"));
    QVERIFY(workspace.contract() == nullptr);
}

void TestWorkspace::secondWindowIsReadOnly()
{
    TestProject project;
    Workspace second(testproject::pack());
    QSignalSpy failed(&second, &Workspace::failed);
    QVERIFY(second.openProject(project.file));
    QVERIFY(second.isReadOnly());
    QCOMPARE(failed.count(), 1); // says so
    QCOMPARE(second.snapshot().contracts.size(), std::size_t(1));
    project::Decision decision;
    decision.verdict = clauses::Verdict::Met;
    second.decide(u"no-training"_s, decision);
    QCOMPARE(failed.count(), 2);
    QVERIFY(!second.undoStack().canUndo());
    QVERIFY(!second.part()->row("no-training")->reviewed);
}

void TestWorkspace::failedCommandLeavesNoUndo()
{
    TestProject project;
    Workspace& workspace = project.workspace;
    QSignalSpy failed(&workspace, &Workspace::failed);
    QVERIFY(!workspace.createProject(project.file, u"Again"_s)); // the file is there
    QCOMPARE(failed.count(), 1);
    QVERIFY(workspace.isOpen()); // the old one stays
    QVERIFY(!workspace.openProject(project.folder.filePath(u"no.leeway"_s)));
    QCOMPARE(failed.count(), 2);
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t(1));
    QVERIFY(!workspace.undoStack().canUndo());
}

void TestWorkspace::resultsOfAClosedProjectAreDropped()
{
    TestProject project(0);
    Workspace& workspace = project.workspace;
    const QString contract =
        write(project.folder, u"a.md"_s, QByteArray::fromStdString(std::string(testproject::agreement)));
    workspace.addDocuments({contract});
    QVERIFY(workspace.createProject(project.folder.filePath(u"other.leeway"_s), u"Other"_s));
    QTRY_VERIFY(workspace.tasks().isIdle());
    QVERIFY(workspace.snapshot().contracts.empty());
}

int main(int argc, char** argv)
{
    QGuiApplication app(argc, argv);
    QTemporaryDir settings;
    testproject::useTestSettings(settings);
    TestWorkspace test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_workspace.moc"
