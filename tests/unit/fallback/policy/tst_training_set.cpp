#include "core/fallback/finetune/trainingset.h"

#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace leeway;
using namespace leeway::fallback;

namespace {

// Conversations of two turns; every tenth answer stands in another conversation too.
std::string log_of(int conversations)
{
    std::string text;
    for (int i = 0; i < conversations; ++i) {
        for (int turn = 0; turn < 2; ++turn)
            text += nlohmann::json{{"prompt", "Question " + std::to_string(i) + "/" + std::to_string(turn)},
                                   {"answer", "Answer of " + std::to_string(i)},
                                   {"conversation", "c" + std::to_string(i)},
                                   {"approved", true}}
                        .dump() +
                    "\n";
        if (i % 10 == 0)
            text += nlohmann::json{{"prompt", " question  " + std::to_string(i) + "/0"},
                                   {"answer", "answer of " + std::to_string(i)},
                                   {"conversation", "other" + std::to_string(i)},
                                   {"approved", true}}
                        .dump() +
                    "\n";
    }
    return text;
}

std::set<std::string> questions_of(const std::string& lines)
{
    std::set<std::string> all;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);)
        all.insert(nlohmann::json::parse(line).at("messages").at(0).at("content").get<std::string>());
    return all;
}

std::string conversation_of(const std::string& question)
{
    return question.substr(0, question.find('/'));
}

}

class TestTrainingSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void only_approved_answers_are_learned_from()
    {
        const auto log = parse_approved("log.jsonl",
                                        R"({"prompt": "a", "answer": "b", "approved": true}
{"prompt": "c", "answer": "d"}
{"prompt": "e", "answer": "f", "approved": "true"}
{"prompt": "g", "approved": true}
no json
{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}], "answer": "x", "approved": true}
)");
        QVERIFY2(log.has_value(), log ? "" : log.error().message.c_str());
        QCOMPARE(log->examples.size(), std::size_t{2});
        QCOMPARE(log->not_approved, 2);
        QCOMPARE(log->incomplete, 2);
        QCOMPARE(log->examples[1].messages.size(), std::size_t{2});
        QCOMPARE(log->examples[1].line, 6);
        const auto none = parse_approved("log.jsonl", R"({"prompt": "c", "answer": "d"})");
        QCOMPARE(none.error().code, base::ErrorCode::Empty);
    }

    void conversations_stay_whole_and_duplicates_go()
    {
        const auto log = parse_approved("log.jsonl", log_of(300));
        const auto set = training_set(*log, {20, 1, false, {}});
        QVERIFY(set.has_value());
        QCOMPARE(set->duplicates, 30);
        QCOMPARE(set->train_examples + set->held_out_examples, 600);
        QVERIFY2(set->held_out_examples > 70 && set->held_out_examples < 170,
                 qPrintable(QString::number(set->held_out_examples)));
        std::set<std::string> train;
        for (const std::string& question : questions_of(set->train))
            train.insert(conversation_of(question));
        for (const std::string& question : questions_of(set->held_out))
            QVERIFY(!train.contains(conversation_of(question)));
        QCOMPARE(training_set(*log, {20, 1, false, {}})->train, set->train);
        QVERIFY(training_set(*log, {20, 2, false, {}})->train != set->train);
    }

    // A conversation that quotes an exchange of another stands on its side, over several steps too.
    void what_taught_is_never_held_out()
    {
        const auto line = [](const std::string& conversation, const nlohmann::json& messages,
                             const std::string& answer) {
            return nlohmann::json{{"messages", messages},
                                  {"answer", answer},
                                  {"conversation", conversation},
                                  {"approved", true}}
                       .dump() +
                   "\n";
        };
        std::string text;
        for (int i = 0; i < 60; ++i) {
            const std::string n = std::to_string(i);
            const nlohmann::json first{{"role", "user"}, {"content", "Q" + n}};
            const nlohmann::json reply{{"role", "assistant"}, {"content", "A" + n}};
            text += line("a" + n, {first}, "A" + n);
            text += line("b" + n, {first, reply, {{"role", "user"}, {"content", "Then" + n}}}, "B" + n);
            text += line("c" + n, {{{"role", "user"}, {"content", "then" + n}}}, "b" + n);
        }
        const auto set = training_set(*parse_approved("log.jsonl", text), {50, 3, false, {}});
        QVERIFY(set.has_value());
        QVERIFY(set->train_examples > 20 && set->held_out_examples > 20);
        const auto numbers_of = [](const std::string& lines) {
            std::set<std::string> all;
            for (const std::string& question : questions_of(lines))
                all.insert(question.substr(question.find_first_of("0123456789")));
            return all;
        };
        const auto taught = numbers_of(set->train);
        for (const std::string& number : numbers_of(set->held_out))
            QVERIFY2(!taught.contains(number), number.c_str());
    }

    void a_longer_log_moves_nothing_to_the_other_side()
    {
        const auto before = training_set(*parse_approved("log.jsonl", log_of(100)), {20, 1, false, {}});
        const auto after = training_set(*parse_approved("log.jsonl", log_of(200)), {20, 1, false, {}});
        const auto held_out = questions_of(after->held_out);
        for (const std::string& question : questions_of(before->held_out))
            QVERIFY(held_out.contains(question));
    }

    void personal_data_is_masked()
    {
        const auto log = parse_approved(
            "log.jsonl",
            R"({"prompt": "Write to anna.berg@example.com", "answer": "Dear Anna, anna.berg@example.com", "approved": true})");
        const auto set = training_set(*log, {0, 1, true, {"Anna"}});
        QVERIFY(set->train.find("example.com") == std::string::npos);
        QVERIFY(set->train.find("Anna") == std::string::npos);
        QCOMPARE(set->masked.at("email"), 1);
        QVERIFY(QString::fromStdString(set->summary()).contains(QLatin1String("1 email masked")));
        const auto line = nlohmann::json::parse(set->train);
        QCOMPARE(line.at("messages").at(1).at("role").get<std::string>(), std::string("assistant"));
    }

    void nothing_left_to_learn_from_is_an_error()
    {
        QVERIFY(!training_set(*parse_approved("log.jsonl", log_of(3)), {100, 1, false, {}}));
    }
};

QTEST_GUILESS_MAIN(TestTrainingSet)
#include "tst_training_set.moc"
