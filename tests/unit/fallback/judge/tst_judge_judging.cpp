#include "core/fallback/judge/judgerun.h"
#include "core/fallback/runs/statefile.h"
#include "tests/unit/fallback/runs/numbered.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>
#include <set>

using namespace numbered_suite;

namespace {

constexpr const char* instructions = "{{question}}|{{first}}|{{second}}";

// The answers are “run 0”, “run 1” …, today's are “today 0”, “today 1” ….
Suite recorded(int count)
{
    Suite suite = numbered(count);
    for (int i = 0; i < count; ++i)
        suite.cases[static_cast<std::size_t>(i)].incumbent = "today " + std::to_string(i);
    return suite;
}

Run run_of(int count)
{
    Run run;
    run.suite = "numbered";
    run.identity = {"0123", EndpointKind::OpenAi, "http://127.0.0.1:9", "small", {}};
    for (int i = 0; i < count; ++i) {
        CaseResult result;
        result.index = i;
        result.id = "c" + std::to_string(i);
        result.state = i % 2 == 0 ? CaseState::Failed : CaseState::Passed;
        result.score = i % 2;
        result.answer.text = "run " + std::to_string(i);
        run.results.push_back(result);
    }
    return run;
}

struct Asked
{
    std::string first;
    std::string second;
};

std::string prompt_in(const HttpRequest& request)
{
    return nlohmann::json::parse(request.body.toStdString())["messages"][0]["content"];
}

Asked asked_in(const HttpRequest& request)
{
    const std::string prompt = prompt_in(request);
    const auto one = prompt.find('|');
    const auto two = prompt.rfind('|');
    return {prompt.substr(one + 1, two - one - 1), prompt.substr(two + 1)};
}

void give_verdict(HttpAnswer& answer, const std::string& preferred)
{
    const std::string verdict =
        nlohmann::ordered_json{{"reason", preferred + " is better"}, {"preferred", preferred}}.dump();
    answer.begin();
    answer.chunk(said(QByteArray::fromStdString(nlohmann::json(verdict).dump())) + ended(1000, 100));
    answer.end();
}

// Prefers the run's answer, wherever it stands.
void prefer_the_run(const HttpRequest& request, HttpAnswer answer)
{
    if (!answer_as_llama(request, answer))
        give_verdict(answer, asked_in(request).first.starts_with("run") ? "first" : "second");
}

JudgeOptions soon(int parallel = 1)
{
    using std::chrono::milliseconds;
    JudgeOptions options;
    options.instructions = instructions;
    options.parallel = parallel;
    options.limits.first_token = milliseconds(400);
    options.limits.stall = milliseconds(400);
    options.limits.total = milliseconds(1500);
    options.limits.retry.most = 1;
    options.limits.retry.first_pause = milliseconds(2);
    options.limits.retry.longest_asked = milliseconds(5);
    return options;
}

}

