#include "testproject.h"
#include "ui/shell/settingsdialog.h"
#include "ui/shell/weightsmodel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QTableView>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void weightsModel();
    void weightsRefuseRubbish_data();
    void weightsRefuseRubbish();
    void dialogIsOneUndoableCommand();
    void wrongRateCannotBeSaved();
    void theme();

private:
    QTemporaryDir m_settings;
};

void TestSettings::weightsModel()
{
    const clauses::Pack pack = testproject::pack();
    WeightsModel model(pack);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setProfile(scoring::pack_profile(pack));
    QCOMPARE(model.rowCount(), int(pack.checks.size()));
    QSignalSpy edited(&model, &WeightsModel::edited);
    const QModelIndex weight = model.index(0, WeightsModel::WeightColumn);
    QVERIFY(model.setData(weight, 9.5, Qt::EditRole));
    QCOMPARE(weight.data().toString(), u"9.5"_s);
    QCOMPARE(model.profile().weights.at(pack.checks[0].id), 9.5);
    const QModelIndex gate = model.index(1, WeightsModel::GateColumn);
    QVERIFY(model.setData(gate, Qt::Checked, Qt::CheckStateRole));
    QVERIFY(model.setData(gate, Qt::Checked, Qt::CheckStateRole)); // once is enough
    const auto& gates = model.profile().gates;
    QCOMPARE(std::count(gates.begin(), gates.end(), pack.checks[1].id), 1);
    QVERIFY(model.setData(gate, Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(std::count(gates.begin(), gates.end(), pack.checks[1].id), 0);
    QCOMPARE(edited.count(), 4);
}

void TestSettings::weightsRefuseRubbish_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::newRow("negative") << QVariant(-1);
    QTest::newRow("above ten") << QVariant(10.5);
    QTest::newRow("words") << QVariant(u"heavy"_s);
}

void TestSettings::weightsRefuseRubbish()
{
    QFETCH(QVariant, value);
    const clauses::Pack pack = testproject::pack();
    WeightsModel model(pack);
    const auto before = model.profile();
    QVERIFY(!model.setData(model.index(0, WeightsModel::WeightColumn), value, Qt::EditRole));
    QVERIFY(model.profile() == before);
}

void TestSettings::dialogIsOneUndoableCommand()
{
    TestProject project;
    SettingsDialog dialog(project.workspace);
    dialog.findChild<QLineEdit*>(u"ProjectTitle"_s)->setText(u"Renamed purchase"_s);
    auto* table = dialog.findChild<QTableView*>();
    const int index = project.workspace.part()->index.value;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        QVERIFY(table->model()->setData(table->model()->index(row, WeightsModel::WeightColumn),
                                        row == 0 ? 10 : 0, Qt::EditRole));
    dialog.accept();
    QCOMPARE(project.workspace.snapshot().settings.title, std::string("Renamed purchase"));
    QCOMPARE(project.workspace.snapshot().settings.profile.id, std::string("own"));
    QVERIFY(project.workspace.part()->index.value != index);
    project.workspace.undoStack().undo();
    QCOMPARE(project.workspace.snapshot().settings.title, std::string("Test purchase"));
    QCOMPARE(project.workspace.part()->index.value, index);
    QVERIFY(!project.workspace.undoStack().canUndo());
}

void TestSettings::wrongRateCannotBeSaved()
{
    TestProject project;
    auto euros = project.workspace.snapshot().settings;
    euros.currency = "EUR";
    project.workspace.setSettings(euros);
    SettingsDialog dialog(project.workspace);
    dialog.show();
    QPushButton* ok = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(ok->isEnabled());
    const auto fields = dialog.findChildren<QLineEdit*>();
    const auto rate = std::find_if(fields.begin(), fields.end(), [](const QLineEdit* field) {
        return field->property("invalid").isValid() && field->objectName() != u"ProjectTitle";
    });
    QVERIFY(rate != fields.end());
    for (const auto& wrong : {u"abc"_s, u"0"_s, u"-1"_s, QString()}) {
        (*rate)->setText(wrong);
        QVERIFY2(!ok->isEnabled(), qPrintable(wrong));
    }
    (*rate)->setText(u"0,86"_s); // a decimal comma is meant well
    QVERIFY(ok->isEnabled());
    dialog.accept();
    QCOMPARE(project.workspace.snapshot().settings.currency_per_usd.to_string(), std::string("0.86"));
}

void TestSettings::theme()
{
    Theme& theme = Theme::instance();
    QSignalSpy changed(&theme, &Theme::changed);
    const QColor light = theme.palette()["panel"];
    theme.setMode(Theme::Mode::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(theme.palette().isDark());
    QVERIFY(theme.palette()["panel"] != light);
    QCOMPARE(qApp->palette().color(QPalette::Base), theme.palette()["panel"]);
    QVERIFY(!qApp->styleSheet().contains(u'@'));
    QVERIFY(qApp->styleSheet().contains(theme.palette()["panel"].name()));
    const QImage dark = Theme::icon(u"costs"_s).pixmap(32, 32).toImage();
    theme.setMode(Theme::Mode::Light);
    QVERIFY(Theme::icon(u"costs"_s).pixmap(32, 32).toImage() != dark);
    QCOMPARE(theme.palette()["panel"], light);
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
