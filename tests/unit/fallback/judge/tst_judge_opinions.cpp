#include "core/fallback/judge/judgerun.h"
#include "core/fallback/judge/verdict.h"
#include "core/fallback/runs/runjson.h"
#include "tests/unit/fallback/runs/numbered.h"

#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace numbered_suite;

namespace {

constexpr const char* instructions = "{{question}}|{{first}}|{{second}}";

CaseResult answered(int index, const std::string& text, int repetition = 0, Trouble trouble = Trouble::None)
{
    CaseResult result;
    result.index = index;
    result.repetition = repetition;
    result.id = "c" + std::to_string(index);
    result.answer.text = text;
    result.trouble = trouble;
    return result;
}

std::string prompt_text(const AnswerPair& pair, JudgeOrder order)
{
    const auto prompt = judge_prompt(instructions, pair, order);
    return prompt ? prompt->at(0).content : prompt.error().message;
}

// One case with opinions in the order of both_orders: c, r, t, n.
Judged with_opinions(const QByteArray& opinions)
{
    const std::map<char, Preference> names{{'c', Preference::Candidate},
                                           {'r', Preference::Reference},
                                           {'t', Preference::Tie},
                                           {'n', Preference::None}};
    Suite suite = numbered(1);
    suite.cases[0].expected = "c0";
    Run run;
    run.results = {answered(0, "something")};
    const auto pairs = pairs_of(run, suite);
    for (int i = 0; i < opinions.size(); ++i) {
        Judgement judgement;
        judgement.order = both_orders.at(static_cast<std::size_t>(i));
        judgement.prompt = *judge_prompt(instructions, pairs->pairs[0], judgement.order);
        judgement.preferred = names.at(opinions[i]);
        run.results[0].judgements.push_back(judgement);
    }
    return judged_cases(run, *pairs, Judge(), instructions)->at(0);
}

}

