#include "core/pricing/bill.h"
#include "core/pricing/capacityload.h"
#include "core/pricing/discount.h"
#include "core/pricing/exchange.h"
#include "core/pricing/settlement.h"
#include "sheets.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::pricing;
using enum Component;

namespace {

base::Decimal number(const char* text)
{
    return *base::Decimal::parse(text);
}

base::Date day(const char* text)
{
    return *base::parse_date(text);
}

Sheet one_model()
{
    Sheet sheet;
    Model model;
    model.vendor = "v";
    model.model = "m";
    sheet.models.push_back(model);
    return sheet;
}

// Usage of the sheet's model: (component, count, price for one).
PricedLine line(const Sheet& sheet, const char* date,
                std::initializer_list<std::tuple<Component, std::int64_t, const char*>> parts)
{
    PricedLine result;
    result.day = day(date);
    result.model = &sheet.models.front();
    for (const auto& [component, count, price] : parts) {
        result.counts[component] = count;
        result.components[static_cast<std::size_t>(component)] = number(price) * count;
    }
    return result;
}

QStringList shown(const Bill& bill)
{
    QStringList items;
    for (const BillItem& item : bill.items)
        items.append(QStringLiteral("%1 %2 %3 %4")
                         .arg(QString::fromStdString(base::to_string(item.month)),
                              QString::fromUtf8(to_string(item.kind).data()),
                              QString::fromStdString(item.title), text(item.amount)));
    return items;
}

Capacity capacity()
{
    Capacity result;
    result.title = "ten";
    result.unit = "PTU";
    result.units = 10;
    result.minimum = 5;
    result.increment = 5;
    result.tokens_per_second = number("100"); // ten units: 3,600,000 an hour
    result.input_weight = number("1");
    result.output_weight = number("4");
    result.price_per_hour = number("1");
    result.from = day("2026-11-01");
    return result;
}

Commitment commitment(Carry carry, bool at_end)
{
    Commitment result;
    result.title = "100 a month";
    result.amount = number("100");
    result.per = Per::Month;
    result.from = day("2026-01-01");
    result.until = day("2026-03-31");
    result.carry = carry;
    result.settled_at_end = at_end;
    return result;
}

}

class TestBill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workedExample();
    void nothingAgreed();
    void partsOfADay();
    void discounts_data();
    void discounts();
    void firstDiscountHolds();
    void capacityByTheHour();
    void capacityRefuses();
    void capacityOnTheBill();
    void settlements_data();
    void settlements();
    void openPeriods();
    void periods();
    void exchange_data();
    void exchange();
    void exchangeMissing();
};

