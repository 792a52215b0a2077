#include "core/base/templates.h"
#include "core/fallback/reader.h"
#include "tests/ui/fallback/fallbackparts.h"
#include "tests/ui/shell/testproject.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/suite/casecheck.h"
#include "ui/fallback/suite/caseform.h"
#include "ui/fallback/suite/logdialog.h"
#include "ui/fallback/suite/suitedraft.h"
#include "ui/fallback/suite/suiteeditor.h"
#include "ui/shell/taskrunner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;
using namespace fallbackparts;

namespace {

fallback::Suite sample()
{
    auto suite = fallback::load_suite(base::template_folder("suites") / "business-routine.yaml");
    if (!suite)
        qFatal("%s", suite.error().message.c_str());
    return std::move(*suite);
}

fallback::Case caseOf(const std::string& id)
{
    fallback::Case c;
    c.id = id;
    c.messages = {{"user", "Say " + id}};
    fallback::Assertion equals;
    equals.type = "equals";
    equals.value = id;
    c.assertions = {equals};
    return c;
}

fallback::Suite suiteOf(std::initializer_list<const char*> ids)
{
    fallback::Suite suite;
    suite.name = "Small";
    for (const char* id : ids)
        suite.cases.push_back(caseOf(id));
    return suite;
}

QStringList idsOf(const fallback::Suite& suite)
{
    QStringList ids;
    for (const fallback::Case& c : suite.cases)
        ids << str(c.id);
    return ids;
}

}

class TestSuiteEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void everyStepCanBeUndone();
    void typingIsOneStep();
    void formKeepsEveryCaseOfTheSample();
    void valuesKeepTheirKind_data();
    void valuesKeepTheirKind();
    void complaintsAreAtTheirFields_data();
    void complaintsAreAtTheirFields();
    void editorGivesTheSuiteBack();
    void editorWritesAFile();
    void suiteIsMadeFromALog();

private:
    QTemporaryDir m_settings;
};

void TestSuiteEditor::everyStepCanBeUndone()
{
    const fallback::Suite before = suiteOf({"a", "b", "c"});
    SuiteDraft draft(before);
    draft.select(1);
    draft.move(-1);
    QCOMPARE(idsOf(draft.suite()), QStringList({u"b"_s, u"a"_s, u"c"_s}));
    QCOMPARE(draft.current(), 0);
    draft.move(-1); // is at the top
    draft.duplicate();
    QCOMPARE(idsOf(draft.suite()), QStringList({u"b"_s, u"b-2"_s, u"a"_s, u"c"_s}));
    draft.add();
    QCOMPARE(draft.current(), 2);
    QCOMPARE(idsOf(draft.suite()), QStringList({u"b"_s, u"b-2"_s, u"case"_s, u"a"_s, u"c"_s}));
    draft.remove();
    draft.remove();
    QCOMPARE(idsOf(draft.suite()), QStringList({u"b"_s, u"b-2"_s, u"c"_s}));
    draft.rename(u"Other"_s);
    while (draft.undoStack().canUndo())
        draft.undoStack().undo();
    QCOMPARE(draft.suite(), before);
    while (draft.undoStack().canRedo())
        draft.undoStack().redo();
    QCOMPARE(idsOf(draft.suite()), QStringList({u"b"_s, u"b-2"_s, u"c"_s}));
    QCOMPARE(draft.suite().name, std::string("Other"));
    draft.remove();
    draft.remove();
    draft.remove();
    QCOMPARE(draft.current(), -1);
    draft.remove(); // nothing left
    draft.duplicate();
    draft.add();
    QCOMPARE(draft.current(), 0);
}

void TestSuiteEditor::typingIsOneStep()
{
    SuiteDraft draft(suiteOf({"a", "b"}));
    fallback::Case c = draft.suite().cases.front();
    for (const char* text : {"S", "Sa", "Say"}) {
        c.messages.front().content = text;
        draft.setCase(c);
    }
    draft.select(1);
    draft.setCase(caseOf("bee"));
    QCOMPARE(draft.undoStack().count(), 2);
    draft.undoStack().undo();
    draft.undoStack().undo();
    QCOMPARE(draft.suite(), suiteOf({"a", "b"}));
}

void TestSuiteEditor::formKeepsEveryCaseOfTheSample()
{
    CaseForm form;
    const fallback::Suite suite = sample();
    QCOMPARE(suite.cases.size(), std::size_t{60});
    const QSignalSpy changed(&form, &CaseForm::changed);
    for (const fallback::Case& c : suite.cases) {
        form.setCase(c);
        QVERIFY2(form.edited() == c, c.id.c_str());
    }
    QCOMPARE(changed.count(), 0);
    QVERIFY(complaintsOf(suite).empty());
}

