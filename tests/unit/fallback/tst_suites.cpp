#include "core/base/file.h"
#include "core/base/json.h"
#include "core/fallback/grader.h"
#include "core/fallback/reader.h"
#include "core/fallback/yaml.h"

#include <QTest>
#include <set>

using namespace leeway::fallback;
using leeway::base::Result;

namespace {

std::filesystem::path suites_folder()
{
    return std::filesystem::path(LEEWAY_SOURCE_DIR) / "templates" / "suites";
}

Result<std::string> beside(const std::string& name)
{
    if (name == "rows.csv")
        return std::string("city,__expected\nParis,icontains:france\nRome,\"contains-any:\"\"a,b\"\",c\"\n");
    return leeway::base::fail(leeway::base::ErrorCode::NotFound, name + " does not exist");
}

QString message(const auto& result)
{
    return QString::fromStdString(result ? std::string("read") : result.error().message);
}

}

/// Reading suites: promptfoo's YAML and CSV, Leeway's own format, and what is refused by name.
class TestSuites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void promptfoo_file();
    void prompts_times_tests();
    void variables_spread_out();
    void csv_cells_data();
    void csv_cells();
    void csv_columns();
    void refused_data();
    void refused();
    void own_format_comes_back();
    void lines_of_json();
    void sample_suite_follows_schema();
    void sample_suite();
    void sample_questions_hold_their_answers();
    void right_answers_pass_data();
    void right_answers_pass();
};

void TestSuites::promptfoo_file()
{
    const auto suite = parse_suite("x.yaml", R"(
description: Two cities
prompts:
  - 'Where is {{city}}?'
providers:
  - openai:gpt-4.1
  - id: local:model
    config:
      tools: [{type: function, function: {name: f, parameters: {type: object}}}]
assertionTemplates:
  brief: {type: word-count, value: {max: 9}, metric: brevity}
defaultTest:
  threshold: 0.5
  vars: {city: Oslo, tone: calm}
  options: {prefix: 'Q: '}
  metadata: {category: critical}
  assert:
    - $ref: '#/assertionTemplates/brief'
tests:
  - description: first
    vars: {city: Paris}
    metadata: {tags: [capital]}
    assert:
      - type: not-icontains
        value: '{{tone}}'
        weight: 2
      - $ref: '#/assertionTemplates/brief'
        threshold: 3
      - type: assert-set
        threshold: 0.5
        assert: [{type: is-json}, {type: contains, value: x}]
  - vars: {city: Rome}
    threshold: 1
    options: {disableDefaultAsserts: true, suffix: ' Please.'}
  - file://rows.csv
)",
                                   beside);
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    QCOMPARE(suite->cases.size(), std::size_t{4});
    QCOMPARE(suite->providers, (std::vector<std::string>{"openai:gpt-4.1", "local:model"}));
    const Case& first = suite->cases[0];
    QCOMPARE(first.description, std::string("first"));
    QCOMPARE(rendered_messages(first)->front(), (Message{"user", "Q: Where is Paris?"}));
    QCOMPARE(first.category, Category::Critical);
    QCOMPARE(first.tags, std::vector<std::string>{"capital"});
    QCOMPARE(first.threshold, std::optional(0.5));
    QCOMPARE(first.tools.size(), std::size_t{1});
    QCOMPARE(first.assertions.size(), std::size_t{4}); // the default one stands first
    QCOMPARE(first.assertions[0].name(), std::string("word-count"));
    QCOMPARE(first.assertions[1].name(), std::string("not-icontains"));
    QCOMPARE(first.assertions[1].weight, 2.0);
    QCOMPARE(first.assertions[2].metric, std::string("brevity"));
    QCOMPARE(first.assertions[2].threshold, std::optional(3.0));
    QCOMPARE(first.assertions[3].members.size(), std::size_t{2});
    QCOMPARE(suite->cases[1].assertions.size(), std::size_t{0});
    QCOMPARE(suite->cases[1].threshold, std::optional(1.0));
    QCOMPARE(rendered_messages(suite->cases[1])->front().content, std::string("Q: Where is Rome? Please."));
    QCOMPARE(suite->cases[3].assertions.back().value, std::optional(nlohmann::json({"a,b", "c"})));
}

