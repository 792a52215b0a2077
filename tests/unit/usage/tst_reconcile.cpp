#include "core/usage/formats/billed.h"
#include "core/usage/reconcile.h"
#include "logs.h"

#include <QTest>

using namespace leeway;
using usage::Cause;
using usage::Reconciliation;

namespace {

// a/alpha-1 costs 2 and 10 a million tokens, cache reads 0.2; b/beta 1 and 5.
constexpr std::string_view sheet_text = R"({"alpha-1": {"litellm_provider": "a", "mode": "chat",
    "input_cost_per_token": 2e-06, "cache_read_input_token_cost": 2e-07, "output_cost_per_token": 1e-05},
  "beta": {"litellm_provider": "b", "mode": "chat", "input_cost_per_token": 1e-06,
    "output_cost_per_token": 5e-06}})";

const QByteArray usage_head = "time,vendor,model,input_tokens,cache_read_tokens,output_tokens\n";
const QByteArray bill_head =
    "ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ServiceProviderName,"
    "x_Model,ChargeDescription,ConsumedQuantity,ConsumedUnit\n";

// "2026-01 a/alpha-1 input: 4 billed, 2 replayed, missing usage 2, left 0"
QStringList shown(const Reconciliation& reconciliation)
{
    QStringList lines;
    for (const usage::ReconciledLine& line : reconciliation.lines) {
        QString text =
            QStringLiteral("%1 %2/%3 %4: %5 billed, %6 replayed")
                .arg(QString::fromStdString(base::to_string(line.month)), QString::fromStdString(line.vendor),
                     QString::fromStdString(line.model), QString::fromStdString(line.part),
                     ::text(line.billed), ::text(line.replayed));
        for (const usage::Explanation& explanation : line.explained)
            text += QStringLiteral(", %1 %2").arg(QString::fromUtf8(to_string(explanation.cause).data()),
                                                  ::text(explanation.amount));
        lines.append(text + QStringLiteral(", left ") + ::text(line.unexplained()));
    }
    return lines;
}

}

class TestReconcile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void differences_data();
    void differences();
    void everythingAddsUp();
    void agreementExplainsNetAmounts();
    void agreementIsHeldAgainstTheBill();
    void whatCannotBeToldIsNoted();
    void currenciesNeedARate();

private:
    usage::Cube cube(const QByteArray& lines)
    {
        const auto cube = usage::read_cube({m_folder.write(usage_head + lines)}, sheet_of(sheet_text));
        if (!cube)
            qFatal("%s", cube.error().message.c_str());
        return *cube;
    }
    std::vector<usage::BilledLine> bill(const QByteArray& lines)
    {
        std::vector<usage::BilledLine> bill;
        const auto status =
            usage::read_billed(m_folder.write(bill_head + lines, QStringLiteral("bill.csv")),
                               [&](const usage::BilledLine& line) { bill.push_back(line); }, {});
        if (!status)
            qFatal("%s", status.error().message.c_str());
        return bill;
    }

    LogFolder m_folder;
};