void TestSuiteEditor::valuesKeepTheirKind_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("untouched number") << u"42"_s << "42"_ba
                                      << "42"_ba;
    QTest::newRow("another number") << u"43"_s << "42"_ba
                                    << "43"_ba;
    QTest::newRow("digits that were a text") << u"43"_s << "\"42\""_ba
                                             << "\"43\""_ba;
    QTest::newRow("no number any more") << u"many"_s << "42"_ba
                                        << "\"many\""_ba;
    QTest::newRow("list") << u"[\"a\", \"b\"]"_s << "null"_ba
                          << "[\"a\",\"b\"]"_ba;
    QTest::newRow("untouched text like a list") << u"[1]"_s << "\"[1]\""_ba
                                                << "\"[1]\""_ba;
    QTest::newRow("object") << u"{\"max\": 3}"_s << "{\"max\":60}"_ba
                            << "{\"max\":3}"_ba;
    QTest::newRow("variable") << u"{{name}}"_s << "null"_ba
                              << "\"{{name}}\""_ba;
    QTest::newRow("broken object") << u"{\"max\": "_s << "{\"max\":60}"_ba
                                   << "\"{\\\"max\\\": \""_ba;
    QTest::newRow("true is a word") << u"true"_s << "null"_ba
                                    << "\"true\""_ba;
}

void TestSuiteEditor::valuesKeepTheirKind()
{
    QFETCH(const QString, field);
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const auto value = valueOf(field, nlohmann::json::parse(before.toStdString()));
    QCOMPARE(QByteArray::fromStdString(value.dump()), after);
}

void TestSuiteEditor::complaintsAreAtTheirFields_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("words");
    QTest::newRow("no name") << u"noName"_s << int(CaseField::Id) << u"name"_s;
    QTest::newRow("same name") << u"sameName"_s << int(CaseField::Id) << u"“a”"_s;
    QTest::newRow("empty message") << u"emptyMessage"_s << int(CaseField::Messages) << u"empty"_s;
    QTest::newRow("no message") << u"noMessage"_s << int(CaseField::Messages) << u"Nothing is asked"_s;
    QTest::newRow("filter in a template") << u"filter"_s << int(CaseField::Messages) << QString();
    QTest::newRow("odd variable") << u"variable"_s << int(CaseField::Variables) << u"my name"_s;
    QTest::newRow("broken pattern") << u"pattern"_s << int(CaseField::Checks) << QString();
    QTest::newRow("unknown check") << u"unknown"_s << int(CaseField::Checks) << u"magic"_s;
}

void TestSuiteEditor::complaintsAreAtTheirFields()
{
    QFETCH(const QString, fault);
    QFETCH(const QString, words);
    fallback::Suite suite = suiteOf({"a", "b"});
    fallback::Case& c = suite.cases[1];
    if (fault == u"noName"_s)
        c.id = " ";
    else if (fault == u"sameName"_s)
        c.id = "a";
    else if (fault == u"emptyMessage"_s)
        c.messages.front().content = "\n";
    else if (fault == u"noMessage"_s)
        c.messages.clear();
    else if (fault == u"filter"_s)
        c.messages.front().content = "{{ name | upper }}";
    else if (fault == u"variable"_s)
        c.vars["my name"] = "x";
    else if (fault == u"pattern"_s) {
        c.assertions.front().type = "regex";
        c.assertions.front().value = "(";
    } else
        c.assertions.front().type = "magic";
    const auto complaints = complaintsOf(suite);
    QCOMPARE(complaints.size(), std::size_t{1});
    QCOMPARE(complaints.front().index, 1);
    QTEST(int(complaints.front().field), "field");
    QVERIFY2(complaints.front().text.contains(words), qPrintable(complaints.front().text));
    SuiteEditor editor(suite);
    editor.show();
    QVERIFY(!editor.findChild<QPushButton*>(u"useSuite"_s)->isEnabled());
    editor.findChild<QListWidget*>(u"cases"_s)->setCurrentRow(1);
    QTRY_VERIFY(labelsOf(*editor.findChild<CaseForm*>()).contains(complaints.front().text));
    editor.findChild<QListWidget*>(u"cases"_s)->setCurrentRow(0);
    QVERIFY(!labelsOf(*editor.findChild<CaseForm*>()).contains(complaints.front().text));
}