void TestSuites::prompts_times_tests()
{
    const auto suite = parse_suite("x.yaml", R"(
prompts:
  - {label: plain, raw: 'Say {{w}}'}
  - {label: chat, raw: '[{"role": "system", "content": "Be {{mood}}."}, {"role": "user", "content": "Say {{w}}"}]'}
tests:
  - {vars: {w: a, mood: brief}}
  - {vars: {w: b}, prompts: [plain]}
)");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    QCOMPARE(suite->cases.size(), std::size_t{3});
    QCOMPARE(suite->cases[0].id, std::string("1.p1"));
    const auto chat = rendered_messages(suite->cases[1]);
    QCOMPARE(*chat, (std::vector<Message>{{"system", "Be brief."}, {"user", "Say a"}}));
    QCOMPARE(suite->cases[2].id, std::string("2.p1"));
}

void TestSuites::variables_spread_out()
{
    const auto suite = parse_suite("x.yaml", R"(
prompts: '{{z}}-{{a}}'
tests:
  - vars: {z: [one, two], a: [x, y], list: [1, 2]}
  - vars: {z: [one, two], a: q}
    options: {disableVarExpansion: true}
)");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    std::vector<std::string> texts;
    for (const Case& c : suite->cases)
        texts.push_back(rendered_messages(c)->front().content);
    QCOMPARE(texts, (std::vector<std::string>{"one-x", "one-y", "two-x", "two-y", "[\"one\",\"two\"]-q"}));
}

void TestSuites::csv_cells_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("value"); // as JSON, empty: none
    QTest::addColumn<double>("threshold"); // −1: none
    QTest::newRow("bare text") << QByteArray("Bonjour: le monde") << QByteArray("equals")
                               << QByteArray("\"Bonjour: le monde\"") << -1.0;
    QTest::newRow("unknown prefix") << QByteArray("note:x") << QByteArray("equals")
                                    << QByteArray("\"note:x\"") << -1.0;
    QTest::newRow("contains") << QByteArray("contains: Paris ") << QByteArray("contains")
                              << QByteArray("\"Paris\"") << -1.0;
    QTest::newRow("negated") << QByteArray("not-contains:error") << QByteArray("not-contains")
                             << QByteArray("\"error\"") << -1.0;
    QTest::newRow("list") << QByteArray("contains-all:Paris,France") << QByteArray("contains-all")
                          << QByteArray("[\"Paris\",\"France\"]") << -1.0;
    QTest::newRow("threshold") << QByteArray("levenshtein(5):text") << QByteArray("levenshtein")
                               << QByteArray("\"text\"") << 5.0;
    QTest::newRow("threshold by default")
        << QByteArray("rouge-n:text") << QByteArray("rouge-n") << QByteArray("\"text\"") << 0.75;
    QTest::newRow("threshold of another type")
        << QByteArray("bleu(0.3):text") << QByteArray("bleu") << QByteArray("\"text\"") << 0.3;
    QTest::newRow("no value") << QByteArray("is-json") << QByteArray("is-json") << QByteArray() << -1.0;
    QTest::newRow("schema") << QByteArray("is-json:{\"type\": \"object\"}") << QByteArray("is-json")
                            << QByteArray("\"{\\\"type\\\": \\\"object\\\"}\"") << -1.0;
    QTest::newRow("several lines") << QByteArray("contains:one\ntwo") << QByteArray("contains")
                                   << QByteArray("\"one\\ntwo\"") << -1.0;
    QTest::newRow("latency") << QByteArray("latency(800)") << QByteArray("latency") << QByteArray() << 800.0;
}

void TestSuites::csv_cells()
{
    QFETCH(QByteArray, cell);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, value);
    QFETCH(double, threshold);
    const QByteArray quoted = cell.replace("\"", "\"\"");
    const auto suite = parse_suite("x.csv", ("prompt,__expected\nhi,\"" + quoted + "\"\n").toStdString());
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    const Assertion& assertion = suite->cases.front().assertions.front();
    QCOMPARE(assertion.name(), type.toStdString());
    QCOMPARE(assertion.value.has_value(), !value.isEmpty());
    if (assertion.value)
        QCOMPARE(*assertion.value, nlohmann::json::parse(value.toStdString()));
    QCOMPARE(assertion.threshold.value_or(-1), threshold);
}

