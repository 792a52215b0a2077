#include "core/pricing/sheet.h"
#include "openproject.h"
#include "ui/costs/prices/agreementtab.h"
#include "ui/costs/prices/sheetdialog.h"
#include "ui/costs/prices/termdialog.h"
#include "ui/costs/prices/terms.h"
#include "ui/widgets/text.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using sampletraffic::decimal;

namespace {

pricing::Discount percentOff(const std::string& title, const std::string& vendor, const char* percent)
{
    pricing::Discount discount;
    discount.title = title;
    discount.scope.vendor = vendor;
    discount.steps = {{decimal("0"), decimal(percent)}};
    return discount;
}

pricing::Agreement everything()
{
    const auto day = [](const char* text) { return *base::parse_date(text); };
    pricing::Agreement agreement;
    agreement.allowances = {{"Free tier",
                             {"aurora", {"aurora-large"}, {"standard"}},
                             {pricing::Component::Input, pricing::Component::CacheRead},
                             1'000'000,
                             pricing::Per::Day}};
    agreement.capacities = {{"Reserved",
                             {"aurora", {}, {}},
                             "PTU",
                             15,
                             5,
                             5,
                             decimal("2500"),
                             decimal("1"),
                             decimal("0"),
                             decimal("4.5"),
                             decimal("1.25"),
                             day("2026-11-01"),
                             std::nullopt,
                             false}};
    agreement.discounts = {{"Volume",
                            {},
                            {{decimal("0"), decimal("5")}, {decimal("100000"), decimal("8.5")}},
                            pricing::Per::Quarter,
                            true,
                            day("2026-01-01"),
                            day("2027-12-31")},
                           percentOff("Friends", "borealis", "2")};
    agreement.commitments = {{"Commit",
                              {"aurora", {}, {}},
                              decimal("250000.5"),
                              pricing::Per::Year,
                              day("2026-11-01"),
                              day("2029-10-31"),
                              pricing::Carry::Unused,
                              false}};
    agreement.exchange_rates = {{"EUR", "USD", day("2026-11-01"), decimal("1.09"), "central bank"}};
    return agreement;
}

}

/// Agreements in the price sheet's dialog: forms, lines, bill and undo.
class TestCostsTerms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void formsKeepEveryValue_data();
    void formsKeepEveryValue();
    void wrongFieldsAreNamed_data();
    void wrongFieldsAreNamed();
    void keptTermsCanBeStored();
    void linesSayWhatIsAgreed();
    void addEditRemoveUndo();
    void billFollowsTheAgreement();
    void doubtsNameWhatHasNoPrice();
    void readOnlyIsOnlyRead();

private:
    QTemporaryDir m_settings;
};

void TestCostsTerms::initTestCase()
{
    OpenProject::useTestSettings(m_settings);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestCostsTerms::formsKeepEveryValue_data()
{
    QTest::addColumn<TermKind>("kind");
    QTest::addColumn<int>("index");
    for (const Term& term : termsOf(everything(), "EUR"))
        QTest::addRow("%s %d", qPrintable(kindName(term.kind)), term.index) << term.kind << term.index;
}

void TestCostsTerms::formsKeepEveryValue()
{
    QFETCH(TermKind, kind);
    QFETCH(int, index);
    const pricing::Agreement agreement = everything();
    const TermValues values = valuesOf(agreement, kind, index);
    const auto fields = fieldsOf(kind);
    QCOMPARE(values.size(), qsizetype(fields.size()));
    for (const TermField& field : fields)
        QVERIFY2(values.contains(field.key), qPrintable(field.key));
    pricing::Agreement written = agreement;
    const auto status = putTerm(written, kind, index, values);
    QVERIFY2(status.has_value(), status ? "" : status.error().message.c_str());
    QVERIFY(written == agreement);
    removeTerm(written, kind, index);
    QCOMPARE(termsOf(written, "EUR").size(), termsOf(agreement, "EUR").size() - 1);
    QVERIFY(putTerm(written, kind, -1, values).has_value());
    QCOMPARE(termsOf(written, "EUR").size(), termsOf(agreement, "EUR").size());
}

void TestCostsTerms::wrongFieldsAreNamed_data()
{
    QTest::addColumn<TermKind>("kind");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, TermKind kind, const QString& key, const QString& value,
                        const QString& words) { QTest::newRow(name) << kind << key << value << words; };
    row("no name", TermKind::Discount, u"title"_s, u"  "_s, u"“Name” is missing"_s);
    row("no percent", TermKind::Discount, u"steps"_s, u""_s, u"“Percent off” is missing"_s);
    row("over 100 %", TermKind::Discount, u"steps"_s, u"101"_s, u"must be a percentage"_s);
    row("words", TermKind::Discount, u"steps"_s, u"some"_s, u"must be a percentage"_s);
    row("falling steps", TermKind::Discount, u"steps"_s, u"100: 5; 50: 8"_s, u"rising amounts"_s);
    row("two colons", TermKind::Discount, u"steps"_s, u"1: 2: 3"_s, u"must be a percentage"_s);
    row("ends before it begins", TermKind::Discount, u"until"_s, u"2025-01-01"_s, u"before the first day"_s);
    row("no date", TermKind::Commitment, u"until"_s, u""_s, u"“Last day” is missing"_s);
    row("date in words", TermKind::Commitment, u"from"_s, u"next year"_s, u"a date such as"_s);
    row("nothing promised", TermKind::Commitment, u"amount"_s, u"0"_s, u"over zero"_s);
    row("negative", TermKind::Commitment, u"amount"_s, u"-5"_s, u"over zero"_s);
    row("settled and carried", TermKind::Commitment, u"settled"_s, u"at the end"_s, u"must be nothing"_s);
    row("half a unit", TermKind::Capacity, u"units"_s, u"7.5"_s, u"whole number"_s);
    row("no such number of units", TermKind::Capacity, u"units"_s, u"16"_s,
        u"5 at least, and in steps of 5"_s);
    row("no step", TermKind::Capacity, u"increment"_s, u"0"_s, u"over zero"_s);
    row("no speed", TermKind::Capacity, u"tokens_per_second"_s, u"0"_s, u"over zero"_s);
    row("unknown component", TermKind::Allowance, u"components"_s, u"input, tokens"_s, u"“tokens”"_s);
    row("nothing free", TermKind::Allowance, u"components"_s, u" , "_s, u"is missing"_s);
    row("too many", TermKind::Allowance, u"quantity"_s, u"2000000000000000"_s, u"“Free units” must be"_s);
    row("too long", TermKind::Discount, u"title"_s, QString(1001, u'x'), u"1001 characters"_s);
    row("no currency", TermKind::ExchangeRate, u"to_currency"_s, u"euro"_s, u"three letters"_s);
    row("the same", TermKind::ExchangeRate, u"to_currency"_s, u"eur"_s, u"another currency"_s);
    row("no rate", TermKind::ExchangeRate, u"rate"_s, u"0"_s, u"over zero"_s);
}

