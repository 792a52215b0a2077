// Verdicts on small texts: every check at every verdict it can have, and the promises of review().

#include "core/clauses/review.h"
#include "core/clauses/serialise.h"
#include "texts.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;

class TestReview : public QObject
{
    Q_OBJECT

private:
    Pack m_pack;

    Finding finding(const Review& review, const QString& check) const
    {
        for (const Finding& f : review.findings) {
            if (f.check == check.toStdString())
                return f;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto pack = load_pack("ai-procurement");
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        m_pack = std::move(*pack);
    }

    // An order form speaks of few checks, and of little else that learned weights could take for an answer.
    void shortContractIsJudgedOnWhatItSpeaksOf()
    {
        const auto document = test::read(R"(# Order Form

This Order Form is made between Brightwater Analytics Ltd ("Provider") and Hillcote District Council ("Customer").

## 1. Services

Provider shall supply the Document Assistant for up to 250 named users of Customer.

## 2. Fees

Customer shall pay 96,000 pounds a year, in advance. Provider may change its fees once a year on ninety days' notice.

## 3. Term

The term is two years and begins on 1 March 2027.

## 4. Notices

Notices go by e-mail to the addresses below. Each party names one contact for questions of delivery.
)");
        const Review review = clauses::review(document, m_pack);
        int spoken = 0;
        for (const Finding& f : review.findings) {
            const bool hazard = m_pack.find(f.check)->polarity == Polarity::Hazard;
            spoken += f.verdict == (hazard ? Verdict::Met : Verdict::Missing) ? 0 : 1;
            for (const Evidence& evidence : f.evidence)
                QVERIFY2(evidence.text != "2. Fees" && evidence.text != "4. Notices",
                         (f.check + ": " + evidence.text).c_str());
        }
        QVERIFY2(spoken <= 6, qPrintable(QString::number(spoken)));
        for (const char* silent : {"data-deletion", "model-handover", "ip-indemnity", "ai-act-high-risk"})
            QCOMPARE(finding(review, QString::fromLatin1(silent)).verdict, Verdict::Missing);
        QCOMPARE(finding(review, QStringLiteral("competing-use-ban")).verdict, Verdict::Met);
        QVERIFY(finding(review, QStringLiteral("price-review")).verdict != Verdict::Missing);
    }

    void verdicts_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* check, const char* verdict, const char* text) {
            QTest::addRow("%s: %s", check, verdict)
                << QString::fromUtf8(check) << QString::fromUtf8(verdict)
                << QStringLiteral("Provider shall host the Services. Customer shall pay the Fees.\n\n") +
                       QString::fromUtf8(text);
        };
        row("no-training", "met",
            "Provider shall not use Customer Data, including Input and Output, to train, "
            "fine-tune or improve any machine learning model.");
        row("no-training", "partial",
            "Provider may use Input and Output to train its models, unless Customer opts out "
            "in the account settings. Once Customer has opted out, Provider shall stop using "
            "Input for training.");
        row("no-training", "missing",
            "Provider shall train two administrators of Customer. Training sessions are held "
            "on line. Provider shall keep Customer Data secret.");
        row("no-training", "adverse",
            "Provider may use Customer Data, including Input and Output, to train and "
            "improve its models. Customer may not object to such use.");
        row("data-portability", "met",
            "Customer may at any time during the Term, and for 60 days after termination, "
            "export all Input, Output and stored Customer Data in JSON or CSV format through "
            "the export interface.");
        row("data-portability", "partial",
            "Customer may download its Customer Data while the subscription is active. No "
            "format is promised.");
        row("data-portability", "missing",
            "Each party shall comply with export control laws. Invoices are sent in PDF.");
        row("data-portability", "adverse",
            "Upon termination, Customer can no longer access its Customer Data, and Provider "
            "may at its option delete it. Provider has no obligation to return or furnish a "
            "copy.");
        row("model-handover", "met",
            "On termination Provider shall deliver to Customer the weights of each "
            "Customised Model in safetensors format, together with its configuration and "
            "schemas in JSON.");
        row("model-handover", "partial",
            "Customer owns the weights of its fine-tuned models. The source code of the "
            "connectors is held in escrow and released if Provider is wound up.");
        row("model-handover", "missing",
            "Provider shall weigh the parcels and hand over the keys of the premises.");
        row("model-handover", "adverse",
            "All fine-tuned models and their weights are the exclusive property of Provider. "
            "The weights are never supplied to Customer.");
        row("customer-ownership", "met",
            "As between the parties, Customer retains all right, title and interest in Input "
            "and owns all Output. Provider hereby assigns to Customer all rights in Output. "
            "Provider may use Input and Output solely to provide the Services.");
        row("customer-ownership", "partial",
            "Customer owns all Input and Output. Customer grants Provider a perpetual, "
            "irrevocable licence to use Input and Output to improve its products and for "
            "marketing purposes.");
        row("customer-ownership", "missing",
            "Provider owns the Software and the Documentation. Title to the hardware passes "
            "on payment.");
        row("customer-ownership", "adverse",
            "All Output, reports and other results are the exclusive property of Provider. "
            "Customer assigns to Provider all rights in Input.");
        row("termination-assistance", "met",
            "After termination or expiry, Provider shall continue to provide the Services "
            "for up to 120 days at the rates in force and shall give migration assistance to "
            "Customer and its successor provider.");
        row("termination-assistance", "partial",
            "For thirty days after termination Provider shall continue to provide the "
            "Services and help with migration at prices to be agreed.");
        row("termination-assistance", "missing",
            "Provider shall help Customer to set up the Services at the start.");
        row("termination-assistance", "adverse",
            "Upon termination all rights of access cease immediately and Provider has no "
            "further obligation to assist Customer or a successor provider.");
        row("price-review", "met",
            "Provider may increase the Fees once a year by no more than the lesser of 3% and "
            "the change in the consumer price index.");
        row("price-review", "partial", "Provider may increase the Fees on 60 days' written notice.");
        row("price-review", "missing",
            "The staff of Provider wears badges on the premises. Visitors sign a register at "
            "the gate.");
        row("price-review", "adverse",
            "Provider may change its prices at any time in its sole discretion, with "
            "immediate effect.");
        row("multi-cloud", "met",
            "Customer may install and run the same version of the Model on its own premises "
            "or with any cloud provider of its choice, and no additional fee is payable for "
            "doing so.");
        row("multi-cloud", "partial",
            "The Software is licensed for use on the designated machine with the serial "
            "number stated in Annex 1.");
        row("multi-cloud", "missing",
            "The service desk is open on working days. Tickets are answered in English.");
        row("multi-cloud", "adverse",
            "Customer shall not run, host or install the Model outside the Provider's "
            "platform or in any other environment.");
        row("ip-indemnity", "met",
            "Provider shall defend and indemnify Customer against any third-party claim "
            "alleging that the Services or Output infringe intellectual property rights.");
        row("ip-indemnity", "partial",
            "Provider shall defend and indemnify Customer against third-party claims that "
            "the Services infringe a patent or copyright. Output is not covered by this "
            "indemnity.");
        row("ip-indemnity", "missing",
            "The staff of Provider wears badges on the premises. Visitors sign a register at "
            "the gate.");
        row("ip-indemnity", "adverse",
            "Customer shall defend, indemnify and hold harmless Provider against any claim "
            "of infringement arising from its use of the Services or Output. Provider gives "
            "no indemnity and disclaims any warranty of non-infringement.");
        row("ai-act-high-risk", "met",
            "Provider shall comply with the requirements of the EU AI Act for high-risk AI "
            "systems and shall supply the technical documentation, instructions for use and "
            "logs that Customer needs.");
        row("ai-act-high-risk", "partial",
            "Each party shall comply with the laws on artificial intelligence that apply to "
            "it, including the EU AI Act.");
        row("ai-act-high-risk", "missing",
            "Meetings are held each month at the office of Customer. Minutes are kept in "
            "English.");
        row("ai-act-high-risk", "adverse",
            "Customer shall not use the Services for high-risk purposes, such as decisions "
            "on employment, credit or housing, within the meaning of the EU AI Act.");
        row("renewal-control", "met",
            "This Agreement ends on its last day and shall not be renewed unless both "
            "parties sign a new order.");
        row("renewal-control", "partial",
            "This Agreement shall automatically renew for successive one-year terms unless "
            "either party gives written notice of non-renewal at least 45 days before the "
            "end of the term.");
        row("renewal-control", "missing", "Certificates are renewed each year by the administrator.");
        row("renewal-control", "adverse",
            "This Agreement shall automatically renew for successive three-year terms unless "
            "Customer gives notice of non-renewal at least 120 days before the end of the "
            "term.");
        row("unilateral-change", "met",
            "No amendment of this Agreement is valid unless it is in writing and signed by "
            "both parties.");
        row("unilateral-change", "partial",
            "Provider may amend these Terms by giving Customer at least 60 days' written "
            "notice before the amended Terms take effect.");
        row("unilateral-change", "adverse",
            "We may modify these Terms at any time by posting the revised Terms on our "
            "website. Your continued use of the Services is acceptance of the changes.");
        row("model-deprecation", "met",
            "Provider shall keep each model version available and shall not retire a model "
            "version on less than twelve months' written notice.");
        row("model-deprecation", "partial",
            "Provider may retire a model or feature on 90 days' prior notice to Customer.");
        row("model-deprecation", "missing",
            "Meetings are held each month at the office of Customer. Minutes are kept in "
            "English.");
        row("model-deprecation", "adverse",
            "Provider may change, replace or discontinue any model, feature or service at "
            "any time and without notice.");
        row("minimum-commitment", "met",
            "Customer pays only for what it uses. There is no minimum spend, and Customer is "
            "free to buy like services from others.");
        row("minimum-commitment", "partial",
            "Customer commits to spend not less than $100,000 in each contract year. Any "
            "unused amount is rolled over to the next contract year.");
        row("minimum-commitment", "adverse",
            "Prepaid credits expire twelve months after purchase and are non-refundable.");
        row("competing-use-ban", "met",
            "Customer may use Output for any lawful purpose, including to train and evaluate "
            "other models, and may benchmark the Services and publish the results.");
        row("competing-use-ban", "partial",
            "Customer shall not use the Services to offer a competing product to third "
            "parties. Models for its own use are free.");
        row("competing-use-ban", "adverse",
            "Customer shall not use Output to develop or train any machine learning model.");
        row("vendor-termination", "met",
            "Provider may terminate this Agreement only if Customer commits a material "
            "breach and fails to cure it within 30 days after written notice.");
        row("vendor-termination", "partial",
            "Provider may terminate this Agreement for convenience on 90 days' written "
            "notice.");
        row("vendor-termination", "adverse",
            "Provider may suspend or terminate the account at any time, for any reason and "
            "without notice.");
        row("customer-termination", "met",
            "Customer may terminate this Agreement for convenience on 30 days' written "
            "notice, and Provider shall refund all prepaid fees for the time after "
            "termination.");
        row("customer-termination", "partial",
            "Customer may terminate this Agreement at any time. Fees paid are "
            "non-refundable.");
        row("customer-termination", "missing",
            "Provider may end the accounts of single users. Workshops can be cancelled two "
            "days ahead.");
        row("customer-termination", "adverse",
            "Customer may not terminate this Agreement before the end of the term. On early "
            "termination all remaining fees become immediately due and payable.");
        row("switching-charges", "met",
            "Provider shall not charge any fee for export, for egress or for switching to "
            "another provider.");
        row("switching-charges", "partial",
            "For the transfer of data to another provider Provider may charge a reduced fee, "
            "up to a maximum of $2,000.");
        row("switching-charges", "missing", "Late invoices bear interest.");
        row("switching-charges", "adverse",
            "For export of its data to another provider Customer shall pay an egress fee of "
            "$0.10 per gigabyte.");
        row("data-deletion", "met",
            "Within 30 days after termination Provider shall delete all Customer Data, "
            "backups included, and shall certify the deletion in writing on request.");
        row("data-deletion", "partial", "After termination Provider shall delete Customer Data.");
        row("data-deletion", "missing", "Customer shall return the keys of the building.");
        row("data-deletion", "adverse",
            "After termination Provider may keep Customer Data without limit of time and is "
            "under no obligation to delete it.");
        row("liability", "met",
            "Each party's total liability is limited to the fees paid in the twelve months "
            "before the claim. This limit does not apply to breach of confidentiality, data "
            "protection or the indemnification obligations.");
        row("liability", "partial",
            "Provider's total liability under this Agreement shall not exceed the fees paid "
            "in the twelve months before the claim.");
        row("liability", "missing", "Provider shall keep insurance. Customer shall keep its passwords safe.");
        row("liability", "adverse",
            "Provider's total liability under this Agreement shall not exceed the fees paid "
            "in the three months before the claim.");
        row("service-levels", "met",
            "Provider shall keep the Services available for 99.9% of each month. If "
            "availability is lower, Customer receives a service credit of 10% of the monthly "
            "fee.");
        row("service-levels", "partial",
            "Provider will use commercially reasonable efforts to keep the Services "
            "available around the clock.");
        row("service-levels", "missing",
            "The staff of Provider wears badges on the premises. Visitors sign a register at "
            "the gate.");
        row("service-levels", "adverse",
            "The Services are provided “as is” and “as available”. Provider does not warrant "
            "that the Services will be uninterrupted or available at any given time.");
        row("assignment", "met",
            "Neither party may assign or transfer this Agreement unless the other party has "
            "agreed in writing beforehand. An assignment without such consent is void for "
            "both parties.");
        row("assignment", "partial",
            "Neither party may assign this Agreement without the consent of the other, "
            "except that either party may assign it to an affiliate or to the successor to "
            "its business.");
        row("assignment", "adverse",
            "Customer may not assign this Agreement without Provider's prior written "
            "consent. Provider may assign this Agreement to any person at any time without "
            "consent.");
        row("subprocessors-location", "met",
            "Customer Data is stored and processed only in data centres in Germany. Provider "
            "shall notify Customer of each new subprocessor 30 days in advance, and Customer "
            "may object to the new subprocessor.");
        row("subprocessors-location", "partial",
            "Provider shall notify Customer before it engages a new subprocessor.");
        row("subprocessors-location", "missing", "Provider shall keep its premises locked.");
        row("subprocessors-location", "adverse",
            "Provider may process Customer Data in any country and may use any "
            "subcontractors without the consent of or notice to Customer.");
    }
    void verdicts()
    {
        QFETCH(QString, check);
        QFETCH(QString, verdict);
        QFETCH(QString, text);
        const auto document = test::read(text.toStdString());
        const Finding found = finding(review(document, m_pack), check);
        QCOMPARE(QString::fromStdString(std::string(to_string(found.verdict))), verdict);
        QVERIFY(found.confidence > 0 && found.confidence <= 1);
        QVERIFY(!found.why.empty());
        for (const Evidence& passage : found.evidence)
            QCOMPARE(std::string(document.slice(passage.begin, passage.end)), passage.text);
        if (found.verdict == Verdict::Partial || found.verdict == Verdict::Adverse)
            QVERIFY(!found.evidence.empty());
        if (found.verdict == Verdict::Missing)
            QVERIFY(found.evidence.empty());
    }

    void parameters()
    {
        const auto document =
            test::read("Provider may increase the Fees on 60 days' written notice. Customer shall pay.");
        const Finding found = finding(review(document, m_pack), QStringLiteral("price-review"));
        QCOMPARE(found.verdict, Verdict::Partial);
        QCOMPARE(found.parameters.size(), std::size_t{1});
        QCOMPARE(found.parameters.front(), (Parameter{"notice", "60", "days"}));
    }

    void findings_follow_the_pack()
    {
        const Review r = review(test::read("Provider shall host. Customer shall pay."), m_pack);
        QCOMPARE(r.findings.size(), m_pack.checks.size());
        for (std::size_t i = 0; i < r.findings.size(); ++i)
            QCOMPARE(r.findings[i].check, m_pack.checks[i].id);
        QCOMPARE(r.pack_sha256, m_pack.sha256);
        QCOMPARE(r.engine, std::string(engine_version));
    }

    void empty_document()
    {
        const Review r = review(document::Document{}, m_pack);
        QCOMPARE(r.findings.size(), m_pack.checks.size());
        for (const Finding& f : r.findings)
            QVERIFY(f.evidence.empty());
    }

    void deterministic()
    {
        const auto document = test::read("Provider may change the Fees at any time. Customer owns all "
                                         "Output. Provider may end this Agreement without "
                                         "notice. Each party may assign this Agreement to an affiliate.");
        const Review first = review(document, m_pack);
        for (int i = 0; i < 3; ++i)
            QVERIFY(review(document, m_pack) == first);
        QCOMPARE(to_json(review(document, m_pack)).dump(), to_json(first).dump());
    }

    void json_has_the_fields_of_the_command_line()
    {
        const auto document =
            test::read("Provider may retire a model on 90 days' prior notice. Customer shall pay.");
        const auto json = to_json(review(document, m_pack));
        QCOMPARE(json.size(), m_pack.checks.size());
        for (const auto& item : json) {
            for (const char* field : {"check", "verdict", "confidence", "parameters", "evidence", "why"})
                QVERIFY2(item.contains(field), field);
            for (const auto& passage : item.at("evidence")) {
                for (const char* field : {"page", "section", "text"})
                    QVERIFY2(passage.contains(field), field);
            }
        }
    }

    // Not timed: quadratic work on two megabytes would run into the time limit of the test.
    void two_megabytes_on_one_line()
    {
        std::string text;
        while (text.size() < (std::size_t{2} << 20))
            text += "the Provider may, without notice and unless the Customer objects, use (a) prompts and "
                    "(b) output to train ";
        const Review r = review(test::read(text, document::Format::Text), m_pack);
        QCOMPARE(r.findings.size(), m_pack.checks.size());
    }
};

QTEST_GUILESS_MAIN(TestReview)
#include "tst_clauses_review.moc"
