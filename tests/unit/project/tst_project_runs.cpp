#include "core/fallback/runs/runjson.h"
#include "core/project/fallback.h"
#include "fixtures.h"

#include <SQLiteCpp/Database.h>
#include <algorithm>

using namespace fixtures;
using project::Access;
using project::Project;

namespace {

fallback::Endpoint endpoint_named(const std::string& name)
{
    fallback::Endpoint endpoint;
    endpoint.name = name;
    endpoint.kind = fallback::EndpointKind::Ollama;
    endpoint.url = "http://127.0.0.1:11434";
    endpoint.model = "qwen3:8b";
    endpoint.key_variable = "OUR_KEY";
    endpoint.certificates = "/etc/ssl/own.pem";
    endpoint.context = 16'384;
    return endpoint;
}

fallback::Suite small_suite()
{
    fallback::Suite suite;
    suite.name = "small";
    suite.sha256 = std::string(64, 'c');
    for (const char* id : {"one", "two"}) {
        fallback::Case c;
        c.id = id;
        c.messages = {{"user", std::string("Say ") + id}};
        c.category = fallback::Category::Critical;
        fallback::Assertion assertion;
        assertion.type = "equals";
        assertion.value = id;
        c.assertions = {assertion};
        suite.cases.push_back(c);
    }
    return suite;
}

fallback::Run head_for(const std::string& model)
{
    fallback::Run run;
    run.suite = "small";
    run.endpoint = "local";
    run.identity = {std::string(64, 'c'), fallback::EndpointKind::OpenAi, "http://127.0.0.1:8080", model, {}};
    run.started = *base::parse_instant("2026-11-30T10:00:00Z");
    return run;
}

fallback::CaseResult result_at(int index, const std::string& text)
{
    fallback::CaseResult result;
    result.index = index;
    result.id = index == 0 ? "one" : "two";
    result.state = text == result.id ? fallback::CaseState::Passed : fallback::CaseState::Failed;
    result.answer.text = text;
    result.cost = *base::Decimal::parse("0.000000000001");
    return result;
}

}