void TestCostsTerms::wrongFieldsAreNamed()
{
    QFETCH(TermKind, kind);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, words);
    pricing::Agreement agreement = everything();
    TermValues values = valuesOf(agreement, kind, 0);
    values[key] = value;
    const auto status = putTerm(agreement, kind, 0, values);
    QVERIFY(!status);
    QVERIFY2(str(status.error().message).contains(words), status.error().message.c_str());
    QVERIFY(agreement == everything());
    // The form says so and cannot be kept.
    TermDialog dialog(kind, valuesOf(agreement, kind, 0),
                      [&](const TermValues& wanted) { return putTerm(agreement, kind, 0, wanted); });
    auto* keep = dialog.findChild<QPushButton*>(u"keepTerm"_s);
    QVERIFY(keep->isEnabled());
    dialog.setValue(key, value);
    QVERIFY(!keep->isEnabled());
    QVERIFY(dialog.findChild<QLabel*>(u"termProblem"_s)->text().contains(words));
}

void TestCostsTerms::keptTermsCanBeStored()
{
    auto sheet = sampletraffic::sheet();
    for (const Term& term : termsOf(everything(), "EUR"))
        QVERIFY(putTerm(sheet.agreement, term.kind, -1, valuesOf(everything(), term.kind, term.index)));
    const auto read = pricing::parse_sheet("sheet", pricing::to_json(sheet));
    QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
    QVERIFY(read->agreement == everything());
}

void TestCostsTerms::linesSayWhatIsAgreed()
{
    const auto terms = termsOf(everything(), "EUR");
    QCOMPARE(terms.size(), std::size_t{6});
    QCOMPARE(terms[0].scope, u"aurora · aurora-large · standard tier"_s);
    QCOMPARE(terms[0].effect, u"1,000,000 input + cache read free a day"_s);
    QCOMPARE(terms[1].effect, u"15 PTU at €\u00a01.25 an hour each, 2500 weighted tokens a second"_s);
    QCOMPARE(terms[1].time, u"from 1\u00a0Nov\u00a02026"_s);
    QVERIFY(terms[2].effect.startsWith(u"5\u00a0% off, 8.5\u00a0% from €\u00a0100,000 a quarter on"_s));
    QCOMPARE(terms[2].scope, u"everything"_s);
    QCOMPARE(terms[3].effect, u"2\u00a0% off"_s);
    QCOMPARE(terms[3].time, u"always"_s);
    QVERIFY(terms[4].effect.contains(u"what is unused carries over"_s));
    QCOMPARE(terms[5].title, u"EUR → USD"_s);
}

