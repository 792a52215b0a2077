#include "core/fallback/policy/annex.h"
#include "core/fallback/policy/routerconfig.h"
#include "core/fallback/policy/words.h"
#include "trafficof.h"

#include <QtTest>
#include <yaml-cpp/yaml.h>

using namespace leeway;
using namespace leeway::fallback;

namespace {

Policy exported()
{
    Policy policy = *load_policy("litellm-defaults");
    policy.targets[0].served_model = "openai/gpt-5.4";
    policy.targets[0].key_variable = "OPENAI_API_KEY";
    policy.targets[1].served_model = "openai/local";
    policy.targets[1].url = "http://127.0.0.1:8080/v1";
    return policy;
}

QString all_words(const Policy& policy)
{
    QString text;
    for (const Clause& clause : clauses_of(policy)) {
        for (const std::string& sentence : clause.sentences)
            text += QString::fromStdString(sentence) + QLatin1Char('\n');
    }
    return text;
}

}

class TestRouterExports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void litellm_reads_back_what_the_policy_says()
    {
        const auto config = litellm_config(exported());
        QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
        const YAML::Node yaml = YAML::Load(config->yaml);
        QCOMPARE(yaml["model_list"].size(), std::size_t{2});
        QCOMPARE(yaml["model_list"][0]["model_name"].as<std::string>(), std::string("primary"));
        const YAML::Node primary = yaml["model_list"][0]["litellm_params"];
        QCOMPARE(primary["model"].as<std::string>(), std::string("openai/gpt-5.4"));
        QCOMPARE(primary["api_key"].as<std::string>(), std::string("os.environ/OPENAI_API_KEY"));
        const YAML::Node local = yaml["model_list"][1];
        QCOMPARE(local["litellm_params"]["api_base"].as<std::string>(),
                 std::string("http://127.0.0.1:8080/v1"));
        QCOMPARE(local["litellm_params"]["max_parallel_requests"].as<int>(), 36);
        QCOMPARE(local["model_info"]["max_input_tokens"].as<int>(), 8192);
        const YAML::Node router = yaml["router_settings"];
        QCOMPARE(router["num_retries"].as<int>(), 2);
        QCOMPARE(router["allowed_fails"].as<int>(), 2); // 3 would be taken for "not set"
        QCOMPARE(router["cooldown_time"].as<double>(), 5.0);
        QCOMPARE(router["max_fallbacks"].as<int>(), 5);
        QCOMPARE(router["enable_pre_call_checks"].as<bool>(), false);
        QCOMPARE(router["fallbacks"][0]["primary"][0].as<std::string>(), std::string("local"));
        QCOMPARE(router["context_window_fallbacks"][0]["primary"][0].as<std::string>(), std::string("local"));
        QCOMPARE(config->left_out.size(), std::size_t{2}); // the share of failures, and the number three
    }

    void a_target_is_left_by_number_of_failures_data()
    {
        QTest::addColumn<int>("over"); // -1: not in the policy
        QTest::addColumn<double>("percent");
        QTest::addColumn<int>("written"); // -1: cool-downs are off
        QTest::newRow("as many") << 7 << 0.0 << 7;
        QTest::newRow("three") << 3 << 0.0 << 2;
        QTest::newRow("the first") << 0 << 0.0 << 0;
        QTest::newRow("half of five") << -1 << 50.0 << 2;
        QTest::newRow("all of five") << -1 << 100.0 << 4;
        QTest::newRow("a fifth of five") << -1 << 20.0 << 0;
        QTest::newRow("never") << -1 << 0.0 << -1;
    }

    void a_target_is_left_by_number_of_failures()
    {
        QFETCH(int, over);
        QFETCH(double, percent);
        QFETCH(int, written);
        Policy policy = exported();
        policy.breaker.failures_over = over < 0 ? std::nullopt : std::optional(over);
        policy.breaker.failure_percent = percent;
        policy.breaker.failure_requests = 5;
        const YAML::Node router = YAML::Load(litellm_config(policy)->yaml)["router_settings"];
        if (written < 0)
            QVERIFY(!router["allowed_fails"] && router["disable_cooldowns"].as<bool>());
        else
            QCOMPARE(router["allowed_fails"].as<int>(), written);
    }

    void routes_have_fallbacks_too()
    {
        Policy policy = *load_policy("routine-at-home");
        for (RouteTarget& target : policy.targets)
            target.served_model = "openai/" + target.id;
        const YAML::Node router = YAML::Load(litellm_config(policy)->yaml)["router_settings"];
        QCOMPARE(router["fallbacks"].size(), std::size_t{2});
        QCOMPARE(router["fallbacks"][1]["local"][0].as<std::string>(), std::string("primary"));
        policy.targets[1].served_model = "openai/";
        QVERIFY(!litellm_config(policy));
    }

    void prices_are_exact()
    {
        Policy policy = exported();
        policy.targets[1].input_per_million = *base::Decimal::parse("0.07");
        const auto config = litellm_config(policy);
        QVERIFY(config->yaml.find("input_cost_per_token: 0.00000007\n") != std::string::npos);
    }

    void a_title_cannot_break_out_of_its_comment()
    {
        Policy policy = exported();
        policy.title = "Nightly\nmodel_list: []";
        const YAML::Node yaml = YAML::Load(litellm_config(policy)->yaml);
        QCOMPARE(yaml["model_list"].size(), std::size_t{2});
    }

    void what_litellm_cannot_do_is_said()
    {
        Policy policy = *load_policy("careful-return");
        QVERIFY(!litellm_config(policy)); // nothing says how to reach the targets
        for (RouteTarget& target : policy.targets)
            target.served_model = "openai/x";
        const auto config = litellm_config(policy);
        QVERIFY(config.has_value());
        QVERIFY(config->left_out.size() >= 4);
        for (const std::string& part : config->left_out)
            QVERIFY(config->yaml.find(part) != std::string::npos);
    }

    void plain_words_hold_every_figure()
    {
        const QString text = all_words(*load_policy("careful-return"));
        for (const char* figure :
             {"20 %", "at least 5", "2 answers", "45 s", "60 s", "30 s", "5 min", "3 in a row", "36 s",
              "200 ms", "4 requests", "32", "8192", "1 time ", "2 places"})
            QVERIFY2(text.contains(QLatin1String(figure)), qPrintable(QLatin1String(figure) + text));
        const QString budget = all_words(*load_policy("routine-at-home"));
        QVERIFY(budget.contains(QLatin1String("100 on one day")));
        QVERIFY(budget.contains(QLatin1String("prompts of 4000 tokens or more")));
    }

    void the_annex_tells_what_would_have_happened()
    {
        const Policy policy = exported();
        std::vector<Policy> policies{policy, without_failover(policy)};
        auto incident = parse_incident("outage primary@2026-10-05T09:02Z+5m");
        auto run = ReplayRun::start(policies, {*incident}, testing::sheet());
        for (int i = 0; i < 1200; i += 10)
            run->add(testing::request(i, 100, 100));
        const auto replay = run->finish();
        const std::string page = annex_markdown(policy, &*replay, &replay->outcomes[0], &replay->outcomes[1]);
        const QString text = QString::fromStdString(page);
        QVERIFY(text.contains(QLatin1String("# Failover policy: LiteLLM as it comes")));
        QVERIFY(text.contains(QLatin1String("## 5. What it would have done")));
        QVERIFY(text.contains(QLatin1String("| Requests that failed | 30 (25.0 %) | 0 (0.0 %) |")));
        QVERIFY(text.contains(
            QLatin1String("Assumed at Primary, from 2026-10-05T09:02:00Z for 5 min: an outage.")));
        const QString html =
            QString::fromStdString(annex_html(policy, &*replay, &replay->outcomes[0], &replay->outcomes[1]));
        QVERIFY(html.contains(QLatin1String("<th>Requests that failed</th><td>30 (25.0 %)</td>")));
        QVERIFY(!html.contains(QLatin1String("http")));
    }

    void text_of_the_policy_is_text_on_the_page()
    {
        Policy policy = exported();
        policy.title = "<script>alert(1)</script> & *more*";
        QVERIFY(annex_html(policy).find("<script>") == std::string::npos);
        QVERIFY(annex_markdown(policy).find("<script>") == std::string::npos ||
                annex_markdown(policy).find("\\<script\\>") != std::string::npos);
        QVERIFY(annex_markdown(policy).find("\\*more\\*") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestRouterExports)
#include "tst_router_exports.moc"
