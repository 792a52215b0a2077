#include "core/fallback/grader.h"
#include "core/fallback/logsample.h"
#include "core/fallback/mask.h"

#include <QTest>
#include <fmt/format.h>
#include <map>

using namespace leeway::fallback;

/// Personal data masked, and suites drawn from logs.
class TestLogSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data();
    void masks();
    void checks_data();
    void checks();
    void same_value_same_mark();
    void reads_data();
    void reads();
    void draws_by_stratum();
    void same_seed_same_suite();
    void a_case_of_a_log();
    void nothing_to_draw();
};

void TestLogSample::masks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    const auto row = [](const char* name, const char* text, const char* masked) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(masked);
    };
    row("email", "write to a.b+c@mail.example.co.uk.", "write to [email 1].");
    row("email in brackets", "<desk@example.com>", "<[email 1]>");
    row("no email", "a @ b, 5@6, @handle", "a @ b, 5@6, @handle");
    row("IBAN", "pay to DE89 3704 0044 0532 0130 00 today", "pay to [iban 1] today");
    row("IBAN without spaces", "GB82WEST12345698765432", "[iban 1]");
    row("IBAN with a wrong checksum", "DE88 3704 0044 0532 0130 00", "DE88 3704 0044 0532 0130 00");
    row("card", "card 4111 1111 1111 1111 exp 12/27", "card [card 1] exp 12/27");
    row("card with hyphens", "5500-0000-0000-0004", "[card 1]");
    row("no card: wrong check digit", "4111 1111 1111 1112", "4111 1111 1111 1112");
    row("phone, international", "call +49 40 1234567 now", "call [phone 1] now");
    row("phone, national", "call 030 1234-5678 or (089) 765 43 21", "call [phone 1] or [phone 2]");
    row("phone, North America", "call 555-234-5678.", "call [phone 1].");
    row("no phone: a date", "on 2024-05-17 at 10:30, or 17.05.2024", "on 2024-05-17 at 10:30, or 17.05.2024");
    row("no phone: an amount", "1,234,567.89 EUR, order 20240517", "1,234,567.89 EUR, order 20240517");
    row("no phone: an article", "article 0815 and 12345678", "article 0815 and 12345678");
    row("names", "Ask Max Müller, MÜLLER or Müllerei.", "Ask [name 1], [name 2] or Müllerei.");
    row("two emails", "a@b.de, c@d.de, A@B.DE", "[email 1], [email 2], [email 1]");
}

void TestLogSample::masks()
{
    QFETCH(QString, text);
    QFETCH(QString, masked);
    Masker masker({"Müller", "max müller", ""});
    QCOMPARE(QString::fromStdString(masker.mask(text.toStdString())), masked);
}

void TestLogSample::checks_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("right");
    const auto row = [](const char* kind, const char* text, bool right) {
        QTest::addRow("%s %s", kind, text) << QByteArray(kind) << QByteArray(text) << right;
    };
    row("iban", "FR14 2004 1010 0505 0001 3M02 606", true);
    row("iban", "NO93 8601 1117 947", true);
    row("iban", "MT84MALT011000012345MTLCAST001S", true);
    row("iban", "DE89 3704 0044 0532 0130 0", false);
    row("iban", "XX89 3704 0044 0532 0130 00", false);
    row("card", "378282246310005", true);
    row("card", "6011 1111 1111 1117", true);
    row("card", "0000 0000 0000 0000", false);
    row("card", "79927398713", false); // passes Luhn, but is too short
    row("phone", "+1 202 555 0143", true);
    row("phone", "0049 40 123456", true);
    row("phone", "+1 2", false);
    row("phone", "12345678", false);
}

void TestLogSample::checks()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, text);
    QFETCH(bool, right);
    const std::string value = text.toStdString();
    QCOMPARE(kind == "iban" ? is_iban(value) : kind == "card" ? is_card(value) : is_phone(value), right);
}

void TestLogSample::same_value_same_mark()
{
    Masker masker;
    QCOMPARE(masker.mask("a@b.de and c@d.de"), std::string("[email 1] and [email 2]"));
    QCOMPARE(masker.mask("again c@d.de"), std::string("again [email 2]"));
    QCOMPARE(masker.counts().at("email"), 2);
}

