// A small sample of every format that is recognised, and what it must become: each token once.

#include "logs.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::usage;

namespace {

/// "time vendor/model tier region tag [id] counts" of each line.
QStringList lines_of(const ReadLog& log)
{
    QStringList result;
    for (const pricing::Usage& line : log.lines) {
        QString text =
            QString::fromStdString(base::to_string(line.time) + " " + line.vendor + "/" + line.model);
        if (line.service_tier != "standard")
            text += u' ' + QString::fromStdString(line.service_tier);
        for (const std::string& part : {line.region, line.tag})
            text += part.empty() ? QString() : u' ' + QString::fromStdString(part);
        result.append(text + QStringLiteral(": ") + shown(line.counts));
    }
    return result;
}

}

class TestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void ids_data();
    void ids();
    void complains_data();
    void complains();
    void withoutUsage_data();
    void withoutUsage();
    void fixedValuesWin();
    void mappedByHand();
    void mooncakeTrace();
    void mooncakeCorpus();

private:
    LogFolder m_folder;
};

void TestFormats::reads_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char* name, const char* format, const QByteArray& content,
                        const QStringList& lines) {
        QTest::newRow(name) << content << QString::fromUtf8(format) << lines;
    };

    row("LiteLLM spend, CSV", "litellm-spend",
        "request_id,call_type,spend,total_tokens,prompt_tokens,completion_tokens,startTime,model,"
        "custom_llm_provider,cache_hit,team_id,status,metadata\n"
        "r1,acompletion,0.01,1200,1000,200,2026-11-02 "
        "09:00:00.123+00,openai/gpt-5.4,openai,None,shop,success,"
        "\"{\"\"usage_object\"\":{\"\"prompt_tokens\"\":1000,\"\"prompt_tokens_details\"\":{\"\"cached_"
        "tokens\"\":"
        "600,\"\"audio_tokens\"\":50},\"\"completion_tokens_details\"\":{\"\"reasoning_tokens\"\":120}}}\"\n"
        "r2,acompletion,0,1200,1000,200,2026-11-02T09:00:01Z,gpt-5.4,openai,True,,success,{}\n"
        "r3,acompletion,0,0,0,0,2026-11-02T09:00:02Z,gpt-5.4,openai,None,,failure,{}\n"
        "r4,acompletion,0.02,1100,1000,100,2026-11-02T09:00:03Z,claude-sonnet-5,anthropic,None,,success,"
        "\"{\"\"additional_usage_values\"\":{\"\"cache_read_input_tokens\"\":300,\"\"cache_creation_input_"
        "tokens\"\":"
        "200}}\"\n",
        {u"2026-11-02T09:00:00.123Z openai/gpt-5.4 shop: input 350, cache_read 600, audio_input 50, output "
         u"80, "
         "reasoning 120"_qs,
         u"2026-11-02T09:00:03Z anthropic/claude-sonnet-5: input 500, cache_read 300, cache_write_5m 200, "
         "output 100"_qs});
    row("LiteLLM spend, JSON Lines", "litellm-spend",
        R"({"request_id":"r1","call_type":"acompletion","prompt_tokens":10,"completion_tokens":5,"startTime":)"
        R"("2026-11-02T09:00:00Z","model":"gpt-5.4","custom_llm_provider":"openai","metadata":{"usage_object":)"
        R"({"cache_read_input_tokens":4,"cache_creation_input_tokens":3,"cache_creation":)"
        R"({"ephemeral_1h_input_tokens":2}}}})"
        "\n",
        {u"2026-11-02T09:00:00Z openai/gpt-5.4: input 3, cache_read 4, cache_write_5m 1, cache_write_1h 2, "
         "output 5"_qs});
    row("LiteLLM daily", "litellm-daily",
        "id,user_id,date,api_key,model,custom_llm_provider,prompt_tokens,completion_tokens,cache_read_input_"
        "tokens,"
        "cache_creation_input_tokens,spend,api_requests,successful_requests,failed_requests\n"
        "1,u,2026-11-02,k,gpt-5.4,openai,1000,100,400,0,0.1,20,19,1\n",
        {u"2026-11-02T00:00:00Z openai/gpt-5.4: input 600, cache_read 400, output 100, request 20"_qs});
    row("OpenAI usage, a page", "openai-usage",
        R"({"object":"page","data":[{"object":"bucket","start_time":1793577600,"end_time":1793664000,"results":[]},
 {"object":"bucket","start_time":1793664000,"end_time":1793750400,"results":[
  {"object":"organization.usage.completions.result","input_tokens":1000,"input_cached_tokens":300,
   "input_audio_tokens":200,"input_cached_audio_tokens":100,"output_tokens":500,"output_audio_tokens":50,
   "num_model_requests":5,"project_id":"shop","model":"gpt-5.4","batch":false,"service_tier":null},
  {"object":"organization.usage.completions.result","input_tokens":90,"output_tokens":10,
   "num_model_requests":2,"project_id":"shop","model":"gpt-5.4","batch":true}]}],"has_more":false})",
        {u"2026-11-03T00:00:00Z openai/gpt-5.4 shop: input 600, cache_read 200, cache_read_audio 100, "
         "audio_input 100, output 450, audio_output 50, request 5"_qs,
         u"2026-11-03T00:00:00Z openai/gpt-5.4 batch shop: input 90, output 10, request 2"_qs});
    row("OpenAI usage, the dashboard's CSV", "openai-usage",
        "start_time,end_time,start_time_iso,project_id,num_model_requests,model,batch,service_tier,input_"
        "tokens,"
        "output_tokens,input_cached_tokens\n"
        "1793664000,1793750400,2026-11-03T00:00:00+00:00,shop,5,gpt-5.4,false,flex,1000,500,300\n",
        {u"2026-11-03T00:00:00Z openai/gpt-5.4 flex shop: input 700, cache_read 300, output 500, request 5"_qs});
    row("OpenAI usage, a list of pages", "openai-usage",
        R"([{"object":"page","data":[{"start_time":1793664000,"end_time":1793750400,"results":[{"input_tokens":7,
            "output_tokens":3,"num_model_requests":1,"model":"gpt-5.4"}]}]},
            {"object":"page","data":[{"start_time":1793750400,"end_time":1793836800,"results":[{"images":2,
            "num_model_requests":2,"model":"gpt-image-2"}]}]}])",
        {u"2026-11-03T00:00:00Z openai/gpt-5.4: input 7, output 3"_qs,
         u"2026-11-04T00:00:00Z openai/gpt-image-2: request 2, image 2"_qs});
    row("Anthropic usage", "anthropic-usage",
        R"({"data":[{"starting_at":"2026-11-02T00:00:00Z","ending_at":"2026-11-03T00:00:00Z","results":[
            {"uncached_input_tokens":1000,"cache_creation":{"ephemeral_1h_input_tokens":20,
             "ephemeral_5m_input_tokens":30},"cache_read_input_tokens":400,"output_tokens":200,
             "server_tool_use":{"web_search_requests":3},"workspace_id":"w","model":"claude-sonnet-5",
             "service_tier":"standard","context_window":"0-200k"},
            {"uncached_input_tokens":500002,"cache_read_input_tokens":0,"output_tokens":1,
             "model":"claude-sonnet-5","service_tier":"batch","context_window":"200k-1M"}]}]})",
        {u"2026-11-02T00:00:00Z anthropic/claude-sonnet-5 w: input 1000, cache_read 400, cache_write_5m 30, "
         "cache_write_1h 20, output 200, web_search 3"_qs,
         u"2026-11-02T00:00:00Z anthropic/claude-sonnet-5 batch: input 500002, output 1, request 2"_qs});
    row("Bedrock", "bedrock-invocations",
        R"({"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-11-02T09:00:00Z",)"
        R"("accountId":"1","region":"us-east-1","requestId":"q1","operation":"Converse","modelId":)"
        R"("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-5","inferenceRegion":"eu-west-1",)"
        R"("input":{"inputTokenCount":100,"cacheReadInputTokenCount":40,"cacheWriteInputTokenCount":10},)"
        R"("output":{"outputTokenCount":20}})"
        "\n"
        R"({"schemaType":"ModelInvocationLog","timestamp":"2026-11-02T09:00:01Z","requestId":"q2","modelId":"m",)"
        R"("errorCode":"ThrottlingException","input":{},"output":{}})"
        "\n",
        {u"2026-11-02T09:00:00Z bedrock/anthropic.claude-sonnet-5 eu-west-1 1: input 100, cache_read 40, "
         "cache_write_5m 10, output 20"_qs});
    row("Azure API Management, table", "azure-gateway",
        "TimeGenerated,CorrelationId,RequestId,ModelName,DeploymentName,PromptTokens,CompletionTokens,"
        "TotalTokens,"
        "Region,SequenceNumber\n"
        "2026-11-02T09:00:00Z,c,q,gpt-4.1,chat,100,20,120,West Europe,0\n"
        "2026-11-02T09:00:00Z,c,q,,,,,,West Europe,1\n",
        {u"2026-11-02T09:00:00Z azure/gpt-4.1 West Europe chat: input 100, output 20"_qs});
    row("Azure API Management, diagnostics", "azure-gateway",
        R"({"time":"2026-11-02T09:00:00Z","category":"GatewayLlmLogs","correlationId":"c","properties":)"
        R"({"modelName":"gpt-4.1","promptTokens":100,"completionTokens":20}})"
        "\n",
        {u"2026-11-02T09:00:00Z azure/gpt-4.1: input 100, output 20"_qs});
    row("Vertex", "vertex-log",
        R"({"request_id":"17","logging_time":"2026-11-02 09:00:00 UTC","model":)"
        R"("projects/p/locations/europe-west4/publishers/google/models/gemini-2.5-pro","full_response":)"
        R"({"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":50,"thoughtsTokenCount":30,)"
        R"("toolUsePromptTokenCount":20,"cachedContentTokenCount":400,"totalTokenCount":1100,"trafficType":)"
        R"("ON_DEMAND_PRIORITY","promptTokensDetails":[{"modality":"TEXT","tokenCount":700},{"modality":"AUDIO",)"
        R"("tokenCount":300}],"cacheTokensDetails":[{"modality":"AUDIO","tokenCount":100},{"modality":"TEXT",)"
        R"("tokenCount":300}]}}})"
        "\n",
        {u"2026-11-02T09:00:00Z vertex_ai/gemini-2.5-pro priority europe-west4: input 420, cache_read 300, "
         "cache_read_audio 100, audio_input 200, output 50, reasoning 30"_qs});
    row("Vertex, streamed, as text in a table", "vertex-log",
        "request_id,logging_time,model,full_response\n"
        "18,2026-11-02 09:00:00 UTC,gemini-2.5-pro,\"[{\"\"usageMetadata\"\":{\"\"promptTokenCount\"\":10}},"
        "{\"\"usageMetadata\"\":{\"\"promptTokenCount\"\":10,\"\"candidatesTokenCount\"\":5}}]\"\n",
        {u"2026-11-02T09:00:00Z vertex_ai/gemini-2.5-pro: input 10, output 5"_qs});
    const char* spans =
        R"({"resourceSpans":[{"scopeSpans":[{"spans":[
         {"traceId":"t","spanId":"s1","startTimeUnixNano":"1793610000123456789","attributes":[
          {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
          {"key":"gen_ai.provider.name","value":{"stringValue":"aws.bedrock"}},
          {"key":"gen_ai.request.model","value":{"stringValue":"asked"}},
          {"key":"gen_ai.response.model","value":{"stringValue":"answered"}},
          {"key":"gen_ai.usage.input_tokens","value":{"intValue":"100"}},
          {"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":60}},
          {"key":"gen_ai.usage.output_tokens","value":{"intValue":30}},
          {"key":"gen_ai.usage.reasoning.output_tokens","value":{"intValue":10}}]},
         {"traceId":"t","spanId":"s0","startTimeUnixNano":"1793610000000000000","attributes":[
          {"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},
          {"key":"gen_ai.usage.input_tokens","value":{"intValue":"100"}}]},
         {"traceId":"t","spanId":"s2","startTimeUnixNano":"1793610000000000000","attributes":[]}]}]}]})";
    const QStringList spanLines{
        u"2026-11-02T09:00:00.123Z bedrock/answered: input 40, cache_read 60, output 20, reasoning 10"_qs};
    row("OpenTelemetry, a document", "otel-genai", spans, spanLines);
    row("OpenTelemetry, a line", "otel-genai", QByteArray(spans).replace('\n', ' ') + "\n", spanLines);
    row("OpenTelemetry, a span a line", "otel-genai",
        R"({"trace_id":"t","span_id":"s","start_time":"2026-11-02T09:00:00Z","attributes":{"gen_ai.system":"openai",)"
        R"("gen_ai.request.model":"gpt-5.4","gen_ai.usage.prompt_tokens":9,"gen_ai.usage.completion_tokens":4}})"
        "\n",
        {u"2026-11-02T09:00:00Z openai/gpt-5.4: input 9, output 4"_qs});
    row("Langfuse, kinds side by side", "langfuse",
        R"({"id":"o1","trace_id":"t","type":"GENERATION","start_time":"2026-11-02 09:00:00.000","provided_model_name":)"
        R"("gpt-5.4","usage_details":{"input":100,"input_cached_tokens":60,"output":30,"output_reasoning_tokens":10,)"
        R"("total":200}})"
        "\n"
        R"({"id":"o2","trace_id":"t","type":"SPAN","start_time":"2026-11-02 09:00:00.000","usage_details":{}})"
        "\n",
        {u"2026-11-02T09:00:00Z /gpt-5.4: input 100, cache_read 60, output 30, reasoning 10"_qs});
    row("Langfuse, kinds inside", "langfuse",
        R"({"id":"o1","traceId":"t","type":"GENERATION","startTime":"2026-11-02T09:00:00Z","model":"gpt-5.4",)"
        R"("usageDetails":{"input":160,"input_cached_tokens":60,"output":40,"output_reasoning_tokens":10,)"
        R"("total":200}})"
        "\n",
        {u"2026-11-02T09:00:00Z /gpt-5.4: input 100, cache_read 60, output 30, reasoning 10"_qs});
    row("Langfuse, CSV", "langfuse",
        "id,trace_id,type,start_time,provided_model_name,usage_details\n"
        "o1,t,GENERATION,2026-11-02T09:00:00Z,claude,\"{\"\"input\"\":10,\"\"cache_read_input_tokens\"\":6,"
        "\"\"cache_creation_input_tokens\"\":4,\"\"output\"\":3}\"\n",
        {u"2026-11-02T09:00:00Z /claude: input 10, cache_read 6, cache_write_5m 4, output 3"_qs});
    row("Helicone, CSV", "helicone",
        "response_id,response_created_at,response_status,request_created_at,request_user_id,model,prompt_"
        "tokens,"
        "completion_tokens,latency,cost\n"
        "h1,2026-11-02T09:00:01Z,200,2026-11-02T09:00:00Z,u,gpt-5.4,10,5,1000,0.1\n"
        "h2,2026-11-02T09:00:01Z,500,2026-11-02T09:00:00Z,u,gpt-5.4,,,1000,0\n",
        {u"2026-11-02T09:00:00Z /gpt-5.4: input 10, output 5"_qs});
    row("Helicone, JSON Lines", "helicone",
        R"({"request_id":"h1","request_created_at":"2026-11-02T09:00:00Z","provider":"ANTHROPIC","request_model":"c",)"
        R"("prompt_tokens":10,"completion_tokens":5,"prompt_cache_read_tokens":90,"prompt_cache_write_tokens":7})"
        "\n"
        R"({"request_id":"h2","request_created_at":"2026-11-02T09:00:00Z","provider":"OPENAI","request_model":"g",)"
        R"("prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_cache_read_tokens":90})"
        "\n",
        {u"2026-11-02T09:00:00Z anthropic/c: input 10, cache_read 90, cache_write_5m 7, output 5"_qs,
         u"2026-11-02T09:00:00Z openai/g: input 10, cache_read 90, output 5"_qs});
}

