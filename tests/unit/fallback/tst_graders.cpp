#include "core/fallback/editdistance.h"
#include "core/fallback/grader.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jsregex.h"
#include "core/fallback/jstext.h"
#include "core/fallback/numbers.h"
#include "core/fallback/sqlreader.h"
#include "core/fallback/templates.h"
#include "core/fallback/treebank.h"

#include <QElapsedTimer>
#include <QTest>

using namespace leeway::fallback;
using nlohmann::json;

/// The parts that graders are made of, Leeway's own graders, and answers that mean harm.
class TestGraders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void number_grader_data();
    void number_grader();
    void agreement_data();
    void agreement();
    void templates_data();
    void templates();
    void variables_in_variables();
    void patterns_refused_data();
    void patterns_refused();
    void stems_data();
    void stems();
    void treebank_data();
    void treebank();
    void javascript_numbers_data();
    void javascript_numbers();
    void sql_touches_data();
    void sql_touches();
    void distances_beyond_the_threshold();
    void metrics_and_reasons();
    void errors_leave_no_verdict();
    void hostile_answers_data();
    void hostile_answers();
};

void TestGraders::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArrayList>("readings"); // of each number, joined by |
    const auto row = [](const char* text, const QByteArrayList& readings) {
        QTest::newRow(text) << QString::fromUtf8(text) << readings;
    };
    row("The total is 1,740.00 EUR.", {"1740"});
    row("1.740,50 EUR", {"1740.5"});
    row("1,234", {"1234|1.234"});
    row("1 234 567,8", {"1234567.8"});
    row("3.5 and -7", {"3.5", "-7"});
    row("K-100, F9, 2024-05-17", {});
    row("€5 or 12%", {"5", "12"});
    row("10.", {"10"});
    row("12 34", {"12", "34"});
    row("1,234,567", {"1234567"});
    row("no number", {});
}

void TestGraders::numbers()
{
    QFETCH(QString, text);
    QFETCH(QByteArrayList, readings);
    QByteArrayList got;
    for (const FoundNumber& number : numbers_in(text.toStdString())) {
        QByteArrayList parts;
        for (const double reading : number.readings)
            parts << QByteArray::fromStdString(js_number(reading));
        got << parts.join('|');
    }
    QCOMPARE(got, readings);
}

void TestGraders::number_grader_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("pass");
    QTest::newRow("any") << QByteArray("{}") << QStringLiteral("3 chairs make 1,740.00 EUR in all, 5 pieces")
                         << true;
    QTest::newRow("last") << QByteArray(R"({"pick":"last"})")
                          << QStringLiteral("3 chairs make 1,740.00 EUR in all, 5 pieces") << false;
    QTest::newRow("only") << QByteArray(R"({"pick":"only"})") << QStringLiteral("1740") << true;
    QTest::newRow("only, but two") << QByteArray(R"({"pick":"only"})") << QStringLiteral("1740 or 1741")
                                   << false;
    QTest::newRow("outside") << QByteArray(R"({"tolerance":0.5})") << QStringLiteral("1740.51") << false;
    QTest::newRow("at the edge") << QByteArray(R"({"tolerance":0.5})") << QStringLiteral("1739.5") << true;
    QTest::newRow("relative") << QByteArray(R"({"relative":0.01})") << QStringLiteral("1757.4") << true;
    QTest::newRow("none") << QByteArray("{}") << QStringLiteral("a lot") << false;
}

void TestGraders::number_grader()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, answer);
    QFETCH(bool, pass);
    Assertion assertion;
    assertion.type = "number";
    assertion.value = 1740;
    assertion.config = json::parse(config.toStdString());
    Answer given;
    given.text = answer.toStdString();
    QCOMPARE(grade_assertion(assertion, {}, given).pass, pass);
    assertion.inverse = true;
    QCOMPARE(grade_assertion(assertion, {}, given).pass, !pass);
}