class TestJudging : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bothOrdersAreAsked()
    {
        ScriptedServer server(prefer_the_run);
        const Run before = run_of(4);
        std::vector<std::int64_t> progress;
        const auto judged = judge_run(before, recorded(4), at(server), {}, soon(3), {},
                                      [&](std::int64_t done, std::int64_t all) {
                                          progress.push_back(done);
                                          return all == 8;
                                      });
        QVERIFY2(judged.has_value(), judged ? "" : judged.error().message.c_str());
        QCOMPARE(server.count("/v1/chat/completions"), 8);
        QCOMPARE(progress.back(), 8);
        std::map<std::string, int> prompts;
        for (const HttpRequest& request : server.requests()) {
            if (request.method != "POST")
                continue;
            ++prompts[prompt_in(request)];
            const auto body = nlohmann::json::parse(request.body.toStdString());
            QCOMPARE(body["temperature"].get<double>(), 0.0);
            QCOMPARE(body["seed"].get<int>(), 1);
        }
        for (int i = 0; i < 4; ++i) {
            const std::string n = std::to_string(i);
            QCOMPARE(prompts["Say c" + n + ".|run " + n + "|today " + n], 1);
            QCOMPARE(prompts["Say c" + n + ".|today " + n + "|run " + n], 1);
        }
        const JudgeTotals sums = totals_of(judged->cases);
        QCOMPARE(sums.wins, 4);
        QCOMPARE(sums.flipped, 0);
        QCOMPARE(judged->judge.model, std::string("tiny"));
        for (std::size_t i = 0; i < 4; ++i) {
            const CaseResult& result = judged->run.results[i];
            QCOMPARE(result.state, before.results[i].state);
            QCOMPARE(result.score, before.results[i].score);
            QCOMPARE(result.judgements.size(), std::size_t{2});
            const Judged& one = judged->cases[i];
            QCOMPARE(one.judgements[0].order, JudgeOrder::CandidateFirst);
            QCOMPARE(one.judgements[0].reason, std::string("first is better"));
            QCOMPARE(one.judgements[1].reason, std::string("second is better"));
            QVERIFY(one.judgements[1].answer.find("\"preferred\":\"second\"") != std::string::npos);
        }
    }

    void whoAlwaysTakesTheFirstHasNoPreference()
    {
        ScriptedServer server([](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer))
                give_verdict(answer, "first");
        });
        const auto judged = judge_run(run_of(3), recorded(3), at(server), {}, soon(), {}, {});
        QVERIFY(judged.has_value());
        const JudgeTotals sums = totals_of(judged->cases);
        QCOMPARE(sums.wins + sums.losses, 0);
        QCOMPARE(sums.ties, 3);
        QCOMPARE(sums.flipped, 3);
        QCOMPARE(sums.agree_share.value, 0.0);
    }

    void nonsenseIsNoOpinionAndIsNotAskedAgain()
    {
        ScriptedServer server([](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer))
                say(answer, "The first one, clearly.");
        });
        const auto judged = judge_run(run_of(2), recorded(2), at(server), {}, soon(), {}, {});
        QVERIFY(judged.has_value());
        QCOMPARE(totals_of(judged->cases).without_opinion, 2);
        const Judgement& one = judged->cases[0].judgements.at(0);
        QCOMPARE(one.preferred, Preference::None);
        QCOMPARE(one.answer, std::string("The first one, clearly."));
        QVERIFY2(one.reason.find("not one JSON object") != std::string::npos, one.reason.c_str());
        const auto again = judge_run(judged->run, recorded(2), at(server), {}, soon(), {}, {});
        QVERIFY(again.has_value());
        QCOMPARE(server.count("/v1/chat/completions"), 4);
    }

    void aVerdictThatWasCutOff()
    {
        ScriptedServer server([](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            answer.begin();
            answer.chunk(said("\"It is\"") + ended(20, 1024, "length"));
            answer.end();
        });
        JudgeOptions options = soon();
        options.max_tokens = 77;
        const auto judged = judge_run(run_of(1), recorded(1), at(server), {}, options, {}, {});
        QVERIFY(judged.has_value());
        const auto body = nlohmann::json::parse(server.requests().back().body.toStdString());
        QCOMPARE(body["max_tokens"].get<int>(), 77);
        const std::string& reason = judged->cases[0].judgements.at(0).reason;
        QVERIFY2(reason.find("cut off at 77 tokens") != std::string::npos, reason.c_str());
    }

    void faultsEndInAStateAndAreAskedAgain_data()
    {
        QTest::addColumn<int>("status"); // 0: the connection goes away; 1: nothing comes
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<bool>("again");
        QTest::newRow("server fault") << 500 << QByteArray("{}") << "server-fault" << true;
        QTest::newRow("too many requests") << 429 << QByteArray("{}") << "rate-limited" << true;
        QTest::newRow("key refused") << 401 << QByteArray("{}") << "refused" << true;
        QTest::newRow("reset") << 0 << QByteArray() << "reset" << true;
        QTest::newRow("silence") << 1 << QByteArray() << "no-first-token" << true;
        QTest::newRow("too long for the judge")
            << 400 << QByteArray(R"({"error":{"type":"exceed_context_size_error"}})") << "context-overflow"
            << false;
    }
    void faultsEndInAStateAndAreAskedAgain()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, trouble);
        QFETCH(bool, again);
        bool broken = true;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            if (!broken || asked_in(request).first != "today 1")
                prefer_the_run(request, answer);
            else if (status == 0)
                answer.reset();
            else if (status > 1)
                answer.whole(status, body);
        });
        const auto judged = judge_run(run_of(3), recorded(3), at(server), {}, soon(2), {}, {});
        QVERIFY2(judged.has_value(), judged ? "" : judged.error().message.c_str());
        const JudgeTotals sums = totals_of(judged->cases);
        QCOMPARE(sums.wins, 2);
        QCOMPARE(sums.without_opinion, 1);
        const Judgement& one = judged->cases[1].judgements.at(1);
        QCOMPARE(std::string(to_string(one.trouble)), trouble.toStdString());
        QVERIFY(!one.reason.empty() && one.reason.find("today 1") == std::string::npos);
        broken = false;
        const int asked = server.count("/v1/chat/completions");
        const auto second = judge_run(judged->run, recorded(3), at(server), {}, soon(2), {}, {});
        QVERIFY(second.has_value());
        QCOMPARE(server.count("/v1/chat/completions"), asked + (again ? 1 : 0));
        QCOMPARE(totals_of(second->cases).wins, again ? 3 : 2);
        QCOMPARE(second->run.results[1].judgements.size(), std::size_t{2});
    }

    void itGoesOnWhereItStopped()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("run.state")).toStdString();
        ScriptedServer server(prefer_the_run);
        {
            auto state = StateFile::open(path);
            QVERIFY(state.has_value());
            const Run run = run_of(6);
            for (const CaseResult& result : run.results)
                QVERIFY(state->append(run, result).has_value());
        }
        {
            auto state = StateFile::open(path);
            const auto stopped = judge_run(
                *state->earlier(), recorded(6), at(server), {}, soon(2),
                [&](const Run& run, const CaseResult& result) { return state->append(run, result); },
                [](std::int64_t done, std::int64_t) { return done < 5; });
            QVERIFY(!stopped.has_value());
            QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
        }
        auto state = StateFile::open(path);
        std::set<std::string> kept;
        for (const CaseResult& result : state->earlier()->results) {
            for (const Judgement& judgement : result.judgements)
                kept.insert(judgement.prompt.at(0).content);
        }
        QVERIFY(kept.size() >= 5 && kept.size() < 12);
        const std::size_t before = server.requests().size();
        const auto judged = judge_run(
            *state->earlier(), recorded(6), at(server), {}, soon(2),
            [&](const Run& run, const CaseResult& result) { return state->append(run, result); }, {});
        QVERIFY2(judged.has_value(), judged ? "" : judged.error().message.c_str());
        QCOMPARE(totals_of(judged->cases).wins, 6);
        std::size_t asked = 0;
        for (std::size_t i = before; i < server.requests().size(); ++i) {
            if (server.requests()[i].method != "POST")
                continue;
            ++asked;
            QVERIFY(!kept.contains(prompt_in(server.requests()[i])));
        }
        QCOMPARE(asked, 12 - kept.size());
        const auto whole = StateFile::read(path);
        QVERIFY(std::ranges::all_of((*whole)->results, [](const CaseResult& result) {
            return result.judgements.size() == 2 && result.answer.text.starts_with("run");
        }));
        QCOMPARE(totals(**whole).passed, 3);
    }

    void anotherJudgeOrPromptIsAskedAnewAndBothAreKept()
    {
        ScriptedServer server(prefer_the_run);
        const auto first = judge_run(run_of(1), recorded(1), at(server), {}, soon(), {}, {});
        QVERIFY(first.has_value());
        Endpoint other = at(server);
        other.model = "another";
        const auto second = judge_run(first->run, recorded(1), other, {}, soon(), {}, {});
        QVERIFY(second.has_value());
        QCOMPARE(second->run.results[0].judgements.size(), std::size_t{4});
        JudgeOptions changed = soon();
        changed.instructions = std::string("Be strict. ") + instructions;
        const auto third = judge_run(second->run, recorded(1), other, {}, changed, {}, {});
        QVERIFY(third.has_value());
        QCOMPARE(third->run.results[0].judgements.size(), std::size_t{6});
        QCOMPARE(third->cases[0].judgements.size(), std::size_t{2});
        QCOMPARE(third->cases[0].judgements[0].prompt.at(0).content,
                 std::string("Be strict. Say c0.|run 0|today 0"));
        QCOMPARE(server.count("/v1/chat/completions"), 6);
    }

    void neverMoreInFlightThanAllowed()
    {
        std::size_t most = 0;
        std::vector<std::pair<HttpAnswer, HttpRequest>> waiting;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            waiting.emplace_back(answer, request);
            most = std::max(most, waiting.size());
            if (waiting.size() < 4)
                return;
            for (auto& [one, asked] : std::exchange(waiting, {}))
                prefer_the_run(asked, one);
        });
        const auto judged = judge_run(run_of(6), recorded(6), at(server), {}, soon(4), {}, {});
        QVERIFY(judged.has_value());
        QCOMPARE(most, std::size_t{4});
        QCOMPARE(totals_of(judged->cases).wins, 6);
    }

    void aSinkThatFailsEndsIt()
    {
        ScriptedServer server(prefer_the_run);
        const auto judged = judge_run(run_of(100), recorded(100), at(server), {}, soon(),
                                      [](const Run&, const CaseResult&) {
                                          return base::fail(base::ErrorCode::Io, "The disk is full.");
                                      },
                                      {});
        QVERIFY(!judged.has_value());
        QCOMPARE(judged.error().message, std::string("The disk is full."));
        QVERIFY(server.count("/v1/chat/completions") < 10);
    }

    void nobodyThere()
    {
        Endpoint endpoint;
        endpoint.url = "http://127.0.0.1:1";
        const auto judged = judge_run(run_of(1), recorded(1), endpoint, {}, soon(), {}, {});
        QVERIFY(!judged.has_value());
        QCOMPARE(judged.error().code, base::ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(TestJudging)
#include "tst_judge_judging.moc"
