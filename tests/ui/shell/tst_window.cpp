#include "app/gui/pages.h"
#include "testproject.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QToolButton>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HOME", m_settings.path().toLocal8Bit()); // the sample is built in the user's documents
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void startScreenWithoutProject();
    void pagesByRailAndKeys();
    void failureShowsInMessageBar();
    void messagesAreFewAndNotRepeated();
    void dropAddsAContract();
    void dropOpensAProject();
    void fileDialogsOfferEveryFormat();
    void paletteFindsCheck();
    void undoFromTheKeyboard();
    void readOnlyIsSaid();
    void themeSwitchRepaints();
    void everyButtonHasANameAndTheTabKeyReachesIt();
    void nothingIsWiderThanTheSmallestWindow();
    void sampleIsWhole();

private:
    static bool hasText(const QWidget& window, const QString& text)
    {
        const auto labels = window.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
    static bool drop(QWidget& window, const QStringList& files)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& file : files)
            urls << QUrl::fromLocalFile(file);
        data.setUrls(urls);
        QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent event({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
        return true;
    }

    QTemporaryDir m_settings;
};

void TestWindow::startScreenWithoutProject()
{
    Workspace workspace(testproject::pack());
    MainWindow window(workspace);
    addPages(window, workspace);
    window.show();
    QVERIFY(window.currentPage() == nullptr);
    QVERIFY(!window.findChild<QToolButton*>(u"rail-costs"_s)->isVisible());
    window.showPage(u"costs"_s); // no project, no page
    QVERIFY(window.currentPage() == nullptr);
}