void TestGraders::agreement_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("theirs");
    QTest::addColumn<QString>("ours");
    QTest::addColumn<bool>("pass");
    QTest::newRow("rouge") << QByteArray("rouge-n") << QStringLiteral("The parcel is late")
                           << QStringLiteral("the parcel is late.") << true;
    QTest::newRow("rouge, other") << QByteArray("rouge-n") << QStringLiteral("The parcel is late")
                                  << QStringLiteral("No idea") << false;
    QTest::newRow("text") << QByteArray("text") << QStringLiteral(" Billing. ") << QStringLiteral("billing")
                          << true;
    QTest::newRow("text, other") << QByteArray("text") << QStringLiteral("billing")
                                 << QStringLiteral("delivery") << false;
    QTest::newRow("json") << QByteArray("json") << QStringLiteral("{\"a\":1,\"b\":[2]}")
                          << QStringLiteral("{\"b\": [2], \"a\": 1.0}") << true;
    QTest::newRow("json, other") << QByteArray("json") << QStringLiteral("{\"a\":1}")
                                 << QStringLiteral("{\"a\":2}") << false;
    QTest::newRow("similarity") << QByteArray("similarity") << QStringLiteral("abcdefgh")
                                << QStringLiteral("abcdefgx") << true;
    QTest::newRow("similarity, other")
        << QByteArray("similarity") << QStringLiteral("abcdefgh") << QStringLiteral("xyz") << false;
}

void TestGraders::agreement()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, theirs);
    QFETCH(QString, ours);
    QFETCH(bool, pass);
    Assertion assertion;
    assertion.type = "agreement";
    assertion.config = {{"method", method.toStdString()}};
    Case c;
    c.incumbent = theirs.toStdString();
    Answer answer;
    answer.text = ours.toStdString();
    QCOMPARE(grade_assertion(assertion, c, answer).pass, pass);
    QVERIFY(grade_assertion(assertion, {}, answer).error); // without a recorded answer
}

void TestGraders::templates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("rendered"); // empty: refused
    QTest::newRow("name") << QByteArray("a {{ name }} b") << QByteArray("a Bob b");
    QTest::newRow("path") << QByteArray("{{order.lines[1].sku}}{{order['total']}}") << QByteArray("K25");
    QTest::newRow("missing") << QByteArray("[{{nobody.there}}]") << QByteArray("[]");
    QTest::newRow("trimmed") << QByteArray("a {{- name -}} b") << QByteArray("aBobb");
    QTest::newRow("comment") << QByteArray("a{# no #}b") << QByteArray("ab");
    QTest::newRow("JSON stays") << QByteArray("{\"a\": {\"b\": 1}}") << QByteArray("{\"a\": {\"b\": 1}}");
    QTest::newRow("never closed") << QByteArray("a {{ b") << QByteArray("a {{ b");
    QTest::newRow("list") << QByteArray("{{order.lines[0]}}") << QByteArray("{\"sku\":\"J1\"}");
    QTest::newRow("filter") << QByteArray("{{ name | upper }}") << QByteArray();
    QTest::newRow("operator") << QByteArray("{{ a + b }}") << QByteArray();
    QTest::newRow("text") << QByteArray("{{ 'x' }}") << QByteArray();
    QTest::newRow("loop") << QByteArray("{% for x in y %}{% endfor %}") << QByteArray();
    QTest::newRow("call") << QByteArray("{{ name.toString() }}") << QByteArray();
}

void TestGraders::templates()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, rendered);
    const json vars = {{"name", "Bob"},
                       {"order", {{"lines", {{{"sku", "J1"}}, {{"sku", "K2"}}}}, {"total", 5}}}};
    const auto got = render(text.toStdString(), vars);
    QCOMPARE(got.has_value(), !rendered.isEmpty());
    QCOMPARE(check_template(text.toStdString()).has_value(), !rendered.isEmpty());
    if (got)
        QCOMPARE(QByteArray::fromStdString(*got), rendered);
}

