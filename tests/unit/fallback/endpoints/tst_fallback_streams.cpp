#include "core/fallback/endpoints/events.h"
#include "core/fallback/endpoints/protocol.h"

#include <QTest>

using namespace leeway::fallback;

namespace {

std::vector<std::pair<std::string, std::string>> events_of(std::string_view bytes, std::size_t piece,
                                                           std::size_t most = 1 << 20)
{
    EventDecoder decoder(most);
    std::vector<std::pair<std::string, std::string>> events;
    const auto sink = [&](const ServerEvent& event) { events.emplace_back(event.type, event.data); };
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        decoder.take(bytes.substr(at, piece), sink);
    decoder.finish(sink);
    if (decoder.broken())
        events.emplace_back("broken", "");
    return events;
}

Heard heard_from(EndpointKind kind, std::string_view bytes, std::size_t piece,
                 std::string_view type = "text/event-stream")
{
    const auto listener = protocol_of(kind).listener(type, 1 << 20);
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        listener->take(bytes.substr(at, piece));
    listener->finish();
    return listener->heard();
}

const std::string openai_stream = R"(: ping

data: {"id":"1","model":"m","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}

data: {"choices":[{"index":0,"delta":{"content":"Grüße"},"logprobs":{"content":[{"token":"Gr","logprob":-0.5},{"token":"üße","logprob":-0.25}]}}]}

data: {"choices":[{"index":0,"delta":{"content":" aus Köln"}}]}

data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"choices":[],"usage":{"prompt_tokens":40,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":32},"completion_tokens_details":{"reasoning_tokens":2}},"timings":{"predicted_per_second":88.5}}

data: [DONE]

)";

const std::string openai_calls =
    R"(data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"get_price","arguments":""}}]}}]}

data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\u0022sku\u0022:"}}]}}]}

data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\u0022K-100\u0022}"}}]}}]}

data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c2","function":{"name":"stop","arguments":"{}"}}]}}]}

data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

data: [DONE]

)";

const std::string ollama_stream =
    R"({"model":"m","message":{"role":"assistant","content":"Grüße"},"done":false}
{"model":"m","message":{"role":"assistant","content":" aus Köln"},"done":false}
{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":40,"eval_count":9,"eval_duration":100000000}
)";

const std::string anthropic_stream = R"(event: message_start
data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":8,"cache_read_input_tokens":32,"output_tokens":1}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: ping
data: {"type":"ping"}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" aus Köln"}}

event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}

event: message_stop
data: {"type":"message_stop"}

)";

const std::string anthropic_call =
    R"(data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":8,"output_tokens":1}}}

data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"get_price","input":{}}}

data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\u0022sku\u0022:"}}

data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\u0022K-100\u0022}"}}

data: {"type":"content_block_stop","index":0}

data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

data: {"type":"message_stop"}

)";

}

using Events = std::vector<std::pair<std::string, std::string>>;
Q_DECLARE_METATYPE(Events)
Q_DECLARE_METATYPE(leeway::fallback::EndpointKind)
Q_DECLARE_METATYPE(leeway::fallback::Trouble)

class TestStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void events_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Events>("expected");
        const auto row = [](const char* name, const QByteArray& bytes, const Events& expected) {
            QTest::newRow(name) << bytes << expected;
        };
        row("one", "data: a\n\n", {{"", "a"}});
        row("a name", "event: ping\ndata: a\n\n", {{"ping", "a"}});
        row("CR LF", "data: a\r\n\r\ndata: b\r\n\r\n", {{"", "a"}, {"", "b"}});
        row("CR alone", "data: a\r\rdata: b\r\r", {{"", "a"}, {"", "b"}});
        row("two lines of data", "data: a\ndata: b\n\n", {{"", "a\nb"}});
        row("comments", ": ping\n\n:\ndata: a\n: in between\n\n", {{"", "a"}});
        row("no blank behind the colon", "data:a\n\n", {{"", "a"}});
        row("two blanks behind the colon", "data:  a\n\n", {{"", " a"}});
        row("a field without a colon", "data\n\n", {{"", ""}});
        row("ids and waiting times", "id: 7\nretry: 10\ndata: a\n\n", {{"", "a"}});
        row("a name without data is no event", "event: ping\n\ndata: a\n\n", {{"", "a"}});
        row("byte order mark",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            {{"", "a"}});
        row("no empty line at the end", "data: a\n\ndata: [DONE]", {{"", "a"}, {"", "[DONE]"}});
        row("two-byte characters", "data: Grüße\n\n", {{"", "Grüße"}});
        row("nothing", "", {});
    }
    void events()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Events, expected);
        const std::string text = bytes.toStdString();
        for (std::size_t piece = 1; piece <= text.size() + 1; ++piece)
            QVERIFY2(events_of(text, piece) == expected, qPrintable(QString::number(piece)));
    }

    void anEventWithoutAnEndIsBounded()
    {
        const std::string many = "data: " + std::string(5'000, 'x');
        QCOMPARE(events_of(many, 100, 1'000).back().first, std::string("broken"));
        std::string lines;
        for (int i = 0; i < 500; ++i)
            lines += "data: 0123456789\n";
        QCOMPARE(events_of(lines, 64, 1'000).back().first, std::string("broken"));
    }

    void answers_data()
    {
        QTest::addColumn<EndpointKind>("kind");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("openai") << EndpointKind::OpenAi << QByteArray::fromStdString(openai_stream);
        QTest::newRow("ollama") << EndpointKind::Ollama << QByteArray::fromStdString(ollama_stream);
        QTest::newRow("anthropic") << EndpointKind::Anthropic << QByteArray::fromStdString(anthropic_stream);
    }
    void answers()
    {
        QFETCH(EndpointKind, kind);
        QFETCH(QByteArray, bytes);
        const std::string text = bytes.toStdString();
        for (const std::size_t piece :
             {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{64}, text.size()}) {
            const Heard heard = heard_from(kind, text, piece);
            QCOMPARE(heard.trouble, Trouble::None);
            QVERIFY(heard.begun && heard.ended);
            QCOMPARE(heard.answer.text, std::string("Grüße aus Köln"));
            QCOMPARE(heard.answer.finish_reason, std::string("stop"));
            QCOMPARE(heard.model, std::string("m"));
            QCOMPARE(heard.tokens.prompt.value_or(-1), 40);
            QCOMPARE(heard.tokens.completion.value_or(-1), 9);
        }
    }

    void whatOnlySomeServersSay()
    {
        const Heard openai = heard_from(EndpointKind::OpenAi, openai_stream, 50);
        QCOMPARE(openai.fingerprint, std::string("fp_1"));
        QCOMPARE(openai.tokens.cached.value_or(-1), 32);
        QCOMPARE(openai.tokens.reasoning.value_or(-1), 2);
        QCOMPARE(openai.tokens_per_second.value_or(-1), 88.5);
        QCOMPARE(openai.answer.log_probabilities, (std::vector<double>{-0.5, -0.25}));
        QCOMPARE(heard_from(EndpointKind::Ollama, ollama_stream, 50).tokens_per_second.value_or(-1), 90.0);
        QCOMPARE(heard_from(EndpointKind::Anthropic, anthropic_stream, 50).tokens.cached.value_or(-1), 32);
    }

    void calls()
    {
        const Heard openai = heard_from(EndpointKind::OpenAi, openai_calls, 33);
        QVERIFY(openai.answer.calls.has_value());
        QCOMPARE(openai.answer.calls->size(), std::size_t{2});
        const auto& first = (*openai.answer.calls)[0];
        QCOMPARE(first["id"].get<std::string>(), std::string("c1"));
        QCOMPARE(first["function"]["arguments"].get<std::string>(), std::string(R"({"sku":"K-100"})"));
        const Heard anthropic = heard_from(EndpointKind::Anthropic, anthropic_call, 33);
        QVERIFY(anthropic.answer.calls.has_value());
        QCOMPARE((*anthropic.answer.calls)[0]["input"]["sku"].get<std::string>(), std::string("K-100"));
        QCOMPARE(anthropic.answer.finish_reason, std::string("tool_calls"));
        const Heard ollama = heard_from(
            EndpointKind::Ollama,
            R"({"message":{"tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},"done":true,"done_reason":"stop"})",
            33);
        QCOMPARE((*ollama.answer.calls)[0]["function"]["arguments"].get<std::string>(),
                 std::string(R"({"a":1})"));
    }

    void brokenStreams_data()
    {
        QTest::addColumn<EndpointKind>("kind");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Trouble>("trouble");
        using enum EndpointKind;
        QTest::newRow("nothing") << OpenAi << QByteArray() << Trouble::BrokenStream;
        QTest::newRow("half an object")
            << OpenAi << QByteArray("data: {\"choices\":[\n\n") << Trouble::BrokenStream;
        QTest::newRow("not an object") << OpenAi << QByteArray("data: 7\n\n") << Trouble::BrokenStream;
        QTest::newRow("not UTF-8") << OpenAi << QByteArray("data: {\"model\":\"\xC3\"}\n\n")
                                   << Trouble::BrokenStream;
        QTest::newRow("other types inside")
            << OpenAi
            << QByteArray(
                   R"(data: {"choices":[7,{"delta":[]},{"delta":{"content":7,"tool_calls":[7]}}],"usage":7})"
                   "\n\ndata: [DONE]\n\n")
            << Trouble::None;
        QTest::newRow("absurd index")
            << OpenAi << QByteArray(R"(data: {"choices":[{"delta":{"tool_calls":[{"index":1000000000}]}}]})")
            << Trouble::TooLarge;
        QTest::newRow("an error") << OpenAi << QByteArray(R"(data: {"error":{"code":500,"message":"x"}})")
                                  << Trouble::ServerFault;
        QTest::newRow("a full context")
            << OpenAi
            << QByteArray(R"(data: {"error":{"message":"the request exceeds the available context size"}})")
            << Trouble::ContextOverflow;
        QTest::newRow("Ollama: half a line")
            << Ollama << QByteArray(R"({"message":{"content":"a"})") << Trouble::BrokenStream;
        QTest::newRow("Ollama: no end")
            << Ollama << QByteArray(R"({"message":{"content":"a"},"done":false})") << Trouble::Reset;
        QTest::newRow("Ollama: an error")
            << Ollama << QByteArray(R"({"error":"model runner stopped"})") << Trouble::ServerFault;
        QTest::newRow("Anthropic: overloaded")
            << Anthropic
            << QByteArray(
                   "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n")
            << Trouble::ServerFault;
        QTest::newRow("Anthropic: the context is full")
            << Anthropic
            << QByteArray("data: "
                          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"model_context_window_"
                          "exceeded\"}}\n\n"
                          "data: {\"type\":\"message_stop\"}\n\n")
            << Trouble::ContextOverflow;
    }
    void brokenStreams()
    {
        QFETCH(EndpointKind, kind);
        QFETCH(QByteArray, bytes);
        QFETCH(Trouble, trouble);
        for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}})
            QCOMPARE(heard_from(kind, bytes.toStdString(), piece).trouble, trouble);
    }

    void bodies_data()
    {
        QTest::addColumn<EndpointKind>("kind");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("openai") << EndpointKind::OpenAi << QByteArray(R"({
            "model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],
            "stream":true,"stream_options":{"include_usage":true},"temperature":0.0,"max_tokens":64,"seed":1,
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]})");
        QTest::newRow("ollama") << EndpointKind::Ollama << QByteArray(R"({
            "model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],
            "stream":true,"options":{"num_ctx":8192,"num_predict":64,"temperature":0.0,"seed":1},
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]})");
        QTest::newRow("anthropic") << EndpointKind::Anthropic << QByteArray(R"({
            "model":"m","system":"Be brief.","messages":[{"role":"user","content":"Hi"}],
            "stream":true,"temperature":0.0,"max_tokens":64,
            "tools":[{"name":"f","description":"","input_schema":{"type":"object"}}]})");
    }
    void bodies()
    {
        QFETCH(EndpointKind, kind);
        QFETCH(QByteArray, expected);
        Endpoint endpoint;
        endpoint.kind = kind;
        endpoint.model = "m";
        Question question;
        question.messages = {{"system", "Be brief."}, {"user", "Hi"}};
        question.tools = nlohmann::json::parse(
            R"([{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}])");
        question.sampling.max_tokens = 64;
        const std::string body = protocol_of(kind).body_of(endpoint, question);
        QCOMPARE(nlohmann::json::parse(body).dump(), nlohmann::json::parse(expected.toStdString()).dump());
        QVERIFY(body.find("key") == std::string::npos);
    }

    void functionsGoAsToolsWhereThereAreNoFunctions()
    {
        Question question;
        question.messages = {{"user", "Hi"}};
        question.functions = nlohmann::json::parse(R"([{"name":"f","parameters":{"type":"object"}}])");
        const auto body = [&](EndpointKind kind) {
            return nlohmann::json::parse(protocol_of(kind).body_of(Endpoint(), question));
        };
        QCOMPARE(body(EndpointKind::OpenAi)["functions"].dump(), question.functions.dump());
        QCOMPARE(body(EndpointKind::Ollama)["tools"][0]["function"].dump(), question.functions[0].dump());
        QCOMPARE(body(EndpointKind::Anthropic)["tools"][0]["name"].get<std::string>(), std::string("f"));
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "http://127.0.0.1:8080"
                               << "http://127.0.0.1:8080/v1/models";
        QTest::newRow("a slash") << "http://127.0.0.1:8080/"
                                 << "http://127.0.0.1:8080/v1/models";
        QTest::newRow("with its version") << "https://api.example.com/v1"
                                          << "https://api.example.com/v1/models";
        QTest::newRow("both") << "https://api.example.com/v1/"
                              << "https://api.example.com/v1/models";
        QTest::newRow("below a path") << "https://example.com/llm/v1"
                                      << "https://example.com/llm/v1/models";
    }
    void addresses()
    {
        QFETCH(QString, url);
        QFETCH(QString, expected);
        Endpoint endpoint;
        endpoint.url = url.toStdString();
        QCOMPARE(address_of(endpoint, "/v1/models"), expected.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_fallback_streams.moc"
