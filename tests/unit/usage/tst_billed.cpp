#include "core/usage/formats/billed.h"
#include "logs.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::usage;

namespace {

struct Billed
{
    base::Status status;
    std::vector<BilledLine> lines;
    QStringList complaints;

    [[nodiscard]] QString message() const
    {
        return status ? QString() : QString::fromStdString(status.error().message);
    }
    [[nodiscard]] QStringList texts() const
    {
        QStringList result;
        for (const BilledLine& line : lines)
            result.append(QString::fromStdString(
                base::to_string(line.from) + " " + base::to_string(line.to) + " " + line.vendor + "/" +
                line.model + " " + line.description + ": " + line.quantity.to_string() + " " + line.unit +
                " " + line.amount.amount.to_string() + " " + line.amount.currency));
        return result;
    }
};

Billed billed(const std::filesystem::path& file)
{
    Billed result;
    result.status = read_billed(
        file, [&](const BilledLine& line) { result.lines.push_back(line); },
        [&](const BadLine& line) {
            result.complaints.append(
                QStringLiteral("%1: %2").arg(line.line).arg(QString::fromStdString(line.reason)));
        });
    return result;
}

const QByteArray focus = "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceProviderName,"
                         "ChargeDescription,ConsumedQuantity,ConsumedUnit,ResourceName\n";

}

class TestBilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void complains_data();
    void complains();
    void refused_data();
    void refused();
    void total();

private:
    LogFolder m_folder;
};

void TestBilled::reads_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("OpenAI costs")
        << QByteArray(R"({"object":"page","data":[{"start_time":1793664000,"end_time":1793750400,"results":[
            {"amount":{"value":0.0613,"currency":"usd"},"line_item":"gpt-5.4, input","project_id":"p"}]}]})")
        << QStringList(u"2026-11-03T00:00:00Z 2026-11-04T00:00:00Z openai/ gpt-5.4, input: 0  0.0613 USD"_qs);
    QTest::newRow("Anthropic costs are in cents")
        << QByteArray(
               R"({"data":[{"starting_at":"2026-11-02T00:00:00Z","ending_at":"2026-11-03T00:00:00Z","results":[
            {"amount":"123.78","currency":"USD","cost_type":"tokens","description":"Claude Sonnet 5 output","model":
             "claude-sonnet-5"}]}]})")
        << QStringList(
               u"2026-11-02T00:00:00Z 2026-11-03T00:00:00Z anthropic/claude-sonnet-5 Claude Sonnet 5 output: "
               "0  1.2378 USD"_qs);
    QTest::newRow("FOCUS")
        << QByteArray(focus + "12.5,EUR,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,Cloud,"
                              "\"Tokens, input\",1000,Tokens,m\n-2,EUR,2026-11-01,,Cloud,Credit,,,\n")
        << QStringList{u"2026-11-01T00:00:00Z 2026-11-02T00:00:00Z Cloud/m Tokens, input: 1000 "
                       "Tokens 12.5 EUR"_qs,
                       u"2026-11-01T00:00:00Z 2026-11-02T00:00:00Z Cloud/ Credit: 0  -2 EUR"_qs};
}

void TestBilled::reads()
{
    QFETCH(QByteArray, content);
    const Billed result = billed(m_folder.write(content));
    QVERIFY2(result.status.has_value(), qPrintable(result.message()));
    QCOMPARE(result.complaints, QStringList());
    QTEST(result.texts(), "lines");
}

void TestBilled::complains_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const char* line, const char* complaint) {
        QTest::newRow(name) << QByteArray(line) << QString::fromUtf8(complaint);
    };
    row("not a number", "NaN,EUR,2026-11-01,,,,,,", "amount “NaN” is not a number");
    row("no amount", ",EUR,2026-11-01,,,,,,", "amount “” is not a number");
    row("no currency", "1,,2026-11-01,,,,,,", "has no currency of three letters");
    row("no time", "1,EUR,,,,,,,", "period start “” is not a time");
    row("backwards", "1,EUR,2026-11-02,2026-11-01,,,,,", "ends before it begins");
    row("quantity", "1,EUR,2026-11-02,,,,x,,", "quantity “x” is not a number");
}

void TestBilled::complains()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, complaint);
    const Billed result = billed(m_folder.write(focus + "1,EUR,2026-11-01,,,,,,\n" + line + "\n"));
    QVERIFY2(result.status.has_value(), qPrintable(result.message()));
    QCOMPARE(result.complaints, QStringList(QStringLiteral("3: ") + complaint));
    QCOMPARE(result.lines.size(), std::size_t{1});
}

void TestBilled::refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("usage") << QByteArray("time,model,input_tokens\n2026-11-02,m,1\n")
                           << QStringLiteral("holds no billed amounts that Leeway knows");
    QTest::newRow("header only") << focus << QStringLiteral("has no billed lines");
    QTest::newRow("all bad") << QByteArray(focus + "x,EUR,2026-11-01,,,,,,\n")
                             << QStringLiteral(
                                    "1 of 1 lines of “usage.csv” are bad: line 2 amount “x” is not a number");
}

void TestBilled::refused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, complaint);
    const Billed result = billed(m_folder.write(content));
    QVERIFY2(result.message().contains(complaint), qPrintable(result.message()));
}

void TestBilled::total()
{
    const auto decimal = [](const char* value) { return *base::Decimal::parse(value); };
    std::vector<BilledLine> lines(3);
    lines[0].amount = {decimal("0.1"), "EUR"};
    lines[1].amount = {decimal("0.2"), "EUR"};
    lines[2].amount = {decimal("10"), "USD"};
    const auto mixed = billed_total(lines, "EUR");
    QVERIFY(!mixed);
    QCOMPARE(mixed.error().message,
             std::string(
                 "The lines are also billed in USD: enter what that is worth in EUR before adding them up."));
    QCOMPARE(text(billed_total(lines, "EUR", {{"USD", decimal("0.9")}})->amount), QStringLiteral("9.3"));
    lines.pop_back();
    QCOMPARE(text(billed_total(lines, "EUR")->amount), QStringLiteral("0.3"));
}

QTEST_GUILESS_MAIN(TestBilled)
#include "tst_billed.moc"
