#include "core/fallback/endpoints/overflow.h"
#include "core/fallback/endpoints/probe.h"
#include "core/fallback/endpoints/protocol.h"
#include "core/fallback/endpoints/retry.h"
#include "core/fallback/endpoints/trouble.h"
#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QTest>

using namespace leeway;
using namespace leeway::fallback;
using std::chrono::milliseconds;

Q_DECLARE_METATYPE(leeway::fallback::Trouble)

namespace {

void answer_as_ollama(const HttpRequest& request, HttpAnswer answer)
{
    if (request.path == "/api/tags")
        answer.whole(200, R"({"models":[{"name":"qwen3:8b","size":5200000000,"digest":"abc",)"
                          R"("details":{"parameter_size":"8.2B","quantization_level":"Q4_K_M"}}]})");
    else if (request.path == "/api/version")
        answer.whole(200, R"({"version":"0.13.1"})");
    else if (request.path == "/api/show")
        answer.whole(200, R"({"model_info":{"qwen3.context_length":40960}})");
    else
        answer.whole(404, "{}");
}

}

class TestEndpoints : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void retries_data()
    {
        QTest::addColumn<Trouble>("trouble");
        QTest::addColumn<int>("attempts");
        QTest::addColumn<int>("asked"); // −1: not
        QTest::addColumn<double>("chance");
        QTest::addColumn<int>("expected"); // −1: give up
        QTest::newRow("first, low") << Trouble::ServerFault << 1 << -1 << 0.0 << 250;
        QTest::newRow("first, high") << Trouble::ServerFault << 1 << -1 << 1.0 << 500;
        QTest::newRow("second is twice as long") << Trouble::Reset << 2 << -1 << 1.0 << 1000;
        QTest::newRow("two retries are all") << Trouble::Reset << 3 << -1 << 1.0 << -1;
        QTest::newRow("what the server asks for") << Trouble::RateLimited << 1 << 3000 << 0.0 << 3000;
        QTest::newRow("spread behind it") << Trouble::RateLimited << 1 << 3000 << 1.0 << 3250;
        QTest::newRow("no longer than a minute") << Trouble::RateLimited << 1 << 3'600'000 << 0.0 << 60'000;
        QTest::newRow("a wrong key stays wrong") << Trouble::Refused << 1 << -1 << 0.0 << -1;
        QTest::newRow("a long answer stays long") << Trouble::OutOfTime << 1 << -1 << 0.0 << -1;
        QTest::newRow("a full context stays full") << Trouble::ContextOverflow << 1 << -1 << 0.0 << -1;
    }
    void retries()
    {
        QFETCH(Trouble, trouble);
        QFETCH(int, attempts);
        QFETCH(int, asked);
        QFETCH(double, chance);
        QFETCH(int, expected);
        const auto pause = pause_before_retry(
            trouble, attempts, asked < 0 ? std::nullopt : std::optional(milliseconds(asked)), chance, {});
        QCOMPARE(pause ? static_cast<int>(pause->count()) : -1, expected);
    }

    void retryAfter_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("expected"); // −1: nothing
        QTest::newRow("seconds") << QByteArray("7") << 7000;
        QTest::newRow("parts of a second") << QByteArray(" 0.5 ") << 500;
        QTest::newRow("a date") << QByteArray("Mon, 30 Nov 2026 10:00:05 GMT") << 5000;
        QTest::newRow("a date that is over") << QByteArray("Mon, 30 Nov 2026 09:00:00 GMT") << 0;
        QTest::newRow("negative") << QByteArray("-3") << -1;
        QTest::newRow("a word") << QByteArray("soon") << -1;
        QTest::newRow("empty") << QByteArray("") << -1;
        QTest::newRow("very long") << QByteArray("1e300") << 86'400'000;
    }
    void retryAfter()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, expected);
        const auto pause =
            parse_retry_after(header.toStdString(), *base::parse_instant("2026-11-30T10:00:00Z"));
        QCOMPARE(pause ? static_cast<int>(pause->count()) : -1, expected);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("full");
        QTest::newRow("llama.cpp")
            << QByteArray(
                   R"({"error":{"code":400,"message":"request (5031 tokens) exceeds the available context size (2048 tokens), try increasing it","type":"exceed_context_size_error"}})")
            << "exceed_context_size_error" << true;
        QTest::newRow("OpenAI")
            << QByteArray(
                   R"({"error":{"message":"The maximum context length is 8192 tokens.","type":"invalid_request_error","code":"context_length_exceeded"}})")
            << "context_length_exceeded" << true;
        QTest::newRow("Anthropic")
            << QByteArray(
                   R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 201000 tokens > 200000 maximum"}})")
            << "invalid_request_error" << true;
        QTest::newRow("LiteLLM")
            << QByteArray(R"({"error":{"message":"litellm.ContextWindowExceededError: x","code":"400"}})")
            << "400" << true;
        QTest::newRow("something else") << QByteArray(R"({"error":{"type":"invalid_request_error"}})")
                                        << "invalid_request_error" << false;
        QTest::newRow("text as a code")
            << QByteArray(R"({"error":{"code":"the key sk-1 is wrong"}})") << "" << false;
        QTest::newRow("Ollama") << QByteArray(R"({"error":"input length exceeds maximum context length"})")
                                << "" << true;
        QTest::newRow("a question that speaks of it, repeated")
            << QByteArray(
                   R"({"error":{"type":"invalid_request_error","message":"Invalid value."},"request":{"messages":"What is a context window?"}})")
            << "invalid_request_error" << false;
        QTest::newRow("a message that ends in the question")
            << QByteArray(R"({"error":{"message":")") + QByteArray(400, 'x') +
                   QByteArray(R"( maximum context length"}})")
            << "" << false;
        QTest::newRow("a page") << QByteArray("<html>502</html>") << "" << false;
    }
    void refusals()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        QFETCH(bool, full);
        const Refusal refusal = refusal_from(body.toStdString());
        QCOMPARE(refusal.code, code.toStdString());
        QCOMPARE(refusal.context_full, full);
    }

    void silentTruncation_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<int>("counted"); // −1: the server is silent
        QTest::addColumn<int>("context"); // 0: not known
        QTest::addColumn<bool>("truncated");
        QTest::newRow("Ollama's half of num_ctx") << 60'000 << 2050 << 4096 << true;
        QTest::newRow("Ollama's half, larger") << 200'000 << 4098 << 8192 << true;
        QTest::newRow("more than the context can hold") << 60'000 << 4000 << 4096 << true;
        QTest::newRow("by chance about the half") << 9'000 << 2050 << 4096 << false;
        QTest::newRow("common English") << 18'000 << 4000 << 8192 << false;
        QTest::newRow("long words") << 18'000 << 3100 << 8192 << false;
        QTest::newRow("far fewer, context not known") << 60'000 << 2050 << 0 << true;
        QTest::newRow("a short prompt") << 600 << 20 << 4096 << false;
        QTest::newRow("the server is silent") << 60'000 << -1 << 4096 << false;
    }
    void silentTruncation()
    {
        QFETCH(int, bytes);
        QFETCH(int, counted);
        QFETCH(int, context);
        QFETCH(bool, truncated);
        const auto tokens = counted < 0 ? std::nullopt : std::optional<std::int64_t>(counted);
        QCOMPARE(was_truncated(static_cast<std::size_t>(bytes), tokens, context), truncated);
    }

    void everyTroubleHasItsSentence()
    {
        for (int i = 1; i <= static_cast<int>(Trouble::NoAnswer); ++i) {
            const auto trouble = static_cast<Trouble>(i);
            QVERIFY(!sentence_for(trouble, {"server", 500, "code", "host", 2, 3}).empty());
            QCOMPARE(trouble_from(to_string(trouble)), std::optional(trouble));
        }
    }

    void quantisation_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("K") << "Qwen3-8B-Q4_K_M.gguf"
                           << "Q4_K_M";
        QTest::newRow("old") << "SmolLM2-135M-Instruct.Q4_1.gguf"
                             << "Q4_1";
        QTest::newRow("IQ") << "model.iq2_xxs.gguf"
                            << "IQ2_XXS";
        QTest::newRow("half floats") << "model-f16.gguf"
                                     << "F16";
        QTest::newRow("none") << "Q-model-7B.gguf"
                              << "";
    }
    void quantisation()
    {
        QFETCH(QString, name);
        QFETCH(QString, expected);
        QCOMPARE(quantisation_in(name.toStdString()), expected.toStdString());
    }

    void aServerTellsOfItself()
    {
        ScriptedServer llama([](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer))
                answer.whole(404, "{}");
        });
        Endpoint endpoint;
        endpoint.url = llama.url();
        const Health health = probe(endpoint, {});
        QCOMPARE(to_string(health.liveness), std::string_view("ready"));
        QCOMPARE(health.server, std::string("b1234"));
        QCOMPARE(health.slots.value_or(0), 4);
        QCOMPARE(health.models.size(), std::size_t{1});
        QCOMPARE(health.models[0].quantisation, std::string("Q4_1"));
        QCOMPARE(health.models[0].context.value_or(0), 4096);

        ScriptedServer ollama(answer_as_ollama);
        endpoint.url = ollama.url();
        endpoint.kind = EndpointKind::Ollama;
        const Health other = probe(endpoint, {});
        QCOMPARE(other.server, std::string("ollama 0.13.1"));
        QCOMPARE(other.models.at(0).parameters.value_or(0), 8'200'000'000);
        QCOMPARE(other.models.at(0).quantisation, std::string("Q4_K_M"));
        QCOMPARE(other.models.at(0).context.value_or(0), 40'960);
    }

    void states_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("loading") << 503 << QByteArray(R"({"error":{"message":"Loading model"}})")
                                 << "loading";
        QTest::newRow("wants a key") << 401 << QByteArray("{}") << "refused";
        QTest::newRow("a web page") << 200 << QByteArray("<html></html>") << "odd";
        QTest::newRow("no such route") << 404 << QByteArray("{}") << "odd";
        QTest::newRow("no models") << 200 << QByteArray(R"({"data":[]})") << "ready";
    }
    void states()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        ScriptedServer server([&](const HttpRequest&, HttpAnswer answer) { answer.whole(status, body); });
        Endpoint endpoint;
        endpoint.url = server.url();
        const Health health = probe(endpoint, {});
        QCOMPARE(std::string(to_string(health.liveness)), expected.toStdString());
        QCOMPARE(health.why.empty(), expected == QLatin1String("ready"));
    }

    void itListsItsModelsWhileItLoads()
    {
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (request.path == "/health")
                answer.whole(503, R"({"error":{"message":"Loading model"}})");
            else
                answer_as_llama(request, answer);
        });
        Endpoint endpoint;
        endpoint.url = server.url();
        QCOMPARE(to_string(probe(endpoint, {}).liveness), std::string_view("loading"));
    }

    void theServersOfThisMachine()
    {
        ScriptedServer llama(
            [](const HttpRequest& request, HttpAnswer answer) { answer_as_llama(request, answer); });
        ScriptedServer ollama(answer_as_ollama);
        ScriptedServer website(
            [](const HttpRequest&, HttpAnswer answer) { answer.whole(200, "<html></html>", "text/html"); });
        ScriptedServer closed([](const HttpRequest&, HttpAnswer answer) {
            answer.whole(401, "<html>Who are you?</html>", "text/html");
        });
        ScriptedServer busy([](const HttpRequest&, HttpAnswer answer) { answer.whole(503, "Maintenance"); });
        ScriptedServer guarded([](const HttpRequest&, HttpAnswer answer) {
            answer.whole(401, R"({"error":{"message":"Invalid API Key","type":"authentication_error"}})");
        });
        ScriptedServer silent([](const HttpRequest&, HttpAnswer) {});
        ScriptedServer gone([](const HttpRequest&, HttpAnswer) {});
        const int nobody = gone.serverPort();
        gone.close();
        const auto found = discover({{"llama.cpp", EndpointKind::OpenAi, llama.serverPort()},
                                     {"Ollama", EndpointKind::Ollama, ollama.serverPort()},
                                     {"guarded", EndpointKind::OpenAi, guarded.serverPort()},
                                     {"website", EndpointKind::OpenAi, website.serverPort()},
                                     {"closed", EndpointKind::OpenAi, closed.serverPort()},
                                     {"busy", EndpointKind::OpenAi, busy.serverPort()},
                                     {"silent", EndpointKind::OpenAi, silent.serverPort()},
                                     {"nobody", EndpointKind::OpenAi, nobody}},
                                    milliseconds(500));
        QCOMPARE(found.size(), std::size_t{3});
        QCOMPARE(found[2].endpoint.name, std::string("guarded"));
        QCOMPARE(found[0].endpoint.name, std::string("llama.cpp"));
        QCOMPARE(found[1].health.models.at(0).id, std::string("qwen3:8b"));
    }

    void aKeyGoesWhereItBelongs_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("openai") << 0 << QByteArray("authorization") << QByteArray("Bearer sk-1");
        QTest::newRow("ollama") << 1 << QByteArray("authorization") << QByteArray("Bearer sk-1");
        QTest::newRow("anthropic") << 2 << QByteArray("x-api-key") << QByteArray("sk-1");
    }
    void aKeyGoesWhereItBelongs()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        ScriptedServer server([](const HttpRequest&, HttpAnswer answer) { answer.whole(404, "{}"); });
        Endpoint endpoint;
        endpoint.kind = static_cast<EndpointKind>(kind);
        endpoint.url = server.url();
        probe(endpoint, "sk-1");
        QCOMPARE(server.requests().at(0).headers.at(header), value);
        probe(endpoint, {});
        QVERIFY(!server.requests().back().headers.contains(header));
    }

    void keysDoNotTravelInTheClear_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("with_key");
        QTest::addColumn<bool>("fine");
        QTest::newRow("this machine") << "http://127.0.0.1:8080" << true << true;
        QTest::newRow("this machine by name") << "http://localhost:8080/v1" << true << true;
        QTest::newRow("this machine, IPv6") << "http://[::1]:8080" << true << true;
        QTest::newRow("another, plain, with a key") << "http://models.example.com" << true << false;
        QTest::newRow("another, plain, without") << "http://models.example.com" << false << true;
        QTest::newRow("another over TLS") << "https://models.example.com/v1" << true << true;
        QTest::newRow("a password in it") << "https://me:secret@models.example.com" << false << false;
        QTest::newRow("a query") << "https://models.example.com/?key=1" << false << false;
        QTest::newRow("not a web address") << "ftp://models.example.com" << false << false;
        QTest::newRow("nothing") << "" << false << false;
    }
    void keysDoNotTravelInTheClear()
    {
        QFETCH(QString, url);
        QFETCH(bool, with_key);
        QFETCH(bool, fine);
        Endpoint endpoint;
        endpoint.url = url.toStdString();
        const auto status = check_endpoint(endpoint, with_key);
        QCOMPARE(status.has_value(), fine);
        if (!status)
            QVERIFY(status.error().message.find("secret") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_fallback_endpoints.moc"