void TestCostsTerms::addEditRemoveUndo()
{
    OpenProject project(true);
    SheetDialog dialog(project.workspace);
    dialog.show();
    auto* tab = dialog.findChild<AgreementTab*>();
    auto* table = dialog.findChild<QTableWidget*>(u"terms"_s);
    const auto& agreement = [&]() -> const pricing::Agreement& {
        return project.workspace.snapshot().sheet.agreement;
    };
    QCOMPARE(table->rowCount(), 0);
    QVERIFY(!dialog.findChild<QPushButton*>(u"editTerm"_s)->isEnabled());
    tab->addTerm(TermKind::Discount);
    auto* form = dialog.findChild<TermDialog*>();
    QVERIFY(!form->findChild<QPushButton*>(u"keepTerm"_s)->isEnabled());
    form->setValue(u"title"_s, u"Framework"_s);
    form->setValue(u"steps"_s, u"8"_s);
    form->findChild<QPushButton*>(u"keepTerm"_s)->click();
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(agreement().discounts.size(), std::size_t{1});
    QCOMPARE(agreement().discounts[0].steps[0].percent, decimal("8"));
    QCOMPARE(project.workspace.undoStack().count(), 1);
    QTRY_VERIFY(!dialog.findChild<TermDialog*>());

    table->selectRow(0);
    dialog.findChild<QPushButton*>(u"editTerm"_s)->click();
    form = dialog.findChild<TermDialog*>();
    QCOMPARE(form->values().value(u"title"_s), u"Framework"_s);
    form->setValue(u"steps"_s, u"12.5"_s);
    form->accept();
    QCOMPARE(table->item(0, 3)->text(), u"12.5\u00a0% off"_s);
    dialog.findChild<QPushButton*>(u"removeTerm"_s)->click();
    QCOMPARE(table->rowCount(), 0);
    QVERIFY(agreement().empty());
    project.workspace.undoStack().undo();
    QCOMPARE(table->item(0, 3)->text(), u"12.5\u00a0% off"_s);
    project.workspace.undoStack().undo();
    QCOMPARE(table->item(0, 3)->text(), u"8\u00a0% off"_s);
    project.workspace.undoStack().undo();
    QCOMPARE(table->rowCount(), 0);
}

void TestCostsTerms::billFollowsTheAgreement()
{
    OpenProject project(true);
    SheetDialog dialog(project.workspace);
    auto* title = dialog.findChild<QLabel*>(u"billTitle"_s);
    auto* bill = dialog.findChild<QTableWidget*>(u"bill"_s);
    QVERIFY(title->text().contains(u"list prices"_s));
    auto sheet = sampletraffic::sheet();
    sheet.agreement.discounts = {percentOff("Framework", "aurora", "10")};
    project.workspace.setSheet(sheet);
    QVERIFY2(title->text().contains(u"€\u00a027,000.00"_s), qPrintable(title->text())); // 30,000 less 10 %
    QVERIFY(title->text().contains(u"€\u00a030,000.00 at list prices"_s));
    QCOMPARE(bill->rowCount(), 2);
    QCOMPARE(bill->item(1, 1)->text(), u"Framework"_s);
    QCOMPARE(bill->item(1, 2)->text(), u"−\u00a0€\u00a03,000.00"_s);
    // A bill in a currency without a rate says what is missing.
    sheet.agreement.currency = "CHF";
    project.workspace.setSheet(sheet);
    QVERIFY2(title->text().contains(u"CHF"_s), qPrintable(title->text()));
    QVERIFY(bill->isHidden());
}

void TestCostsTerms::doubtsNameWhatHasNoPrice()
{
    OpenProject project(true);
    SheetDialog dialog(project.workspace);
    auto* doubts = dialog.findChild<QTableWidget*>(u"doubts"_s);
    auto* summary = dialog.findChild<QLabel*>(u"doubtsSummary"_s);
    QCOMPARE(doubts->rowCount(), 0);
    auto sheet = sampletraffic::sheet();
    sheet.models.erase(sheet.models.begin()); // aurora-large
    // Cache reads dearer than input.
    sheet.models[0] = sampletraffic::model("borealis", "borealis-large", "0.000001", "0.000003", "0.000005");
    project.workspace.setSheet(sheet);
    QVERIFY(doubts->rowCount() >= 2);
    QCOMPARE(doubts->item(0, 1)->text(), u"aurora/aurora-large"_s);
    QVERIFY(doubts->item(0, 2)->text().contains(u"5,000,000 requests"_s));
    QVERIFY(summary->text().contains(u"5,000,000 of 5,000,000 requests have no price"_s));
    QCOMPARE(doubts->item(1, 1)->text(), u"borealis/borealis-large"_s);
    QVERIFY(!doubts->item(1, 3)->text().isEmpty());
}

void TestCostsTerms::readOnlyIsOnlyRead()
{
    OpenProject project(true);
    auto sheet = sampletraffic::sheet();
    sheet.agreement = everything();
    project.workspace.setSheet(sheet);
    Workspace second(clauses::Pack{});
    QVERIFY(second.openProject(project.workspace.file()));
    SheetDialog dialog(second);
    QCOMPARE(dialog.findChild<QTableWidget*>(u"terms"_s)->rowCount(), 6);
    for (const QString& button : {u"addTerm"_s, u"editTerm"_s, u"removeTerm"_s})
        QVERIFY(!dialog.findChild<QPushButton*>(button)->isEnabled());
}

QTEST_MAIN(TestCostsTerms)
#include "tst_costs_terms.moc"
