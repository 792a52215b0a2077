#include "fixtures.h"

using namespace fixtures;
using clauses::Verdict;
using project::Project;
using project::Snapshot;

/// What reviewers decide, and what becomes of it when texts change.
class TestProjectDecisions : public QObject
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

    void decisions_win_in_the_answers();
    void a_decision_keeps_its_author_when_it_is_undone();
    void lost_text_marks_decisions_data();
    void lost_text_marks_decisions();
    void evidence_follows_its_words_into_a_new_version();
    void a_new_review_leaves_decisions_alone();
    void a_thousand_decisions();

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

void TestProjectDecisions::decisions_win_in_the_answers()
{
    const project::Id contract = add();
    VERIFY_RESULT(
        m_project->set_decision(contract, "no-training", decision_of("no-training", Verdict::Adverse)));
    VERIFY_RESULT(m_project->set_decision(contract, "liability", decision_of("liability", Verdict::Met)));
    const auto answers = loaded().contracts[0].answers();
    QCOMPARE(answers.size(), std::size_t{3});
    const auto of = [&](const std::string& check) {
        return *std::find_if(answers.begin(), answers.end(), [&](const auto& a) { return a.check == check; });
    };
    QVERIFY(of("no-training").verdict == Verdict::Adverse);
    QVERIFY(of("no-training").reviewed);
    QVERIFY(of("data-deletion").verdict == Verdict::Missing);
    QVERIFY(!of("data-deletion").reviewed);
    QCOMPARE(of("data-deletion").confidence, 0.5);
    QVERIFY(of("liability").reviewed);
}

void TestProjectDecisions::a_decision_keeps_its_author_when_it_is_undone()
{
    const project::Id contract = add();
    auto first = decision_of("no-training", Verdict::Met);
    first.author = "a.older";
    first.time = *base::parse_instant("2026-01-02T03:04:05.678Z");
    VERIFY_RESULT(m_project->set_decision(contract, "no-training", first));
    VERIFY_RESULT(
        m_project->set_decision(contract, "no-training", decision_of("no-training", Verdict::Adverse)));
    QCOMPARE(loaded().contracts[0].decisions[0].author, std::string("m.keller"));
    VERIFY_RESULT(m_project->set_decision(contract, "no-training", first));
    QVERIFY(loaded().contracts[0].decisions[0] == first);
    QCOMPARE(loaded().audit.back().action, std::string("undo decide"));
    QCOMPARE(loaded().audit.back().detail, std::string("no-training: adverse → met"));
}

void TestProjectDecisions::lost_text_marks_decisions_data()
{
    QTest::addColumn<QString>("own_evidence");
    QTest::addColumn<QString>("next_text");
    QTest::addColumn<bool>("changed");
    QTest::newRow("finding's words stay")
        << ""
        << "Preamble. Provider shall not train models on Customer Data at all." << false;
    QTest::newRow("set with other white space")
        << ""
        << "Provider shall not train\n  models on\u00A0Customer Data." << false;
    QTest::newRow("finding's words gone") << ""
                                          << "Provider may train models on Customer Data." << true;
    QTest::newRow("own words stay, finding's gone") << "Fees may rise"
                                                    << "Fees may  rise." << false;
    QTest::newRow("own words gone, finding's stay")
        << "Fees may rise"
        << "Provider shall not train models on Customer Data." << true;
}