void TestWindow::pagesByRailAndKeys()
{
    TestProject project;
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(window.currentPage()->id(), u"overview"_s);
    QTest::mouseClick(window.findChild<QToolButton*>(u"rail-report"_s), Qt::LeftButton);
    QCOMPARE(window.currentPage()->id(), u"report"_s);
    const QStringList ids{u"overview"_s, u"contracts"_s, u"compare"_s, u"costs"_s,
                          u"fallback"_s, u"timeline"_s,  u"report"_s};
    for (int i = 0; i < ids.size(); ++i) {
        QTest::keyClick(&window, Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
        QCOMPARE(window.currentPage()->id(), ids[i]);
        QVERIFY(window.findChild<QToolButton*>(u"rail-"_s + ids[i])->isChecked());
    }
    Q_EMIT project.workspace.goTo(u"contracts"_s, u"price-review"_s);
    QCOMPARE(window.currentPage()->id(), u"contracts"_s);
    QVERIFY(window.windowTitle().startsWith(u"Test purchase"));
}

void TestWindow::failureShowsInMessageBar()
{
    TestProject project;
    MainWindow window(project.workspace);
    window.show();
    QVERIFY(window.messages().texts().isEmpty());
    project.workspace.addDocuments({project.folder.filePath(u"nowhere.pdf"_s)});
    QTRY_COMPARE(window.messages().texts().size(), 1);
    QVERIFY(window.messages().isVisible());
    const auto close = window.messages().findChildren<QToolButton*>();
    QCOMPARE(close.size(), 1);
    QTest::mouseClick(close.first(), Qt::LeftButton);
    QVERIFY(window.messages().texts().isEmpty());
    QVERIFY(!window.messages().isVisible());
}

void TestWindow::messagesAreFewAndNotRepeated()
{
    MessageBar bar;
    bar.show(MessageBar::Kind::Bad, u"one"_s);
    bar.show(MessageBar::Kind::Bad, u"one"_s);
    QCOMPARE(bar.texts(), QStringList{u"one"_s});
    for (const auto& text : {u"two"_s, u"three"_s, u"four"_s})
        bar.show(MessageBar::Kind::Bad, text);
    QCOMPARE(bar.texts(), (QStringList{u"two"_s, u"three"_s, u"four"_s}));
    bar.clear();
    bar.show(MessageBar::Kind::Good, u"saved"_s);
    bar.show(MessageBar::Kind::Bad, u"broken"_s); // good news gives way
    QCOMPARE(bar.texts(), QStringList{u"broken"_s});
}

void TestWindow::dropAddsAContract()
{
    TestProject project(0);
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.show();
    QFile file(project.folder.filePath(u"offer.md"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(testproject::agreement.data(), qint64(testproject::agreement.size()));
    file.close();
    QVERIFY(drop(window, {file.fileName()}));
    QTRY_COMPARE(project.workspace.snapshot().contracts.size(), std::size_t(1));
    QCOMPARE(window.currentPage()->id(), u"contracts"_s);
}

void TestWindow::dropOpensAProject()
{
    QString file;
    QTemporaryDir keep;
    {
        TestProject project;
        file = keep.filePath(u"kept.leeway"_s);
        QVERIFY(QFile::copy(project.file, file));
    }
    Workspace workspace(testproject::pack());
    MainWindow window(workspace);
    addPages(window, workspace);
    window.show();
    QVERIFY(drop(window, {file}));
    QVERIFY(workspace.isOpen());
    QCOMPARE(window.currentPage()->id(), u"overview"_s);
}

void TestWindow::fileDialogsOfferEveryFormat()
{
    const QString filter = contractFilter();
    for (const char* pattern : {"*.pdf", "*.docx", "*.odt", "*.md", "*.html", "*.txt"})
        QVERIFY2(filter.contains(QLatin1String(pattern)), qPrintable(filter));
    QVERIFY(filter.endsWith(u"(*)"_s));
}

void TestWindow::paletteFindsCheck()
{
    TestProject project;
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = window.findChild<CommandPalette*>();
    QVERIFY(palette->isVisible());
    auto* field = palette->findChild<QLineEdit*>();
    auto* list = palette->findChild<QListView*>();
    QTest::keyClicks(field, u"price rev"_s);
    QCOMPARE(list->currentIndex().data().toString(), str(project.row("price-review").title));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(window.currentPage()->id(), u"contracts"_s);

    const auto commands = window.commands();
    const auto has = [&](const QString& title) {
        return std::any_of(commands.begin(), commands.end(),
                           [&](const Command& c) { return c.title == title; });
    };
    for (const auto& title : {u"Costs"_s, u"Agreement 1"_s, u"Settings…"_s, u"Dark theme"_s})
        QVERIFY2(has(title), qPrintable(title));
}

void TestWindow::undoFromTheKeyboard()
{
    TestProject project;
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    project::Decision decision;
    decision.verdict = clauses::Verdict::Met;
    project.workspace.decide(u"no-training"_s, decision);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!project.row("no-training").reviewed);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(project.row("no-training").reviewed);
}

void TestWindow::readOnlyIsSaid()
{
    TestProject project;
    Workspace second(testproject::pack());
    MainWindow window(second);
    addPages(window, second);
    window.show();
    QVERIFY(second.openProject(project.file));
    QVERIFY(hasText(window, u"Read-only"_s));
    QVERIFY(window.windowTitle().contains(u"read-only"));
    QCOMPARE(window.messages().texts().size(), 1);
}

void TestWindow::themeSwitchRepaints()
{
    TestProject project;
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.resize(1280, 800);
    window.show();
    const QColor light = window.grab().toImage().pixelColor(640, 10);
    QCOMPARE(light.name(), Theme::instance().palette()["panel"].name());
    Theme::instance().setMode(Theme::Mode::Dark);
    const QColor dark = window.grab().toImage().pixelColor(640, 10);
    QCOMPARE(dark.name(), Theme::instance().palette()["panel"].name());
    QVERIFY(light != dark);
    Theme::instance().setMode(Theme::Mode::Light);
}

void TestWindow::everyButtonHasANameAndTheTabKeyReachesIt()
{
    TestProject project;
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.resize(1280, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    for (const QString& id : {u"overview"_s, u"contracts"_s}) {
        window.showPage(id);
        QSet<QWidget*> reached;
        for (QWidget* at = window.nextInFocusChain(); at != &window; at = at->nextInFocusChain())
            if (at->focusPolicy() & Qt::TabFocus)
                reached << at;
        int buttons = 0;
        for (auto* button : window.findChildren<QAbstractButton*>()) {
            if (!button->isVisible() || button->window() != &window)
                continue;
            ++buttons;
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     qPrintable(button->objectName()));
            QVERIFY2(reached.contains(button),
                     qPrintable(button->accessibleName() + u" / "_s + button->text()));
        }
        QVERIFY(buttons > 8);
    }
}

void TestWindow::nothingIsWiderThanTheSmallestWindow()
{
    TestProject project;
    MainWindow window(project.workspace);
    addPages(window, project.workspace);
    window.show();
    QVERIFY2(window.minimumSizeHint().width() <= 1280,
             qPrintable(QString::number(window.minimumSizeHint().width())));
    QVERIFY2(window.minimumSizeHint().height() <= 800,
             qPrintable(QString::number(window.minimumSizeHint().height())));
}

void TestWindow::sampleIsWhole()
{
    Workspace workspace(testproject::pack());
    QSignalSpy failed(&workspace, &Workspace::failed);
    MainWindow window(workspace);
    addPages(window, workspace);
    window.show();
    window.openSample();
    QVERIFY(workspace.isOpen());
    QTRY_VERIFY_WITH_TIMEOUT(workspace.tasks().isIdle(), 60000);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.first().first().toString()));
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t(1));
    QVERIFY(workspace.part()->pages >= 12);
    QVERIFY(workspace.snapshot().cube.requests >= 4000);
    QVERIFY(workspace.model().matrix.has_value());
    QVERIFY(workspace.model().matrix->outcomes.size() >= 3);
    QVERIFY(!workspace.model().stands_out.empty());
    const QString file = workspace.file();
    workspace.closeProject();
    window.openSample(); // the second time it is only opened
    QCOMPARE(workspace.file(), file);
    QCOMPARE(workspace.snapshot().contracts.size(), std::size_t(1));
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
