#include "core/pricing/scope.h"
#include "sheets.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::pricing;

namespace {

const QByteArray valid = R"({
  "format": "leeway-prices", "version": 1, "id": "t", "title": "T", "currency": "USD",
  "agreement": {
    "currency": "EUR",
    "allowances": [
      { "title": "free searches", "scope": { "vendor": "gemini", "models": ["a", "b"], "tiers": ["standard"] },
        "components": ["web_search"], "quantity": 5000, "per": "day" } ],
    "capacities": [
      { "title": "PTU", "scope": { "vendor": "azure" }, "unit": "PTU", "units": 50, "minimum": 25, "increment": 5,
        "tokens_per_second": "41.5", "weights": { "input": "1", "cached": "0", "output": "4" },
        "price_per_hour": "1.05", "from": "2026-01-01", "until": "2026-12-31", "overflow": "refused" } ],
    "discounts": [
      { "title": "flat", "percent": "12.5" },
      { "title": "by spend", "steps": [ { "from": "0", "percent": "5" }, { "from": "100000", "percent": "10" } ],
        "per": "year", "marginal": true, "from": "2026-01-01", "until": "2027-12-31" } ],
    "commitments": [
      { "title": "cloud", "amount": "120000", "per": "year", "from": "2026-03-15", "until": "2029-03-14",
        "carry": "unused" } ],
    "exchange_rates": [ { "from": "USD", "to": "EUR", "date": "2026-10-30", "rate": "0.8612", "source": "ECB" } ]
  },
  "models": []
})";

QByteArray changed(const char* what, const char* by)
{
    QByteArray text = valid;
    if (!text.contains(what))
        qFatal("%s is not in the sheet", what);
    return text.replace(what, by);
}

base::Result<Sheet> parsed(const QByteArray& text)
{
    return parse_sheet("s.json", std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
}

}

class TestAgreement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void errors_data();
    void errors();
    void scopes_data();
    void scopes();
};

void TestAgreement::roundTrip()
{
    const auto sheet = parsed(valid);
    QVERIFY2(sheet.has_value(), sheet ? "" : sheet.error().message.c_str());
    const Agreement& agreement = sheet->agreement;
    QCOMPARE(agreement.currency, std::string("EUR"));
    QCOMPARE(agreement.allowances.at(0).per, Per::Day);
    QCOMPARE(agreement.capacities.at(0).overflows, false);
    QCOMPARE(text(agreement.capacities[0].tokens_per_second), QStringLiteral("41.5"));
    QCOMPARE(text(agreement.discounts.at(0).steps.at(0).percent), QStringLiteral("12.5"));
    QCOMPARE(agreement.discounts[0].per, Per::Month);
    QCOMPARE(agreement.commitments.at(0).carry, Carry::Unused);
    QCOMPARE(base::to_string(agreement.commitments[0].until), std::string("2029-03-14"));
    QCOMPARE(text(agreement.exchange_rates.at(0).rate), QStringLiteral("0.8612"));
    const auto again = parse_sheet("again.json", to_json(*sheet));
    QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
    QCOMPARE(again->agreement == agreement, true);
    QCOMPARE(to_json(*again), to_json(*sheet));
}

void TestAgreement::errors_data()
{
    QTest::addColumn<QByteArray>("sheet");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const QByteArray& sheet, const char* complaint) {
        QTest::newRow(name) << sheet << QString::fromUtf8(complaint);
    };
    row("units that cannot be bought", changed("\"units\": 50", "\"units\": 51"),
        "line 9, /agreement/capacities/0/units: 51 cannot be bought: 25 at least, and in steps of 5");
    row("too few units", changed("\"units\": 50", "\"units\": 20"), "line 9, /agreement/capacities/0/units");
    row("no throughput", changed("\"41.5\"", "\"0\""), "line 10, /agreement/capacities/0/tokens_per_second");
    row("a term that ends before it begins",
        changed("\"until\": \"2026-12-31\"", "\"until\": \"2025-12-31\""),
        "line 9, /agreement/capacities/0: “until” is before “from”");
    row("more than all", changed("\"12.5\"", "\"100.1\""),
        "line 13, /agreement/discounts/0/percent: must be 100 at most");
    row("two ways to say a discount",
        changed("\"percent\": \"12.5\"",
                "\"percent\": \"1\", \"steps\": [ { \"from\": \"0\", \"percent\": \"1\" } ]"),
        "line 13, /agreement/discounts/0: needs either");
    row("steps in disorder", changed("\"100000\"", "\"0\""), "line 14, /agreement/discounts/1/steps/1");
    row("a number, not its text", changed("\"120000\"", "120000"),
        "line 17, /agreement/commitments/0/amount");
    row("no such day", changed("2026-03-15", "2026-02-30"), "line 17, /agreement/commitments/0/from");
    row("carried and settled at the end",
        changed("\"carry\": \"unused\"", "\"carry\": \"unused\", \"settled\": \"at the end\""),
        "line 18, /agreement/commitments/0/carry");
    row("an exchange rate of zero", changed("\"0.8612\"", "\"0\""),
        "line 19, /agreement/exchange_rates/0/rate");
    row("an unknown term", changed("\"discounts\"", "\"rebates\""), "line 3, /agreement");
    row("a negative quantity", changed("5000", "-1"), "line 7, /agreement/allowances/0/quantity");
}

void TestAgreement::errors()
{
    QFETCH(QByteArray, sheet);
    QFETCH(QString, complaint);
    const auto result = parsed(sheet);
    QVERIFY(!result.has_value());
    const QString message = QString::fromStdString(result.error().message);
    QVERIFY2(message.contains(complaint), qPrintable(message));
}

void TestAgreement::scopes_data()
{
    QTest::addColumn<Scope>("scope");
    QTest::addColumn<bool>("holds");
    QTest::newRow("all") << Scope{} << true;
    QTest::newRow("vendor") << Scope{"bedrock", {}, {}} << true;
    QTest::newRow("a vendor's other name") << Scope{"AWS", {}, {}} << true;
    QTest::newRow("another vendor") << Scope{"azure", {}, {}} << false;
    QTest::newRow("model") << Scope{"", {"x", "Claude"}, {}} << true;
    QTest::newRow("alias") << Scope{"", {"anthropic.claude"}, {}} << true;
    QTest::newRow("another model") << Scope{"bedrock", {"x"}, {}} << false;
    QTest::newRow("tier") << Scope{"", {}, {"batch", "flex"}} << true;
    QTest::newRow("another tier") << Scope{"", {}, {"standard"}} << false;
}

void TestAgreement::scopes()
{
    QFETCH(Scope, scope);
    Model model;
    model.vendor = "bedrock";
    model.model = "claude";
    model.aliases = {"anthropic.claude"};
    QTEST(concerns(scope, model, "batch"), "holds");
    Capacity capacity;
    capacity.scope = scope;
    QCOMPARE(concerns(capacity, model, "batch"), !scope.tiers.empty() && concerns(scope, model, "batch"));
}

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