void TestFormats::reads()
{
    QFETCH(QByteArray, content);
    const auto file = m_folder.write(content);
    const ReadLog log = read(file);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QTEST(lines_of(log), "lines");
    const auto shown = preview(file);
    QVERIFY(shown.has_value());
    QTEST(QString::fromStdString(shown->format), "format");
    QVERIFY(shown->mapping.column_of.contains("model")); // no mapping by hand is asked for
    QVERIFY(!shown->rows.empty());
}

void TestFormats::ids_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qsizetype>("different");
    const QByteArray results =
        R"({"input_tokens":7,"output_tokens":3,"num_model_requests":1,"model":"a","project_id":"p"},)"
        R"({"input_tokens":7,"output_tokens":3,"num_model_requests":1,"model":"b","project_id":"p"},)"
        R"({"input_tokens":7,"output_tokens":3,"num_model_requests":1,"model":"a","project_id":"q"})";
    QTest::newRow("sums differ by what they are grouped by")
        << QByteArray(R"({"data":[{"start_time":1793664000,"end_time":1793750400,"results":[)" + results +
                      "]}]}")
        << qsizetype{3};
    QTest::newRow("the same sums again")
        << QByteArray(R"({"data":[{"start_time":1793664000,"end_time":1793750400,"results":[)" + results +
                      R"(]},{"start_time":1793664000,"end_time":1793750400,"results":[)" + results + "]}]}")
        << qsizetype{3};
    QTest::newRow("the same sums of another day")
        << QByteArray(R"({"data":[{"start_time":1793664000,"end_time":1793750400,"results":[)" + results +
                      R"(]},{"start_time":1793750400,"end_time":1793836800,"results":[)" + results + "]}]}")
        << qsizetype{6};
}

