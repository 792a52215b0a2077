#include "workerfiles.h"

#include <QtTest>

#include <csignal>

using namespace leeway::document;
using namespace workerfiles;
using leeway::base::ErrorCode;
using namespace std::chrono_literals;

class TestDocWorkerLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cpuLimit();
    void wallLimit();
    void memoryLimit();
    void sizeAndPageLimits();
    void deadWorkerIsReplaced();
    void crashOnAFile();
    void brokenWorkers_data();
    void brokenWorkers();
    void missingWorker();
    void cancel();
};

void TestDocWorkerLimits::cpuLimit()
{
    Worker worker(small_limits());
    const auto document = worker.read("bomb.pdf", bomb());
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY2(document.error().message.find("computing time") != std::string::npos,
             document.error().message.c_str());
    QVERIFY(worker.read("next.pdf", two_lines()));
}

void TestDocWorkerLimits::wallLimit()
{
    Limits limits;
    limits.wall = 1s;
    Worker worker(limits);
    const auto document = worker.read("bomb.pdf", bomb());
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY2(document.error().message.find("more than 1 seconds") != std::string::npos,
             document.error().message.c_str());
    QCOMPARE(worker.process_id(), -1);
    QVERIFY(worker.read("next.txt", "The next file is read."));
}

void TestDocWorkerLimits::memoryLimit()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the sanitizer needs more addresses than any limit allows");
#endif
    Limits limits;
    limits.memory_bytes = std::size_t{64} << 20;
    Worker worker(limits);
    const auto document = worker.read("a.txt", std::string(std::size_t{30} << 20, 'x'));
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY2(document.error().message.find("64 MB of memory") != std::string::npos,
             document.error().message.c_str());
    QVERIFY(!worker.read("a.txt", std::string(std::size_t{30} << 20, 'x')));
}

void TestDocWorkerLimits::sizeAndPageLimits()
{
    Limits limits;
    limits.file_bytes = 100;
    QCOMPARE(Worker(limits).read("a.txt", std::string(101, 'x')).error().code, ErrorCode::TooLarge);
    QVERIFY(Worker(limits).read("a.txt", "It fits."));
    Limits pages;
    pages.pages = 2;
    const std::string three =
        pdf(3, [](QPainter& painter, int) { painter.drawText(50, 100, QStringLiteral("Words.")); });
    const auto document = Worker(pages).read("a.pdf", three);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY(document.error().message.find("3 pages") != std::string::npos);
}

void TestDocWorkerLimits::deadWorkerIsReplaced()
{
    Worker worker;
    QCOMPARE(worker.process_id(), -1);
    QVERIFY(worker.read("a.txt", "One is read."));
    const int first = worker.process_id();
    QVERIFY(first > 0);
    QVERIFY(worker.read("a.txt", "Two is read."));
    QCOMPARE(worker.process_id(), first);
    QCOMPARE(::kill(first, SIGSEGV), 0);
    QVERIFY(worker.read("a.txt", "Three is read."));
    QVERIFY(worker.process_id() > 0 && worker.process_id() != first);
}

void TestDocWorkerLimits::crashOnAFile()
{
    Worker worker;
    // The first worker is killed while it reads, and nothing is left that could try again.
    int killed = -1;
    const std::string bytes = pdf(60, [](QPainter& painter, int page) {
        painter.drawText(50, 100 + page,
                         QStringLiteral("Words of a page %1.").arg(QString(page + 1, QLatin1Char('x'))));
    });
    const auto document = worker.read("a.pdf", bytes, [&](std::int64_t, std::int64_t total) {
        if (total > 0 && killed < 0) {
            killed = worker.process_id();
            ::kill(killed, SIGSEGV);
        }
        return true;
    });
    QVERIFY(killed > 0);
    // The answer may have been under way when the signal came.
    if (!document) {
        QCOMPARE(document.error().code, ErrorCode::Crashed);
        QVERIFY(document.error().message.find("“a.pdf”") != std::string::npos);
    }
    QVERIFY(worker.read("a.pdf", bytes));
}

void TestDocWorkerLimits::brokenWorkers_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("code");
    const auto row = [](const char* tag, const char* script, ErrorCode code) {
        QTest::newRow(tag) << QByteArray(script) << static_cast<int>(code);
    };
    row("leaves at once", "exit 0", ErrorCode::Crashed);
    row("crashes", "kill -SEGV $$", ErrorCode::Crashed);
    row("is killed", "head -c 4 >/dev/null; kill -KILL $$", ErrorCode::Crashed);
    row("says nothing", "exec sleep 100", ErrorCode::TooLarge);
    row("says rubbish", "head -c 4 >/dev/null; printf 'abcdefghijklmnop'; exec sleep 100",
        ErrorCode::Crashed);
    row("sends an empty frame", "printf '\\000\\000\\000\\000'; exec sleep 100", ErrorCode::Crashed);
    row("sends an unknown frame", "printf '\\001\\000\\000\\000\\011'; exec sleep 100", ErrorCode::Crashed);
    row("sends half a document", "printf '\\005\\000\\000\\000\\001LWD\\001'; exec sleep 100",
        ErrorCode::Crashed);
    row("runs out of memory", "exit 77", ErrorCode::TooLarge);
    row("sends a broken error", "printf '\\002\\000\\000\\000\\003\\377'; exec sleep 100",
        ErrorCode::Crashed);
}

void TestDocWorkerLimits::brokenWorkers()
{
    QFETCH(QByteArray, script);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("worker"));
    QFile program(path);
    QVERIFY(program.open(QIODevice::WriteOnly));
    program.write("#!/bin/sh\n" + script + "\n");
    program.close();
    QVERIFY(program.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    Limits limits;
    limits.wall = 2s;
    Worker worker(limits, path.toStdString());
    const auto document = worker.read("a.txt", "Some words.");
    QVERIFY(!document);
    QTEST(static_cast<int>(document.error().code), "code");
    QCOMPARE(worker.process_id(), -1);
}

void TestDocWorkerLimits::missingWorker()
{
    Worker worker({}, "/nowhere/leeway-docworker");
    const auto document = worker.read("a.txt", "Some words.");
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::Io);
}

void TestDocWorkerLimits::cancel()
{
    Worker worker;
    const auto document = worker.read("bomb.pdf", bomb(), [](std::int64_t, std::int64_t) { return false; });
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::Cancelled);
    QVERIFY(worker.read("next.txt", "The next file is read."));
}

QTEST_MAIN(TestDocWorkerLimits)
#include "tst_docworker_limits.moc"