void TestReconcile::differences_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("bill");
    QTest::addColumn<QStringList>("lines");
    const QByteArray january = "2026-01-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n";
    // 0.5 M × 2 + 0.5 M × 0.2 + 0.1 M × 10 = 1 + 0.1 + 1
    QTest::newRow("to the cent, by part")
        << january
        << QByteArray("2026-01-01,2026-02-01,1.00,USD,a,alpha-1,alpha-1 input,500000,Tokens\n"
                      "2026-01-01,2026-02-01,0.10,USD,a,alpha-1,alpha-1 cached input,500000,Tokens\n"
                      "2026-01-01,2026-02-01,1.00,USD,a,alpha-1,alpha-1 output,100000,Tokens\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 cache read: 0.1 billed, 0.1 replayed, left 0"),
                       QStringLiteral("2026-01 a/alpha-1 input: 1 billed, 1 replayed, left 0"),
                       QStringLiteral("2026-01 a/alpha-1 output: 1 billed, 1 replayed, left 0")};
    QTest::newRow("by model, rounded")
        << january << QByteArray("2026-01-01,2026-02-01,2.104,USD,a,,usage of alpha-1,,\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 : 2.104 billed, 2.1 replayed, left 0.004")};
    QTest::newRow("rounding of two lines")
        << january
        << QByteArray("2026-01-01,2026-02-01,1.06,USD,a,alpha-1,first half,,\n"
                      "2026-01-01,2026-02-01,1.05,USD,a,alpha-1,second half,,\n")
        << QStringList{
               QStringLiteral("2026-01 a/alpha-1 : 2.11 billed, 2.1 replayed, rounding 0.01, left 0")};
    QTest::newRow("by vendor") << january << QByteArray("2026-01-01,2026-02-01,5,USD,a,,Usage charges,,\n")
                               << QStringList{
                                      QStringLiteral("2026-01 a/ : 5 billed, 2.1 replayed, left 2.9")};
    QTest::newRow("more tokens on the bill")
        << january << QByteArray("2026-01-01,2026-02-01,1.5,USD,a,alpha-1,alpha-1 output,150000,Tokens\n")
        << QStringList{
               QStringLiteral("2026-01 a/alpha-1 : 0 billed, 1.1 replayed, not billed -1.1, left 0"),
               QStringLiteral("2026-01 a/alpha-1 output: 1.5 billed, 1 replayed, quantity 0.5, left 0")};
    QTest::newRow("a longer name is another model")
        << january
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,,\"alpha-1-2026-01-01, all\",,\n"
                      "2026-01-01,2026-02-01,1,USD,a,,\"alpha-1-mini, all\",,\n"
                      "2026-01-01,2026-02-01,1,USD,a,,\"alpha-1.5, all\",,\n"
                      "2026-01-01,2026-02-01,1,USD,a,,\"alpha-1-5, all\",,\n")
        << QStringList{QStringLiteral("2026-01 a/ : 3 billed, 0 replayed, missing usage 3, left 0"),
                       QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0")};
    QTest::newRow("not in the log")
        << january
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,alpha-1,usage,,\n"
                      "2026-01-01,2026-02-01,7,USD,b,beta,usage,,\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0"),
                       QStringLiteral("2026-01 b/beta : 7 billed, 0 replayed, missing usage 7, left 0")};
    QTest::newRow("not on the bill")
        << january + "2026-01-06T10:00:00Z,b,beta,1000000,0,0\n"
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,alpha-1,usage,,\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0"),
                       QStringLiteral("2026-01 b/beta : 0 billed, 1 replayed, not billed -1, left 0")};
    QTest::newRow("no price")
        << january + "2026-01-06T10:00:00Z,a,gamma,1000000,0,0\n"
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,alpha-1,usage,,\n"
                      "2026-01-01,2026-02-01,3,USD,a,gamma,usage,,\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0"),
                       QStringLiteral("2026-01 a/gamma : 3 billed, 0 replayed, unpriced 3, left 0")};
    QTest::newRow("tax and credit")
        << january
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,alpha-1,usage,,\n"
                      "2026-01-01,2026-02-01,0.4,USD,a,,VAT 19 %,,\n"
                      "2026-01-01,2026-02-01,-0.5,USD,a,,Goodwill credit,,\n")
        << QStringList{QStringLiteral("2026-01 / discount: -0.5 billed, 0 replayed, discount -0.5, left 0"),
                       QStringLiteral("2026-01 / tax: 0.4 billed, 0 replayed, tax 0.4, left 0"),
                       QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0")};
    QTest::newRow("days without a log, days without a bill")
        << january + "2026-01-20T10:00:00Z,a,alpha-1,1000000,500000,100000\n"
        << QByteArray("2026-01-02,2026-01-03,9,USD,a,alpha-1,usage,,\n"
                      "2026-01-05,2026-01-06,2.1,USD,a,alpha-1,usage,,\n")
        << QStringList{QStringLiteral(
               "2026-01 a/alpha-1 : 11.1 billed, 4.2 replayed, period 9, period -2.1, left 0")};
    QTest::newRow("words within words")
        << january
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,,alpha-1 private endpoint (excl. VAT),,\n"
                      "2026-01-01,2026-02-01,0.4,USD,a,,GST,,\n")
        << QStringList{QStringLiteral("2026-01 / tax: 0.4 billed, 0 replayed, tax 0.4, left 0"),
                       QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0")};
    QTest::newRow("names written with blanks, and their longest")
        << january + "2026-01-06T10:00:00Z,a,alpha-1-mini-20260101,1000000,0,0\n"
        << QByteArray("2026-01-01,2026-02-01,2.1,USD,a,,Alpha 1 usage,,\n"
                      "2026-01-01,2026-02-01,3,USD,a,,Alpha 1 Mini usage,,\n"
                      "2026-01-01,2026-02-01,4,USD,a,,alpha-1-mini-20260202 usage,,\n")
        << QStringList{
               QStringLiteral("2026-01 a/ : 4 billed, 0 replayed, missing usage 4, left 0"),
               QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0"),
               QStringLiteral("2026-01 a/alpha-1-mini-20260101 : 3 billed, 0 replayed, unpriced 3, left 0")};
    QTest::newRow("a bill over two months")
        << january + "2026-02-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n"
        << QByteArray("2026-01-01,2026-03-01,4.2,USD,a,alpha-1,usage,,\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 : 4.2 billed, 4.2 replayed, left 0")};
    QTest::newRow("a bill from the middle of a month to the next")
        << january + "2026-01-20T10:00:00Z,a,alpha-1,1000000,500000,100000\n" +
               "2026-02-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n" +
               "2026-02-25T10:00:00Z,a,alpha-1,1000000,500000,100000\n"
        << QByteArray("2026-01-15,2026-02-15,4.2,USD,a,alpha-1,usage,,\n")
        << QStringList{QStringLiteral("2026-01 a/alpha-1 : 4.2 billed, 6.3 replayed, period -2.1, left 0"),
                       QStringLiteral("2026-02 a/alpha-1 : 0 billed, 2.1 replayed, period -2.1, left 0")};
    QTest::newRow("some models of a vendor have no price")
        << january + "2026-01-06T10:00:00Z,a,gamma,1000000,0,0\n"
        << QByteArray("2026-01-01,2026-02-01,50,USD,a,,Usage charges,,\n")
        << QStringList{QStringLiteral("2026-01 a/ : 50 billed, 2.1 replayed, left 47.9")};
    QTest::newRow("ten percent off everything")
        << january + "2026-01-06T10:00:00Z,a,beta,1000000,0,200000\n"
        << QByteArray("2026-01-01,2026-02-01,0.90,USD,a,alpha-1,alpha-1 input,500000,Tokens\n"
                      "2026-01-01,2026-02-01,0.09,USD,a,alpha-1,alpha-1 cached input,500000,Tokens\n"
                      "2026-01-01,2026-02-01,0.90,USD,a,alpha-1,alpha-1 output,100000,Tokens\n")
        << QStringList{
               QStringLiteral(
                   "2026-01 a/alpha-1 cache read: 0.09 billed, 0.1 replayed, discount -0.01, left 0"),
               QStringLiteral("2026-01 a/alpha-1 input: 0.9 billed, 1 replayed, discount -0.1, left 0"),
               QStringLiteral("2026-01 a/alpha-1 output: 0.9 billed, 1 replayed, discount -0.1, left 0"),
               QStringLiteral("2026-01 a/beta : 0 billed, 0 replayed, left 0")};
}