class TestOpinions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("expected"); // first, second, tie, or what is wrong
        const auto row = [](const char* name, const char* answer, const char* expected) {
            QTest::newRow(name) << QByteArray(answer) << QString::fromUtf8(expected);
        };
        row("first", R"({"reason":"It is right.","preferred":"first"})", "first");
        row("second, the other way round", R"({"preferred":"second","reason":"r"})", "second");
        row("tie, with blanks", "\n {\"preferred\" : \"tie\", \"reason\": \"Both.\"}\r\n", "tie");
        row("fenced", "```json\n{\"preferred\":\"first\",\"reason\":\"r\"}\n```", "first");
        row("fenced without a language", "```\n{\"preferred\":\"tie\",\"reason\":\"r\"}\n```\n", "tie");
        row("nothing", "", "not one JSON object");
        row("prose", "I prefer the first answer.", "not one JSON object");
        row("words before it", "Sure! {\"preferred\":\"first\",\"reason\":\"r\"}", "not one JSON object");
        row("words behind it", "{\"preferred\":\"first\",\"reason\":\"r\"} Done.", "not one JSON object");
        row("two verdicts",
            "{\"preferred\":\"first\",\"reason\":\"r\"}{\"preferred\":\"tie\",\"reason\":\"r\"}",
            "not one JSON object");
        row("two preferences", R"({"preferred":"first","preferred":"second","reason":"r"})",
            "not one JSON object");
        row("cut off", "{\"reason\":\"It is", "not one JSON object");
        row("another fence", "```python\n{\"preferred\":\"first\",\"reason\":\"r\"}\n```",
            "not one JSON object");
        row("an open fence", "```json\n{\"preferred\":\"first\",\"reason\":\"r\"}", "not one JSON object");
        row("an empty fence", "```\n```", "not one JSON object");
        row("only fences", "``````", "not one JSON object");
        row("a list", R"([{"preferred":"first","reason":"r"}])", "not an object of");
        row("a word", R"("first")", "not an object of");
        row("no preference", R"({"reason":"r"})", "not an object of");
        row("more than asked for", R"({"preferred":"first","reason":"r","score":9})", "not an object of");
        row("other letters", R"({"preferred":"First","reason":"r"})", "“preferred” is not");
        row("a letter", R"({"preferred":"A","reason":"r"})", "“preferred” is not");
        row("a number", R"({"preferred":1,"reason":"r"})", "“preferred” is not");
        row("no reason", R"({"preferred":"first","reason":" "})", "no reason");
        row("a reason that is none", R"({"preferred":"first","reason":null})", "no reason");
    }
    void verdicts()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, expected);
        const std::map<std::string, Choice> choices{
            {"first", Choice::First}, {"second", Choice::Second}, {"tie", Choice::Tie}};
        const auto verdict = parse_verdict(answer.toStdString());
        const auto choice = choices.find(expected.toStdString());
        QCOMPARE(verdict.has_value(), choice != choices.end());
        if (verdict)
            QCOMPARE(verdict->preferred, choice->second);
        else
            QVERIFY2(QString::fromStdString(verdict.error().message).contains(expected),
                     verdict.error().message.c_str());
    }

    void theOrderIsTurnedBack()
    {
        using enum JudgeOrder;
        QCOMPARE(preference_of(Choice::First, CandidateFirst), Preference::Candidate);
        QCOMPARE(preference_of(Choice::Second, CandidateFirst), Preference::Reference);
        QCOMPARE(preference_of(Choice::First, ReferenceFirst), Preference::Reference);
        QCOMPARE(preference_of(Choice::Second, ReferenceFirst), Preference::Candidate);
        QCOMPARE(preference_of(Choice::Tie, ReferenceFirst), Preference::Tie);
    }

    void whatIsHeldAgainstWhat()
    {
        Suite suite = numbered(7);
        suite.cases[0].incumbent = "today";
        suite.cases[0].expected = "right";
        suite.cases[1].expected = "right";
        suite.cases[2].incumbent = " ";        // nothing to hold it against
        suite.cases[4].incumbent = "today";    // not answered
        suite.cases[5].incumbent = "today";    // answered the second time
        suite.cases[6].incumbent = "{{last}}"; // never a template
        Run run;
        run.results = {answered(6, "{{first}} {{second}}"),
                       answered(0, "a0"),
                       answered(1, "a1"),
                       answered(2, "a2"),
                       answered(3, "a3"),
                       answered(4, "cut", 0, Trouble::Truncated),
                       answered(5, "late", 1),
                       answered(5, "half", 0, Trouble::Reset)};
        const auto pairs = pairs_of(run, suite);
        QVERIFY2(pairs.has_value(), pairs ? "" : pairs.error().message.c_str());
        QCOMPARE(pairs->without_reference, 2);
        QCOMPARE(pairs->without_answer, 1);
        QCOMPARE(pairs->pairs.size(), std::size_t{4});
        QVERIFY(pairs->pairs[0].incumbent && !pairs->pairs[1].incumbent);
        using enum JudgeOrder;
        QCOMPARE(prompt_text(pairs->pairs[0], CandidateFirst), std::string("Say c0.|a0|today"));
        QCOMPARE(prompt_text(pairs->pairs[0], ReferenceFirst), std::string("Say c0.|today|a0"));
        QCOMPARE(prompt_text(pairs->pairs[1], CandidateFirst), std::string("Say c1.|a1|right"));
        QCOMPARE(prompt_text(pairs->pairs[2], CandidateFirst), std::string("Say c5.|late|today"));
        QCOMPARE(prompt_text(pairs->pairs[3], ReferenceFirst),
                 std::string("Say c6.|{{last}}|{{first}} {{second}}"));
        suite.cases.pop_back();
        const auto gone = pairs_of(run, suite);
        QVERIFY(!gone && gone.error().message.find("c6") != std::string::npos);
    }

    void severalMessagesKeepTheirRoles()
    {
        Suite suite = numbered(1);
        suite.cases[0].messages = {{"system", "Be short."}, {"user", "{{what}}?"}};
        suite.cases[0].vars = {{"what", "Why"}};
        suite.cases[0].expected = "e";
        Run run;
        run.results = {answered(0, "a")};
        QCOMPARE(pairs_of(run, suite)->pairs.at(0).question,
                 std::string("[system]\nBe short.\n\n[user]\nWhy?"));
    }

    void instructionsMustShowEverything_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("wrong"); // empty: fine
        QTest::newRow("all") << QByteArray(instructions) << QByteArray();
        QTest::newRow("no question") << QByteArray("{{first}} {{second}}") << QByteArray("{{question}}");
        QTest::newRow("no first") << QByteArray("{{question}} {{second}}") << QByteArray("{{first}}");
        QTest::newRow("no second") << QByteArray("{{question}} {{first}}") << QByteArray("{{second}}");
        QTest::newRow("a filter") << QByteArray("{{question}} {{first | upper}} {{second}}")
                                  << QByteArray("upper");
        QTest::newRow("a comment") << QByteArray("{{question}} {{first}} {# {{second}} #}")
                                   << QByteArray("{{second}}");
    }
    void instructionsMustShowEverything()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, wrong);
        const auto status = check_instructions(text.toStdString());
        QCOMPARE(status.has_value(), wrong.isEmpty());
        if (!status)
            QVERIFY2(status.error().message.find(wrong.toStdString()) != std::string::npos,
                     status.error().message.c_str());
    }

    void theBundledInstructionsAreFine()
    {
        const auto text = load_instructions({});
        QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
        QVERIFY(!load_instructions("/nowhere.txt"));
    }

    void aPreferenceThatFlipsIsATie_data()
    {
        QTest::addColumn<QByteArray>("opinions"); // candidate first, then reference first
        QTest::addColumn<QString>("preference");
        QTest::addColumn<bool>("agree");
        QTest::newRow("both the run's") << QByteArray("cc") << "candidate" << true;
        QTest::newRow("both the other") << QByteArray("rr") << "reference" << true;
        QTest::newRow("both tie") << QByteArray("tt") << "tie" << true;
        QTest::newRow("always the first") << QByteArray("cr") << "tie" << false;
        QTest::newRow("always the second") << QByteArray("rc") << "tie" << false;
        QTest::newRow("half a preference") << QByteArray("ct") << "tie" << false;
        QTest::newRow("one without a verdict") << QByteArray("cn") << "none" << false;
        QTest::newRow("both without a verdict") << QByteArray("nn") << "none" << false;
        QTest::newRow("one not asked yet") << QByteArray("c") << "none" << false;
    }
    void aPreferenceThatFlipsIsATie()
    {
        QFETCH(QByteArray, opinions);
        QFETCH(QString, preference);
        QFETCH(bool, agree);
        const Judged judged = with_opinions(opinions);
        QCOMPARE(std::string(to_string(judged.preference)), preference.toStdString());
        QCOMPARE(judged.agree, agree);
    }

    void totals()
    {
        std::vector<Judged> cases;
        for (const char* opinions : {"cc", "cc", "cc", "cc", "cc", "cc", "cc", "cc", "rr", "tt", "cr", "cn"})
            cases.push_back(with_opinions(opinions));
        const JudgeTotals sums = totals_of(cases);
        QCOMPARE(sums.wins, 8);
        QCOMPARE(sums.losses, 1);
        QCOMPARE(sums.ties, 2);
        QCOMPARE(sums.flipped, 1);
        QCOMPARE(sums.without_opinion, 1);
        QCOMPARE(sums.win_share, wilson(8, 9));
        QCOMPARE(sums.agree_share, wilson(10, 11));
        // (C(9,0) + C(9,1)) ÷ 2⁹, both sides
        QCOMPARE(sums.p, 20.0 / 512);
    }

    void judgementsComeBackAsTheyWere()
    {
        CaseResult result = answered(0, "a");
        result.judgements.resize(2);
        result.judgements[0] = {{EndpointKind::Ollama, "http://x", "m", {0, std::nullopt, 9}},
                                JudgeOrder::ReferenceFirst,
                                {{"user", "Grüße\n\"so\""}},
                                "{}",
                                Preference::Reference,
                                "shorter",
                                Trouble::None};
        result.judgements[1].trouble = Trouble::RateLimited;
        const auto json = to_json(result);
        const auto back = case_result_from(nlohmann::ordered_json::parse(json.dump()));
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        QCOMPARE(back->judgements, result.judgements);
        QVERIFY(back->judgements[0].finished() && !back->judgements[1].finished());
        auto unknown = json;
        unknown["judgements"][0]["preferred"] = "mine";
        QVERIFY(!case_result_from(unknown));
        QVERIFY(!to_json(answered(0, "a")).contains("judgements"));
    }
};

QTEST_GUILESS_MAIN(TestOpinions)
#include "tst_judge_opinions.moc"
