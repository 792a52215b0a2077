#include "core/base/file.h"
#include "core/base/json.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace leeway::base;
using nlohmann::json;

namespace {

QString message(const Error& error)
{
    return QString::fromStdString(error.message);
}

}

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void values();
    void refused_data();
    void refused();
    void messagesAreUtf8();
    void nesting();
    void errorNamesNearestLine();
    void schema_data();
    void schema();
    void badSchema();
    void file();
};

void TestJson::lines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<int>("line");
    const QByteArray text = "{\n"                  // 1
                            "  \"a\": 1,\n"        // 2
                            "  \"list\": [\n"      // 3
                            "    10\n"             // 4
                            "    ,20.5\n"          // 5
                            "    ,\n"              // 6
                            "    {\"x\": true,\n"  // 7
                            "     \"y\": -3\n"     // 8
                            "\n"                   // 9
                            "    }, null, \"s\"\n" // 10
                            "  ],\n"               // 11
                            "  \"a/b\": {\"~\":\n" // 12
                            "    \"deep\"},\n"     // 13
                            "  \"last\": 7\n"      // 14
                            "}\n";
    const auto row = [&](const char* pointer, int line) {
        QTest::addRow("%s", pointer) << text << QString::fromUtf8(pointer) << line;
    };
    row("", 1);
    row("/a", 2);
    row("/list", 3);
    row("/list/0", 4);
    row("/list/1", 5);
    row("/list/2", 7);
    row("/list/2/x", 7);
    row("/list/2/y", 8);
    row("/list/3", 10);
    row("/list/4", 10);
    row("/a~1b", 12);
    row("/a~1b/~0", 13);
    row("/last", 14);
    QTest::newRow("CRLF") << QByteArray("{\r\n\"a\": 1\r\n}") << QStringLiteral("/a") << 2;
    QTest::newRow("one number") << QByteArray("\n\n 5\n") << QString() << 3;
    QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF{\n\"a\":2\n}") << QStringLiteral("/a") << 2;
}

void TestJson::lines()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, pointer);
    QFETCH(int, line);
    const auto parsed = parse_json("f.json", text.toStdString());
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    const auto found = parsed->line_of_path.find(pointer.toStdString());
    QVERIFY(found != parsed->line_of_path.end());
    QCOMPARE(found->second, line);
    QCOMPARE(message(parsed->error(pointer.toStdString(), "is wrong")),
             QStringLiteral("f.json, line %1, %2: is wrong")
                 .arg(line)
                 .arg(pointer.isEmpty() ? QStringLiteral("/") : pointer));
}

void TestJson::values()
{
    const std::string text = R"({"i": -5, "u": 18446744073709551615, "f": 0.1, "s": "é\u20ac\n", "n": null,
                                 "b": [true, false, [], {}], "o": {"k": {"k": {"k": 1}}}})";
    const auto parsed = parse_json("f", text);
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->value, json::parse(text));
}

void TestJson::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& text, int line, const char* says) {
        QTest::newRow(name) << text << line << QString::fromUtf8(says);
    };
    row("empty", "", 1, "unexpected end of input");
    row("only blanks", "\n\n", 2, "unexpected end of input");
    row("missing comma", "{\n\"a\": 1\n\"b\": 2}", 3, "unexpected string literal");
    row("number without comma", "[\n1\n2\n]", 3, "unexpected number");
    row("trailing comma", "[1,\n2,\n]", 3, "unexpected ']'");
    row("not closed", "{\"a\":\n[1,\n2", 3, "unexpected end of input");
    row("text behind", "{}\n{}", 2, "unexpected '{'");
    row("comment", "{\n// no\n}", 2, "syntax error");
    row("line break in a string", "{\n\"a\": \"x\ny\"}", 2, "control character");
    row("single quotes", "{'a': 1}", 1, "syntax error");
    row("NaN", "[NaN]", 1, "syntax error");
    row("too large a number", "[\n1e999]", 2, "number");
    row("bad UTF-8", "[\n\"a\xFF\"]", 2, "UTF-8");
    row("NUL", QByteArray("[1\0]", 4), 1, "syntax error");
    row("doubled name", "{\"a\": 1,\n\"b\": {},\n\"a\": 2}", 3, "“a” stands twice");
    row("doubled name below", "{\"x\": [{\"k\": 1,\n\"k\": 1}]}", 2, "“k” stands twice");
}

void TestJson::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, says);
    const auto parsed = parse_json("pack.json", text.toStdString());
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().code, ErrorCode::Invalid);
    const QString text_shown = message(parsed.error());
    QVERIFY2(text_shown.startsWith(QStringLiteral("pack.json, line %1: ").arg(line)), qPrintable(text_shown));
    QVERIFY2(text_shown.contains(says), qPrintable(text_shown));
}

void TestJson::messagesAreUtf8()
{
    for (const std::string text : {"[\"\xC3(\"]", "[\"\xE2\x82", "\xFF\xFE{}", "{\"\xF0\x28\": 1}"}) {
        const auto parsed = parse_json("f", text);
        QVERIFY(!parsed.has_value());
        const QByteArray shown = QByteArray::fromStdString(parsed.error().message);
        QCOMPARE(QString::fromUtf8(shown).toUtf8(), shown);
        QVERIFY(!json(parsed.error().message).dump().empty()); // dump() throws on bad UTF-8
    }
}