void TestReconcile::differences()
{
    QFETCH(QByteArray, usage);
    QFETCH(QByteArray, bill);
    QFETCH(QStringList, lines);
    const auto reconciliation = usage::reconcile(cube(usage), sheet_of(sheet_text), this->bill(bill));
    QVERIFY2(reconciliation, reconciliation ? "" : reconciliation.error().message.c_str());
    QCOMPARE(shown(*reconciliation), lines);
    QCOMPARE(text(reconciliation->billed - reconciliation->replayed),
             text(reconciliation->explained() + reconciliation->unexplained()));
}

void TestReconcile::everythingAddsUp()
{
    const auto sheet = sheet_of(sheet_text);
    const auto used = cube("2026-01-05T10:00:00Z,a,alpha-1,1000003,500000,100000\n"
                           "2026-02-05T10:00:00Z,b,beta,333,0,7\n2026-02-06T10:00:00Z,x,odd,1,0,1\n");
    const auto lines = bill("2026-01-01,2026-02-01,2.37,USD,a,alpha-1,usage,,\n"
                            "2026-02-01,2026-03-01,1.11,USD,b,,things,,\n"
                            "2026-02-01,2026-03-01,-0.2,USD,b,,rebate,,\n");
    const auto reconciliation = usage::reconcile(used, sheet, lines);
    QVERIFY(reconciliation);
    base::Decimal billed;
    base::Decimal replayed;
    for (const usage::ReconciledLine& line : reconciliation->lines) {
        billed += line.billed;
        replayed += line.replayed;
    }
    QCOMPARE(text(billed), QStringLiteral("3.28"));
    QCOMPARE(text(billed), text(reconciliation->billed));
    // 0.500003 × 2 + 0.1 + 1 + 0.000333 + 0.000035
    QCOMPARE(text(replayed), QStringLiteral("2.100374"));
    QCOMPARE(text(replayed), text(reconciliation->replayed));
}

