#include "ui/shell/taskrunner.h"
#include "ui/widgets/text.h"

#include <QSemaphore>
#include <QtTest>
#include <atomic>

using namespace leeway;
using namespace leeway::ui;

class TestTaskRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultComesBack();
    void errorComesBack();
    void progressIsSeen();
    void cancelStopsTheWork();
    void lostContextGetsNothing();
    void destructorWaits();
};

void TestTaskRunner::resultComesBack()
{
    TaskRunner runner;
    std::optional<base::Result<int>> got;
    QThread* thread = nullptr;
    runner.start<int>(
        u"Adding"_s, this, [](const base::Progress&) -> base::Result<int> { return 2 + 2; },
        [&](const base::Result<int>& result) {
            got = result;
            thread = QThread::currentThread();
        });
    QVERIFY(!runner.isIdle());
    QTRY_VERIFY(got.has_value());
    QCOMPARE(**got, 4);
    QCOMPARE(thread, QThread::currentThread());
    QVERIFY(runner.isIdle());
}

void TestTaskRunner::errorComesBack()
{
    TaskRunner runner;
    std::optional<base::Result<int>> got;
    runner.start<int>(
        u"Failing"_s, this,
        [](const base::Progress&) -> base::Result<int> {
            return base::fail(base::ErrorCode::Io, "disk full");
        },
        [&](const base::Result<int>& result) { got = result; });
    QTRY_VERIFY(got.has_value());
    QCOMPARE(got->error().message, std::string("disk full"));
}

void TestTaskRunner::progressIsSeen()
{
    TaskRunner runner;
    QSemaphore go;
    bool done = false;
    runner.start<int>(
        u"Counting"_s, this,
        [&go](const base::Progress& progress) -> base::Result<int> {
            progress(30, 100);
            go.acquire();
            return 1;
        },
        [&](const base::Result<int>&) { done = true; });
    QTRY_COMPARE(runner.tasks().first().permille, 300);
    QCOMPARE(runner.tasks().first().title, u"Counting"_s);
    go.release();
    QTRY_VERIFY(done);
}

void TestTaskRunner::cancelStopsTheWork()
{
    TaskRunner runner;
    QSemaphore started;
    std::optional<base::Result<int>> got;
    const int id = runner.start<int>(
        u"For ever"_s, this,
        [&started](const base::Progress& progress) -> base::Result<int> {
            started.release();
            while (progress(0, 0))
                QThread::yieldCurrentThread();
            return base::fail(base::ErrorCode::Cancelled, "stopped");
        },
        [&](const base::Result<int>& result) { got = result; });
    started.acquire();
    runner.cancel(id);
    QVERIFY(runner.isIdle() || runner.tasks().first().cancelling);
    QTRY_VERIFY(got.has_value());
    QVERIFY(got->error().code == base::ErrorCode::Cancelled);
    QVERIFY(runner.isIdle());
}

void TestTaskRunner::lostContextGetsNothing()
{
    TaskRunner runner;
    auto context = std::make_unique<QObject>();
    bool called = false;
    QSemaphore go;
    runner.start<int>(
        u"Late"_s, context.get(),
        [&go](const base::Progress&) -> base::Result<int> {
            go.acquire();
            return 1;
        },
        [&](const base::Result<int>&) { called = true; });
    context.reset();
    go.release();
    QTRY_VERIFY(runner.isIdle());
    QVERIFY(!called);
}

void TestTaskRunner::destructorWaits()
{
    std::atomic<bool> ended = false;
    QSemaphore started;
    {
        TaskRunner runner;
        runner.start<int>(
            u"Busy"_s, this,
            [&](const base::Progress& progress) -> base::Result<int> {
                started.release();
                while (progress(0, 0))
                    QThread::yieldCurrentThread();
                ended = true;
                return 1;
            },
            [](const base::Result<int>&) { QFAIL("no result after the end"); });
        started.acquire();
    }
    QVERIFY(ended);
}

QTEST_GUILESS_MAIN(TestTaskRunner)
#include "tst_taskrunner.moc"
