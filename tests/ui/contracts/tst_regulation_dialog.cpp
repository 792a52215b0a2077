#include "tests/ui/shell/testproject.h"
#include "ui/contracts/regulation/regulationdialog.h"
#include "ui/contracts/regulation/requirementmodel.h"
#include "ui/shell/taskrunner.h"
#include "ui/widgets/quote.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;

class TestRegulationDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void everyBundledRegulationIsThere();
    void anAnswerIsKeptAndUndone();
    void aLaterDayBringsWhatIsNotYetInForce();
    void passagesLeadToTheContract();
    void exportsWhatIsShown();
    void aBrokenFileIsSaid();
    void closesWithItsProject();

private:
    // As it stands once its work is done.
    struct Open
    {
        Open() : dialog(new RegulationDialog(project.workspace))
        {
            dialog->setAttribute(Qt::WA_DeleteOnClose, false);
            dialog->show();
        }
        ~Open() { delete dialog; }

        bool choose(const QString& id)
        {
            dialog->choose(id);
            return settled();
        }
        bool settled() const
        {
            return QTest::qWaitFor(
                [this] { return project.workspace.tasks().isIdle() && dialog->model().rowCount() > 0; });
        }
        QString status(const char* requirement) const
        {
            for (int row = 0; row < dialog->model().rowCount(); ++row) {
                if (dialog->model().requirement(row)->id == requirement)
                    return dialog->model().index(row, RequirementModel::StatusColumn).data().toString();
            }
            return {};
        }
        QString text(const char* label) const
        {
            return dialog->findChild<QLabel*>(QLatin1StringView(label))->text();
        }

        mutable TestProject project;
        RegulationDialog* dialog;
    };

    QTemporaryDir m_settings;
};

void TestRegulationDialog::everyBundledRegulationIsThere()
{
    Open open;
    const auto* choices = open.dialog->findChild<QComboBox*>(QStringLiteral("Regulations"));
    QCOMPARE(choices->count(), 5);
    for (int i = 0; i < choices->count(); ++i) {
        QVERIFY(open.choose(choices->itemData(i).toString()));
        QCOMPARE(choices->currentIndex(), i);
        QVERIFY(!open.text("Counts").isEmpty());
        QAbstractItemModelTester tester(&open.dialog->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
}

void TestRegulationDialog::anAnswerIsKeptAndUndone()
{
    Open open;
    QVERIFY(open.choose(QStringLiteral("eu-data-act")));
    QCOMPARE(open.status("DA-01"), QStringLiteral("Unanswered"));
    auto* choice = open.dialog->findChild<QComboBox*>(QStringLiteral("data-processing-service"));
    QVERIFY(choice != nullptr);
    choice->setCurrentIndex(choice->findData(QStringLiteral("no")));
    Q_EMIT choice->activated(choice->currentIndex());
    QVERIFY(open.settled());
    QCOMPARE(open.status("DA-01"), QStringLiteral("Not applicable"));
    const auto& kept = open.project.workspace.snapshot().settings.regulations;
    QCOMPARE(kept.at("eu-data-act").at("data-processing-service"), std::string("no"));

    open.project.workspace.undoStack().undo();
    QVERIFY(open.settled());
    QCOMPARE(open.status("DA-01"), QStringLiteral("Unanswered"));
    QCOMPARE(choice->currentIndex(), 0);
}

void TestRegulationDialog::aLaterDayBringsWhatIsNotYetInForce()
{
    Open open;
    QVERIFY(open.choose(QStringLiteral("eu-data-act")));
    for (const auto& [question, answer] :
         {std::pair{"data-processing-service", "yes"}, std::pair{"test-version", "no"}}) {
        auto* choice = open.dialog->findChild<QComboBox*>(QLatin1StringView(question));
        Q_EMIT choice->activated(choice->findData(QLatin1StringView(answer)));
    }
    auto* day = open.dialog->findChild<QDateEdit*>();
    day->setDate(QDate(2025, 1, 1));
    QVERIFY(open.settled());
    QCOMPARE(open.status("DA-01"), QStringLiteral("Not yet in force"));
    day->setDate(QDate(2026, 1, 1));
    QVERIFY(open.settled());
    QCOMPARE(open.status("DA-01"), QStringLiteral("Absent"));
}

void TestRegulationDialog::passagesLeadToTheContract()
{
    Open open;
    QSignalSpy wanted(open.dialog, &RegulationDialog::passageWanted);
    auto* table = open.dialog->findChild<QTableView*>(QStringLiteral("Requirements"));
    const auto* choices = open.dialog->findChild<QComboBox*>(QStringLiteral("Regulations"));
    for (int i = 0; i < choices->count() && wanted.isEmpty(); ++i) {
        QVERIFY(open.choose(choices->itemData(i).toString()));
        for (int row = 0; row < open.dialog->model().rowCount() && wanted.isEmpty(); ++row) {
            if (open.dialog->model().finding(row)->evidence.empty())
                continue;
            table->selectRow(row);
            auto* quote = open.dialog->findChild<Quote*>();
            QVERIFY(quote != nullptr);
            quote->click();
        }
    }
    QCOMPARE(wanted.size(), 1);
    const auto passage = wanted.front().front().value<clauses::Evidence>();
    QVERIFY(testproject::agreement.find(passage.text) != std::string_view::npos);
}

void TestRegulationDialog::exportsWhatIsShown()
{
    Open open;
    QVERIFY(open.choose(QStringLiteral("dora")));
    const QString file = open.project.folder.filePath(QStringLiteral("dora.json"));
    open.dialog->exportTo(file);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const auto json = QJsonDocument::fromJson(written.readAll()).object();
    QCOMPARE(json[QLatin1StringView("regulation")].toObject()[QLatin1StringView("id")].toString(),
             QStringLiteral("dora"));
    QCOMPARE(json[QLatin1StringView("document")].toString(), QStringLiteral("agreement0.md"));
    QCOMPARE(json[QLatin1StringView("requirements")].toArray().size(), open.dialog->model().rowCount());
    open.dialog->exportTo(open.project.folder.filePath(QStringLiteral("no/such/folder.json")));
    QVERIFY(open.text("Said").contains(QStringLiteral("folder.json")));
}

void TestRegulationDialog::aBrokenFileIsSaid()
{
    Open open;
    QVERIFY(open.choose(QStringLiteral("dora")));
    const int rows = open.dialog->model().rowCount();
    const QString file = open.project.folder.filePath(QStringLiteral("own.json"));
    QFile broken(file);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"id\": 7}");
    broken.close();
    open.dialog->choose(file);
    QVERIFY(open.text("Said").contains(QStringLiteral("own.json")));
    QCOMPARE(open.dialog->model().rowCount(), rows);
}

void TestRegulationDialog::closesWithItsProject()
{
    Open open;
    QVERIFY(open.choose(QStringLiteral("dora")));
    open.project.workspace.closeProject();
    QVERIFY(!open.dialog->isVisible());
}

QTEST_MAIN(TestRegulationDialog)
#include "tst_regulation_dialog.moc"