void TestSuites::csv_columns()
{
    const auto suite = parse_suite(
        "x.csv", "prompt,__expected1,__expected2,__prefix,__suffix,__description,__metric,__threshold,__"
                 "metadata:category,__metadata:tags[],__config:__expected2:threshold\r\n"
                 "hi,contains:a,levenshtein:b,<,>,first,m,0.5,complex,\"x,y\\,z\",7\r\n");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    const Case& c = suite->cases.front();
    QCOMPARE(rendered_messages(c)->front().content, std::string("<hi>"));
    QCOMPARE(c.description, std::string("first"));
    QCOMPARE(c.threshold, std::optional(0.5));
    QCOMPARE(c.category, Category::Complex);
    QCOMPARE(c.tags, (std::vector<std::string>{"x", "y,z"}));
    QCOMPARE(c.assertions.size(), std::size_t{2});
    QCOMPARE(c.assertions[0].metric, std::string("m"));
    QCOMPARE(c.assertions[1].threshold, std::optional(7.0));
}

void TestSuites::refused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("wanted"); // parts of the message
    const auto yaml = [](const char* row, const char* text, const QByteArrayList& wanted) {
        QTest::newRow(row) << QByteArray("x.yaml") << QByteArray(text) << wanted;
    };
    yaml("script", "tests:\n  - assert:\n      - type: javascript\n        value: output.length\n",
         {"line 3", "javascript", "script"});
    yaml("model", "tests:\n  - assert:\n      - {type: llm-rubric, value: is kind}\n",
         {"line 3", "llm-rubric", "another model"});
    yaml("trace", "tests:\n  - assert:\n      - {type: 'trajectory:tool-used', value: x}\n",
         {"line 3", "trajectory:tool-used"});
    yaml("unknown type", "tests:\n  - assert:\n      - {type: sounds-good}\n", {"line 3", "sounds-good"});
    yaml("negated set", "tests:\n  - assert:\n      - {type: not-assert-set, assert: []}\n",
         {"line 3", "assert-set"});
    yaml("set in a set",
         "tests:\n  - assert:\n      - type: assert-set\n        assert:\n          - {type: assert-set, "
         "assert: []}\n",
         {"line 5", "assert-set"});
    yaml("transform", "tests:\n  - assert:\n      - {type: contains, value: x, transform: output.x}\n",
         {"line 3", "transform", "script"});
    yaml("option", "tests:\n  - options: {transform: output.x}\n", {"line 2", "transform"});
    yaml("scoring function", "tests:\n  - assertScoringFunction: file://x.js\n",
         {"line 2", "assertScoringFunction"});
    yaml("scenarios", "prompts: [x]\nscenarios: []\n", {"line 2", "scenarios"});
    yaml("file in a value", "tests:\n  - assert:\n      - {type: contains, value: 'file://x.txt'}\n",
         {"line 3", "file://x.txt"});
    yaml("file in a variable", "tests:\n  - vars: {a: 'file://x.txt'}\n", {"line 2", "file://x.txt"});
    yaml("prompt file", "prompts: [prompt.txt]\ntests: []\n", {"line 1", "prompt.txt"});
    yaml("prompt script", "prompts: ['file://p.py']\ntests: []\n", {"line 1", "file://p.py"});
    yaml("tests file", "tests: file://tests.yaml\n", {"line 1", "file://tests.yaml"});
    yaml("file above the folder", "tests: [file://../rows.csv]\n", {"line 1", "../rows.csv"});
    yaml("filter", "prompts: ['{{ a | upper }}']\ntests: [{vars: {a: x}}]\n", {"line 1", "upper"});
    yaml("tag", "prompts:\n  - '{% if a %}x{% endif %}'\ntests: [{vars: {a: x}}]\n", {"line 2", "if"});
    yaml("environment", "prompts: ['{{ env.HOME }}']\ntests: [{}]\n", {"line 1", "env"});
    yaml("call", "prompts: ['{{ range(5) }}']\ntests: [{}]\n", {"line 1", "range(5)"});
    yaml("look-ahead", "tests:\n  - assert:\n      - {type: regex, value: 'a(?=b)'}\n",
         {"line 3", "look-ahead"});
    yaml("look-behind", "tests:\n  - assert:\n      - {type: not-regex, value: '(?<!b)a'}\n",
         {"line 3", "look-behind"});
    yaml("back-reference", "tests:\n  - assert:\n      - {type: regex, value: '(a)\\1'}\n",
         {"line 3", "back-reference"});
    yaml("unknown reference", "tests:\n  - assert:\n      - {$ref: '#/assertionTemplates/none'}\n",
         {"line 3", "assertionTemplates/none"});
    yaml(
        "schema keyword",
        "tests:\n  - assert:\n      - {type: is-json, value: {type: object, unevaluatedProperties: false}}\n",
        {"line 3", "unevaluatedProperties"});
    yaml("no threshold", "tests:\n  - assert:\n      - {type: latency}\n", {"line 3", "threshold"});
    yaml("unknown field", "tests:\n  - assert:\n      - {type: contains, value: x, colour: red}\n",
         {"line 3", "colour"});
    yaml("name twice", "tests:\n  - vars: {a: 1}\n    vars: {b: 1}\n", {"line 3", "twice"});
    yaml("broken YAML", "tests: [\n", {"YAML"});
    yaml("tag of a program", "tests:\n  - vars: {a: !!python/object x}\n", {"line 2", "python"});
    yaml("not a suite", "a: 1\n", {"is not a suite"});
    yaml("category", "cases:\n  - {prompt: x, category: vital}\n", {"line 2", "critical"});
    yaml("both prompt and messages", "cases:\n  - {prompt: x, messages: []}\n", {"line 2", "messages"});
    yaml("id twice", "cases:\n  - {id: a, prompt: x}\n  - {id: a, prompt: y}\n", {"line 3", "a", "twice"});
    yaml("newer version", "leeway-suite: 2\ncases: []\n", {"line 1", "newer"});
    yaml("nothing in it", "cases: []\n", {"no cases"});
    QTest::newRow("CSV script") << QByteArray("x.csv") << QByteArray("prompt,__expected\nhi,fn:true\n")
                                << QByteArrayList{"line 2", "__expected", "fn:"};
    QTest::newRow("CSV model") << QByteArray("x.csv") << QByteArray("prompt,__expected\nhi,grade:is kind\n")
                               << QByteArrayList{"line 2", "llm-rubric"};
    QTest::newRow("CSV open quotes") << QByteArray("x.csv") << QByteArray("prompt\n\"hi\n")
                                     << QByteArrayList{"line 2", "quotation"};
    QTest::newRow("CSV too many cells")
        << QByteArray("x.csv") << QByteArray("prompt\na,b\n") << QByteArrayList{"line 2"};
    QTest::newRow("CSV without prompts")
        << QByteArray("x.csv") << QByteArray("a\nb\n") << QByteArrayList{"prompt"};
    QTest::newRow("JSONL line") << QByteArray("x.jsonl")
                                << QByteArray("{\"prompt\":\"a\"}\n\n{\"prompt\":1,}\n")
                                << QByteArrayList{"line 3"};
    QTest::newRow("JSONL field") << QByteArray("x.jsonl")
                                 << QByteArray("{\"prompt\":\"a\"}\n{\"prompt\":\"a\",\"vote\":1}\n")
                                 << QByteArrayList{"line 2", "vote"};
    QTest::newRow("ending") << QByteArray("x.txt") << QByteArray("a") << QByteArrayList{".yaml"};
}