void TestReconcile::agreementExplainsNetAmounts()
{
    auto sheet = sheet_of(sheet_text);
    pricing::Discount discount;
    discount.title = "Frame contract";
    discount.scope.vendor = "a";
    discount.steps = {{base::Decimal(), base::Decimal::from_integer(20)}};
    sheet.agreement.discounts.push_back(discount);
    const auto used = cube("2026-01-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n"
                           "2026-01-05T10:00:00Z,b,beta,1000000,0,0\n");
    const auto net = usage::reconcile(used, sheet,
                                      bill("2026-01-01,2026-02-01,1.68,USD,a,alpha-1,usage,,\n"
                                           "2026-01-01,2026-02-01,1,USD,b,beta,usage,,\n"));
    QVERIFY(net);
    QCOMPARE(
        shown(*net),
        (QStringList{QStringLiteral("2026-01 a/alpha-1 : 1.68 billed, 2.1 replayed, discount -0.42, left 0"),
                     QStringLiteral("2026-01 b/beta : 1 billed, 1 replayed, left 0")}));
    // The same with the discount as a line of its own.
    const auto gross = usage::reconcile(used, sheet,
                                        bill("2026-01-01,2026-02-01,2.1,USD,a,alpha-1,usage,,\n"
                                             "2026-01-01,2026-02-01,1,USD,b,beta,usage,,\n"
                                             "2026-01-01,2026-02-01,-0.42,USD,a,,Discount,,\n"));
    QVERIFY(gross);
    QCOMPARE(shown(*gross),
             (QStringList{QStringLiteral("2026-01 / discount: -0.42 billed, -0.42 replayed, left 0"),
                          QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0"),
                          QStringLiteral("2026-01 b/beta : 1 billed, 1 replayed, left 0")}));
}

