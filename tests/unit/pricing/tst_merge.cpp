#include "core/pricing/sheet.h"

#include <QTest>

using namespace leeway;
using namespace leeway::pricing;

namespace {

Model model(const char* vendor, const char* name, const char* price)
{
    Model result;
    result.vendor = vendor;
    result.model = name;
    DatedRates dated;
    dated.rates.push_back({Component::Input, *base::Decimal::parse(price), "standard", 0});
    result.prices.push_back(dated);
    return result;
}

Sheet sheet(const char* title, std::vector<Model> models, const char* currency = "USD")
{
    Sheet result;
    result.title = title;
    result.currency = currency;
    result.models = std::move(models);
    return result;
}

std::string price_of(const Sheet& sheet, const char* vendor, const char* name)
{
    const Model* found = sheet.find(vendor, name);
    return found == nullptr ? "" : found->prices.front().rates.front().price.to_string();
}

}

class TestMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void additionsWin();
    void twiceIsOnce();
    void termsGoByTheirTitle();
    void currenciesMustAgree();
};

void TestMerge::additionsWin()
{
    Sheet list = sheet("List", {model("a", "one", "1"), model("a", "two", "2")});
    Sheet own = sheet("Own", {model("a", "two", "1.5"), model("b", "one", "9")});
    own.as_of = *base::parse_date("2026-11-01");
    const auto both = merged(list, own);
    QVERIFY(both.has_value());
    QCOMPARE(both->models.size(), std::size_t{3});
    QCOMPARE(price_of(*both, "a", "one"), std::string("1"));
    QCOMPARE(price_of(*both, "a", "two"), std::string("1.5"));
    QCOMPARE(price_of(*both, "b", "one"), std::string("9"));
    QCOMPARE(both->title, std::string("List + Own"));
    QVERIFY(both->as_of == own.as_of);
    QCOMPARE(both->sha256.size(), std::size_t{64});
}

void TestMerge::twiceIsOnce()
{
    const Sheet list = sheet("List", {model("a", "one", "1")});
    const Sheet own = sheet("Own", {model("b", "one", "9")});
    const auto once = merged(list, own);
    const auto twice = merged(*once, own);
    QCOMPARE(twice->title, once->title);
    QCOMPARE(twice->models.size(), once->models.size());
    QCOMPARE(twice->sha256, once->sha256);
}

void TestMerge::termsGoByTheirTitle()
{
    Sheet list = sheet("List", {});
    list.agreement.allowances = {{"searches", {}, {Component::WebSearch}, 5, Per::Day}};
    Sheet own = sheet("Own", {});
    own.agreement.currency = "EUR";
    own.agreement.allowances = {{"searches", {}, {Component::WebSearch}, 9, Per::Day}};
    Discount discount;
    discount.title = "ten";
    own.agreement.discounts = {discount};
    const base::Decimal one = base::Decimal::from_integer(1);
    own.agreement.exchange_rates = {{"USD", "EUR", {}, one, ""}};
    const auto both = merged(list, own);
    QVERIFY(both.has_value());
    QCOMPARE(both->agreement == own.agreement, true);
    // Newer list prices leave what was negotiated.
    QCOMPARE(merged(*both, sheet("List", {}))->agreement == own.agreement, true);
    own.agreement.exchange_rates[0].date += std::chrono::days(1);
    QCOMPARE(merged(*both, own)->agreement.exchange_rates.size(), std::size_t{2});
}

void TestMerge::currenciesMustAgree()
{
    const Sheet list = sheet("List", {});
    const Sheet own = sheet("Own", {}, "EUR");
    const auto both = merged(list, own);
    QVERIFY(!both.has_value());
    QCOMPARE(both.error().code, base::ErrorCode::Invalid);
    QVERIFY(both.error().message.find("EUR") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"