void TestSuites::refused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, wanted);
    const auto suite = parse_suite(name.toStdString(), text.toStdString(), beside);
    QVERIFY(!suite.has_value());
    for (const QByteArray& part : wanted)
        QVERIFY2(message(suite).contains(QString::fromUtf8(part)), qPrintable(message(suite)));
}

void TestSuites::own_format_comes_back()
{
    const auto read = load_suite(suites_folder() / "business-routine.yaml");
    QVERIFY2(read.has_value(), qPrintable(message(read)));
    auto again = parse_suite("x.json", to_json(*read));
    QVERIFY2(again.has_value(), qPrintable(message(again)));
    Suite before = *read;
    const auto without_lines = [](Suite& suite) {
        suite.sha256.clear();
        for (Case& c : suite.cases) {
            c.line = 0;
            for (Assertion& assertion : c.assertions)
                assertion.line = 0;
        }
    };
    without_lines(before);
    without_lines(*again);
    QCOMPARE(again->cases.size(), before.cases.size());
    for (std::size_t i = 0; i < before.cases.size(); ++i)
        QVERIFY2(again->cases[i] == before.cases[i], before.cases[i].id.c_str());
    QVERIFY(*again == before);
}

void TestSuites::lines_of_json()
{
    const auto suite = parse_suite("x.jsonl", "{\"id\":\"a\",\"prompt\":\"Say "
                                              "{{w}}\",\"vars\":{\"w\":\"hi\"},\"assert\":[{\"type\":"
                                              "\"contains\",\"value\":\"hi\"}],\"weight\":2}\n\n"
                                              "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{"
                                              "\"role\":\"user\",\"content\":\"u\"}],\"incumbent\":\"x\"}\n");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    QCOMPARE(suite->cases.size(), std::size_t{2});
    QCOMPARE(suite->cases[0].weight, 2.0);
    QCOMPARE(suite->cases[1].line, 3);
    QCOMPARE(suite->cases[1].id, std::string("2"));
    QCOMPARE(suite->cases[1].incumbent, std::optional<std::string>("x"));
}