void TestSuiteEditor::editorGivesTheSuiteBack()
{
    SuiteEditor editor(suiteOf({"a", "b"}));
    editor.show();
    auto* list = editor.findChild<QListWidget*>(u"cases"_s);
    list->setCurrentRow(1);
    auto* id = editor.findChild<QLineEdit*>(u"caseId"_s);
    QCOMPARE(id->text(), u"b"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the fields of the first case
    id->setFocus();
    id->selectAll();
    QTest::keyClicks(id, u"greeting"_s);
    QCOMPARE(list->item(1)->text(), u"greeting"_s);
    editor.findChild<QPlainTextEdit*>(u"message"_s)->setPlainText(u"Greet {{name}}"_s);
    auto* variables = editor.findChild<QTableWidget*>(u"variables"_s);
    variables->setItem(0, 1, new QTableWidgetItem(u"Ada"_s));
    variables->setItem(0, 0, new QTableWidgetItem(u"name"_s));
    editor.findChild<QPlainTextEdit*>(u"expected"_s)->setPlainText(u"Hello Ada"_s);
    auto* tags = editor.findChild<QLineEdit*>(u"tags"_s);
    QTest::keyClicks(tags, u"mail, short"_s);
    auto* category = editor.findChild<QComboBox*>(u"category"_s);
    category->setCurrentIndex(category->findData(int(fallback::Category::Critical)));
    Q_EMIT category->activated(category->currentIndex());
    QTest::mouseClick(editor.findChild<QPushButton*>(u"addCheck"_s), Qt::LeftButton);
    auto* value = editor.findChildren<QLineEdit*>(u"checkValue"_s).back();
    QCOMPARE(value->text(), u"Hello Ada"_s); // the right answer, to begin with
    auto* use = editor.findChild<QPushButton*>(u"useSuite"_s);
    QVERIFY(use->isEnabled());
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(editor.result(), int(QDialog::Accepted));
    QCOMPARE(editor.suite().sha256.size(), std::size_t{64});
    const fallback::Case& c = editor.suite().cases[1];
    QCOMPARE(c.id, std::string("greeting"));
    QCOMPARE(fallback::rendered_messages(c)->front().content, std::string("Greet Ada"));
    QCOMPARE(c.expected.value_or(""), std::string("Hello Ada"));
    QCOMPARE(c.tags, (std::vector<std::string>{"mail", "short"}));
    QCOMPARE(c.category, fallback::Category::Critical);
    QCOMPARE(c.assertions.size(), std::size_t{2});
    QCOMPARE(c.assertions[1].type, std::string("contains"));
    QCOMPARE(*c.assertions[1].value, nlohmann::json("Hello Ada"));
}

void TestSuiteEditor::editorWritesAFile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"suite.json"_s);
    SuiteEditor editor(sample());
    editor.exportTo(file);
    QVERIFY(labelsOf(editor).contains(u"suite.json"_s));
    const auto read = fallback::load_suite(file.toStdString());
    QVERIFY(read.has_value());
    QCOMPARE(fallback::to_json(*read), fallback::to_json(sample()));
    editor.exportTo(folder.filePath(u"no/such/folder.json"_s));
    QVERIFY(!labelsOf(editor).contains(u"Written"_s));
    fallback::Suite broken = suiteOf({"a"});
    broken.cases.front().assertions.front().type = "magic";
    SuiteEditor refusing(broken);
    const QString none = folder.filePath(u"none.json"_s);
    refusing.exportTo(none);
    QVERIFY(!QFile::exists(none));
    QVERIFY(labelsOf(refusing).contains(u"magic"_s));
}

void TestSuiteEditor::suiteIsMadeFromALog()
{
    TestProject project;
    const QString log = project.folder.filePath(u"log.jsonl"_s);
    QFile file(log);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 20; ++i)
        file.write(QByteArray(R"({"prompt": "Write )" + QByteArray::number(i) +
                              R"( to Ada at ada@example.com", "answer": "Dear Ada", "tag": "mail"})") +
                   "\n");
    file.close();
    LogDialog dialog(log);
    dialog.findChild<QSpinBox*>(u"sampleSize"_s)->setValue(5);
    dialog.findChild<QPlainTextEdit*>(u"names"_s)->setPlainText(u"Ada\n\n"_s);
    auto* stratum = dialog.findChild<QComboBox*>(u"stratum"_s);
    stratum->setCurrentIndex(stratum->findData(int(fallback::Stratum::Length)));
    const fallback::SampleOptions options = dialog.options();
    QCOMPARE(options.size, std::size_t{5});
    QCOMPARE(options.stratum, fallback::Stratum::Length);
    QCOMPARE(options.names, std::vector<std::string>{"Ada"});
    Desk desk(project.workspace, {});
    desk.sampleLog(log, options);
    QTRY_COMPARE_WITH_TIMEOUT(desk.suite()->cases.size(), std::size_t{5}, patience);
    const std::string asked = desk.suite()->cases.front().messages.back().content;
    QVERIFY2(asked.find("ada@") == std::string::npos && asked.find("Ada") == std::string::npos,
             asked.c_str());
    QCOMPARE(project.workspace.fallback()->suites.back().cases, 5);
    dialog.findChild<QCheckBox*>(u"mask"_s)->setChecked(false);
    QVERIFY(dialog.options().names.empty());
    const QSignalSpy failed(&project.workspace, &Workspace::failed);
    desk.sampleLog(project.folder.filePath(u"none.jsonl"_s), options);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
}

QTEST_MAIN(TestSuiteEditor)
#include "tst_suite_editor.moc"
