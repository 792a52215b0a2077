#include "fixtures.h"

using namespace fixtures;
using clauses::Verdict;
using project::Project;
using project::Snapshot;

namespace {

// What people see of a contract; equal before and after a command and its inverse.
QStringList picture_of(const Snapshot& snapshot)
{
    QStringList lines;
    for (const project::Contract& contract : snapshot.contracts) {
        lines += QString::fromStdString(contract.title + " | " + contract.vendor);
        for (const project::Version& version : contract.versions)
            lines += QString::fromStdString("version " + version.label + " " + version.document.name);
        for (const project::Decision& d : contract.decisions)
            lines += QString::fromStdString(d.check + " " + std::string(clauses::to_string(d.verdict)) + " " +
                                            d.note + " " + d.author + " " + base::to_string(d.time) + " " +
                                            (d.text_changed ? "changed" : "same"));
    }
    lines += QString::fromStdString(snapshot.settings.title + " " + snapshot.settings.currency);
    lines += QStringLiteral("%1 requests, %2 scenarios, sheet %3")
                 .arg(snapshot.cube.requests)
                 .arg(snapshot.scenarios.scenarios.size())
                 .arg(QString::fromStdString(snapshot.sheet.title));
    return lines;
}

usage::Cube small_cube()
{
    usage::Cube cube;
    cube.thresholds = {200000};
    usage::Cell cell;
    cell.key.day = *base::parse_date("2026-06-01");
    cell.key.vendor = "openai";
    cell.key.model = "gpt-4o";
    cell.key.tag = "crm";
    cell.counts[pricing::Component::Request] = 7;
    cell.counts[pricing::Component::Input] = 123456789012;
    cube.cells = {cell};
    cube.requests = 7;
    cube.bad_lines = 1;
    cube.examples = {{"usage.csv", 3, "no model"}};
    cube.sources = {"usage.csv"};
    return cube;
}

pricing::Sheet small_sheet()
{
    pricing::Rate rate;
    rate.price = *base::Decimal::parse("0.0000025");
    pricing::Model model;
    model.vendor = "openai";
    model.model = "gpt-4o";
    pricing::DatedRates dated;
    dated.rates = {rate};
    dated.source = "price page";
    model.prices = {dated};
    pricing::Sheet sheet;
    sheet.id = "agreed";
    sheet.title = "Agreed prices";
    sheet.as_of = *base::parse_date("2026-11-01");
    sheet.source = "offer of 1 November";
    sheet.sha256 = std::string(64, 'b');
    sheet.models = {model};
    sheet.ignored = {"sample_spec: not a model"};
    return sheet;
}

simulation::ScenarioSet small_scenarios()
{
    simulation::Scenario base_case;
    base_case.id = "base";
    base_case.title = "Base";
    simulation::Scenario spike;
    spike.id = "spike";
    spike.title = "Spike";
    spike.price_changes = {{"openai", "", 50, 10}};
    simulation::ScenarioSet set;
    set.id = "test";
    set.title = "Test";
    set.plan.start = base::Month::of(2027, 1);
    set.plan.growth_percent = 1.2;
    set.plan.budget_lock = *base::parse_date("2028-01-01");
    set.scenarios = {base_case, spike};
    return set;
}

}

class TestProjectCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("USER", "m.keller"); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = path_in(*m_folder, "project.leeway");
        auto created = Project::create(m_file, "CRM assistant");
        VERIFY_RESULT(created);
        m_project.emplace(std::move(*created));
    }
    void cleanup() { m_project.reset(); }

    void a_new_project_has_sensible_values();
    void every_value_comes_back();
    void original_bytes_come_back();
    void every_command_has_an_audit_entry_data();
    void every_command_has_an_audit_entry();
    void inverses_data();
    void inverses();
    void refused_commands_change_nothing_data();
    void refused_commands_change_nothing();
    void the_ledger_stays_with_its_usage_data();
    void the_ledger_stays_with_its_usage();

private:
    Snapshot loaded()
    {
        const auto snapshot = m_project->load();
        if (!snapshot)
            qFatal("%s", message_of(snapshot).constData());
        return *snapshot;
    }
    project::Id add(const std::string& text = first_text, const std::string& name = "agreement.txt")
    {
        const auto document = document_of(name, text);
        const auto review = text == first_text ? review_of(document) : clauses::Review{};
        const auto id = m_project->add_contract("Master agreement", "Aurora AI", document, text, review);
        if (!id)
            qFatal("%s", message_of(id).constData());
        return *id;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_file;
    std::optional<Project> m_project;
};

