#include "core/fallback/runs/runjson.h"
#include "core/fallback/runs/runner.h"
#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QFile>
#include <QTest>
#include <QTimer>
#include <algorithm>

using namespace leeway;
using namespace leeway::fallback;

namespace {

constexpr const char* secret_key = "sk-do-not-tell-7731";
constexpr const char* secret_prompt = "the merger with Halvorsen closes on Friday";

// Three cases; the middle one meets the fault.
Suite three_cases()
{
    Suite suite;
    suite.name = "three";
    suite.sha256 = "abc";
    for (const char* id : {"before", "fault", "after"}) {
        Case c;
        c.id = id;
        c.messages = {{"user", std::string(id) + ": " + secret_prompt}};
        Assertion assertion;
        assertion.type = "contains";
        assertion.value = "Müller";
        c.assertions = {assertion};
        suite.cases.push_back(c);
    }
    return suite;
}

RunOptions quick()
{
    using std::chrono::milliseconds;
    RunOptions options;
    options.warm_up = false;
    options.first_token_limit = milliseconds(400);
    options.stall_limit = milliseconds(400);
    options.total_limit = milliseconds(1500);
    options.retry.most = 1;
    options.retry.first_pause = milliseconds(2);
    options.retry.longest_asked = milliseconds(5);
    return options;
}

TlsIdentity self_signed()
{
    const auto read = [](const char* name) {
        QFile file(QStringLiteral(LEEWAY_SOURCE_DIR "/tests/unit/fallback/endpoints/data/") +
                   QString::fromLatin1(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    return {QSslCertificate(read("self-signed.pem")), QSslKey(read("self-signed.key"), QSsl::Rsa)};
}

void answer_well(HttpAnswer& answer)
{
    answer.begin();
    answer.chunk(said("\"Herr \"") + said("\"Müller\""));
    answer.chunk(ended());
    answer.end();
}

// Half of an answer; the rest never comes.
void begin_only(HttpAnswer& answer)
{
    answer.begin();
    answer.chunk(said("\"Herr \""));
}

using Fault = std::function<void(const HttpRequest& request, HttpAnswer& answer, int times)>;

std::map<QByteArray, Fault> faults()
{
    std::map<QByteArray, Fault> all;
    all["slow first token"] = [](const HttpRequest&, HttpAnswer& answer, int) { answer.begin(); };
    all["no head at all"] = [](const HttpRequest&, HttpAnswer&, int) {};
    all["stalled stream"] = [](const HttpRequest&, HttpAnswer& answer, int) { begin_only(answer); };
    all["a drop now and then"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        auto* drops = new QTimer(answer.socket());
        QObject::connect(drops, &QTimer::timeout, drops,
                         [copy = answer]() mutable { copy.chunk(said("\"x\"")); });
        drops->start(50);
    };
    all["broken SSE"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk("data: {\"choices\": [{\"delta\"\n\n");
        answer.end();
    };
    all["stream without an end"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        begin_only(answer);
        answer.end();
    };
    all["wrong JSON"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.whole(200, R"({"ok":true})");
    };
    all["a web page"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.whole(200, "<html><body>Please log in</body></html>", "text/html");
    };
    all["an error in the stream"] = [](const HttpRequest& request, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk(R"(data: {"error":{"type":"server_error","message":")" + request.body.toBase64() +
                     "\"}}\n\n");
        answer.end();
    };
    for (const int status : {400, 401, 404, 500, 503})
        all[QByteArray::number(status)] = [status](const HttpRequest& request, HttpAnswer& answer, int) {
            // Servers repeat what they were sent.
            nlohmann::json error{{"error",
                                  {{"code", "bad_thing"},
                                   {"message", request.body.toStdString() +
                                                   request.headers.at("authorization").toStdString()}}}};
            answer.whole(status, QByteArray::fromStdString(error.dump()));
        };
    all["429"] = [](const HttpRequest&, HttpAnswer& answer, int) { answer.whole(429, "{}"); };
    all["429 with Retry-After"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.whole(429, "{}", "application/json", "Retry-After: 3600\r\n");
    };
    all["429 once"] = [](const HttpRequest&, HttpAnswer& answer, int times) {
        times == 1 ? answer.whole(429, "{}", "application/json", "Retry-After: 0\r\n") : answer_well(answer);
    };
    all["500 once"] = [](const HttpRequest&, HttpAnswer& answer, int times) {
        times == 1 ? answer.whole(500, "{}") : answer_well(answer);
    };
    all["reset"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        begin_only(answer);
        answer.socket()->flush();
        QTimer::singleShot(20, answer.socket(), [copy = answer]() mutable { copy.reset(); });
    };
    all["half a character in each chunk"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        for (const char byte : said("\"Herr Müller\"") + ended())
            answer.chunk(QByteArray(1, byte));
        answer.end();
    };
    all["200 MB"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 200000000\r\n\r\n");
        auto send = std::make_shared<std::function<void()>>();
        const auto sent = std::make_shared<int>(0);
        QPointer<QTcpSocket> socket = answer.socket();
        *send = [socket, sent] {
            for (; socket && socket->bytesToWrite() < (1 << 20) && *sent < 200'000'000; *sent += 100'000)
                socket->write(said('"' + QByteArray(99'940, 'x') + '"'));
        };
        QObject::connect(answer.socket(), &QTcpSocket::bytesWritten, answer.socket(), [send] { (*send)(); });
        (*send)();
    };
    all["a line without an end"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk("data: " + QByteArray(9 << 20, 'x'));
    };
    all["redirect"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.whole(307, "", "text/plain", "Location: http://elsewhere.invalid/v1/chat/completions\r\n");
    };
    all["prompt too long"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.whole(400, R"({"error":{"code":400,"type":"exceed_context_size_error","n_ctx":4096}})");
    };
    all["cut by the context"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk(said("\"Herr Mü\"") + ended(4000, 96, "length"));
        answer.end();
    };
    all["cut by max_tokens"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk(said("\"Herr Mü\"") + ended(20, 1024, "length"));
        answer.end();
    };
    all["an empty answer"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk(ended(20, 0));
        answer.end();
    };
    all["nothing but the end"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.begin();
        answer.chunk("data: [DONE]\n\n");
        answer.end();
    };
    all["in one piece"] = [](const HttpRequest&, HttpAnswer& answer, int) {
        answer.whole(200, R"({"model":"tiny","choices":[{"message":{"content":"Herr Müller"},)"
                          R"("finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":3}})");
    };
    return all;
}

struct Expected
{
    Trouble trouble = Trouble::None;
    CaseState state = CaseState::Error;
    int attempts = 1;
};

const CaseResult& result_of(const Run& run, const char* id)
{
    return *std::ranges::find(run.results, id, &CaseResult::id);
}

}

Q_DECLARE_METATYPE(Expected)

class TestFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFaultEndsInAClearState_data()
    {
        using enum Trouble;
        const CaseState passed = CaseState::Passed;
        const CaseState failed = CaseState::Failed;
        const CaseState invalid = CaseState::Invalid;
        QTest::addColumn<Expected>("expected");
        const auto row = [](const char* name, const Expected& expected) { QTest::newRow(name) << expected; };
        row("slow first token", {NoFirstToken});
        row("no head at all", {NoFirstToken});
        row("stalled stream", {Stalled});
        row("a drop now and then", {OutOfTime});
        row("broken SSE", {BrokenStream});
        row("stream without an end", {Reset, CaseState::Error, 2});
        row("wrong JSON", {BrokenStream});
        row("a web page", {BrokenStream});
        row("an error in the stream", {ServerFault, CaseState::Error, 2});
        row("400", {BadRequest});
        row("401", {Refused});
        row("404", {NotFound});
        row("429", {RateLimited, CaseState::Error, 2});
        row("429 with Retry-After", {RateLimited, CaseState::Error, 2});
        row("429 once", {None, passed, 2});
        row("500", {ServerFault, CaseState::Error, 2});
        row("503", {ServerFault, CaseState::Error, 2});
        row("500 once", {None, passed, 2});
        row("reset", {Reset, CaseState::Error, 2});
        row("half a character in each chunk", {None, passed});
        row("200 MB", {TooLarge});
        row("a line without an end", {TooLarge});
        row("redirect", {Redirected});
        row("prompt too long", {ContextOverflow, invalid});
        row("cut by the context", {ContextOverflow, invalid});
        row("cut by max_tokens", {None, failed});
        row("an empty answer", {None, failed});
        row("nothing but the end", {NoAnswer});
        row("in one piece", {None, passed});
    }
    void aFaultEndsInAClearState()
    {
        QFETCH(Expected, expected);
        const Fault fault = faults().at(QTest::currentDataTag());
        int times = 0;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            if (request.body.contains("fault:"))
                fault(request, answer, ++times);
            else
                answer_well(answer);
        });
        Endpoint endpoint;
        endpoint.url = server.url();
        std::vector<CaseResult> kept;
        const auto run = run_suite(three_cases(), endpoint, secret_key, quick(), nullptr,
                                   [&](const Run&, const CaseResult& result) {
                                       kept.push_back(result);
                                       return base::Status();
                                   },
                                   {});
        QVERIFY2(run.has_value(), run ? "" : run.error().message.c_str());
        QCOMPARE(run->results.size(), std::size_t{3});
        QCOMPARE(kept.size(), std::size_t{3});
        QCOMPARE(result_of(*run, "before").state, CaseState::Passed);
        QCOMPARE(result_of(*run, "after").state, CaseState::Passed);
        const CaseResult& hit = result_of(*run, "fault");
        const std::string seen =
            std::string(to_string(hit.trouble)) + ", " + std::string(to_string(hit.state)) + ": " + hit.why;
        QVERIFY2(hit.trouble == expected.trouble, seen.c_str());
        QVERIFY2(hit.state == expected.state, seen.c_str());
        QCOMPARE(hit.attempts, expected.attempts);
        QVERIFY(!hit.why.empty());
        for (const std::string& text : {hit.why, report_of(*run).dump()}) {
            QVERIFY2(text.find(secret_key) == std::string::npos, text.c_str());
            QVERIFY2(text.find("Halvorsen") == std::string::npos, text.c_str());
        }
    }

    void aCertificateThatNobodyVouchesFor()
    {
        int asked = 0;
        ScriptedServer server(
            [&](const HttpRequest& request, HttpAnswer answer) {
                ++asked;
                if (!answer_as_llama(request, answer))
                    answer_well(answer);
            },
            self_signed());
        Endpoint endpoint;
        endpoint.url = server.url();
        endpoint.model = "tiny";
        const auto refused = run_suite(three_cases(), endpoint, secret_key, quick(), nullptr, {}, {});
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().message.find("certificate") != std::string::npos,
                 refused.error().message.c_str());
        QCOMPARE(asked, 0);

        endpoint.certificates = LEEWAY_SOURCE_DIR "/tests/unit/fallback/endpoints/data/self-signed.pem";
        const auto trusted = run_suite(three_cases(), endpoint, secret_key, quick(), nullptr, {}, {});
        QVERIFY2(trusted.has_value(), trusted ? "" : trusted.error().message.c_str());
        QCOMPARE(totals(*trusted).passed, 3);
    }

    void nobodyThere()
    {
        Endpoint endpoint;
        endpoint.url = "http://127.0.0.1:1";
        endpoint.model = "tiny";
        const auto run = run_suite(three_cases(), endpoint, {}, quick(), nullptr, {}, {});
        QVERIFY(!run.has_value());
        QCOMPARE(run.error().code, base::ErrorCode::Io);
        QVERIFY(run.error().message.find("127.0.0.1:1") != std::string::npos);
    }

    void aParameterThatIsRefusedIsLeftOut()
    {
        std::vector<nlohmann::json> asked;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            asked.push_back(nlohmann::json::parse(request.body.toStdString()));
            if (asked.back().contains("max_tokens"))
                answer.whole(400, R"({"error":{"code":"unsupported_parameter","param":"max_tokens"}})");
            else
                answer_well(answer);
        });
        Endpoint endpoint;
        endpoint.url = server.url();
        const auto run = run_suite(three_cases(), endpoint, {}, quick(), nullptr, {}, {});
        QVERIFY(run.has_value());
        QCOMPARE(totals(*run).passed, 3);
        QCOMPARE(run->results[0].attempts, 1);
        QCOMPARE(asked.size(), std::size_t{4}); // learned with the first
        QCOMPARE(asked[3]["max_completion_tokens"].get<int>(), 1024);
    }

    void aParameterThatMattersIsNotLeftOut()
    {
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer))
                answer.whole(400, R"({"error":{"code":"unsupported_value","param":"temperature"}})");
        });
        Endpoint endpoint;
        endpoint.url = server.url();
        const auto run = run_suite(three_cases(), endpoint, {}, quick(), nullptr, {}, {});
        QCOMPARE(run->results[0].trouble, Trouble::BadRequest);
        QVERIFY(run->results[0].why.find("unsupported_value") != std::string::npos);
        QCOMPARE(server.count("/v1/chat/completions"), 3);
    }

    void aServerThatGoesAwayLeavesErrorsBehind()
    {
        auto server = std::make_unique<ScriptedServer>([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            if (request.body.contains("before:"))
                answer_well(answer);
            else
                answer.reset();
        });
        Endpoint endpoint;
        endpoint.url = server->url();
        const auto run = run_suite(three_cases(), endpoint, {}, quick(), nullptr, {}, {});
        QVERIFY(run.has_value());
        QCOMPARE(totals(*run).passed, 1);
        QCOMPARE(totals(*run).errors, 2);
        QVERIFY(!result_of(*run, "after").finished());
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_fallback_faults.moc"