void TestProjectDecisions::lost_text_marks_decisions()
{
    QFETCH(QString, own_evidence);
    QFETCH(QString, next_text);
    QFETCH(bool, changed);
    const project::Id contract = add();
    auto decision = decision_of("no-training", Verdict::Partial);
    if (!own_evidence.isEmpty())
        decision.evidence = {evidence_of(document_of("", first_text), own_evidence.toStdString())};
    VERIFY_RESULT(m_project->set_decision(contract, "no-training", decision));
    VERIFY_RESULT(
        m_project->set_decision(contract, "data-deletion", decision_of("data-deletion", Verdict::Missing)));
    const std::string next = next_text.toStdString();
    const auto version = m_project->add_version(contract, document_of("v2.txt", next), next, {});
    VERIFY_RESULT(version);
    QCOMPARE(loaded().contracts[0].decision("no-training")->text_changed, changed);
    QCOMPARE(loaded().contracts[0].decision("no-training")->verdict, Verdict::Partial);
    QVERIFY(!loaded().contracts[0].decision("data-deletion")->text_changed); // rests on no passage

    VERIFY_RESULT(m_project->remove_version(*version));
    QVERIFY(!loaded().contracts[0].decision("no-training")->text_changed);
    VERIFY_RESULT(m_project->restore_version(*version));
    QCOMPARE(loaded().contracts[0].decision("no-training")->text_changed, changed);
    VERIFY_RESULT(m_project->set_decision(contract, "no-training", decision_of("no-training", Verdict::Met)));
    QVERIFY(!loaded().contracts[0].decision("no-training")->text_changed);
}

void TestProjectDecisions::evidence_follows_its_words_into_a_new_version()
{
    const project::Id contract = add();
    auto decision = decision_of("price-review", Verdict::Adverse);
    decision.evidence = {evidence_of(document_of("", first_text), "Fees may rise"),
                         evidence_of(document_of("", first_text), "Ümläute")};
    VERIFY_RESULT(m_project->set_decision(contract, "price-review", decision));
    const std::string next = "A new preamble comes first. Fees\nmay rise by 5 percent.";
    VERIFY_RESULT(m_project->add_version(contract, document_of("v2.txt", next), next, {}));
    const auto evidence = loaded().contracts[0].decisions[0].evidence;
    QCOMPARE(next.substr(evidence[0].begin, evidence[0].end - evidence[0].begin),
             std::string("Fees\nmay rise"));
    QCOMPARE(evidence[0].text, std::string("Fees may rise"));
    QCOMPARE(evidence[1].begin, 0U);
    QCOMPARE(evidence[1].end, 0U);
    QCOMPARE(evidence[1].text, std::string("Ümläute"));
}

void TestProjectDecisions::a_new_review_leaves_decisions_alone()
{
    const project::Id contract = add();
    VERIFY_RESULT(
        m_project->set_decision(contract, "no-training", decision_of("no-training", Verdict::Adverse)));
    const auto decision = loaded().contracts[0].decisions[0];
    auto review = review_of(document_of("agreement.txt", first_text));
    review.findings[0].verdict = Verdict::Met;
    review.findings[0].evidence.pop_back();
    review.findings.pop_back();
    review.parties = {};
    VERIFY_RESULT(m_project->set_review(1, review));
    QVERIFY(loaded().contracts[0].newest().review == review);
    QVERIFY(loaded().contracts[0].decisions[0] == decision);
}

void TestProjectDecisions::a_thousand_decisions()
{
    const project::Id contract = add();
    const auto document = document_of("", first_text);
    for (int i = 0; i < 1000; ++i) {
        auto decision = decision_of("check-" + std::to_string(i), static_cast<Verdict>(i % 4));
        decision.note = std::string(static_cast<std::size_t>(i), 'n');
        decision.evidence = {evidence_of(document, "Fees may rise")};
        VERIFY_RESULT(m_project->set_decision(contract, decision.check, decision));
    }
    const auto decisions = loaded().contracts[0].decisions;
    QCOMPARE(decisions.size(), std::size_t{1000});
    QCOMPARE(decisions[999].check, std::string("check-999"));
    QCOMPARE(decisions[999].note.size(), std::size_t{999});
    const std::string next = "Everything is new.";
    VERIFY_RESULT(m_project->add_version(contract, document_of("v2.txt", next), next, {}));
    const auto marked = loaded().contracts[0].decisions;
    QVERIFY(std::all_of(marked.begin(), marked.end(), [](const auto& d) { return d.text_changed; }));
    QCOMPARE(loaded().audit.size(), std::size_t{1003});
}

QTEST_GUILESS_MAIN(TestProjectDecisions)
#include "tst_project_decisions.moc"