void TestReconcile::agreementIsHeldAgainstTheBill()
{
    auto sheet = sheet_of(sheet_text);
    pricing::Discount discount;
    discount.title = "Frame contract";
    discount.scope.vendor = "a";
    discount.steps = {{base::Decimal(), base::Decimal::from_integer(20)}};
    pricing::Commitment commitment;
    commitment.title = "Annual spend";
    commitment.scope.vendor = "c";
    commitment.amount = base::Decimal::from_integer(50);
    commitment.from = *base::parse_date("2026-01-05");
    commitment.until = *base::parse_date("2026-01-06");
    commitment.per = pricing::Per::Day;
    sheet.agreement.discounts.push_back(discount);
    const QByteArray january = "2026-01-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n";
    // Less than the agreement grants: what is missing stays open.
    const auto less = usage::reconcile(cube(january), sheet,
                                       bill("2026-01-01,2026-02-01,2.1,USD,a,alpha-1,usage,,\n"
                                            "2026-01-01,2026-02-01,-0.20,USD,a,,Discount,,\n"));
    QVERIFY(less);
    QCOMPARE(shown(*less),
             (QStringList{QStringLiteral("2026-01 / discount: -0.2 billed, -0.42 replayed, left 0.22"),
                          QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0")}));
    // Half of the month is on the bill: the discount of the other half is not expected on it.
    const auto half =
        usage::reconcile(cube(january + "2026-01-20T10:00:00Z,a,alpha-1,1000000,500000,100000\n"), sheet,
                         bill("2026-01-01,2026-01-16,1.68,USD,a,alpha-1,usage,,\n"));
    QVERIFY(half);
    QCOMPARE(shown(*half), QStringList{QStringLiteral("2026-01 a/alpha-1 : 1.68 billed, 4.2 replayed, "
                                                      "discount -0.84, period -1.68, left 0")});
    // A fee that the bill does not have does not change where the discount goes.
    sheet.agreement.commitments.push_back(commitment);
    const auto fee = usage::reconcile(cube(january + "2026-01-06T10:00:00Z,b,beta,1000000,0,0\n"), sheet,
                                      bill("2026-01-01,2026-02-01,1.68,USD,a,alpha-1,usage,,\n"
                                           "2026-01-01,2026-02-01,1,USD,b,beta,usage,,\n"));
    QVERIFY(fee);
    QCOMPARE(
        shown(*fee),
        (QStringList{QStringLiteral("2026-01 / discount: 0 billed, 50 replayed, not billed -50, left 0"),
                     QStringLiteral("2026-01 a/alpha-1 : 1.68 billed, 2.1 replayed, discount -0.42, left 0"),
                     QStringLiteral("2026-01 b/beta : 1 billed, 1 replayed, left 0")}));
}

void TestReconcile::whatCannotBeToldIsNoted()
{
    const auto reconciliation = usage::reconcile(
        cube("2026-01-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n2026-01-06T10:00:00Z,a,gamma,1,0,0\n"),
        sheet_of(sheet_text), bill("2026-01-01,2026-02-01,50,USD,a,,Usage charges,,\n"));
    QVERIFY(reconciliation);
    std::string notes;
    for (const std::string& note : reconciliation->notes)
        notes += note + "\n";
    for (const char* said :
         {"1 requests of a have no price in the sheet",
          "The bill covers 2026-01-01 to 2026-01-31, the log holds usage of 2026-01-05 to 2026-01-06"})
        QVERIFY2(notes.find(said) != std::string::npos, notes.c_str());
}

void TestReconcile::currenciesNeedARate()
{
    auto sheet = sheet_of(sheet_text);
    const auto used = cube("2026-01-05T10:00:00Z,a,alpha-1,1000000,500000,100000\n");
    const auto lines = bill("2026-01-01,2026-02-01,1.05,EUR,a,alpha-1,usage,,\n");
    const auto without = usage::reconcile(used, sheet, lines);
    QVERIFY(!without);
    QVERIFY(without.error().message.find("EUR") != std::string::npos);
    sheet.agreement.exchange_rates.push_back(
        {"EUR", "USD", *base::parse_date("2025-12-31"), base::Decimal::from_integer(2), "test"});
    const auto with = usage::reconcile(used, sheet, lines);
    QVERIFY(with);
    QCOMPARE(shown(*with),
             QStringList{QStringLiteral("2026-01 a/alpha-1 : 2.1 billed, 2.1 replayed, left 0")});
}

QTEST_GUILESS_MAIN(TestReconcile)
#include "tst_reconcile.moc"