void TestProjectCommands::a_new_project_has_sensible_values()
{
    const Snapshot snapshot = loaded();
    QCOMPARE(snapshot.settings.title, std::string("CRM assistant"));
    QCOMPARE(snapshot.settings.currency, std::string("USD"));
    QVERIFY(!snapshot.settings.profile.id.empty());
    QVERIFY(snapshot.contracts.empty());
    QVERIFY(snapshot.cube.empty());
    QVERIFY(snapshot.scenarios.scenarios.empty());
    QVERIFY(!snapshot.sheet.models.empty());
    QCOMPARE(snapshot.sheet.title, pricing::bundled_sheet()->title);
    QCOMPARE(snapshot.audit.size(), std::size_t{1});
    QCOMPARE(snapshot.audit[0].action, std::string("create project"));
    QCOMPARE(snapshot.audit[0].author, std::string("m.keller"));
    QCOMPARE(m_project->file(), m_file);
    QVERIFY(m_project->access() == project::Access::ReadWrite);
}

void TestProjectCommands::every_value_comes_back()
{
    const auto document = document_of("agreement.txt", first_text);
    const auto review = review_of(document);
    const auto contract =
        m_project->add_contract("Master “agreement”", "Aurora 'AI'; DROP", document, first_text, review);
    VERIFY_RESULT(contract);
    auto decision = decision_of("no-training", Verdict::Adverse);
    decision.note = "see §8.2\nand the annex";
    decision.evidence = {evidence_of(document, "Fees may rise", clauses::Role::Takes)};
    VERIFY_RESULT(m_project->set_decision(*contract, "no-training", decision));
    project::Settings settings;
    settings.title = "Assistant for “everybody”";
    settings.currency = "CHF";
    settings.currency_per_usd = *base::Decimal::parse("0.881234567890123456");
    settings.rate_source = "central bank, 27 Nov 2026";
    settings.profile = {"own",
                        "Our own",
                        "for tests",
                        {{"no-training", 9.5}, {"liability", 0}},
                        {"no-training", "liability"}};
    settings.regulations = {{"dora", {{"financial-entity", "yes"}, {"critical-function", "no"}}},
                            {"eu-data-act", {{"service", "iaas"}}}};
    VERIFY_RESULT(m_project->set_settings(settings));
    VERIFY_RESULT(m_project->set_cube(small_cube()));
    VERIFY_RESULT(m_project->set_sheet(small_sheet()));
    VERIFY_RESULT(m_project->set_scenarios(small_scenarios()));
    VERIFY_RESULT(m_project->note_export("report.pdf"));
    const Snapshot before = loaded();

    m_project.reset();
    auto opened = Project::open(m_file);
    VERIFY_RESULT(opened);
    m_project.emplace(std::move(*opened));
    const Snapshot after = loaded();

    QCOMPARE(after.contracts.size(), std::size_t{1});
    const project::Contract& stored = after.contracts[0];
    QCOMPARE(stored.title, std::string("Master “agreement”"));
    QCOMPARE(stored.vendor, std::string("Aurora 'AI'; DROP"));
    QVERIFY(stored.newest().document == document);
    QVERIFY(stored.newest().review == review);
    QCOMPARE(stored.newest().label, std::string("1"));
    QCOMPARE(stored.decisions.size(), std::size_t{1});
    QCOMPARE(stored.decisions[0].author, std::string("m.keller"));
    decision.author = stored.decisions[0].author;
    decision.time = stored.decisions[0].time;
    QVERIFY(stored.decisions[0] == decision);
    QVERIFY(after.settings == settings);
    QVERIFY(after.cube == small_cube());
    QVERIFY(after.sheet.models == small_sheet().models);
    QCOMPARE(after.sheet.sha256, small_sheet().sha256);
    QCOMPARE(after.sheet.ignored, small_sheet().ignored);
    QCOMPARE(after.sheet.title, small_sheet().title);
    QVERIFY(after.sheet.as_of == small_sheet().as_of);
    QVERIFY(after.scenarios == small_scenarios());
    QVERIFY(after.audit == before.audit);
    QCOMPARE(picture_of(after), picture_of(before));
}