void TestFormats::ids()
{
    QFETCH(QByteArray, content);
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QSet<QString> ids;
    for (const pricing::Usage& line : log.lines)
        ids.insert(QString::fromStdString(line.request_id));
    QTEST(ids.size(), "different");
    QVERIFY(!ids.contains(QString()));
}

void TestFormats::complains_data()
{
    QTest::addColumn<QByteArray>("content"); // good lines around a bad one
    QTest::addColumn<QString>("complaint");
    const auto bedrock = [](const char* name, const char* tokens, const char* time, const char* complaint) {
        const QByteArray good =
            R"({"timestamp":"2026-11-02T09:00:00Z","requestId":"a","modelId":"m","input":)"
            R"({"inputTokenCount":1},"output":{"outputTokenCount":1}})"
            "\n";
        const QByteArray bad =
            QByteArray(good).replace("{\"inputTokenCount\":1}", tokens).replace("2026-11-02T09:00:00Z", time);
        QTest::newRow(name) << QByteArray(good + bad + good) << QString::fromUtf8(complaint);
    };
    const char* time = "2026-11-02T09:00:00Z";
    bedrock("below zero", R"({"inputTokenCount":-1})", time, "2: input.inputTokenCount “-1” is negative");
    bedrock("2^63 tokens", R"({"inputTokenCount":9223372036854775808})", time,
            "2: input.inputTokenCount “9223372036854775808” is out of range");
    bedrock("half a token", R"({"inputTokenCount":0.5})", time,
            "2: input.inputTokenCount “0.5” is not a whole number");
    bedrock("a list", R"({"inputTokenCount":[1]})", time,
            "2: input.inputTokenCount is neither a text nor a number");
    bedrock("the future", R"({"inputTokenCount":1})", "2199-01-01T00:00:00Z",
            "2: time “2199-01-01T00:00:00Z” lies in the future");
    bedrock("not JSON", "NaN}", time, "2: is not a JSON object, or has a number out of range");
    QTest::newRow("OpenAI sums without a model")
        << QByteArray(
               R"({"data":[{"start_time":1793664000,"end_time":1793750400,"results":[{"input_tokens":7,)"
               R"("output_tokens":3,"num_model_requests":1,"model":"a"},{"input_tokens":7,"output_tokens":3,)"
               R"("num_model_requests":1,"model":null}]}]})")
        << QStringLiteral("1: names no model: export it again, grouped by model");
    QTest::newRow("cached above input")
        << QByteArray(
               "request_id,call_type,prompt_tokens,completion_tokens,startTime,model,metadata\n"
               "r0,x,10,1,2026-11-02,m,\n"
               "r1,x,10,1,2026-11-02,m,\"{\"\"usage_object\"\":{\"\"cache_read_input_tokens\"\":11}}\"\n")
        << QStringLiteral("3: cache_read_tokens 11 exceed input_tokens 10, of which they are parts");
}

