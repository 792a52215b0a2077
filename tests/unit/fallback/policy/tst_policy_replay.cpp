#include "core/fallback/policy/replay.h"
#include "core/fallback/policy/replayjson.h"
#include "core/fallback/policy/sweep.h"
#include "core/pricing/cost.h"
#include "trafficof.h"

#include <QtTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::fallback;
using testing::at;
using testing::request;

namespace {

Policy by_hand()
{
    Policy policy;
    policy.id = policy.title = "by-hand";
    RouteTarget primary;
    primary.id = primary.title = "primary";
    primary.pace = {1000, 0, 100, 1}; // 100 tokens: 2 s
    primary.input_per_million = base::Decimal::from_integer(1);
    primary.output_per_million = base::Decimal::from_integer(4);
    primary.pass_percent[0] = 90;
    RouteTarget local;
    local.id = local.title = "local";
    local.pace = {500, 0, 50, 1}; // 100 tokens: 2.5 s
    local.slots = 1;
    local.queue = 1;
    local.pass_percent[0] = 60;
    policy.targets = {primary, local};
    policy.order = {"primary", "local"};
    policy.retries = 0;
    policy.max_fallbacks = 1;
    policy.timeout_s = 60;
    policy.late_after_s = 4;
    policy.breaker.failures_over = 1;
    policy.breaker.cool_down_s = 10;
    policy.breaker.probes = 1;
    policy.breaker.successes = 1;
    return policy;
}

Incident outage(double from_s, std::int64_t seconds)
{
    Incident incident;
    incident.target = "primary";
    incident.from = at(from_s);
    incident.duration_s = seconds;
    incident.fails_after_ms = 100;
    return incident;
}

base::Result<Replay> play(std::vector<Policy> policies, std::vector<Incident> incidents,
                          const std::vector<pricing::Usage>& traffic, std::uint64_t seed = 1)
{
    auto run = ReplayRun::start(std::move(policies), std::move(incidents), testing::sheet(), seed);
    if (!run)
        return tl::unexpected(run.error());
    for (const pricing::Usage& usage : traffic)
        run->add(usage);
    return run->finish();
}

QString events_of(const Outcome& outcome)
{
    QStringList all;
    for (const Event& event : outcome.events)
        all << QStringLiteral("%1 %2 %3%4")
                   .arg(static_cast<double>((event.at - at(0)).count()) / 1000)
                   .arg(QString::fromStdString(std::string(to_string(event.kind))))
                   .arg(QString::fromStdString(event.target))
                   .arg(event.trigger ? QLatin1Char(' ') +
                                            QString::fromStdString(std::string(to_string(*event.trigger)))
                                      : QString());
    return all.join(QLatin1String(", "));
}

Policy two_free_targets()
{
    Policy policy = by_hand();
    policy.targets[1].slots = 0;
    return policy;
}

}

class TestPolicyReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Worked by hand; an answer takes 2 s at the primary, 2.5 s at the local model, which answers one at a
    // time and lets one wait. The outage lasts from 10 to 30; a failure shows after 0.1 s; the second one
    // within a minute opens the circuit for 10 s.
    //
    //  arrives  what happens                                                       done   took
    //    0      primary                                                             2.0    2.0
    //    5      primary                                                             7.0    2.0
    //   10      primary fails 10.1; local                                          12.6    2.6
    //   11      primary fails 11.1: open until 21.1; waits for local until 12.6    15.1    4.1 late
    //   12      open; local is busy and one waits: queue full, nobody left            –      failed
    //   13      open; waits for local until 15.1                                   17.6    4.6 late
    //   20      open; local                                                        22.5    2.5
    //   22      half-open since 21.1: probe fails 22.1, open until 32.1; local
    //           is free at 22.5                                                    25.0    3.0
    //   31      the outage is over, but open; local                                33.5    2.5
    //   33      half-open since 32.1: probe succeeds 35.0, closed                  35.0    2.0
    //   34      half-open with a probe under way; local                            36.5    2.5
    //   40      primary                                                            42.0    2.0
    void every_event_of_a_small_scenario()
    {
        std::vector<pricing::Usage> traffic;
        for (const double s : {0, 5, 10, 11, 12, 13, 20, 22, 31, 33, 34, 40})
            traffic.push_back(request(s, 100, 100));
        const Policy policy = by_hand();
        const auto replay = play({policy, without_failover(policy)}, {outage(10, 20)}, traffic);
        QVERIFY2(replay.has_value(), replay ? "" : replay.error().message.c_str());
        const Outcome& with = replay->outcomes[0];
        QCOMPARE(events_of(with),
                 QStringLiteral(
                     "10 incident_begins primary, 11.1 opened primary failures, 21.1 half_open primary, "
                     "22.1 opened primary probe, 30 incident_ends primary, 32.1 half_open primary, "
                     "35 closed primary"));
        const Tally& all = with.all;
        QCOMPARE(all.requests, 12);
        QCOMPARE(all.served[0], 4);
        QCOMPARE(all.served[1], 7);
        QCOMPARE(all.late, 2);
        QCOMPARE(all.all_failed(), 1);
        QCOMPARE(all.failed[static_cast<std::size_t>(Failure::QueueFull)], 1);
        QCOMPARE(all.attempts, 15);
        QCOMPARE(all.retried, 0);
        QCOMPARE(all.moved, 7);
        QCOMPARE(all.times.p50, 2496);                        // 2500, at the beginning of its bin
        QCOMPARE(all.times.p95, 4576);                        // 4600
        QCOMPARE(all.cost.to_string(), std::string("0.002")); // 4 × (100 × 1 + 100 × 4) ÷ 10⁶
        QVERIFY(std::abs(*all.quality() - (4 * 0.9 + 7 * 0.6) / 12) < 1e-12);
        QCOMPARE(with.during.requests, 6);
        QCOMPARE(with.during.served[1], 5);
        QCOMPARE(with.during.all_failed(), 1);
        QCOMPARE(*with.reactions[0].detected_ms, 1100);
        QCOMPARE(*with.reactions[0].returned_ms, 5000);
        QCOMPARE(with.timeline.buckets.size(), std::size_t{1});
        QCOMPARE(with.timeline.buckets[0].served[0], 4);
        QCOMPARE(with.timeline.buckets[0].served[1], 5); // in time
        QCOMPARE(with.timeline.buckets[0].late, 2);
        QCOMPARE(with.timeline.buckets[0].failed, 1);
        const Outcome& without = replay->outcomes[1];
        QCOMPARE(without.all.served[0], 6);
        QCOMPARE(without.all.failed[static_cast<std::size_t>(Failure::Outage)], 6);
        QCOMPARE(without.all.cost.to_string(), std::string("0.003"));
        QVERIFY(!without.reactions[0].detected_ms);
    }

    // The first attempt fails at 0.1, the retries at 0.4 and 0.7 (0.2 s between), then local until 3.2.
    void retries_wait_and_then_move_on()
    {
        Policy policy = two_free_targets();
        policy.retries = 2;
        policy.retry_after_ms = 200;
        policy.breaker = {};
        const auto replay = play({policy}, {outage(0, 20)}, {request(0, 100, 100)});
        QCOMPARE(replay->outcomes[0].all.attempts, 4);
        QCOMPARE(replay->outcomes[0].all.retried, 2);
        QCOMPARE(replay->outcomes[0].all.times.p50, 3200);
    }

    // The local model is busy for 2.5 s; the second request gives up waiting after 1 s, when no other is
    // left.
    void waiting_ends_with_the_time_out()
    {
        Policy policy = by_hand();
        policy.timeout_s = 2.6;
        policy.order = {"local"};
        const auto replay =
            play({policy}, {}, {request(0, 100, 100), request(0, 100, 100), request(3, 100, 100)});
        QCOMPARE(replay->outcomes[0].all.served[1], 2);
        QCOMPARE(replay->outcomes[0].all.failed[static_cast<std::size_t>(Failure::Timeout)], 1);
        QCOMPARE(replay->outcomes[0].all.times.p99, 2496);
    }

    void incidents_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("figure");
        QTest::addColumn<int>("served_by_primary");
        QTest::addColumn<int>("p50");
        QTest::addColumn<QString>("cost");
        // Ten requests within a minute, 2 s each, 0.0005 each at the primary.
        QTest::newRow("a rate limit of four")
            << 2 << 4.0 << 4 << 2544 << QStringLiteral("0.002"); // 2550 moved
        QTest::newRow("four times as slow") << 1 << 4.0 << 10 << 8000 << QStringLiteral("0.005");
        QTest::newRow("twice the price") << 3 << 100.0 << 10 << 2000 << QStringLiteral("0.01");
    }
    void incidents()
    {
        QFETCH(int, kind);
        QFETCH(double, figure);
        QFETCH(int, served_by_primary);
        QFETCH(int, p50);
        QFETCH(QString, cost);
        Incident incident;
        incident.kind = static_cast<IncidentKind>(kind);
        incident.target = "primary";
        incident.from = at(0);
        incident.factor = kind == 1 ? figure : 1;
        incident.requests_per_minute = static_cast<std::int64_t>(figure);
        incident.percent = figure;
        Policy policy = two_free_targets();
        policy.breaker = {};
        std::vector<pricing::Usage> traffic;
        for (int i = 0; i < 10; ++i)
            traffic.push_back(request(i, 100, 100));
        const auto replay = play({policy}, {incident}, traffic);
        QCOMPARE(replay->outcomes[0].all.served[0], served_by_primary);
        QCOMPARE(replay->outcomes[0].all.times.p50, p50);
        QCOMPARE(QString::fromStdString(replay->outcomes[0].all.cost.to_string()), cost);
    }

    void routes_and_context()
    {
        Policy policy = two_free_targets();
        policy.breaker = {};
        policy.targets[1].context_tokens = 1000;
        policy.categories = {{Category::Complex, {{}, {"legal"}, {}, 0, 0}},
                             {Category::Complex, {{}, {}, {}, 500, 0}}};
        policy.routes = {{"routine", {{}, {}, {Category::Routine}, 0, 0}, {"local", "primary"}}};
        std::vector<pricing::Usage> traffic{request(0, 100, 100),          // routine: local
                                            request(1, 100, 100, "legal"), // complex by tag: primary
                                            request(2, 600, 100),          // complex by length: primary
                                            request(3, 450, 600)}; // routine, too long for local: primary
        const auto replay = play({policy}, {}, traffic);
        QCOMPARE(replay->outcomes[0].all.served[1], 1);
        QCOMPARE(replay->outcomes[0].all.served[0], 3);
        QCOMPARE(replay->outcomes[0].all.moved, 1);
        policy.context_check = false;
        const auto refused = play({policy}, {}, traffic);
        QCOMPARE(refused->outcomes[0].all.attempts, 5);
        QCOMPARE(refused->outcomes[0].all.served[0], 3);
    }

    void a_target_that_is_out_refuses_no_length()
    {
        Policy policy = two_free_targets();
        policy.targets[0].context_tokens = 1000;
        policy.context_check = false;
        policy.order = {"primary"};
        const auto replay = play({policy}, {outage(0, 60)}, {request(1, 600, 600)});
        QCOMPARE(replay->outcomes[0].all.failed[static_cast<std::size_t>(Failure::Outage)], 1);
    }

    void traffic_is_parted_by_the_rules()
    {
        Policy policy = by_hand();
        policy.categories = {{Category::Critical, {{}, {"legal"}, {}, 0, 0}},
                             {Category::Complex, {{}, {}, {}, 500, 0}}};
        pricing::Usage summed = request(0, 3000, 100); // six of 500 tokens each
        summed.counts[pricing::Component::Request] = 6;
        const std::vector<pricing::Usage> traffic{summed, request(0, 499, 1), request(0, 9000, 1, "legal"),
                                                  request(0, 10, 1), request(0, 10, 1)};
        const auto shares = category_shares(policy, traffic);
        QCOMPARE(shares[0], 0.3);
        QCOMPARE(shares[1], 0.6);
        QCOMPARE(shares[2], 0.1);
        QCOMPARE(category_shares(policy, {})[0], 0.0);
    }

    // 0.0005 a request: the third makes the day's 0.0015 full, the rest moves until midnight.
    void budgets_move_requests_and_never_refuse_them()
    {
        Policy policy = two_free_targets();
        policy.breaker = {};
        policy.spending.per_day = *base::Decimal::parse("0.0015");
        std::vector<pricing::Usage> traffic;
        for (int i = 0; i < 6; ++i)
            traffic.push_back(request(i * 10, 100, 100));
        traffic.push_back(request(86'400, 100, 100));
        const auto replay = play({policy}, {}, traffic);
        QCOMPARE(replay->outcomes[0].all.served[0], 4);
        QCOMPARE(replay->outcomes[0].all.served[1], 3);
        QCOMPARE(events_of(replay->outcomes[0]), QStringLiteral("22 day_over_budget "));
        policy.order = {"primary"};
        const auto alone = play({policy}, {}, traffic);
        QCOMPARE(alone->outcomes[0].all.served[0], 7);
        policy = two_free_targets();
        policy.spending.per_request = *base::Decimal::parse("0.0004");
        QCOMPARE(play({policy}, {}, traffic)->outcomes[0].all.served[1], 7);
        policy.spending.per_request = *base::Decimal::parse("0.0001"); // over it everywhere: the cheaper
        policy.targets[1].input_per_million = *base::Decimal::parse("0.5");
        policy.targets[1].output_per_million = base::Decimal::from_integer(2);
        QCOMPARE(play({policy}, {}, traffic)->outcomes[0].all.served[1], 7);
    }

    void costs_are_those_of_the_price_sheet()
    {
        const auto traffic = testing::varied(500);
        Policy policy = two_free_targets();
        policy.targets[0].input_per_million.reset();
        policy.targets[0].output_per_million.reset();
        policy.targets[0].model = "logged";
        policy.order = {"primary"};
        base::Decimal sum;
        std::int64_t unpriced = 0;
        for (const pricing::Usage& usage : traffic) {
            const pricing::Cost cost = pricing::cost_of(usage, *testing::sheet());
            sum += cost.priced ? cost.total : base::Decimal();
            unpriced += cost.priced ? 0 : 1;
        }
        const auto replay = play({policy}, {}, traffic);
        QCOMPARE(replay->outcomes[0].all.cost.to_string(), sum.to_string());
        QCOMPARE(replay->outcomes[0].all.unpriced, unpriced);
        QVERIFY(unpriced > 0);
        QVERIFY(!sum.is_zero());
        QVERIFY(!replay->notes.empty());
    }

    void same_seed_same_bytes()
    {
        Policy policy = by_hand();
        policy.targets[0].pace.p95_over_median = 2;
        policy.targets[0].error_percent = 3;
        const auto traffic = testing::varied(3000);
        const auto text = [&](std::uint64_t seed) {
            return to_json(*play({policy}, {outage(300, 600)}, traffic, seed), {policy}).dump();
        };
        const std::string once = text(1);
        QCOMPARE(text(1), once);
        QVERIFY(text(2) != once);
    }

    // A policy is judged on its own merits: what else is tried beside it changes nothing.
    void policies_do_not_disturb_each_other()
    {
        Policy policy = by_hand();
        policy.targets[0].pace.p95_over_median = 2;
        const auto traffic = testing::varied(2000);
        const auto alone = play({policy}, {outage(300, 600)}, traffic);
        const auto beside = play({policy, without_failover(policy)}, {outage(300, 600)}, traffic);
        QVERIFY(alone->outcomes[0] == beside->outcomes[0]);
    }

    void small_disorder_is_put_right_and_great_disorder_refused()
    {
        auto traffic = testing::varied(20'000);
        const auto sorted = play({by_hand()}, {}, traffic);
        for (std::size_t i = 0; i + 40 < traffic.size(); i += 40)
            std::reverse(traffic.begin() + static_cast<std::ptrdiff_t>(i),
                         traffic.begin() + static_cast<std::ptrdiff_t>(i + 40));
        const auto mixed = play({by_hand()}, {}, traffic);
        QVERIFY2(mixed.has_value(), mixed ? "" : mixed.error().message.c_str());
        QCOMPARE(mixed->outcomes[0].all.requests, 20'000);
        QCOMPARE(mixed->outcomes[0].all.times, sorted->outcomes[0].all.times);
        std::reverse(traffic.begin(), traffic.end());
        const auto refused = play({by_hand()}, {}, traffic);
        QVERIFY(!refused);
        QVERIFY(QString::fromStdString(refused.error().message).contains(QLatin1String("Sort the log")));
    }

    void what_cannot_be_played_is_said()
    {
        Incident incident = outage(0, 1);
        incident.target = "nobody";
        QVERIFY(!play({by_hand()}, {incident}, {request(0, 1, 1)}));
        QCOMPARE(play({by_hand()}, {}, {}).error().code, base::ErrorCode::Empty);
        pricing::Usage summed = request(0, 1000, 1000);
        summed.counts[pricing::Component::Request] = 10;
        QCOMPARE(play({by_hand()}, {}, {summed}).error().code, base::ErrorCode::Empty);
        pricing::Usage batch = request(0, 1000, 1000);
        batch.service_tier = "batch";
        QCOMPARE(play({by_hand()}, {}, {batch}).error().code, base::ErrorCode::Empty);
        const auto mixed = play({by_hand()}, {}, {batch, request(0, 1000, 100)});
        QVERIFY(mixed.has_value());
        QCOMPARE(mixed->requests, 1);
        QCOMPARE(mixed->batch_lines, 1);
        Policy other = by_hand();
        other.targets.pop_back();
        other.order = {"primary"};
        QVERIFY(!play({by_hand(), other}, {}, {request(0, 1, 1)}));
    }

    void a_long_log_has_no_more_buckets_than_fit()
    {
        std::vector<pricing::Usage> traffic;
        for (int i = 0; i < 5000; ++i)
            traffic.push_back(request(i * 600.0, 10, 10)); // 35 days
        const auto replay = play({by_hand()}, {outage(600'000, 1200)}, traffic);
        const Timeline& whole = replay->outcomes[0].timeline;
        QVERIFY(whole.buckets.size() <= 2048);
        std::int64_t sum = 0;
        for (const Bucket& bucket : whole.buckets)
            sum += bucket.requests();
        QCOMPARE(sum, 5000);
        QCOMPARE(replay->outcomes[0].close.width_ms,
                 60'000); // the hour and a third around the outage, by minutes
        QVERIFY(replay->outcomes[0].close.buckets.size() <= 80);
    }

    void sweep_finds_the_best_that_the_aim_allows()
    {
        std::vector<pricing::Usage> traffic;
        for (int i = 0; i < 600; ++i)
            traffic.push_back(request(i, 100, 100));
        Policy policy = two_free_targets();
        policy.breaker = {};
        policy.breaker.failure_requests = 5;
        policy.max_fallbacks = 0; // only the circuit moves requests
        auto swept = variants(policy, {{}, {0, 50}, {5, 60}, {}});
        QCOMPARE(swept->size(), std::size_t{4});
        QCOMPARE((*swept)[3].title, std::string("failures from 50 %, cool-down 60 s"));
        const auto replay = play(*swept, {outage(100, 200)}, traffic);
        QVERIFY2(replay.has_value(), replay ? "" : replay.error().message.c_str());
        Aim aim{Goal::FewestFailed, {}, {}, {}};
        QCOMPARE(*best_of(replay->outcomes, aim), std::size_t{3}); // fewer tries at what is down
        aim.goal = Goal::LowestCost;
        QCOMPARE(*best_of(replay->outcomes, aim), std::size_t{3}); // the primary served least
        aim.goal = Goal::BestQuality;
        aim.most_failed_percent = 0;
        QVERIFY(!best_of(replay->outcomes, aim));
        aim.most_failed_percent.reset();
        QVERIFY(best_of(replay->outcomes, aim));
        for (Policy& each : *swept)
            each.targets[0].pass_percent = {};
        const auto unrated = play(*swept, {outage(100, 200)}, traffic);
        QVERIFY(!best_of(unrated->outcomes, aim)); // how often the primary is right is not known
        QVERIFY(!variants(policy, {std::vector<double>(20, 1), std::vector<double>(20, 1), {}, {}}));
    }
};

QTEST_GUILESS_MAIN(TestPolicyReplay)
#include "tst_policy_replay.moc"
