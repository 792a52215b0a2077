// Decisions as labels, and learning from them, as a user does it.

#include "cli.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

class TestCliLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingDecided();
    void decisionsBecomeLabels();
    void folderMustBeEmpty();
    void findingsToo();
    void confidenceFromLabels();
    void weightsFromLabels();
    void badUsage_data();
    void badUsage();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray read(const QString& name) const;
    void write(const QString& name, const QByteArray& bytes) const;

    QTemporaryDir m_folder;
};

QByteArray TestCliLabels::read(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCliLabels::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestCliLabels::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QCOMPARE(cli({u"new"_qs, path(u"deal.leeway"_qs)}).exit, 0);
    const CliRun add = cli({u"add"_qs, path(u"deal.leeway"_qs), sample("aurora-agreement.pdf")});
    QVERIFY2(add.exit == 0, add.error.constData());
}

void TestCliLabels::nothingDecided()
{
    const CliRun run = cli({u"labels"_qs, path(u"deal.leeway"_qs), u"-o"_qs, path(u"none"_qs)});
    QCOMPARE(run.exit, 3);
    QVERIFY2(run.error.contains("Nothing is decided yet"), run.error.constData());
    QVERIFY(!QDir(path(u"none"_qs)).exists());
}

void TestCliLabels::decisionsBecomeLabels()
{
    const QString project = path(u"deal.leeway"_qs);
    QCOMPARE(cli({u"decide"_qs, project, u"no-training"_qs, u"partial"_qs}).exit, 0);
    QCOMPARE(cli({u"decide"_qs, project, u"data-portability"_qs, u"adverse"_qs, u"--note"_qs, u"too late"_qs})
                 .exit,
             0);
    const CliRun run = cli({u"labels"_qs, project, u"-o"_qs, path(u"labelled"_qs)});
    QVERIFY2(run.exit == 0, run.error.constData());
    QVERIFY2(run.out.contains("1 documents, 2 decisions"), run.out.constData());

    const json file = json::parse(read(u"labelled/labels/aurora-agreement.json"_qs).toStdString());
    const QByteArray text = read(u"labelled/docs/aurora-agreement.txt"_qs);
    QVERIFY(text.size() > 10'000);
    QCOMPARE(file["document"], json("aurora-agreement.txt"));
    QCOMPARE(file["labels"].size(), std::size_t{2});
    QCOMPARE(file["labels"][1]["verdict"], json("adverse"));
    QCOMPARE(file["labels"][1]["why"], json("too late"));
    for (const json& label : file["labels"]) {
        QVERIFY(!label["evidence"].empty());
        for (const json& passage : label["evidence"])
            QVERIFY(text.contains(QByteArray::fromStdString(passage.get<std::string>())));
    }
}

void TestCliLabels::folderMustBeEmpty()
{
    const CliRun run = cli({u"labels"_qs, path(u"deal.leeway"_qs), u"-o"_qs, path(u"labelled"_qs)});
    QCOMPARE(run.exit, 3);
    QVERIFY2(run.error.contains("not an empty folder"), run.error.constData());
}

void TestCliLabels::findingsToo()
{
    const CliRun run = cli({u"labels"_qs, path(u"deal.leeway"_qs), u"--all"_qs, u"-o"_qs, path(u"all"_qs)});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json file = json::parse(read(u"all/labels/aurora-agreement.json"_qs).toStdString());
    QCOMPARE(file["labels"].size(), std::size_t{22});
    QCOMPARE(std::count_if(file["labels"].begin(), file["labels"].end(),
                           [](const json& label) { return label.contains("by"); }),
             20);
}

void TestCliLabels::confidenceFromLabels()
{
    QCOMPARE(cli({u"pack"_qs, u"copy"_qs, u"ai-procurement"_qs, path(u"packs"_qs)}).exit, 0);
    const QString pack = path(u"packs/ai-procurement.json"_qs);
    const QByteArray before = read(u"packs/ai-procurement.json"_qs);
    const QString calibrated = path(u"packs/ours.json"_qs);
    // Those that carry the engine's own findings too teach the same.
    for (const QString& labels : {u"labelled"_qs, u"all"_qs}) {
        const CliRun run = cli({u"learn"_qs, u"confidence"_qs, u"--labelled"_qs, path(labels + u"/docs"_qs),
                                path(labels + u"/labels"_qs), u"--pack"_qs, pack, u"-o"_qs, calibrated});
        QVERIFY2(run.exit == 0, run.error.constData());
        QVERIFY2(run.out.contains("from 2 labels"), run.out.constData());
    }
    QCOMPARE(read(u"packs/ai-procurement.json"_qs), before);
    const QList<QByteArray> old_lines = before.split('\n');
    const QList<QByteArray> new_lines = read(u"packs/ours.json"_qs).split('\n');
    QCOMPARE(new_lines.size(), old_lines.size());
    int changed = 0;
    for (qsizetype i = 0; i < old_lines.size(); ++i) {
        if (old_lines[i] != new_lines[i]) {
            QVERIFY(new_lines[i].contains("\"confidence\": "));
            ++changed;
        }
    }
    QVERIFY2(changed == 1 || changed == 2, QByteArray::number(changed).constData());
    const CliRun check = cli({u"pack"_qs, u"check"_qs, calibrated});
    QVERIFY2(check.exit == 0, check.error.constData());
}

void TestCliLabels::weightsFromLabels()
{
    const QStringList labelled{u"--labelled"_qs, path(u"labelled/docs"_qs), path(u"labelled/labels"_qs)};
    const QString weights = path(u"packs/ai-procurement.weights.json"_qs);
    const QByteArray before = read(u"packs/ai-procurement.weights.json"_qs);
    const CliRun alone = cli(QStringList{u"learn"_qs, u"checks"_qs, u"-o"_qs, weights} + labelled);
    QCOMPARE(alone.exit, 3);
    QVERIFY2(alone.error.contains("1 whole contracts are too few"), alone.error.constData());
    QCOMPARE(read(u"packs/ai-procurement.weights.json"_qs), before);

    QByteArray texts;
    for (int i = 0; i < 12; ++i) {
        const QByteArray number = QByteArray::number(i);
        texts += "@@ no-training met\n" + number +
                 ". Provider shall not use Customer Data to train any model.\n"
                 "@@ no-training adverse\n" +
                 number + ". Provider may use Customer Data to train its models without limit.\n";
    }
    write(u"texts.txt"_qs, texts);
    const CliRun both =
        cli(QStringList{u"learn"_qs, u"checks"_qs, path(u"texts.txt"_qs), u"-o"_qs, weights} + labelled);
    QVERIFY2(both.exit == 0, both.error.constData());
    QVERIFY2(both.out.contains("learned from 24 texts"), both.out.constData());
    const json file = json::parse(read(u"packs/ai-procurement.weights.json"_qs).toStdString());
    QCOMPARE(file["checks"].size(), std::size_t{1});
    QVERIFY(file["checks"].contains("no-training"));
    const CliRun check = cli({u"pack"_qs, u"check"_qs, path(u"packs/ai-procurement.json"_qs)});
    QVERIFY2(check.exit == 0, check.error.constData());
}

void TestCliLabels::badUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::newRow("no folder to write") << QStringList{u"labels"_qs, path(u"deal.leeway"_qs)} << 2;
    QTest::newRow("no project") << QStringList{u"labels"_qs, path(u"no.leeway"_qs), u"-o"_qs, path(u"x"_qs)}
                                << 3;
    QTest::newRow("below a file") << QStringList{u"labels"_qs, path(u"deal.leeway"_qs), u"-o"_qs,
                                                 path(u"deal.leeway/x"_qs)}
                                  << 4;
    QTest::newRow("no labels") << QStringList{u"learn"_qs, u"confidence"_qs, u"-o"_qs, path(u"p.json"_qs)}
                               << 2;
    QTest::newRow("documents alone") << QStringList{u"learn"_qs,      u"confidence"_qs,
                                                    u"-o"_qs,         path(u"p.json"_qs),
                                                    u"--labelled"_qs, u"a"_qs,
                                                    u"b"_qs,          u"c"_qs}
                                     << 2;
    QTest::newRow("no such folders") << QStringList{u"learn"_qs,        u"confidence"_qs, u"-o"_qs,
                                                    path(u"p.json"_qs), u"--labelled"_qs, path(u"d"_qs),
                                                    path(u"l"_qs)}
                                     << 3;
}

void TestCliLabels::badUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exit);
    const CliRun run = cli(arguments);
    QVERIFY2(run.exit == exit, run.error.constData());
    QVERIFY(!run.error.isEmpty());
    QVERIFY(!QFile::exists(path(u"p.json"_qs)));
}

QTEST_GUILESS_MAIN(TestCliLabels)
#include "tst_cli_labels.moc"