void TestSuites::sample_suite_follows_schema()
{
    const auto schema = leeway::base::read_json((suites_folder() / "suite.schema.json").string());
    QVERIFY2(schema.has_value(), qPrintable(message(schema)));
    const auto bytes = leeway::base::read_file(suites_folder() / "business-routine.yaml", 1 << 20);
    const auto yaml = parse_yaml("business-routine.yaml", *bytes);
    QVERIFY2(yaml.has_value(), qPrintable(message(yaml)));
    const auto valid = leeway::base::validate(yaml->file, schema->value);
    QVERIFY2(valid.has_value(), qPrintable(message(valid)));
}

void TestSuites::sample_suite()
{
    const auto suite = load_suite(suites_folder() / "business-routine.yaml");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    QCOMPARE(suite->cases.size(), std::size_t{60});
    std::map<Category, int> categories;
    std::set<std::string> tags;
    for (const Case& c : suite->cases) {
        ++categories[c.category];
        tags.insert(c.tags.begin(), c.tags.end());
        QVERIFY(rendered_messages(c).has_value());
    }
    for (const Category category : {Category::Routine, Category::Complex, Category::Critical})
        QVERIFY(categories[category] >= 10);
    for (const char* kind :
         {"extraction", "classification", "summary", "rewriting", "passage", "arithmetic", "refusal"})
        QVERIFY2(tags.contains(kind), kind);
}

// What is to be extracted must have reached the model: in YAML, a number sign can begin a comment.
void TestSuites::sample_questions_hold_their_answers()
{
    const auto suite = load_suite(suites_folder() / "business-routine.yaml");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    int asked = 0;
    for (const Case& c : suite->cases) {
        const auto answer = nlohmann::json::parse(c.expected.value_or(""), nullptr, false);
        if (!answer.is_object() || std::find(c.tags.begin(), c.tags.end(), "extraction") == c.tags.end())
            continue;
        std::string text;
        const auto messages = rendered_messages(c);
        QVERIFY(messages.has_value());
        for (const Message& m : *messages)
            text += m.content;
        for (const auto& [field, value] : answer.items()) {
            const auto digits = value.is_string() ? value.get<std::string>() : std::string();
            if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
                continue;
            ++asked;
            QVERIFY2(text.find(digits) != std::string::npos, (c.id + ": " + field).c_str());
        }
    }
    QVERIFY(asked > 0);
}

void TestSuites::right_answers_pass_data()
{
    QTest::addColumn<int>("index");
    const auto suite = load_suite(suites_folder() / "business-routine.yaml");
    QVERIFY2(suite.has_value(), qPrintable(message(suite)));
    for (std::size_t i = 0; i < suite->cases.size(); ++i)
        QTest::newRow(suite->cases[i].id.c_str()) << static_cast<int>(i);
}

void TestSuites::right_answers_pass()
{
    QFETCH(int, index);
    static const auto suite = load_suite(suites_folder() / "business-routine.yaml");
    const Case& c = suite->cases[static_cast<std::size_t>(index)];
    Answer answer;
    answer.text = c.expected.value_or("");
    const Grade right = grade(c, answer);
    QVERIFY2(right.pass && right.error.empty(), right.reason.c_str());
    answer.text = "The sky over the harbour was grey.";
    const Grade wrong = grade(c, answer);
    QVERIFY2(!wrong.pass && wrong.error.empty(), wrong.reason.c_str());
}

QTEST_GUILESS_MAIN(TestSuites)
#include "tst_suites.moc"
