#include "tests/unit/fallback/runs/numbered.h"

#include "core/fallback/runs/runjson.h"

#include <QTest>
#include <QTimer>
#include <algorithm>

using namespace numbered_suite;

class TestRuns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRun()
    {
        ScriptedServer server(answer_numbered);
        const pricing::Sheet sheet = priced();
        RunOptions options = quick();
        options.parallel = 3;
        options.prices = &sheet;
        std::vector<std::int64_t> progress;
        const auto run = run_suite(numbered(10), at(server), {}, options, nullptr, {},
                                   [&](std::int64_t done, std::int64_t total) {
                                       progress.push_back(done);
                                       return total == 10;
                                   });
        QVERIFY2(run.has_value(), run ? "" : run.error().message.c_str());
        QCOMPARE(run->identity.model, std::string("tiny"));
        QCOMPARE(run->server, std::string("b1234"));
        QCOMPARE(run->currency, std::string("EUR"));
        QCOMPARE(progress.back(), 10);
        const RunTotals sums = totals(*run);
        QCOMPARE(sums.cases, 10);
        QCOMPARE(sums.passed, 9);
        QCOMPARE(sums.failed, 1);
        for (int i = 0; i < 10; ++i) {
            const CaseResult& result = run->results[static_cast<std::size_t>(i)];
            QCOMPARE(result.index, i);
            QCOMPARE(result.answer.text, i == 1 ? std::string("wrong") : result.id);
            QCOMPARE(result.attempts, 1);
            QVERIFY(result.first_token_ms && *result.first_token_ms <= result.total_ms);
            // 995 × 0.000001 + 5 × 0.0000001 + 100 × 0.000004
            QCOMPARE(result.cost->to_string(), std::string("0.0013955"));
        }
        QCOMPARE(server.count("/v1/chat/completions"), 10);
        const auto rates = category_rates(*run);
        QCOMPARE(rates.size(), std::size_t{2});
        QCOMPARE(rates[0].pass_rate, 1.0);
        QCOMPARE(rates[1].cases, 5);
        QCOMPARE(rates[1].pass_rate, 0.8);
        QVERIFY(rates[1].low > 0.3 && rates[1].low < 0.4 && rates[1].high > 0.9);
    }

    void neverMoreInFlightThanAllowed_data()
    {
        QTest::addColumn<int>("parallel");
        for (const int parallel : {1, 3, 8, 20})
            QTest::addRow("%d", parallel) << parallel;
    }
    void neverMoreInFlightThanAllowed()
    {
        QFETCH(int, parallel);
        // Nothing is answered until as many questions wait as may be asked at once.
        int most = 0;
        std::vector<std::pair<HttpAnswer, std::string>> waiting;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            waiting.emplace_back(answer, asked_case(request));
            most = std::max(most, static_cast<int>(waiting.size()));
            if (static_cast<int>(waiting.size()) < parallel)
                return;
            for (auto& [one, id] : std::exchange(waiting, {}))
                say(one, id);
        });
        RunOptions options = quick();
        options.parallel = parallel;
        const auto run = run_suite(numbered(parallel * 3), at(server), {}, options, nullptr, {}, {});
        QVERIFY2(run.has_value(), run ? "" : run.error().message.c_str());
        QCOMPARE(most, parallel);
        QCOMPARE(totals(*run).cases, parallel * 3);
    }

    void theSamplingIsFixedAndTheWarmUpNotCounted()
    {
        ScriptedServer server(answer_numbered);
        RunOptions options = quick();
        options.warm_up = true;
        options.sampling = {0.5, 42, 77};
        const auto run = run_suite(numbered(2), at(server), {}, options, nullptr, {}, {});
        QVERIFY(run.has_value());
        QCOMPARE(run->results.size(), std::size_t{2});
        std::vector<int> lengths;
        for (const HttpRequest& request : server.requests()) {
            if (request.method != "POST")
                continue;
            const auto body = nlohmann::json::parse(request.body.toStdString());
            lengths.push_back(body["max_tokens"].get<int>());
            QCOMPARE(body["seed"].get<int>(), 42);
            QCOMPARE(body["temperature"].get<double>(), 0.5);
        }
        QCOMPARE(lengths, (std::vector<int>{1, 77, 77}));
    }

    void whatTheServerMissedIsAskedAgain()
    {
        bool away = true;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer) && away && asked_case(request) == "c3")
                answer.whole(500, "{}");
            else if (request.method == "POST")
                answer_numbered(request, answer);
        });
        const auto first = run_suite(numbered(5), at(server), {}, quick(), nullptr, {}, {});
        QCOMPARE(totals(*first).errors, 1);
        away = false;
        const int asked = server.count("/v1/chat/completions");
        const auto second = run_suite(numbered(5), at(server), {}, quick(), &*first, {}, {});
        QCOMPARE(server.count("/v1/chat/completions"), asked + 1);
        QCOMPARE(totals(*second).errors, 0);
        QCOMPARE(second->results.size(), std::size_t{5});
    }

    void anotherRunIsNotContinued_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<QString>("named");
        QTest::newRow("suite") << 0 << "another suite";
        QTest::newRow("endpoint") << 1 << "another endpoint";
        QTest::newRow("model") << 2 << "another model";
        QTest::newRow("sampling") << 3 << "other sampling";
    }
    void anotherRunIsNotContinued()
    {
        QFETCH(int, what);
        QFETCH(QString, named);
        ScriptedServer server(answer_numbered);
        auto earlier = run_suite(numbered(1), at(server), {}, quick(), nullptr, {}, {});
        QVERIFY(earlier.has_value());
        const int asked = server.count("/v1/chat/completions");
        (what == 0   ? earlier->identity.suite_sha256
         : what == 1 ? earlier->identity.url
                     : earlier->identity.model) += what < 3 ? "x" : "";
        earlier->identity.sampling.max_tokens += what == 3 ? 1 : 0;
        const auto run = run_suite(numbered(1), at(server), {}, quick(), &*earlier, {}, {});
        QVERIFY(!run.has_value());
        QVERIFY2(run.error().message.find(named.toStdString()) != std::string::npos,
                 run.error().message.c_str());
        QCOMPARE(server.count("/v1/chat/completions"), asked);
    }

    void repetitions()
    {
        int asked = 0;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            say(answer, ++asked == 2 ? "something else" : asked_case(request));
        });
        RunOptions options = quick();
        options.repetitions = 3;
        const auto run = run_suite(numbered(1), at(server), {}, options, nullptr, {}, {});
        QCOMPARE(run->results.size(), std::size_t{3});
        const auto all = summaries(*run);
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0].state, CaseState::Passed);
        QCOMPARE(all[0].passed, 2);
        QCOMPARE(all[0].lowest_score, 0.0);
        QCOMPARE(all[0].highest_score, 1.0);
        QCOMPARE(all[0].score, 2.0 / 3);
        const auto json = report_of(*run);
        QCOMPARE(json["run"]["cases"].get<int>(), 1);
        QCOMPARE(json["cases"][0]["repetitions"]["passed"].get<int>(), 2);
    }

    void answersAreGradedAgainWithoutAsking()
    {
        ScriptedServer server(answer_numbered);
        const Suite suite = numbered(3);
        const auto run = run_suite(suite, at(server), {}, quick(), nullptr, {}, {});
        const std::size_t asked = server.requests().size();
        Suite changed = suite;
        changed.sha256 = "4567";
        changed.cases[1].assertions[0].value = "wrong";
        const auto again = regraded(*run, changed);
        QVERIFY(again.has_value());
        QCOMPARE(totals(*run).failed, 1);
        QCOMPARE(totals(*again).failed, 0);
        QCOMPARE(again->identity.suite_sha256, std::string("4567"));
        QCOMPARE(server.requests().size(), asked);
        changed.cases.pop_back();
        QVERIFY(!regraded(*run, changed).has_value());
    }

    void throughput()
    {
        int open = 0;
        std::map<int, int> levels; // in flight → how often
        std::map<std::string, int> beginnings;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            ++levels[++open];
            const std::string prompt =
                nlohmann::json::parse(request.body.toStdString())["messages"][0]["content"];
            ++beginnings[prompt.substr(0, 4)];
            QTimer::singleShot(5, answer.socket(), [&open, answer, request]() mutable {
                --open;
                say(answer, asked_case(request));
            });
        });
        RunOptions options = quick();
        options.throughput = {1, 4};
        const auto run = run_suite(numbered(2), at(server), {}, options, nullptr, {}, {});
        QVERIFY(run.has_value());
        QCOMPARE(run->throughput.size(), std::size_t{2});
        QCOMPARE(run->throughput[0].requests, 4);
        QCOMPARE(run->throughput[1].requests, 16);
        QCOMPARE(run->throughput[1].failed, 0);
        QVERIFY(run->throughput[1].requests_per_second > run->throughput[0].requests_per_second);
        QVERIFY(run->throughput[1].tokens_per_second > 0);
        QCOMPARE(levels.rbegin()->first, 4);
        // The cases begin alike; no question of the measurement begins like another.
        QCOMPARE(beginnings.at("Say "), 2);
        QCOMPARE(beginnings.size(), std::size_t{1 + 4 + 16});
        QCOMPARE(run->results.size(), std::size_t{2});
    }

    void aSinkThatFailsEndsTheRun()
    {
        ScriptedServer server(answer_numbered);
        const auto run = run_suite(numbered(200), at(server), {}, quick(), nullptr,
                                   [](const Run&, const CaseResult&) {
                                       return base::fail(base::ErrorCode::Io, "The disk is full.");
                                   },
                                   {});
        QVERIFY(!run.has_value());
        QCOMPARE(run.error().message, std::string("The disk is full."));
        QVERIFY(server.count("/v1/chat/completions") < 200);
    }
};

QTEST_GUILESS_MAIN(TestRuns)
#include "tst_fallback_runs.moc"