void TestProjectCommands::original_bytes_come_back()
{
    std::string bytes = "%PDF-1.7 ";
    for (int i = 0; i < 100000; ++i)
        bytes += static_cast<char>(i * 31 % 256);
    auto document = document_of("agreement.pdf", first_text);
    document.sha256 = base::sha256(bytes);
    VERIFY_RESULT(m_project->add_contract("A", "B", document, bytes, {}));
    const auto back = m_project->document_bytes(loaded().contracts[0].newest().id);
    VERIFY_RESULT(back);
    QVERIFY(*back == bytes);
    QVERIFY(!m_project->document_bytes(4711).has_value());
}

void TestProjectCommands::every_command_has_an_audit_entry_data()
{
    QTest::addColumn<std::function<base::Status(Project&, project::Id)>>("command");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("detail");
    using C = std::function<base::Status(Project&, project::Id)>;
    QTest::newRow("decide") << C([](Project& p, project::Id c) {
        return p.set_decision(c, "no-training", decision_of("no-training", Verdict::Met));
    }) << "decide"
                            << "no-training: open → met";
    QTest::newRow("withdraw") << C([](Project& p, project::Id c) {
        (void)p.set_decision(c, "no-training", decision_of("no-training", Verdict::Met));
        return p.set_decision(c, "no-training", std::nullopt);
    }) << "withdraw decision"
                              << "no-training: met → open";
    QTest::newRow("rename") << C([](Project& p, project::Id c) {
        return p.rename_contract(c, "Frame", "Borealis");
    }) << "rename contract"
                            << "“Master agreement” → “Frame”, vendor “Borealis”";
    QTest::newRow("remove") << C([](Project& p, project::Id c) { return p.remove_contract(c); })
                            << "remove contract"
                            << "“Master agreement”";
    QTest::newRow("restore") << C([](Project& p, project::Id c) {
        (void)p.remove_contract(c);
        return p.restore_contract(c);
    }) << "restore contract"
                             << "“Master agreement”";
    QTest::newRow("version") << C([](Project& p, project::Id c) {
        return p.add_version(c, document_of("v2.txt", "Nothing."), "Nothing.", {}).map([](project::Id) {});
    }) << "add version"
                             << "from v2.txt";
    QTest::newRow("review") << C([](Project& p, project::Id) {
        auto review = review_of(document_of("agreement.txt", first_text));
        review.engine = "2.0";
        return p.set_review(1, review);
    }) << "review"
                            << "engine 2.0";
    QTest::newRow("settings") << C([](Project& p, project::Id) {
        auto settings = p.load()->settings;
        settings.currency = "EUR";
        return p.set_settings(settings);
    }) << "change settings"
                              << "currency: USD → EUR";
    QTest::newRow("usage") << C([](Project& p, project::Id) { return p.set_cube(small_cube()); })
                           << "import usage"
                           << "7 requests from usage.csv; 1 bad lines left out";
    QTest::newRow("prices") << C([](Project& p, project::Id) { return p.set_sheet(small_sheet()); })
                            << "import prices"
                            << "“Agreed prices”, 1 models";
    QTest::newRow("scenarios") << C([](Project& p, project::Id) {
        return p.set_scenarios(small_scenarios());
    }) << "change scenarios"
                               << "Base, Spike";
    QTest::newRow("export") << C([](Project& p, project::Id) { return p.note_export("report.pdf"); })
                            << "export report"
                            << "report.pdf";
}

void TestProjectCommands::every_command_has_an_audit_entry()
{
    using C = std::function<base::Status(Project&, project::Id)>;
    QFETCH(C, command);
    QFETCH(QString, action);
    QFETCH(QString, detail);
    const project::Id contract = add();
    VERIFY_RESULT(command(*m_project, contract));
    const project::AuditEntry entry = loaded().audit.back();
    QCOMPARE(QString::fromStdString(entry.action), action);
    QVERIFY2(holds(entry.detail, detail), entry.detail.c_str());
    QCOMPARE(entry.author, std::string("m.keller"));
    QVERIFY(std::chrono::abs(std::chrono::system_clock::now() - entry.time) < std::chrono::minutes(5));
}