void TestGraders::variables_in_variables()
{
    const json vars =
        resolved({{"a", "{{b}} and {{ b }}\n"}, {"b", "x{{c}}"}, {"c", 7}, {"loop", "{{loop}}{{loop}}"}});
    QCOMPARE(vars["a"], json("x7 and x7"));
    QVERIFY(vars["loop"].get<std::string>().size() < 1000);
}

void TestGraders::patterns_refused_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QString>("what"); // empty: JavaScript refuses it too
    QTest::newRow("look-ahead") << QByteArray("a(?=b)") << QStringLiteral("look-ahead");
    QTest::newRow("negative look-ahead") << QByteArray("a(?!b)") << QStringLiteral("look-ahead");
    QTest::newRow("look-behind") << QByteArray("(?<=a)b") << QStringLiteral("look-behind");
    QTest::newRow("back-reference") << QByteArray("(a)\\1") << QStringLiteral("back-reference");
    QTest::newRow("named back-reference") << QByteArray("(?<x>a)\\k<x>") << QStringLiteral("back-reference");
    QTest::newRow("repetition") << QByteArray("a{1001}") << QStringLiteral("1,000");
    QTest::newRow("nested repetition")
        << QByteArray("((a{100}){100}){100}") << QStringLiteral("repeats too much");
    QTest::newRow("flags inside") << QByteArray("(?i)a") << QString();
    QTest::newRow("open class") << QByteArray("[a") << QString();
    QTest::newRow("nothing to repeat") << QByteArray("*a") << QString();
    QTest::newRow("numbers out of order") << QByteArray("a{3,2}") << QString();
}

void TestGraders::patterns_refused()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QString, what);
    const auto compiled = compile_pattern(pattern.toStdString());
    QCOMPARE(compiled.has_value(), what.isEmpty());
    if (compiled)
        QVERIFY(!compiled->fault.empty());
    else
        QVERIFY2(QString::fromStdString(compiled.error().message).contains(what),
                 compiled.error().message.c_str());
}

void TestGraders::stems_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("stem");
    for (const auto& [word, stem] : {std::pair("caresses", "caress"),
                                     {"ponies", "poni"},
                                     {"cats", "cat"},
                                     {"agreed", "agre"},
                                     {"plastered", "plaster"},
                                     {"motoring", "motor"},
                                     {"conflated", "conflat"},
                                     {"hopping", "hop"},
                                     {"falling", "fall"},
                                     {"filing", "file"},
                                     {"happy", "happi"},
                                     {"relational", "relat"},
                                     {"vietnamization", "vietnam"},
                                     {"triplicate", "triplic"},
                                     {"hopefulness", "hope"},
                                     {"adoption", "adopt"},
                                     {"controll", "control"},
                                     {"probate", "probat"},
                                     {"sky", "sky"},
                                     {"is", "is"}})
        QTest::newRow(word) << QByteArray(word) << QByteArray(stem);
}

void TestGraders::stems()
{
    QFETCH(QByteArray, word);
    QFETCH(QByteArray, stem);
    QCOMPARE(QByteArray::fromStdString(porter_stem(word.toStdString())), stem);
}

void TestGraders::treebank_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words"); // joined by a space
    QTest::newRow("stop") << QStringLiteral("The cat sat.") << QStringLiteral("The cat sat .");
    QTest::newRow("contraction") << QStringLiteral("It isn't, we'll see: 10:30")
                                 << QStringLiteral("It is n't , we 'll see : 10:30");
    QTest::newRow("quotation marks") << QStringLiteral("He said \"no\" (twice).")
                                     << QStringLiteral("He said `` no '' ( twice ) .");
    QTest::newRow("cannot") << QStringLiteral("I cannot pay $5.") << QStringLiteral("I can not pay $ 5 .");
    QTest::newRow("abbreviation") << QStringLiteral("in the U.S.") << QStringLiteral("in the U.S.");
    QTest::newRow("blank") << QStringLiteral("  ") << QString();
}