void TestJson::nesting()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(parse_json("f", nested(64)).has_value());
    const auto refused = parse_json("f", "\n" + nested(65));
    QVERIFY(!refused.has_value());
    QCOMPARE(message(refused.error()), QStringLiteral("f, line 2: more than 64 levels of nesting"));
    QVERIFY(!parse_json("f", nested(2'000'000)).has_value());
    QVERIFY(!parse_json("f", std::string(2'000'000, '[')).has_value());
}

void TestJson::errorNamesNearestLine()
{
    const auto parsed = parse_json("f", "{\n\"a\": [\n{}\n]\n}");
    QVERIFY(parsed.has_value());
    QCOMPARE(message(parsed->error("/a/0/weight", "is missing")),
             QStringLiteral("f, line 3, /a/0/weight: is missing"));
    QCOMPARE(message(parsed->error("/b/c", "is missing")), QStringLiteral("f, line 1, /b/c: is missing"));
}

void TestJson::schema_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("starts"); // of the message; empty: valid
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& text, const char* starts, const char* says) {
        QTest::newRow(name) << text << QString::fromUtf8(starts) << QString::fromUtf8(says);
    };
    row("valid", "{\"id\": \"x\",\n\"checks\": [{\"weight\": 3, \"kind\": \"b\"}]}", "", "");
    row("wrong type", "{\"id\": 5}", "f, line 1, /id: ", "; expected string");
    row("missing", "{\n\"id\": \"x\", \"checks\": [\n{\"kind\": \"a\"}]}",
        "f, line 3, /checks/0: ", "weight");
    row("out of range", "{\"id\": \"x\", \"checks\": [\n{\"weight\": 1},\n{\"weight\": 11}]}",
        "f, line 3, /checks/1/weight: ", "10");
    row("unknown name", "{\"id\": \"x\",\n\"chekcs\": []}", "f, line", "chekcs");
    row("unknown name below", "{\"id\": \"x\",\n\"checks\": [\n{\"weight\": 1,\n \"wieght\": 2}]}", "f, line",
        "wieght");
    row("not in the list", "{\"id\": \"x\", \"checks\": [{\"weight\": 1,\n\"kind\": \"c\"}]}",
        "f, line 2, /checks/0/kind: ", "; one of “a”, “b”");
    row("name with a slash", "{\"id\": \"x\",\n\"rates\": {\"m/n~o\":\n\"dear\"}}",
        "f, line 3, /rates/m~1n~0o: ", "; expected number");
    row("neither of two kinds", "{\"id\": \"x\",\n\"amount\": true}", "f, line 2, /amount: ", "");
    row("deepest complaint", "{\"id\": \"x\",\n\"checks\": [{\"weight\": \"a\"}]}",
        "f, line 2, /checks/0/weight: ", "; expected number");
}

void TestJson::schema()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, starts);
    QFETCH(QString, says);
    const json schema = json::parse(R"({
        "type": "object", "required": ["id"], "additionalProperties": false,
        "definitions": {"weight": {"type": "number", "minimum": 0, "maximum": 10}},
        "properties": {
            "id": {"type": "string"},
            "rates": {"type": "object", "additionalProperties": {"type": "number"}},
            "amount": {"anyOf": [{"type": "string"}, {"type": "number", "minimum": 0}]},
            "checks": {"type": "array", "items": {
                "type": "object", "required": ["weight"], "additionalProperties": false,
                "properties": {"weight": {"$ref": "#/definitions/weight"},
                               "kind": {"enum": ["a", "b"]}}}}}})");
    const auto parsed = parse_json("f", text.toStdString());
    QVERIFY(parsed.has_value());
    const auto status = validate(*parsed, schema);
    QCOMPARE(status.has_value(), starts.isEmpty());
    if (status)
        return;
    QCOMPARE(status.error().code, ErrorCode::Invalid);
    QVERIFY2(message(status.error()).startsWith(starts), status.error().message.c_str());
    QVERIFY2(message(status.error()).contains(says), status.error().message.c_str());
}

void TestJson::badSchema()
{
    const auto five = parse_json("f", "{\"a\": 5}");
    for (const char* schema : {R"({"properties": {"a": {"$ref": "#/definitions/none"}}})",
                               R"({"properties": {"a": {"$ref": "elsewhere.json"}}})"})
        QVERIFY(!validate(*five, json::parse(schema)).has_value());
    const auto parsed = parse_json("f", "{}");
    QVERIFY(!validate(*parsed, json::parse(R"({"type": "nonsense"})")).has_value());
    QVERIFY(!validate(*parsed, json::parse(R"({"properties": 5})")).has_value());
}

void TestJson::file()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a pack.json")).toStdString();
    QCOMPARE(read_json(path).error().code, ErrorCode::NotFound);
    QVERIFY(write_file(path, "{\n\"a\": }").has_value());
    QVERIFY(message(read_json(path).error()).startsWith(QStringLiteral("a pack.json, line 2: ")));
    QVERIFY(write_file(path, "[1]").has_value());
    QCOMPARE(read_json(path)->value, json::parse("[1]"));
    QCOMPARE(read_json(path, 2).error().code, ErrorCode::TooLarge);
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