void TestProjectCommands::inverses_data()
{
    QTest::addColumn<std::function<base::Status(Project&)>>("command");
    QTest::addColumn<std::function<base::Status(Project&)>>("inverse");
    using C = std::function<base::Status(Project&)>;
    QTest::newRow("first decision") << C([](Project& p) {
        return p.set_decision(1, "data-deletion", decision_of("data-deletion", Verdict::Met));
    }) << C([](Project& p) { return p.set_decision(1, "data-deletion", std::nullopt); });
    QTest::newRow("remove") << C([](Project& p) { return p.remove_contract(1); })
                            << C([](Project& p) { return p.restore_contract(1); });
    QTest::newRow("add") << C([](Project& p) {
        return p.add_contract("B", "B", document_of("b", "Bb."), "Bb.", {}).map([](project::Id) {});
    }) << C([](Project& p) { return p.remove_contract(2); });
    QTest::newRow("version") << C([](Project& p) {
        return p.add_version(1, document_of("v2.txt", "Nothing."), "Nothing.", {}).map([](project::Id) {});
    }) << C([](Project& p) { return p.remove_version(2); });
    QTest::newRow("version twice") << C([](Project& p) {
        return p.add_version(1, document_of("v2.txt", "Nothing."), "Nothing.", {})
            .and_then([&](project::Id id) {
                return p.remove_version(id).and_then([&] { return p.restore_version(id); });
            });
    }) << C([](Project& p) { return p.remove_version(2); });
    QTest::newRow("rename") << C([](Project& p) {
        return p.rename_contract(1, "X", "Y");
    }) << C([](Project& p) { return p.rename_contract(1, "Master agreement", "Aurora AI"); });
    QTest::newRow("usage") << C([](Project& p) { return p.set_cube(small_cube()); })
                           << C([](Project& p) { return p.set_cube({}); });
    QTest::newRow("usage with its ledger") << C([](Project& p) { return p.set_usage(small_cube(), "ids"); })
                                           << C([](Project& p) { return p.set_usage({}, {}); });
    QTest::newRow("usage with its scenarios") << C([](Project& p) {
        const simulation::ScenarioSet scenarios = small_scenarios();
        return p.set_usage(small_cube(), "ids", &scenarios);
    }) << C([](Project& p) {
        const simulation::ScenarioSet none;
        return p.set_usage({}, {}, &none);
    });
    QTest::newRow("scenarios") << C([](Project& p) { return p.set_scenarios(small_scenarios()); })
                               << C([](Project& p) { return p.set_scenarios({}); });
    QTest::newRow("prices") << C([](Project& p) { return p.set_sheet(small_sheet()); })
                            << C([](Project& p) { return p.set_sheet(*pricing::bundled_sheet()); });
}

void TestProjectCommands::inverses()
{
    using C = std::function<base::Status(Project&)>;
    QFETCH(C, command);
    QFETCH(C, inverse);
    add();
    VERIFY_RESULT(m_project->set_decision(1, "no-training", decision_of("no-training", Verdict::Partial)));
    const QStringList before = picture_of(loaded());
    VERIFY_RESULT(command(*m_project));
    QVERIFY(picture_of(loaded()) != before);
    VERIFY_RESULT(inverse(*m_project));
    QCOMPARE(picture_of(loaded()), before);
}