// October: 1,000 searches at 0.01 are 10, 40,000,000 tokens at 2 a million are 80: 90. Of the searches, 600
// are free: −6, 84 left. The discount is 10 % of what is over 100 in a month: nothing. Of 300 committed a
// month, 84 are spent: 216 to pay. In all 300 dollars, at 0.9 euros of 31 October: 270. November: 500
// searches are 5, 100,000,000 tokens are 200: 205. All searches are free: −5, 200 left; discount 10 % of 100:
// −10, 190 left. What was paid and not used in October pays for 190 of it: −190; they do not count again, so
// that 300 are to pay: 205 − 5 − 10 − 190 + 300 = 300 dollars, at 0.8 of 30 November: 240.
void TestBill::workedExample()
{
    Sheet sheet = one_model();
    Agreement& agreement = sheet.agreement;
    agreement.currency = "EUR";
    agreement.allowances = {{"free searches", {}, {WebSearch, WebSearchLow}, 600, Per::Month}};
    Discount discount;
    discount.title = "over 100";
    discount.marginal = true;
    discount.steps = {{number("0"), number("0")}, {number("100"), number("10")}};
    agreement.discounts = {discount};
    Commitment commitment;
    commitment.title = "300 a month";
    commitment.amount = number("300");
    commitment.per = Per::Month;
    commitment.from = day("2026-10-01");
    commitment.until = day("2027-09-30");
    commitment.carry = Carry::Unused;
    agreement.commitments = {commitment};
    agreement.exchange_rates = {{"USD", "EUR", day("2026-10-15"), number("0.9"), ""},
                                {"EUR", "USD", day("2026-11-20"), number("1.25"), ""}};
    const auto bill =
        bill_of(sheet,
                {line(sheet, "2026-11-05", {{WebSearch, 500, "0.01"}, {Input, 100'000'000, "0.000002"}}),
                 line(sheet, "2026-10-10", {{WebSearch, 1'000, "0.01"}, {Input, 40'000'000, "0.000002"}})},
                {}, Days{day("2026-10-01"), day("2026-11-30")});
    QVERIFY2(bill.has_value(), bill ? "" : bill.error().message.c_str());
    QCOMPARE(bill->currency, std::string("EUR"));
    QCOMPARE(shown(*bill), list({"2026-10 list price v/m 81", "2026-10 allowance free searches -5.4",
                                 "2026-10 shortfall 300 a month 194.4", "2026-11 list price v/m 164",
                                 "2026-11 allowance free searches -4", "2026-11 discount over 100 -8",
                                 "2026-11 shortfall 300 a month 240", "2026-11 credit 300 a month -152"}));
    QCOMPARE(text(bill->total), QStringLiteral("510"));
    QCOMPARE(texts(bill->notes), list({"2026-10: 1 USD = 0.9 EUR.", "2026-11: 1 USD = 0.8 EUR."}));
}

void TestBill::nothingAgreed()
{
    const Sheet sheet = one_model();
    const auto bill = bill_of(sheet, {line(sheet, "2026-11-05", {{Input, 3, "0.5"}})}, {});
    QCOMPARE(shown(*bill), list({"2026-11 list price v/m 1.5"}));
    QCOMPARE(bill->currency, std::string("USD"));
    QVERIFY(bill_of(sheet, {}, {})->items.empty());
}

void TestBill::partsOfADay()
{
    Sheet sheet = one_model();
    sheet.agreement.allowances = {{"a day", {}, {WebSearch}, 10, Per::Day},
                                  {"elsewhere", {"w", {}, {}}, {WebSearch}, 10, Per::Day}};
    const auto bill = bill_of(sheet,
                              {line(sheet, "2026-11-05", {{WebSearch, 7, "1"}}),
                               line(sheet, "2026-11-05", {{WebSearch, 7, "2"}}),
                               line(sheet, "2026-11-06", {{WebSearch, 4, "1"}})},
                              {});
    // The first seven and three of the next on the 5th, all on the 6th: 7 + 3 × 2 + 4.
    QCOMPARE(shown(*bill), list({"2026-11 list price v/m 25", "2026-11 allowance a day -17"}));
    QCOMPARE(texts(bill->notes), list({"“elsewhere” concerns no usage."}));
}

void TestBill::discounts_data()
{
    QTest::addColumn<bool>("marginal");
    QTest::addColumn<QString>("spend");
    QTest::addColumn<QString>("off");
    // 5 % from 100 on, 10 % from 1,000, 20 % from 5,000.
    QTest::newRow("whole, below") << false << "99.99"
                                  << "0";
    QTest::newRow("whole, at a step") << false << "1000"
                                      << "100";
    QTest::newRow("whole, above all") << false << "6000"
                                      << "1200";
    QTest::newRow("marginal, below") << true << "99.99"
                                     << "0";
    QTest::newRow("marginal, at a step") << true << "1000"
                                         << "45"; // 900 × 5 %
    QTest::newRow("marginal, above all") << true << "6000"
                                         << "645"; // 45 + 4000 × 10 % + 1000 × 20 %
    QTest::newRow("marginal, cents") << true << "100.01"
                                     << "0.0005";
}

void TestBill::discounts()
{
    QFETCH(bool, marginal);
    QFETCH(QString, spend);
    QFETCH(QString, off);
    Discount discount;
    discount.marginal = marginal;
    discount.steps = {
        {number("100"), number("5")}, {number("1000"), number("10")}, {number("5000"), number("20")}};
    const base::Decimal total = number(spend.toUtf8().constData());
    QCOMPARE(text(discount_on(discount, total, {}, total)), off);
    // In two parts it is the same.
    const base::Decimal first = total / base::Decimal::from_integer(4);
    QCOMPARE(
        text(discount_on(discount, first, {}, total) + discount_on(discount, total - first, first, total)),
        off);
}

void TestBill::firstDiscountHolds()
{
    Sheet sheet = one_model();
    Discount own;
    own.title = "own";
    own.scope.models = {"m"};
    own.steps = {{number("0"), number("50")}};
    own.until = day("2026-11-05");
    Discount all;
    all.title = "all";
    all.steps = {{number("0"), number("10")}};
    sheet.agreement.discounts = {own, all};
    const auto bill = bill_of(
        sheet,
        {line(sheet, "2026-11-05", {{Input, 1, "100"}}), line(sheet, "2026-11-06", {{Input, 1, "100"}})}, {});
    QCOMPARE(shown(*bill),
             list({"2026-11 list price v/m 200", "2026-11 discount all -10", "2026-11 discount own -50"}));
}

// Ten units serve 3,600,000 weighted tokens an hour. In the first hour 1,500,000 + 4 × 300,000 = 2,700,000
// are asked for, in the second 2,500,000 + 4 × 500,000 = 4,500,000: 900,000 too many, a share of 6.3 / 7.2 =
// 0.875 is served. The second hour needs 4,500,000 / 360,000 = 12.5 units, which are sold as 15.
void TestBill::capacityByTheHour()
{
    const auto hour = static_cast<std::int32_t>(day("2026-11-05").time_since_epoch().count() * 24);
    const std::vector<HourLoad> hours{{hour + 10, 5, 1'500'000, 500'000, 200'000},
                                      {hour + 11, 9, 2'500'000, 0, 500'000},
                                      {hour + 10, 1, 500'000, 0, 100'000},
                                      {hour - 24 * 5, 1, 9'000'000, 0, 0}};
    const CapacityUse use = use_of(capacity(), hours);
    QCOMPARE(use.days.size(), std::size_t{1}); // 31 October is before the term
    const Coverage& coverage = use.days.at(day("2026-11-05"));
    QCOMPARE(text(coverage.load), QStringLiteral("7200000"));
    QCOMPARE(text(coverage.served), QStringLiteral("6300000"));
    QCOMPARE(text(coverage.share()), QStringLiteral("0.875"));
    QCOMPARE(use.peak_units, std::int64_t{15});
    QCOMPARE(use_of(capacity(), {}).peak_units, std::int64_t{5});
    QCOMPARE(text(Coverage{}.share()), QStringLiteral("1"));
}

void TestBill::capacityRefuses()
{
    Sheet sheet = one_model();
    sheet.agreement.capacities = {capacity()};
    sheet.agreement.capacities[0].overflows = false;
    // Spread over 24 hours, 100,000,000 tokens are more than is served; they are not paid as they go.
    const auto bill = bill_of(sheet, {line(sheet, "2026-11-05", {{Input, 100'000'000, "0.000001"}})}, {});
    QCOMPARE(shown(*bill), list({"2026-11 list price v/m 100", "2026-11 covered by capacity ten -100",
                                 "2026-11 capacity ten 240"}));
    QCOMPARE(bill->items[2].explanation, std::string("10 PTU; 86.4 % of the load served, the rest refused"));
}

// As above, with 4,000,000 tokens at 1 a million, 500,000 from the cache at 0.1 and 800,000 of output at 5:
// 8.05, of which 0.875 are 7.04375. The search is not what capacity serves. Ten units cost 240 a day.
void TestBill::capacityOnTheBill()
{
    Sheet sheet = one_model();
    sheet.agreement.capacities = {capacity()};
    const auto hour = static_cast<std::int32_t>(day("2026-11-05").time_since_epoch().count() * 24);
    const std::vector<ModelLoad> loads{
        {"v",
         "m",
         "standard",
         {{hour + 10, 6, 2'000'000, 500'000, 300'000}, {hour + 11, 9, 2'500'000, 0, 500'000}}},
        {"v", "m", "batch", {{hour + 10, 9, 99'000'000, 0, 0}}},
        {"v", "unknown", "standard", {{hour + 10, 9, 99'000'000, 0, 0}}}};
    PricedLine batch = line(sheet, "2026-11-05", {{Input, 99'000'000, "0.0000005"}});
    batch.service_tier = "batch";
    const auto bill = bill_of(sheet,
                              {line(sheet, "2026-11-05",
                                    {{Input, 4'000'000, "0.000001"},
                                     {CacheRead, 500'000, "0.0000001"},
                                     {Output, 800'000, "0.000005"},
                                     {WebSearch, 1, "0.01"}}),
                               batch},
                              loads);
    QCOMPARE(shown(*bill), list({"2026-11 list price v/m 57.56", "2026-11 covered by capacity ten -7.04375",
                                 "2026-11 capacity ten 240"}));
    QCOMPARE(texts(bill->notes), list({"“ten”: the busiest hour needs 15 PTU; there are 10."}));
    QCOMPARE(bill->items[2].explanation,
             std::string("10 PTU; 87.5 % of the load served, the rest paid as it goes"));
}

void TestBill::settlements_data()
{
    QTest::addColumn<Carry>("carry");
    QTest::addColumn<bool>("at_end");
    QTest::addColumn<QString>("shortfalls");
    // 100 a month; 60, 130 and 90 are spent.
    QTest::newRow("nothing carried") << Carry::Nothing << false << "40 0 10";
    // January's 40 pay for 40 of February; 90 count: 10 short; they pay for 10 of March, 80 count: 20 short.
    QTest::newRow("unused") << Carry::Unused << false << "40 10 20";
    // February's 30 too many count for March: 120.
    QTest::newRow("excess") << Carry::Excess << false << "40 0 0";
    QTest::newRow("at the end") << Carry::Nothing << true << "20"; // 300 less 280
}

void TestBill::settlements()
{
    QFETCH(Carry, carry);
    QFETCH(bool, at_end);
    const std::map<base::Date, base::Decimal> spend{{day("2026-01-01"), number("20")},
                                                    {day("2026-01-31"), number("40")},
                                                    {day("2026-02-01"), number("130")},
                                                    {day("2026-03-31"), number("90")}};
    QStringList shortfalls;
    for (const Settlement& settlement :
         settle(commitment(carry, at_end), {day("2026-01-01"), day("2026-03-31")}, spend))
        shortfalls.append(text(settlement.shortfall));
    QTEST(shortfalls.join(u' '), "shortfalls");
}

void TestBill::openPeriods()
{
    // Only February is known as a whole.
    const auto settlements =
        settle(commitment(Carry::Nothing, false), {day("2026-01-20"), day("2026-03-10")}, {});
    QCOMPARE(settlements.size(), std::size_t{3});
    QCOMPARE(settlements[0].settled, false);
    QVERIFY(settlements[0].shortfall.is_zero());
    QCOMPARE(text(settlements[1].shortfall), QStringLiteral("100"));
    QCOMPARE(settlements[2].settled, false);
    QVERIFY(settle(commitment(Carry::Nothing, false), {day("2027-01-20"), day("2027-03-10")}, {}).empty());
    Sheet sheet = one_model();
    sheet.agreement.commitments = {commitment(Carry::Nothing, false)};
    const auto bill = bill_of(sheet, {line(sheet, "2026-01-20", {{Input, 1, "7"}})}, {});
    QCOMPARE(texts(bill->notes), list({"“100 a month”: 7 of 100 spent from 2026-01-01 to 2026-01-31, not "
                                       "settled because the usage holds "
                                       "only a part of the period."}));
}

void TestBill::periods()
{
    QCOMPARE(calendar_period(day("2026-11-05"), Per::Day) == (Days{day("2026-11-05"), day("2026-11-05")}),
             true);
    QCOMPARE(calendar_period(day("2026-11-05"), Per::Month) == (Days{day("2026-11-01"), day("2026-11-30")}),
             true);
    QCOMPARE(calendar_period(day("2026-11-05"), Per::Quarter) == (Days{day("2026-10-01"), day("2026-12-31")}),
             true);
    QCOMPARE(calendar_period(day("2028-02-29"), Per::Year) == (Days{day("2028-01-01"), day("2028-12-31")}),
             true);
    const std::vector<Days> months = periods_of_term({day("2028-01-31"), day("2028-04-05")}, Per::Month);
    const std::vector<Days> expected{{day("2028-01-31"), day("2028-02-28")},
                                     {day("2028-02-29"), day("2028-03-30")},
                                     {day("2028-03-31"), day("2028-04-05")}};
    QCOMPARE(months == expected, true);
    QCOMPARE(periods_of_term({day("2026-03-15"), day("2029-03-14")}, Per::Year).size(), std::size_t{3});
}

void TestBill::exchange_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("rate");
    QTest::newRow("the same currency") << "CHF"
                                       << "CHF"
                                       << "2026-01-01"
                                       << "1";
    QTest::newRow("before all") << "USD"
                                << "EUR"
                                << "2026-01-01" << QString();
    QTest::newRow("on the day") << "USD"
                                << "EUR"
                                << "2026-01-02"
                                << "0.9";
    QTest::newRow("the last one") << "USD"
                                  << "EUR"
                                  << "2026-06-01"
                                  << "0.9";
    QTest::newRow("a later one") << "USD"
                                 << "EUR"
                                 << "2026-08-01"
                                 << "0.8"; // 1 / 1.25
    QTest::newRow("inverse") << "EUR"
                             << "USD"
                             << "2026-08-01"
                             << "1.25";
    QTest::newRow("another pair") << "EUR"
                                  << "GBP"
                                  << "2026-08-01" << QString();
}

void TestBill::exchange()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, date);
    const std::vector<ExchangeRate> rates{{"USD", "EUR", day("2026-01-02"), number("0.9"), ""},
                                          {"EUR", "USD", day("2026-07-01"), number("1.25"), ""}};
    const auto rate =
        exchange_rate(from.toStdString(), to.toStdString(), day(date.toUtf8().constData()), rates);
    QTEST(rate ? text(*rate) : QString(), "rate");
}

void TestBill::exchangeMissing()
{
    Sheet sheet = one_model();
    sheet.agreement.currency = "GBP";
    const auto bill = bill_of(sheet, {line(sheet, "2026-11-05", {{Input, 1, "1"}})}, {});
    QVERIFY(!bill.has_value());
    QCOMPARE(bill.error().code, base::ErrorCode::NotFound);
    QVERIFY(bill.error().message.find("from USD to GBP for 2026-11-05") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestBill)
#include "tst_bill.moc"