void TestFormats::complains()
{
    QFETCH(QByteArray, content);
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QFETCH(QString, complaint);
    QCOMPARE(log.complaints(), QStringList(complaint));
    QVERIFY(!log.lines.empty());
}

void TestFormats::withoutUsage_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("only failed requests")
        << QByteArray(
               R"({"timestamp":"2026-11-02T09:00:00Z","requestId":"a","modelId":"m","errorCode":"x","input":)"
               R"({"inputTokenCount":0}})")
        << QStringLiteral("“usage.csv” has no usage, only 1 failed requests");
    QTest::newRow("OpenAI costs")
        << QByteArray(
               R"({"data":[{"start_time":1793664000,"end_time":1793750400,"results":[{"amount":{"value":1.5,)"
               R"("currency":"usd"},"line_item":"gpt-5.4, input"}]}]})")
        << QStringLiteral("“usage.csv” is an export of OpenAI costs: it holds billed amounts, not usage");
    QTest::newRow("Anthropic costs")
        << QByteArray(
               R"({"data":[{"starting_at":"2026-11-02T00:00:00Z","results":[{"amount":"123.45","currency":)"
               R"("USD","cost_type":"tokens"}]}]})")
        << QStringLiteral("is an Anthropic cost report");
    QTest::newRow("FOCUS")
        << QByteArray(
               "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd\n1,USD,2026-11-01,2026-11-02\n")
        << QStringLiteral("is a FOCUS table of costs");
    QTest::newRow("one value that goes on for too long")
        << QByteArray("{\"data\":[\n" + QByteArray("{\"x\":\"y\"},\n").repeated(1'800'000) + "{}]}")
        << QStringLiteral("holds a JSON value of more than 16 MB");
}