void TestGraders::treebank()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    QStringList got;
    for (const std::string& word : treebank_words(text.toStdString()))
        got << QString::fromStdString(word);
    QCOMPARE(got.join(u' '), words);
}

void TestGraders::javascript_numbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("whole") << 5.0 << QByteArray("5");
    QTest::newRow("tenth") << 0.1 << QByteArray("0.1");
    QTest::newRow("sum") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
    QTest::newRow("small") << 0.000001 << QByteArray("0.000001");
    QTest::newRow("smaller") << 1.5e-7 << QByteArray("1.5e-7");
    QTest::newRow("large") << 1e20 << QByteArray("100000000000000000000");
    QTest::newRow("larger") << 1e21 << QByteArray("1e+21");
    QTest::newRow("negative") << -12.5 << QByteArray("-12.5");
    QTest::newRow("minus zero") << -0.0 << QByteArray("0");
}

void TestGraders::javascript_numbers()
{
    QFETCH(double, value);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(js_number(value)), text);
    QCOMPARE(js_to_number(js_number(value)), value);
}

void TestGraders::sql_touches_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("tables");
    QTest::addColumn<QByteArray>("columns");
    const auto row = [](const char* sql, const char* tables, const char* columns) {
        QTest::newRow(sql) << QByteArray(sql) << QByteArray(tables) << QByteArray(columns);
    };
    row("SELECT id, u.name FROM users u", "select::null::users", "select::null::id select::u::name");
    row("SELECT * FROM db.users", "select::db::users", "select::null::(.*)");
    row("INSERT INTO t (a, b) VALUES (1, 'x')", "insert::null::t", "insert::t::a insert::t::b");
    row("UPDATE t SET a = b + 1 WHERE c = 2", "update::null::t",
        "update::null::a select::null::b select::null::c");
    row("DELETE FROM t WHERE a = 1", "delete::null::t", "delete::t::(.*) select::null::a");
    row("SELECT a FROM t WHERE b IN (SELECT c FROM u)", "select::null::t select::null::u",
        "select::null::a select::null::b select::null::c");
}

void TestGraders::sql_touches()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, tables);
    QFETCH(QByteArray, columns);
    const SqlReading reading = read_sql(sql.toStdString(), "MySQL");
    QCOMPARE(reading.fault, std::string());
    const auto joined = [](const std::vector<std::string>& list) {
        QByteArrayList parts;
        for (const std::string& item : list)
            parts << QByteArray::fromStdString(item);
        return parts.join(' ');
    };
    QCOMPARE(joined(reading.tables), tables);
    QCOMPARE(joined(reading.columns), columns);
}

void TestGraders::distances_beyond_the_threshold()
{
    const auto near = edit_distance(u"kitten", u"sitting", 5);
    QVERIFY(near->exact);
    QCOMPARE(near->value, std::size_t{3});
    const std::u16string a(5000, u'a');
    std::u16string b = a;
    for (std::size_t i = 0; i < 20; ++i)
        b[i * 200] = u'b';
    QCOMPARE(edit_distance(a, b, 20)->value, std::size_t{20});
    QVERIFY(edit_distance(a, b, 20)->exact);
    QVERIFY(!edit_distance(a, b, 10)->exact);
    QVERIFY(!edit_distance(std::u16string(3'000'000, u'a'), std::u16string(3'000'000, u'b'), 2'000'000)
                 .has_value());
}

void TestGraders::metrics_and_reasons()
{
    Case c;
    for (const auto& [value, metric, weight] :
         {std::tuple("a", "tone", 1.0), {"b", "tone", 3.0}, {"a", "{{name}}", 1.0}}) {
        Assertion assertion;
        assertion.type = "contains";
        assertion.value = value;
        assertion.metric = metric;
        assertion.weight = weight;
        c.assertions.push_back(assertion);
    }
    c.vars = {{"name", "facts"}};
    Answer answer;
    answer.text = "a";
    const Grade got = grade(c, answer);
    QVERIFY(!got.pass);
    QCOMPARE(got.score, 0.4);
    QCOMPARE(got.metrics, (std::vector<std::pair<std::string, double>>{{"tone", 0.25}, {"facts", 1.0}}));
    QVERIFY2(got.reason.find("“b”") != std::string::npos, got.reason.c_str());
}

