#include "core/fallback/policy/policy.h"
#include "core/fallback/policy/words.h"

#include <QtTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::fallback;

namespace {

const std::string a_target = "{'id': 'primary'}";

// JSON is easier to read here with its quotation marks written singly.
std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

std::string with(const std::string& more, const std::string& target = a_target)
{
    return json("{'id': 'p', 'title': 'P', 'targets': [" + target + "]" + (more.empty() ? "" : ", " + more) +
                "}");
}

}

class TestPolicyFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bundled_policies_are_read_and_written_back()
    {
        const auto policies = bundled_policies();
        QVERIFY2(policies.has_value(), policies ? "" : policies.error().message.c_str());
        QVERIFY(policies->size() >= 3);
        for (const Policy& policy : *policies) {
            const auto again = parse_policy("again.json", to_json(policy));
            QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
            QVERIFY(*again == policy);
        }
    }

    void everything_survives_writing()
    {
        const std::string text = with(
            "'note': 'n', 'retries': 4, 'retry_after_ms': 50, 'max_fallbacks': 1, 'timeout_s': 9, "
            "'late_after_s': 3,"
            "'context_check': false,"
            "'categories': [{'category': 'critical', 'when': {'models': ['a/b'], 'tags': ['x'], "
            "'min_prompt_tokens': 5,"
            "'max_prompt_tokens': 9}}],"
            "'routes': [{'name': 'r', 'when': {'categories': ['critical']}, 'order': ['primary']}],"
            "'order': ['primary'],"
            "'breaker': {'window_s': 30, 'failures_over': 2, 'failure_percent': 40, 'failure_requests': 7,"
            "'rate_limits_over': 1, 'latency_over_ms': 800, 'latency_percentile': 90,"
            "'latency_requests': 3, 'cool_down_s': 6, 'cool_down_growth': 2, 'longest_cool_down_s': 99,"
            "'probes': 2, 'successes': 4, 'return_below_percent': 70},"
            "'spending': {'per_request': 0.1, 'per_day': '12.345678901234567', 'per_month': 400}",
            "{'id': 'primary', 'title': 'T', 'model': 'openai/gpt-5.4', 'input_per_million': '0.15',"
            "'output_per_million': 2, 'per_hour': 1.5, 'error_percent': 1, 'slots': 4, 'queue': 5,"
            "'context_tokens': 8192, 'pass_percent': {'complex': 41.5}, 'url': 'http://127.0.0.1:8080',"
            "'served_model': 'openai/x', 'key_variable': 'SOME_KEY',"
            "'pace': {'first_token_ms': 1, 'prompt_tokens_per_second': 2, 'tokens_per_second': 3,"
            "'p95_over_median': 4}}");
        const auto policy = parse_policy("p.json", text);
        QVERIFY2(policy.has_value(), policy ? "" : policy.error().message.c_str());
        QCOMPARE(policy->spending.per_day->to_string(), std::string("12.345678901234567"));
        QCOMPARE(*policy->targets[0].pass_percent[1], 41.5);
        QCOMPARE(policy->breaker.return_below_percent, 70.0);
        QVERIFY(*parse_policy("again.json", to_json(*policy)) == *policy);
    }

    void litellm_defaults_are_those_of_its_router()
    {
        const auto policy = load_policy("litellm-defaults");
        QVERIFY(policy.has_value());
        QCOMPARE(policy->retries, 2);
        QCOMPARE(policy->max_fallbacks, 5);
        QCOMPARE(*policy->breaker.failures_over, 3);
        QCOMPARE(policy->breaker.window_s, 60.0);
        QCOMPARE(policy->breaker.failure_percent, 50.0);
        QCOMPARE(policy->breaker.failure_requests, 5);
        QCOMPARE(policy->breaker.cool_down_s, 5.0);
    }

    void faults_name_line_and_path_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const std::string& text, const char* part) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromLatin1(part);
        };
        row("no target", json("{'id': 'p', 'title': 'P', 'targets': []}"), "/targets");
        row("unknown name", with("'retrys': 3"), "retrys");
        row("unknown target", with("'order': ['local']"), "/order/0");
        row("twice in an order", with("'order': ['primary', 'primary']"), "/order/1");
        row("target twice", with("", "{'id': 'primary'}, {'id': 'primary'}"), "/targets/1/id");
        row("target of a route", with("'routes': [{'order': ['x']}]"), "/routes/0/order/0");
        row("amount that is none", with("'spending': {'per_day': 'much'}"), "/spending/per_day");
        row("a key instead of its variable", with("", "{'id': 'primary', 'key_variable': 'sk-abc123'}"),
            "/targets/0/key_variable");
        row("no JSON", "{", "line 1");
    }
    void faults_name_line_and_path()
    {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto policy = parse_policy("p.json", text.toStdString());
        QVERIFY(!policy);
        const QString message = QString::fromStdString(policy.error().message);
        QVERIFY2(message.contains(part), qPrintable(message));
        QVERIFY2(message.contains(QLatin1String("p.json")), qPrintable(message));
    }

    void incidents_in_words_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("seconds");
        const auto row = [](const char* text, const char* words, int seconds) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(words) << seconds;
        };
        row("outage primary@2026-10-05T09:22Z+20m", "an outage", 1200);
        row("outage primary@2026-10-05T09:22:30+02:00+1.5h 40", "an outage of 40 % of requests", 5400);
        row("latency primary@2026-10-05T09:22Z+90s x4", "answers 4 times as slow", 90);
        row("rate_limit primary@2026-10-05+2d 60", "at most 60 requests a minute", 172'800);
        row("price primary@2026-10-05 -20", "prices 20 % lower", 0);
        row("outage primary", "", 0);
        row("outage @2026-10-05", "", 0);
        row("flood primary@2026-10-05", "", 0);
        row("latency primary@2026-10-05+1h", "", 0);
        row("latency primary@2026-10-05+1h x0", "", 0);
        row("outage primary@yesterday", "", 0);
        row("outage primary@2026-10-05+0s", "", 0);
    }
    void incidents_in_words()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QFETCH(int, seconds);
        const auto incident = parse_incident(text.toStdString());
        QCOMPARE(incident.has_value(), !words.isEmpty());
        if (!incident) {
            QVERIFY(QString::fromStdString(incident.error().message).contains(text));
            return;
        }
        QCOMPARE(QString::fromStdString(words_of(*incident)), words);
        QCOMPARE(incident->duration_s, seconds);
        QCOMPARE(incident->target, std::string("primary"));
    }
};

QTEST_GUILESS_MAIN(TestPolicyFile)
#include "tst_policy_file.moc"
