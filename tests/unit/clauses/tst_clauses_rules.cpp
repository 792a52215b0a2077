// What the rules alone read in common legal wording, and the evidence and reasons that they give.

#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/clauses/review.h"
#include "texts.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;

class TestRules : public QObject
{
    Q_OBJECT

private:
    Pack m_pack;

    Finding found(const QString& check, const QString& text) const
    {
        const QString whole =
            QStringLiteral("Provider shall host the Services. Customer shall pay.\n\n") + text;
        const Review r = review(test::read(whole.toStdString()), m_pack);
        for (const Finding& finding : r.findings) {
            if (finding.check == check.toStdString())
                return finding;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        // The rules alone, without the weights that stand beside them.
        const auto path = base::find_template("checks", "ai-procurement");
        QVERIFY(path);
        const auto text = base::read_file(*path, std::size_t{1} << 24);
        QVERIFY(text);
        auto json = nlohmann::json::parse(*text);
        json.erase("weights");
        auto pack = parse_pack("rules.json", json.dump(), path->parent_path());
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        m_pack = std::move(*pack);
    }

    void verdicts_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* check, const char* verdict, const char* text) {
            QTest::addRow("%s: %s", check, name)
                << QString::fromUtf8(check) << QString::fromUtf8(verdict) << QString::fromUtf8(text);
        };
        row("use only as permitted", "no-training", "partial",
            "Each party shall not use Confidential Information except as expressly permitted by this "
            "Agreement.");
        row("erased with the account", "data-portability", "adverse",
            "Provider may suspend or close the account of Customer. Provider may also erase any Input or "
            "Output that the account holds.");
        row("vendor stops work", "data-portability", "missing",
            "After termination Provider will immediately cease work on the building and remove its ladders.");
        row("vendor's materials", "model-handover", "adverse",
            "All materials, including but not limited to software, developed or provided by Provider under "
            "this Agreement shall remain the sole and exclusive property of Provider.");
        row("assigned to the vendor", "model-handover", "adverse",
            "Customer hereby assigns to Provider all rights in any customization of the software.");
        row("vendor's materials", "customer-ownership", "adverse",
            "All materials, including but not limited to software, developed or provided by Provider under "
            "this Agreement shall remain the sole and exclusive property of Provider.");
        row("vendor has the title", "customer-ownership", "adverse",
            "Works are those created during the project in which Provider will have all right, title and "
            "interest.");
        row("recital", "customer-ownership", "missing",
            "Whereas Provider sells services by means of systems that were developed for banks and are owned "
            "by "
            "Provider, and Customer wishes to buy them, the parties agree as follows.");
        row("de-identified use", "customer-ownership", "partial",
            "Customer owns all Input and Output. Nothing in this clause prevents Provider from using "
            "de-identified content to improve its models.");
        row("rights end", "termination-assistance", "adverse",
            "Upon termination of this Agreement the rights and licenses granted to Customer under it will "
            "automatically terminate.");
        row("usual exclusions", "ip-indemnity", "met",
            "Provider shall defend and indemnify Customer against third-party claims that the Services or "
            "Output infringe intellectual property rights. This indemnity does not apply to a modification "
            "of "
            "Output that Provider did not make.");
        row("only the customer covers", "ip-indemnity", "adverse",
            "Customer shall indemnify and hold Provider harmless against all claims of third parties that "
            "arise "
            "out of Customer's use of the Services.");
        row("general cover from the vendor", "ip-indemnity", "missing",
            "Customer shall indemnify Provider against claims of third parties. Provider shall indemnify "
            "Customer "
            "against claims for injury.");
        row("answers alone", "ai-act-high-risk", "adverse",
            "Customer is solely responsible for the legality of every Output that it publishes.");
        row("for hire", "ai-act-high-risk", "missing",
            "Provider shall write reports, and they are works made for hire.");
        row("late objection", "renewal-control", "adverse",
            "This Agreement renews automatically for successive terms of two years, unless either party "
            "gives "
            "notice at least ninety days before the end of the term. On renewal Provider gives 10 days' "
            "notice of "
            "its visits.");
        row("open and slow to end", "renewal-control", "adverse",
            "This Agreement shall continue in force until terminated under this clause. Customer may "
            "terminate "
            "this Agreement upon ninety days' written notice.");
        row("vendor's option", "renewal-control", "adverse",
            "This Agreement may be renewed for an additional period of five years at the option of "
            "Provider.");
        row("by mutual agreement", "renewal-control", "met",
            "This Agreement may be renewed for successive terms of one year by mutual written agreement.");
        row("signed amendment", "unilateral-change", "met",
            "This Agreement may be amended, but any amendment must be in writing and signed by both "
            "parties.");
        row("kept for the transition", "model-deprecation", "partial",
            "During the transition period Provider shall keep the export interface available. Provider may "
            "retire "
            "a model on 90 days' notice.");
        row("fixed term and fee", "minimum-commitment", "adverse",
            "This Agreement shall remain in force for an initial term of three years. Customer shall pay the "
            "annual licence fee when due.");
        row("not carried forward", "minimum-commitment", "adverse",
            "Customer commits to spend $90,000 in each year. A shortfall is not carried forward to a later "
            "year.");
        row("exception in front", "competing-use-ban", "adverse",
            "Customer shall not (a) sell its account; (b) except for a permitted use, use Output to develop "
            "machine learning models; or (c) lend its account.");
        row("at will with notice", "vendor-termination", "partial",
            "Each of Provider and Customer may, in its sole discretion, terminate this Agreement at any time "
            "by "
            "giving at least 90 days' written notice.");
        row("paid data", "switching-charges", "adverse",
            "After termination Customer shall pay Provider its hourly rates for preparing the data.");
        row("papers kept", "data-deletion", "adverse",
            "Customer Data stays secret. Provider shall have the right to retain all files and working "
            "papers.");
        row("lasting licence", "data-deletion", "adverse",
            "The licence to use your content lasts as long as your content is protected by copyright.");
        row("returned as directed", "data-deletion", "partial",
            "On request Provider shall, as directed by Customer, return or destroy all Customer Data.");
        row("records lost", "liability", "adverse",
            "Under no circumstances is Provider liable for loss of, or damage to, any records or data of "
            "Customer.");
        row("as is specified", "service-levels", "missing",
            "The Services move to another building on such date as is specified in the plan.");
        row("to anybody", "assignment", "adverse",
            "Customer may not assign this Agreement without the consent of Provider. Provider may assign "
            "this "
            "Agreement to an affiliate or to any third party by notice.");
        row("passive", "assignment", "adverse",
            "This Agreement and the rights under it may be assigned by Provider upon notice.");
        row("without consent", "subprocessors-location", "adverse",
            "Provider may subcontract any part of the Services to third parties without the prior consent of "
            "Customer.");
        row("as it sees fit", "subprocessors-location", "adverse",
            "Provider may, as it sees fit, engage the services of third parties.");
        row("passed on", "subprocessors-location", "adverse",
            "Input, with the personal data in it, may be shared with third-party providers.");
        row("subcontractors let in", "subprocessors-location", "adverse",
            "Subcontractors shall be entitled to have access to any Confidential Information.");
        row("mutual consent", "subprocessors-location", "partial",
            "Neither party shall subcontract its duties without the prior written consent of the other.");
    }
    void verdicts()
    {
        QFETCH(QString, check);
        QFETCH(QString, text);
        const Finding finding = found(check, text);
        QTEST(QString::fromStdString(std::string(to_string(finding.verdict))), "verdict");
    }

    void three_passages_at_most()
    {
        QString text;
        for (int i = 0; i < 8; ++i)
            text +=
                QStringLiteral("%1. Provider may use Input and Output to train its models.\n\n").arg(i + 1);
        const Finding finding = found(QStringLiteral("no-training"), text);
        QCOMPARE(finding.verdict, Verdict::Adverse);
        QCOMPARE(finding.evidence.size(), std::size_t{3});
    }

    void no_heading_alone()
    {
        const Finding finding =
            found(QStringLiteral("minimum-commitment"),
                  QStringLiteral("## 3.3 Minimum Commitment\n\nCustomer shall use the Services "
                                 "to a value of at least $90,000 a year."));
        QCOMPARE(finding.verdict, Verdict::Adverse);
        QCOMPARE(finding.evidence.size(), std::size_t{1});
        QVERIFY2(finding.evidence.front().text.starts_with("Customer shall use"),
                 finding.evidence.front().text.c_str());
    }

    void no_run_in_heading_alone()
    {
        const Finding finding = found(
            QStringLiteral("no-training"),
            QStringLiteral("7.3 No training. Provider shall not use Input or Output to train any model."));
        QCOMPARE(finding.verdict, Verdict::Met);
        for (const Evidence& evidence : finding.evidence)
            QVERIFY2(evidence.text.find("shall not use") != std::string::npos, evidence.text.c_str());
    }

    void operative_sentence_before_definition()
    {
        const Finding finding = found(
            QStringLiteral("minimum-commitment"),
            QStringLiteral(
                "“Annual Commitment” means the amount stated in the order.\n\nCustomer commits to spend "
                "at least $90,000 in each year."));
        QVERIFY(!finding.evidence.empty());
        const bool operative =
            std::any_of(finding.evidence.begin(), finding.evidence.end(), [](const Evidence& e) {
                return e.text.find("commits to spend") != std::string::npos;
            });
        QVERIFY(operative);
    }

    void reasons_name_the_place_first()
    {
        const Finding finding = found(
            QStringLiteral("no-training"),
            QStringLiteral("8.2 Provider shall not use Input or Output to train any machine learning "
                           "model.\n\n8.4 Provider may use de-identified Input to improve its models."));
        QCOMPARE(finding.verdict, Verdict::Partial);
        QCOMPARE(finding.why.size(), std::size_t{3});
        QVERIFY2(finding.why[0].starts_with("§8.2 "), finding.why[0].c_str());
        QVERIFY2(finding.why[1].starts_with("But §8.4 "), finding.why[1].c_str());
        QCOMPARE(finding.why[2], m_pack.find("no-training")->meaning(Verdict::Partial));
        QCOMPARE(finding.evidence.size(), std::size_t{2});
        QCOMPARE(finding.evidence[0].role, Role::Gives);
        QCOMPARE(finding.evidence[1].role, Role::Takes);
    }

    void silence_gives_its_meaning_only()
    {
        const Finding finding = found(QStringLiteral("no-training"), QString());
        QCOMPARE(finding.verdict, Verdict::Missing);
        QCOMPARE(finding.why.size(), std::size_t{1});
        QCOMPARE(finding.why[0], m_pack.find("no-training")->meaning(Verdict::Missing));
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_clauses_rules.moc"