void TestGraders::errors_leave_no_verdict()
{
    Case c;
    Assertion fine;
    fine.type = "contains";
    fine.value = "a";
    Assertion broken;
    broken.type = "llm-rubric";
    c.assertions = {fine, broken};
    c.threshold = 0.1;
    Answer answer;
    answer.text = "a";
    const Grade got = grade(c, answer);
    QVERIFY(!got.pass);
    QVERIFY(got.error.find("llm-rubric") != std::string::npos);
}

void TestGraders::hostile_answers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("open braces") << QByteArray(100'000, '{');
    QTest::newRow("open brackets") << QByteArray(100'000, '[');
    QTest::newRow("pairs") << QByteArray("{}").repeated(40'000);
    QTest::newRow("names in braces") << QByteArray("{a:").repeated(20'000);
    QTest::newRow("tags") << QByteArray("<div>").repeated(40'000);
    QTest::newRow("tags with quotes") << QByteArray("<a b=\"").repeated(20'000);
    QTest::newRow("open angle brackets") << QByteArray(100'000, '<');
    QTest::newRow("elements") << QByteArray("<a>").repeated(30'000) + QByteArray("</a>").repeated(30'000);
    QTest::newRow("select in select") << QByteArray("SELECT (").repeated(20'000);
    QTest::newRow("quotes") << QByteArray(100'000, '"');
    QTest::newRow("bad UTF-8") << QByteArray("\xff\xfe\xc0\x80\xed\xa0\x80", 7).repeated(20'000);
    QTest::newRow("NUL") << QByteArray(100'000, '\0');
    QTest::newRow("one long word") << QByteArray(800'000, 'a');
    QTest::newRow("words") << QByteArray("the cat ").repeated(40'000);
    QTest::newRow("anchors") << QByteArray("{a: &a [x,x], b: &b [*a,*a], c: [*b,*b]}\n").repeated(2'000);
    QTest::newRow("fences") << QByteArray("```\n").repeated(30'000);
    QTest::newRow("digits") << QByteArray("1,").repeated(150'000);
    QTest::newRow("too long") << QByteArray(9 << 20, 'x');
}

void TestGraders::hostile_answers()
{
    QFETCH(QByteArray, answer);
    Answer given;
    given.text = answer.toStdString();
    QElapsedTimer timer;
    timer.start();
    for (const char* type :
         {"is-json",       "contains-json", "is-xml",       "contains-xml", "is-html",
          "contains-html", "is-sql",        "contains-sql", "tool-call-f1", "rouge-n",
          "bleu",          "gleu",          "meteor",       "levenshtein",  "word-count",
          "is-refusal",    "number",        "regex",        "equals",       "contains-any"}) {
        Assertion assertion;
        assertion.type = type;
        if (std::string_view(type) == "number" || std::string_view(type) == "word-count")
            assertion.value = 5;
        else if (std::string_view(type) == "regex")
            assertion.value = "(a|aa)+$";
        else if (!std::string_view(type).starts_with("is-") &&
                 !std::string_view(type).starts_with("contains-"))
            assertion.value = "the cat sat";
        else if (std::string_view(type).ends_with("-xml"))
            assertion.value = "a.b";
        else if (std::string_view(type) == "contains-any")
            assertion.value = json::array({"x", "y"});
        const AssertionGrade got = grade_assertion(assertion, {}, given);
        QVERIFY(!got.reason.empty());
        QVERIFY2(timer.elapsed() < 10'000, type);
    }
}

QTEST_GUILESS_MAIN(TestGraders)
#include "tst_graders.moc"
