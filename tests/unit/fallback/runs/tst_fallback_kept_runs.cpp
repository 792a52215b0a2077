#include "tests/unit/fallback/runs/numbered.h"

#include "core/fallback/runs/grading.h"
#include "core/fallback/runs/incumbent.h"
#include "core/fallback/runs/runjson.h"
#include "core/fallback/runs/standing.h"
#include "core/fallback/runs/statefile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <map>
#include <set>

using namespace numbered_suite;

namespace {

QByteArray bytes_of(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

CaseResult graded(int index, int repetition, CaseState state, double score = 0)
{
    CaseResult result;
    result.index = index;
    result.repetition = repetition;
    result.id = "c" + std::to_string(index);
    result.state = state;
    result.score = score;
    return result;
}

}

class TestKeptRuns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itGoesOnWhereItStopped()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("run.state")).toStdString();
        ScriptedServer server(answer_numbered);
        const Suite suite = numbered(20);
        RunOptions options = quick();
        options.parallel = 2;
        {
            auto state = StateFile::open(path);
            QVERIFY(state.has_value() && !state->earlier());
            const auto stopped = run_suite(
                suite, at(server), {}, options, nullptr,
                [&](const Run& run, const CaseResult& result) { return state->append(run, result); },
                [](std::int64_t done, std::int64_t) { return done < 7; });
            QVERIFY(!stopped.has_value());
            QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
        }
        auto state = StateFile::open(path);
        QVERIFY2(state.has_value(), state ? "" : state.error().message.c_str());
        QVERIFY(state->earlier().has_value());
        const std::size_t kept = state->earlier()->results.size();
        QVERIFY(kept >= 7 && kept < 20);
        std::set<std::string> before;
        for (const CaseResult& result : state->earlier()->results)
            before.insert(result.id);
        const std::size_t asked_before = server.requests().size();
        const auto run = run_suite(
            suite, at(server), {}, options, &*state->earlier(),
            [&](const Run& so_far, const CaseResult& result) { return state->append(so_far, result); }, {});
        QVERIFY2(run.has_value(), run ? "" : run.error().message.c_str());
        QCOMPARE(run->results.size(), std::size_t{20});
        int again = 0;
        for (std::size_t i = asked_before; i < server.requests().size(); ++i) {
            const HttpRequest& request = server.requests()[i];
            again += request.method == "POST" && before.contains(asked_case(request)) ? 1 : 0;
        }
        QCOMPARE(again, 0);
        QVERIFY(state->end(*run).has_value());
        const auto whole = StateFile::read(path);
        QVERIFY(whole.has_value());
        QCOMPARE(report_of(**whole).dump(), report_of(*run).dump());
    }

    void theLastHeadCounts()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("run.state")).toStdString();
        Run run;
        {
            auto state = StateFile::open(path);
            QVERIFY(state.has_value());
            QVERIFY(state->append(run, graded(0, 0, CaseState::Passed)).has_value());
            run.throughput = {{4, 16, 1, 2.5, 99.5, 12.25}};
            run.finished = *base::parse_instant("2026-11-30T10:01:00Z");
            QVERIFY(state->end(run).has_value());
        }
        const auto kept = StateFile::read(path);
        QVERIFY2(kept.has_value(), kept ? "" : kept.error().message.c_str());
        QVERIFY((*kept)->throughput == run.throughput);
        QCOMPARE((*kept)->finished, run.finished);
        QCOMPARE((*kept)->results.size(), std::size_t{1});
    }

    void oneWritesAndOthersOnlyRead()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("run.state")).toStdString();
        QVERIFY(!StateFile::read(path).has_value());
        QVERIFY(!std::filesystem::exists(path));
        {
            auto state = StateFile::open(path);
            QVERIFY(state.has_value());
            QVERIFY(state->append(Run(), graded(0, 0, CaseState::Passed)).has_value());
            const auto second = StateFile::open(path);
            QVERIFY(!second.has_value());
            QCOMPARE(second.error().code, base::ErrorCode::Locked);
        }
        std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
        const QByteArray before = bytes_of(path);
        const auto kept = StateFile::read(path);
        QVERIFY(kept.has_value() && (*kept)->results.empty());
        QCOMPARE(bytes_of(path), before);
    }

    void keptAnswersArePricedAtTheSheetOfToday()
    {
        ScriptedServer server(answer_numbered);
        RunOptions options = quick();
        const pricing::Sheet dollars = priced();
        options.prices = &dollars;
        const auto first = run_suite(numbered(2), at(server), {}, options, nullptr, {}, {});
        QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
        QVERIFY(first->results[0].cost.has_value());
        pricing::Sheet euros = priced();
        euros.currency = "EUR";
        for (pricing::Model& model : euros.models)
            model.model = "another";
        options.prices = &euros;
        const std::size_t before = server.requests().size();
        std::vector<CaseResult> handed;
        const auto second = run_suite(numbered(2), at(server), {}, options, &*first,
                                      [&](const Run&, const CaseResult& result) {
                                          handed.push_back(result);
                                          return base::Status();
                                      },
                                      {});
        QVERIFY2(second.has_value(), second ? "" : second.error().message.c_str());
        for (std::size_t i = before; i < server.requests().size(); ++i)
            QVERIFY(server.requests()[i].method != "POST");
        QCOMPARE(second->currency, std::string("EUR"));
        QVERIFY(!second->results[0].cost && !second->results[1].cost); // not in that sheet
        QCOMPARE(handed.size(), std::size_t{2});
    }

    void repetitionsThatWerePaidForStay()
    {
        ScriptedServer server(answer_numbered);
        RunOptions options = quick();
        options.repetitions = 3;
        const auto first = run_suite(numbered(1), at(server), {}, options, nullptr, {}, {});
        QVERIFY(first.has_value());
        options.repetitions = 1;
        const auto second = run_suite(numbered(1), at(server), {}, options, &*first, {}, {});
        QVERIFY(second.has_value());
        QCOMPARE(second->results.size(), std::size_t{3});
        QCOMPARE(second->repetitions, 3);
    }

    void noTokensASecondAreUnknown()
    {
        Run run;
        run.results = {graded(0, 0, CaseState::Passed)};
        run.results[0].total_ms = 100;
        run.results[0].tokens.completion = 0;
        QVERIFY(!standing_of(run, nullptr).tokens_per_second);
        run.throughput = {{4, 16, 0, 2.5, 0, 12.25}};
        QVERIFY(!standing_of(run, nullptr).tokens_per_second);
        run.throughput[0].tokens_per_second = 80;
        QCOMPARE(*standing_of(run, nullptr).tokens_per_second, 80.0);
    }

    void aHalfWrittenLineIsDropped()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("run.state")).toStdString();
        ScriptedServer server(answer_numbered);
        {
            auto state = StateFile::open(path);
            const auto run = run_suite(
                numbered(3), at(server), {}, quick(), nullptr,
                [&](const Run& so_far, const CaseResult& result) { return state->append(so_far, result); },
                {});
            QVERIFY(run.has_value());
        }
        const QByteArray whole = bytes_of(path);
        // Wherever the writing was cut, what stands before the last line's end is there and can be gone on
        // with.
        for (const qsizetype cut :
             {whole.size() - 1, whole.size() - 40, whole.indexOf('\n') + 1, qsizetype{9}}) {
            std::filesystem::resize_file(path, static_cast<std::size_t>(cut));
            const auto lines = whole.left(cut).count('\n');
            auto state = StateFile::open(path);
            QVERIFY2(state.has_value() == (cut != 9), state ? "" : state.error().message.c_str());
            if (!state)
                break;
            QCOMPARE(static_cast<qsizetype>(state->earlier()->results.size()), lines - 1);
            QCOMPARE(bytes_of(path).back(), '\n');
        }
    }

    void otherFilesAreNotTouched_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("My notes.");
        QTest::newRow("lines") << QByteArray("a\nb\n");
        QTest::newRow("other JSON") << QByteArray("{\"a\": 1}\n");
        QTest::newRow("another version") << QByteArray("{\"leeway_run\":9}\n");
        QTest::newRow("a damaged result") << QByteArray();
    }
    void otherFilesAreNotTouched()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("file"));
        if (content.isEmpty())
            content = QByteArray::fromStdString(head_to_json(Run()).dump()) + "\n{\"index\": 0}\n";
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto state = StateFile::open(path.toStdString());
        QVERIFY(!state.has_value());
        QCOMPARE(state.error().code, base::ErrorCode::Unreadable);
        QCOMPARE(bytes_of(path.toStdString()), content);
    }

    void resultsComeBackAsTheyWere()
    {
        CaseResult result = graded(3, 1, CaseState::Failed, 0.25);
        result.category = Category::Complex;
        result.answer.text = "Grüße\n\"so\"";
        result.answer.calls = nlohmann::ordered_json::parse(R"([{"z":1,"a":2}])");
        result.answer.latency_ms = 12.5;
        result.answer.cost = 0.0013955;
        result.answer.finish_reason = "stop";
        result.answer.log_probabilities = {-0.5, -0.25};
        result.why = "one of two";
        result.assertions = {{"assert-set",
                              false,
                              0.5,
                              "set",
                              "m",
                              2,
                              false,
                              {{"equals", true, 1, "same", {}, 1, false, {}}}}};
        result.trouble = Trouble::None;
        result.first_token_ms = 3.25;
        result.total_ms = 12.5;
        result.tokens = {40, 32, 9, std::nullopt};
        result.tokens_per_second = 88.5;
        result.cost = *base::Decimal::parse("0.0013955");
        result.attempts = 2;
        const auto json = to_json(result);
        const auto back = case_result_from(nlohmann::ordered_json::parse(json.dump()));
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        QCOMPARE(to_json(*back).dump(), json.dump());
        QCOMPARE(back->assertions, result.assertions);
        QCOMPARE(back->cost->to_string(), result.cost->to_string());
        QCOMPARE(back->answer.log_probabilities, result.answer.log_probabilities);

        Run run;
        run.suite = "s";
        run.identity = {"ab", EndpointKind::Ollama, "http://x", "m", {0.5, std::nullopt, 7}};
        run.started = *base::parse_instant("2026-11-30T10:00:00.125Z");
        run.throughput = {{4, 16, 1, 2.5, 99.5, 12.25}};
        const auto head = head_from(head_to_json(run));
        QVERIFY(head.has_value());
        QVERIFY(head->identity == run.identity);
        QVERIFY(head->throughput == run.throughput);
        QCOMPARE(head_to_json(*head).dump(), head_to_json(run).dump());
    }

    void todaysAnswersOnTheSameCases()
    {
        Suite suite = numbered(5);
        suite.cases[0].incumbent = "c0";       // both right
        suite.cases[1].incumbent = "c1";       // only today's
        suite.cases[2].incumbent = "nonsense"; // only the run
        suite.cases[3].incumbent = "c3";       // the run has no verdict
        suite.cases[4].incumbent = "c4";       // nothing but agreement to go by
        suite.cases[4].assertions[0].type = "agreement";
        Run run;
        run.results = {graded(0, 0, CaseState::Passed), graded(1, 0, CaseState::Failed),
                       graded(2, 0, CaseState::Passed), graded(3, 0, CaseState::Error),
                       graded(4, 0, CaseState::Passed)};
        const auto paired = against_incumbent(run, suite);
        QVERIFY(paired.has_value());
        QCOMPARE(paired->both, 1);
        QCOMPARE(paired->only_first, 1);
        QCOMPARE(paired->only_second, 1);
        QCOMPARE(paired->neither, 0);
        QCOMPARE(paired->difference, 0.0);
        const auto input = standing_of(run, &suite);
        QCOMPARE(input.without_verdict, 1);
        QCOMPARE(input.categories.size(), std::size_t{1}); // all graded() are routine
        QCOMPARE(input.categories[0].passed, 3);
        QVERIFY(!against_incumbent(run, numbered(5)));
    }

    void aCaseIsWhatMostOfItsRepetitionsAre_data()
    {
        QTest::addColumn<QByteArray>("states"); // p, f, i, e
        QTest::addColumn<QString>("expected");
        QTest::newRow("most pass") << QByteArray("pfp") << "passed";
        QTest::newRow("half is not most") << QByteArray("pf") << "failed";
        QTest::newRow("errors do not count") << QByteArray("eep") << "passed";
        QTest::newRow("invalid ones do not count") << QByteArray("iif") << "failed";
        QTest::newRow("nothing graded") << QByteArray("ei") << "invalid";
        QTest::newRow("only errors") << QByteArray("ee") << "error";
    }
    void aCaseIsWhatMostOfItsRepetitionsAre()
    {
        QFETCH(QByteArray, states);
        QFETCH(QString, expected);
        const std::map<char, CaseState> names{{'p', CaseState::Passed},
                                              {'f', CaseState::Failed},
                                              {'i', CaseState::Invalid},
                                              {'e', CaseState::Error}};
        Run run;
        for (const char state : states)
            run.results.push_back(graded(0, static_cast<int>(run.results.size()), names.at(state)));
        QCOMPARE(std::string(to_string(summaries(run).at(0).state)), expected.toStdString());
    }

    void costs_data()
    {
        QTest::addColumn<int>("prompt");
        QTest::addColumn<int>("cached");
        QTest::addColumn<int>("completion");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("expected"); // empty: none
        QTest::newRow("plain") << 1000 << 0 << 100 << "tiny"
                               << "0.0014";
        QTest::newRow("cached") << 1000 << 400 << 100 << "tiny"
                                << "0.00104";
        QTest::newRow("more cached than there is") << 100 << 400 << 0 << "tiny"
                                                   << "0.00001";
        QTest::newRow("not counted") << -1 << 0 << 100 << "tiny"
                                     << "";
        QTest::newRow("not in the sheet") << 1000 << 0 << 100 << "other"
                                          << "";
    }
    void costs()
    {
        QFETCH(int, prompt);
        QFETCH(int, cached);
        QFETCH(int, completion);
        QFETCH(QString, model);
        QFETCH(QString, expected);
        Tokens tokens{std::nullopt, cached, completion, std::nullopt};
        if (prompt >= 0)
            tokens.prompt = prompt;
        const auto cost = fallback::cost_of(tokens, model.toStdString(), priced(),
                                            *base::parse_instant("2026-11-30T10:00:00Z"));
        QCOMPARE(cost ? cost->to_string() : std::string(), expected.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestKeptRuns)
#include "tst_fallback_kept_runs.moc"