void TestProjectCommands::refused_commands_change_nothing_data()
{
    QTest::addColumn<std::function<base::Status(Project&)>>("command");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    using C = std::function<base::Status(Project&)>;
    const auto row = [](const char* name, C command, base::ErrorCode code, const char* words) {
        QTest::newRow(name) << std::move(command) << static_cast<int>(code) << words;
    };
    row(
        "same document again",
        [](Project& p) {
            return p.add_contract("B", "B", document_of("b", first_text), first_text, {})
                .map([](project::Id) {});
        },
        base::ErrorCode::Invalid, "in the project already, in “Master agreement”");
    row(
        "same document as a version",
        [](Project& p) {
            return p.add_version(1, document_of("b", first_text), first_text, {}).map([](project::Id) {});
        },
        base::ErrorCode::Invalid, "already");
    row(
        "other bytes than those read",
        [](Project& p) {
            return p.add_contract("B", "B", document_of("b", "One."), "Two.", {}).map([](project::Id) {});
        },
        base::ErrorCode::Invalid, "changed while it was being read");
    row(
        "evidence outside the text",
        [](Project& p) {
            clauses::Finding finding{
                "no-training", Verdict::Met, 1, {}, {{0, 4000000000, 0, "", "x", clauses::Role::Gives}}, {}};
            clauses::Review review;
            review.findings = {finding};
            return p.add_contract("B", "B", document_of("b", "One."), "One.", review).map([](project::Id) {});
        },
        base::ErrorCode::Invalid, "outside the document");
    row(
        "no such contract", [](Project& p) { return p.remove_contract(99); }, base::ErrorCode::NotFound,
        "no such contract");
    row(
        "restore what is there", [](Project& p) { return p.restore_contract(1); }, base::ErrorCode::NotFound,
        "no such removed");
    row(
        "decide on nothing",
        [](Project& p) { return p.set_decision(99, "x", decision_of("x", Verdict::Met)); },
        base::ErrorCode::NotFound, "no such contract");
    row(
        "decision of another check",
        [](Project& p) { return p.set_decision(1, "x", decision_of("y", Verdict::Met)); },
        base::ErrorCode::Invalid, "cannot be set");
    row(
        "withdraw nothing", [](Project& p) { return p.set_decision(1, "x", std::nullopt); },
        base::ErrorCode::NotFound, "no decision");
    row(
        "the only version", [](Project& p) { return p.remove_version(1); }, base::ErrorCode::Invalid,
        "only version");
    row(
        "review of nothing", [](Project& p) { return p.set_review(99, {}); }, base::ErrorCode::NotFound,
        "no such version");
    row(
        "scenario that cannot be read again",
        [](Project& p) {
            auto set = small_scenarios();
            set.plan.months = 100000;
            return p.set_scenarios(set);
        },
        base::ErrorCode::Invalid, "scenarios cannot be kept");
    row(
        "weight that is no number",
        [](Project& p) {
            auto settings = p.load()->settings;
            settings.profile.weights["no-training"] = std::nan("");
            return p.set_settings(settings);
        },
        base::ErrorCode::Invalid, "not a number");
}

void TestProjectCommands::refused_commands_change_nothing()
{
    using C = std::function<base::Status(Project&)>;
    QFETCH(C, command);
    QFETCH(int, code);
    QFETCH(QString, words);
    add();
    const QStringList before = picture_of(loaded());
    const auto entries = loaded().audit.size();
    const base::Status status = command(*m_project);
    QVERIFY(!status);
    QCOMPARE(static_cast<int>(status.error().code), code);
    QVERIFY2(holds(status.error().message, words), status.error().message.c_str());
    QCOMPARE(picture_of(loaded()), before);
    QCOMPARE(loaded().audit.size(), entries);
}

void TestProjectCommands::the_ledger_stays_with_its_usage_data()
{
    QTest::addColumn<std::function<base::Status(Project&)>>("command");
    QTest::addColumn<QByteArray>("left");
    using C = std::function<base::Status(Project&)>;
    QByteArray large(40 << 20, '\0');
    large[5] = 'x';
    large.back() = 'y';
    QTest::newRow("nothing happens") << C([](Project&) { return base::Status(); }) << QByteArray("ids");
    QTest::newRow("another cube") << C([](Project& p) { return p.set_cube(small_cube()); })
                                  << QByteArray("ids");
    QTest::newRow("no usage") << C([](Project& p) { return p.set_cube({}); }) << QByteArray();
    QTest::newRow("usage of which nothing is remembered")
        << C([](Project& p) { return p.set_usage(small_cube(), {}); }) << QByteArray();
    QTest::newRow("several pieces") << C([large](Project& p) {
        return p.set_usage(small_cube(), large.toStdString());
    }) << large;
}

void TestProjectCommands::the_ledger_stays_with_its_usage()
{
    using C = std::function<base::Status(Project&)>;
    QFETCH(C, command);
    QFETCH(QByteArray, left);
    VERIFY_RESULT(m_project->set_usage(small_cube(), "ids"));
    VERIFY_RESULT(command(*m_project));
    m_project.reset();
    auto opened = Project::open(m_file);
    VERIFY_RESULT(opened);
    m_project.emplace(std::move(*opened));
    const auto ledger = m_project->usage_ledger();
    VERIFY_RESULT(ledger);
    QVERIFY(QByteArray::fromStdString(*ledger) == left);
}

QTEST_GUILESS_MAIN(TestProjectCommands)
#include "tst_project_commands.moc"