void TestFormats::withoutUsage()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, complaint);
    const QString message = read(m_folder.write(content)).message();
    QVERIFY2(message.contains(complaint), qPrintable(message));
}

void TestFormats::fixedValuesWin()
{
    Mapping mapping;
    mapping.fixed = {{"vendor", "azure"}, {"tag", "trial"}};
    const ReadLog log = read(m_folder.write("response_id,request_created_at,provider,model,prompt_tokens,"
                                            "completion_tokens\nh,2026-11-02,OPENAI,g,1,2\n"),
                             &mapping);
    QCOMPARE(lines_of(log), QStringList(u"2026-11-02T00:00:00Z azure/g trial: input 1, output 2"_qs));
    mapping.fixed = {{"nothing", "x"}};
    QVERIFY(read(m_folder.write("response_id,request_created_at,model,prompt_tokens,completion_tokens\n"
                                "h,2026-11-02,g,1,2\n"),
                 &mapping)
                .message()
                .contains(QStringLiteral("“nothing” is not a field")));
}

void TestFormats::mappedByHand()
{
    // Columns that a person names count, also where the format is known.
    Mapping mapping;
    mapping.column_of = {
        {"time", "response_created_at"}, {"model", "model"}, {"output_tokens", "prompt_tokens"}};
    const ReadLog log =
        read(m_folder.write("response_id,request_created_at,response_created_at,model,prompt_tokens,"
                            "completion_tokens\nh,2026-11-02,2026-11-03,g,1,2\n"),
             &mapping);
    QCOMPARE(lines_of(log), QStringList(u"2026-11-03T00:00:00Z /g: output 1"_qs));
}

