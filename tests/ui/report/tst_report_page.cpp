#include "openproject.h"
#include "ui/report/reportpage.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/documentview.h"
#include "ui/widgets/text.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

class TestReportPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void previewsThePdf();
    void remadeOnChange();
    void hiddenPageWaits();
    void auditOption();
    void contractOption();
    void findInReport();
    void exports();
    void defaultName_data();
    void defaultName();

private:
    static bool waitForPreview(ReportPage& page)
    {
        QSignalSpy spy(&page, &ReportPage::previewed);
        return spy.wait(60'000);
    }
    static std::string textOf(const ReportPage& page) { return page.view()->document()->text; }
    QTemporaryDir m_settings;
};

void TestReportPage::initTestCase()
{
    OpenProject::useTestSettings(m_settings);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestReportPage::previewsThePdf()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    page.resize(1000, 700);
    page.show();
    QVERIFY(waitForPreview(page));
    QVERIFY(static_cast<QWidget*>(page.view())->isVisible());
    QVERIFY(page.view()->pageCount() >= 3);
    QVERIFY(textOf(page).find("Test project") != std::string::npos);
    QVERIFY(page.subtitle().contains(QString::number(page.view()->pageCount())));
    QCOMPARE(page.pageActions().size(), 2);
}

void TestReportPage::remadeOnChange()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    page.show();
    QVERIFY(waitForPreview(page));
    auto settings = project.workspace.snapshot().settings;
    settings.title = "Another title";
    project.workspace.setSettings(settings);
    QVERIFY(waitForPreview(page));
    QVERIFY(textOf(page).find("Another title") != std::string::npos);
}

void TestReportPage::hiddenPageWaits()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    QVERIFY(!page.view()->hasDocument());
    page.show();
    QVERIFY(waitForPreview(page));
    page.hide();
    auto settings = project.workspace.snapshot().settings;
    settings.title = "Later";
    project.workspace.setSettings(settings);
    QVERIFY(textOf(page).find("Later") == std::string::npos);
    page.show();
    QVERIFY(waitForPreview(page));
    QVERIFY(textOf(page).find("Later") != std::string::npos);
}

void TestReportPage::auditOption()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    page.show();
    QVERIFY(waitForPreview(page));
    QVERIFY(textOf(page).find("Audit trail") != std::string::npos);
    page.findChild<QCheckBox*>(u"reportAudit"_s)->setChecked(false);
    QVERIFY(waitForPreview(page));
    QVERIFY(textOf(page).find("Audit trail") == std::string::npos);
}

void TestReportPage::contractOption()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    // One contract or none: there is nothing to choose.
    page.show();
    QVERIFY(!page.findChild<QToolButton*>(u"reportContracts"_s)->isVisible());
    QCOMPARE(page.printed().contracts.size(), project.workspace.model().contracts.size());
}

void TestReportPage::findInReport()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    page.show();
    QVERIFY(waitForPreview(page));
    auto* find = page.findChild<QLineEdit*>(u"reportFind"_s);
    find->setText(u"test project"_s);
    QVERIFY(page.view()->hitCount() > 0);
    find->setText(u"surely not in it"_s);
    QCOMPARE(page.view()->hitCount(), 0);
}

void TestReportPage::exports()
{
    OpenProject project(true);
    ReportPage page(project.workspace);
    QSignalSpy exported(&project.workspace, &Workspace::exported);
    const QString pdf = project.folder.filePath(u"out.pdf"_s);
    project.workspace.exportReport(pdf, page.printed());
    QVERIFY(exported.wait(60'000));
    QFile file(pdf);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.read(5) == "%PDF-");
    const QString json = project.folder.filePath(u"out.json"_s);
    project.workspace.exportReport(json);
    QVERIFY(exported.wait(60'000));
    QFile text(json);
    QVERIFY(text.open(QIODevice::ReadOnly));
    QVERIFY(QJsonDocument::fromJson(text.readAll()).isObject());
    // Into a folder that is not there: said, and nothing is left behind.
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    project.workspace.exportReport(project.folder.filePath(u"none/out.pdf"_s));
    QVERIFY(failed.wait(60'000));
    QVERIFY(project.workspace.tasks().isIdle());
}

void TestReportPage::defaultName_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("start");
    QTest::newRow("plain") << u"Northgate CRM assistant"_s << u"Northgate CRM assistant – risk report "_s;
    QTest::newRow("unfit") << u"A/B: \"C\"?"_s << u"A B C – risk report "_s;
    QTest::newRow("nothing left") << u"//"_s << u"Project – risk report "_s;
}

void TestReportPage::defaultName()
{
    QFETCH(QString, title);
    QFETCH(QString, start);
    OpenProject project(false);
    auto settings = project.workspace.snapshot().settings;
    settings.title = utf8(title);
    project.workspace.setSettings(settings);
    ReportPage page(project.workspace);
    const QString name = page.defaultName(u".pdf"_s);
    QVERIFY2(name.startsWith(start), qPrintable(name));
    QVERIFY(name.endsWith(QDate::currentDate().toString(Qt::ISODate) + u".pdf"_s));
}

QTEST_MAIN(TestReportPage)
#include "tst_report_page.moc"