void TestLogSample::reads_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("Leeway") << QByteArray(
        R"({"time":"2025-01-02T00:00:00Z","model":"m","prompt":"Q","answer":"A"})");
    QTest::newRow("messages") << QByteArray(R"({"messages":[{"role":"user","content":"Q"}],"answer":"A"})");
    QTest::newRow("parts") << QByteArray(
        R"({"messages":[{"role":"user","content":[{"type":"text","text":"Q"}]}],"answer":"A"})");
    QTest::newRow("LiteLLM") << QByteArray(
        R"({"model":"m","messages":"[{\"role\":\"user\",\"content\":\"Q\"}]","response":"{\"choices\":[{\"message\":{\"content\":\"A\"}}]}"})");
    QTest::newRow("request and response") << QByteArray(
        R"({"request":{"messages":[{"role":"user","content":"Q"}]},"response":{"choices":[{"message":{"content":"A"}}]}})");
    QTest::newRow("Langfuse") << QByteArray(
        R"({"input":[{"role":"user","content":"Q"}],"output":{"role":"assistant","content":"A"}})");
}

void TestLogSample::reads()
{
    QFETCH(QByteArray, line);
    const auto suite = sample_log("x.jsonl", line.toStdString(), {});
    QVERIFY2(suite.has_value(), suite ? "" : suite.error().message.c_str());
    QCOMPARE(suite->cases.front().messages, (std::vector<Message>{{"user", "Q"}}));
    QCOMPARE(suite->cases.front().incumbent, std::optional<std::string>("A"));
}

namespace {

// 90 lines tagged common, 9 rare, 1 unique.
std::string log_of_a_hundred()
{
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += fmt::format(
            "{{\"prompt\":\"question {}\",\"answer\":\"answer {}\",\"tag\":\"{}\",\"model\":\"m{}\"}}\n", i,
            i,
            i == 50                ? "unique"
            : i % 11 == 0 && i > 0 ? "rare"
                                   : "common",
            i % 2);
    return text;
}

}

void TestLogSample::draws_by_stratum()
{
    SampleOptions options;
    options.size = 20;
    const auto suite = sample_log("x.jsonl", log_of_a_hundred(), options);
    QVERIFY(suite.has_value());
    QCOMPARE(suite->cases.size(), std::size_t{20});
    std::map<std::string, int> tags;
    for (const Case& c : suite->cases)
        ++tags[c.tags.front()];
    // One to each of three strata; the other 17 by 89 : 8 : 0 of 97, which is 15.6 and 1.4.
    QCOMPARE(tags, (std::map<std::string, int>{{"common", 17}, {"rare", 2}, {"unique", 1}}));
    options.size = 500;
    QCOMPARE(sample_log("x.jsonl", log_of_a_hundred(), options)->cases.size(), std::size_t{100});
    options.size = 2;
    options.stratum = Stratum::Model;
    QCOMPARE(sample_log("x.jsonl", log_of_a_hundred(), options)->cases.size(), std::size_t{2});
}

void TestLogSample::same_seed_same_suite()
{
    SampleOptions options;
    options.size = 20;
    const auto one = sample_log("x.jsonl", log_of_a_hundred(), options);
    const auto two = sample_log("x.jsonl", log_of_a_hundred(), options);
    QVERIFY(*one == *two);
    options.seed = 2;
    const auto other = sample_log("x.jsonl", log_of_a_hundred(), options);
    QVERIFY(!(*one == *other));
}

void TestLogSample::a_case_of_a_log()
{
    const auto suite = sample_log("x.jsonl",
                                  "{\"prompt\":\"Mail {{x}} to "
                                  "a@b.de\",\"answer\":\"{\\\"to\\\":\\\"a@b.de\\\"}\",\"tag\":\"mail\"}"
                                  "\nbroken\n{\"prompt\":\"no answer\"}\n",
                                  {});
    QVERIFY(suite.has_value());
    const Case& c = suite->cases.front();
    QCOMPARE(rendered_messages(c)->front().content, std::string("Mail {{x}} to [email 1]"));
    QCOMPARE(c.incumbent, std::optional<std::string>("{\"to\":\"[email 1]\"}"));
    Answer answer;
    answer.text = "{ \"to\": \"[email 1]\" }";
    QVERIFY(grade(c, answer).pass);
    QCOMPARE(suite->notes.size(), std::size_t{1});
    QVERIFY(suite->notes.front().starts_with("2 lines"));
}

void TestLogSample::nothing_to_draw()
{
    const auto suite = sample_log("x.jsonl", "{\"model\":\"m\",\"input_tokens\":5}\n", {});
    QVERIFY(!suite.has_value());
    QCOMPARE(suite.error().code, leeway::base::ErrorCode::Empty);
}

QTEST_GUILESS_MAIN(TestLogSample)
#include "tst_log_sample.moc"