void TestFormats::mooncakeTrace()
{
    const auto file = m_folder.write("{\"timestamp\": 0, \"input_length\": 6758, \"output_length\": 500, "
                                     "\"hash_ids\": [0, 1]}\n"
                                     "{\"timestamp\": 3600500, \"input_length\": 10, \"output_length\": 1, "
                                     "\"hash_ids\": []}\n");
    QVERIFY2(read(file).message().contains(QStringLiteral("Mooncake trace, which names no model")),
             qPrintable(read(file).message()));
    Mapping mapping;
    mapping.fixed = {{"vendor", "v"}, {"model", "m"}};
    QCOMPARE(lines_of(read(file, &mapping)),
             (QStringList{u"2025-01-01T00:00:00Z v/m: input 6758, output 500"_qs,
                          u"2025-01-01T01:00:00.500Z v/m: input 10, output 1"_qs}));
    mapping.fixed["time"] = "2026-03-01";
    mapping.column_of = preview(file)->mapping.column_of; // as a person leaves them
    QCOMPARE(lines_of(read(file, &mapping)).first(), u"2026-03-01T00:00:00Z v/m: input 6758, output 500"_qs);
    mapping.fixed["time"] = "soon";
    QVERIFY(read(file, &mapping).message().contains(QStringLiteral("“soon” is not a time")));
}

void TestFormats::mooncakeCorpus()
{
    const QByteArray corpus = qgetenv("LEEWAY_CORPUS");
    const std::filesystem::path file =
        std::filesystem::path(corpus.toStdString()) / "traffic/mooncake-conversation.jsonl";
    if (corpus.isEmpty() || !std::filesystem::exists(file))
        QSKIP("LEEWAY_CORPUS is not set");
    Mapping mapping;
    mapping.fixed = {{"vendor", "v"}, {"model", "m"}};
    const ReadLog log = read(file, &mapping);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QVERIFY(log.lines.size() > 10'000);
}

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