class TestProjectRuns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(Project::create(path(), "Runs").has_value());
    }

    void aJudgesOpinionsAreKeptWithTheAnswer()
    {
        auto project = Project::open(path());
        const auto run = project->begin_run(*project->add_suite(small_suite()), head_for("qwen3"));
        QVERIFY(run.has_value());
        fallback::CaseResult result = result_at(0, "one");
        QVERIFY(project->keep_result(*run, result).has_value());
        fallback::Judgement judgement;
        judgement.judge = {fallback::EndpointKind::OpenAi, "http://127.0.0.1:9", "judge", {}};
        judgement.order = fallback::JudgeOrder::ReferenceFirst;
        judgement.prompt = {{"user", "Which?"}};
        judgement.answer = R"({"preferred":"second","reason":"whole"})";
        judgement.preferred = fallback::Preference::Candidate;
        judgement.reason = "whole";
        result.judgements = {judgement};
        QVERIFY(project->keep_result(*run, result).has_value());
        const auto back = project->run(*run);
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        QCOMPARE(back->results.size(), std::size_t{1});
        QCOMPARE(back->results[0].judgements, result.judgements);
    }

    void endpointsComeBack()
    {
        const std::vector<fallback::Endpoint> endpoints{endpoint_named("a"), endpoint_named("b")};
        QVERIFY(Project::open(path())->set_endpoints(endpoints).has_value());
        const auto part = Project::open(path())->fallback();
        QVERIFY(part.has_value());
        QVERIFY(part->endpoints == endpoints);
        QVERIFY(Project::open(path())->set_endpoints({}).has_value());
        QVERIFY(Project::open(path())->fallback()->endpoints.empty());
        QCOMPARE(audit(), (QByteArrayList{"create project", "change endpoints", "change endpoints"}));
    }

    void aPasswordInAnAddressIsNotKept()
    {
        auto endpoint = endpoint_named("a");
        endpoint.url = "https://me:secret@models.example.com";
        QVERIFY(!Project::open(path())->set_endpoints({endpoint}).has_value());
        QFile file(QString::fromStdString(path().string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret"));
    }

    void aSuiteIsKeptOnce()
    {
        auto project = Project::open(path());
        const auto first = project->add_suite(small_suite());
        QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
        QCOMPARE(*project->add_suite(small_suite()), *first);
        auto back = project->suite(*first);
        QVERIFY(back.has_value());
        QCOMPARE(back->sha256, small_suite().sha256);
        QCOMPARE(fallback::to_json(*back), fallback::to_json(small_suite()));
        QCOMPARE(project->fallback()->suites.size(), std::size_t{1});
        QCOMPARE(project->fallback()->suites[0].cases, 2);
        QCOMPARE(audit(), (QByteArrayList{"create project", "add suite"}));
    }

    void aRunThatBreaksOffIsGoneOnWith()
    {
        project::Id id = 0;
        {
            auto project = Project::open(path());
            const auto suite = project->add_suite(small_suite());
            id = *project->begin_run(*suite, head_for("tiny"));
            QVERIFY(project->keep_result(id, result_at(0, "one")).has_value());
        }
        auto project = Project::open(path());
        const auto part = project->fallback();
        QCOMPARE(part->runs.size(), std::size_t{1});
        QCOMPARE(part->runs[0].answers, 1);
        auto identity = head_for("tiny").identity;
        QCOMPARE(project::run_to_go_on(*part, identity)->id, id);
        identity.model.clear();
        QCOMPARE(project::run_to_go_on(*part, identity)->id, id);
        identity.model = "other";
        QVERIFY(project::run_to_go_on(*part, identity) == nullptr);

        auto run = project->run(id);
        QVERIFY(run.has_value());
        QCOMPARE(fallback::to_json(run->results.at(0)).dump(), fallback::to_json(result_at(0, "one")).dump());
        run->results.push_back(result_at(1, "something"));
        run->finished = *base::parse_instant("2026-11-30T10:01:00Z");
        QVERIFY(project->end_run(id, *run).has_value());
        const auto ended = project->fallback();
        QVERIFY(project::run_to_go_on(*ended, head_for("tiny").identity) == nullptr);
        QCOMPARE(fallback::report_of(*project->run(id)).dump(), fallback::report_of(*run).dump());
        QCOMPARE(audit(), (QByteArrayList{"create project", "add suite", "begin run", "end run"}));
        QVERIFY(project->load()->audit.back().detail.find("1 of 2 cases passed") != std::string::npos);
    }

    void aNewerRunIsNotPassedOverForAnOlderOne()
    {
        auto project = Project::open(path());
        const auto suite = *project->add_suite(small_suite());
        QVERIFY(project->begin_run(suite, head_for("tiny")).has_value());
        auto run = head_for("tiny");
        const auto newer = *project->begin_run(suite, run);
        run.results = {result_at(0, "one"), result_at(1, "two")};
        QVERIFY(project->end_run(newer, run).has_value());
        const auto part = project->fallback();
        QVERIFY(project::run_to_go_on(*part, run.identity) == nullptr);
        QCOMPARE(project::newest_run(*part, "small", "")->id, newer);
        QVERIFY(project::newest_run(*part, "small", "other") == nullptr);
    }

    void whatEndsARun_data()
    {
        QTest::addColumn<int>("trouble");
        QTest::addColumn<bool>("ended");
        QTest::newRow("an answer") << int(fallback::Trouble::None) << true;
        QTest::newRow("too long") << int(fallback::Trouble::ContextOverflow) << true;
        QTest::newRow("refused as it stands") << int(fallback::Trouble::BadRequest) << true;
        QTest::newRow("nobody there") << int(fallback::Trouble::Unreachable) << false;
    }
    void whatEndsARun()
    {
        QFETCH(int, trouble);
        QFETCH(bool, ended);
        auto project = Project::open(path());
        auto run = head_for("tiny");
        const auto id = *project->begin_run(*project->add_suite(small_suite()), run);
        run.results = {result_at(0, "one"), result_at(1, "two")};
        run.results[1].trouble = fallback::Trouble(trouble);
        QVERIFY(project->end_run(id, run).has_value());
        QCOMPARE(project->fallback()->runs[0].ended, ended);
    }

    void answersThatTheRunDoesNotHoldStay()
    {
        auto project = Project::open(path());
        const auto id = *project->begin_run(*project->add_suite(small_suite()), head_for("tiny"));
        fallback::CaseResult again = result_at(0, "one");
        again.repetition = 1;
        QVERIFY(project->keep_result(id, again).has_value());
        auto run = head_for("tiny");
        run.results = {result_at(0, "one"), result_at(1, "two")};
        QVERIFY(project->end_run(id, run).has_value());
        QCOMPARE(project->run(id)->results.size(), std::size_t{3});
    }

    void gradedAgainByAChangedSuite()
    {
        auto project = Project::open(path());
        const auto id = *project->begin_run(*project->add_suite(small_suite()), head_for("tiny"));
        auto run = head_for("tiny");
        run.results = {result_at(0, "eins"), result_at(1, "two")};
        QVERIFY(project->end_run(id, run).has_value());
        auto changed = small_suite();
        changed.sha256 = std::string(64, 'd');
        changed.cases[0].assertions[0].value = "eins";
        std::ranges::reverse(changed.cases); // a case's place is not what it is known by
        const auto graded = project->regrade_run(id, changed);
        QVERIFY2(graded.has_value(), graded ? "" : graded.error().message.c_str());
        const auto back = project->run(id);
        QCOMPARE(fallback::report_of(*back).dump(), fallback::report_of(*graded).dump());
        QCOMPARE(back->results.size(), std::size_t{2});
        QCOMPARE(back->results[1].id, std::string("one"));
        QCOMPARE(fallback::totals(*back).passed, 2);
        const auto part = project->fallback();
        QCOMPARE(project->suite(part->runs[0].suite)->sha256, changed.sha256);
        QCOMPARE(audit().back(), QByteArray("grade run again"));
        changed.cases.pop_back();
        changed.sha256 = std::string(64, 'e');
        QVERIFY(!project->regrade_run(id, changed).has_value());
        QVERIFY(project->note_judging(id, {fallback::EndpointKind::OpenAi, "http://x", "judge", {}}, 2)
                    .has_value());
        QCOMPARE(audit().back(), QByteArray("judge run"));
    }

    void removedAndRestored()
    {
        auto project = Project::open(path());
        const auto id = *project->begin_run(*project->add_suite(small_suite()), head_for("tiny"));
        QVERIFY(project->keep_result(id, result_at(0, "one")).has_value());
        QVERIFY(project->remove_run(id).has_value());
        QVERIFY(project->fallback()->runs.empty());
        QCOMPARE(project->run(id).error().code, base::ErrorCode::NotFound);
        QVERIFY(!project->remove_run(id).has_value());
        QVERIFY(project->restore_run(id).has_value());
        QCOMPARE(project->run(id)->results.size(), std::size_t{1});
        QVERIFY(!project->restore_run(id).has_value());
    }

    void readersChangeNothing()
    {
        auto project = Project::open(path(), Access::ReadOnly);
        QCOMPARE(project->set_endpoints({endpoint_named("a")}).error().code, base::ErrorCode::Locked);
        QCOMPARE(project->keep_result(1, result_at(0, "one")).error().code, base::ErrorCode::Locked);
    }

    void anAnswerToARunThatIsNotThereIsRefused()
    {
        auto project = Project::open(path());
        QVERIFY(!project->keep_result(7, result_at(0, "one")).has_value());
        QVERIFY(!project->begin_run(7, head_for("tiny")).has_value());
        QVERIFY(project->fallback()->runs.empty());
    }

    void aFileOfTheFormatBefore()
    {
        {
            SQLite::Database database(path().string(), SQLite::OPEN_READWRITE);
            database.exec("DROP TABLE regulation_answer; DROP TABLE run_result; DROP TABLE run; DROP TABLE "
                          "suite; DROP TABLE endpoint;"
                          "PRAGMA user_version = 2");
        }
        auto project = Project::open(path());
        QVERIFY2(project.has_value(), project ? "" : project.error().message.c_str());
        QVERIFY(QFile::exists(
            m_folder->filePath(QStringLiteral("runs.before-v%1.leeway").arg(project::schema_version))));
        QVERIFY(project->fallback()->runs.empty());
        QVERIFY(project->add_suite(small_suite()).has_value());
    }

private:
    [[nodiscard]] std::filesystem::path path() const
    {
        return m_folder->filePath(QStringLiteral("runs.leeway")).toStdString();
    }
    [[nodiscard]] QByteArrayList audit() const
    {
        QByteArrayList actions;
        const auto snapshot = Project::open(path(), Access::ReadOnly)->load();
        for (const project::AuditEntry& entry : snapshot->audit)
            actions += QByteArray::fromStdString(entry.action);
        return actions;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestProjectRuns)
#include "tst_project_runs.moc"
