// Contracts of several small documents: their kinds, their order, what they say together, what is not there.

#include "core/clauses/documents/serialise.h"
#include "core/clauses/documents/together.h"
#include "texts.h"

#include <QtTest>
#include <deque>

using namespace leeway;
using namespace leeway::clauses;

namespace {

/// A file of a set: "order.md: # Order Form …".
struct File
{
    const char* name;
    const char* text;
};
using Files = std::vector<File>;

const char* const trains = "Provider may use Customer Data, including Input and Output, to train and improve "
                           "its models. Customer may "
                           "not object to such use.";
const char* const never_trains =
    "Provider shall not use Customer Data, including Input and Output, to train, "
    "fine-tune or improve any machine learning model.";

}
Q_DECLARE_METATYPE(Files)

class TestDocuments : public QObject
{
    Q_OBJECT

private:
    Pack m_pack;
    DocumentKinds m_kinds;
    std::deque<document::Document> m_documents;
    std::deque<Review> m_reviews;

    Together together(const Files& files)
    {
        m_documents.clear();
        m_reviews.clear();
        std::vector<SetMember> members;
        for (const File& file : files) {
            auto document = document::read_plain(document::Format::Markdown, file.name, file.text);
            m_documents.push_back(document ? std::move(*document) : document::Document{});
            m_reviews.push_back(review(m_documents.back(), m_pack));
            members.push_back({&m_documents.back(), &m_reviews.back()});
        }
        return read_together(members, m_pack, m_kinds);
    }

    static const JointFinding& finding(const Together& set, std::string_view check)
    {
        static const JointFinding none;
        const auto found = std::find_if(set.findings.begin(), set.findings.end(),
                                        [&](const JointFinding& f) { return f.check == check; });
        return found == set.findings.end() ? none : *found;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto pack = load_pack("ai-procurement");
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        m_pack = std::move(*pack);
        auto kinds = load_document_kinds();
        QVERIFY2(kinds, kinds ? "" : kinds.error().message.c_str());
        m_kinds = std::move(*kinds);
    }

    void everyCheckNamedIsInThePack()
    {
        for (const DocumentKind& kind : m_kinds.kinds) {
            for (const auto& checks : {kind.decides, kind.leading}) {
                for (const std::string& check : checks)
                    QVERIFY2(m_pack.find(check) != nullptr, (kind.id + ": " + check).c_str());
            }
        }
    }

    void kinds_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("by");
        const auto row = [](const char* name, const char* text, const char* kind, const char* by) {
            QTest::addRow("%s %.40s", name, text)
                << QByteArray(name) << QByteArray(text) << QByteArray(kind) << QByteArray(by);
        };
        row("a.md", "# Order Form No. 7\n\nUnder the Master Services Agreement of 1 May.", "order-form",
            "title");
        row("a.md", "# Master Services Agreement\n\nThe parties agree.", "master-agreement", "title");
        row("a.md", "# Borealis Terms of Service\n\nPlease read.", "master-agreement", "title");
        row("a.md", "# Data Processing Addendum to the Master Services Agreement\n\nText.", "data-processing",
            "title");
        row("a.md", "# DPA\n\nText follows here.", "data-processing", "title");
        row("a.md", "# Service Level Agreement\n\nText.", "service-levels", "title");
        row("a.md", "# Acceptable Use Policy\n\nText.", "acceptable-use", "title");
        row("a.md", "# Generative AI Supplemental Terms\n\nText.", "model-terms", "title");
        row("a.md", "# Statement of Work No. 2\n\nText.", "statement-of-work", "title");
        row("a.md", "# Amendment No. 1 to the Master Services Agreement\n\nText.", "amendment", "title");
        row("a.md", "# Amended and Restated Master Services Agreement\n\nText.", "master-agreement", "title");
        row("a.md", "This Order Form is placed under the Master Services Agreement.", "order-form", "title");
        row("a.md",
            "# Borealis Labs\n\nThis Data Processing Addendum forms part of the contract between the parties "
            "and applies to all personal data that the vendor handles for the customer, wherever it is kept, "
            "under "
            "that contract and beyond it.",
            "data-processing", "self");
        row("borealis_order-form_2026.md", "# Borealis Labs\n\nText follows here.", "order-form", "name");
        row("a.md", "# Agreement\n\nThe parties agree.", "master-agreement", "title");
        row("a.md",
            "# Borealis\n\nThe processor acts for the controller. Each sub-processor is named. Personal data "
            "is "
            "kept in Norway. The data subject may ask the controller.",
            "data-processing", "words");
        row("a.md", "# Picnic\n\nBring a blanket and a basket of apples.", "other", "");
    }

    void kinds()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, text);
        const Together set = together({{name.constData(), text.constData()}});
        QTEST(QByteArray::fromStdString(set.documents.at(0).kind), "kind");
        QTEST(QByteArray::fromStdString(set.documents.at(0).recognised_by), "by");
    }

    void order_data()
    {
        QTest::addColumn<QByteArray>("clause"); // in the master agreement
        QTest::addColumn<QByteArray>("places"); // of order form, master agreement, DPA, SLA
        QTest::addColumn<bool>("stated");
        const auto row = [](const char* name, const char* clause, const char* places, bool stated) {
            QTest::newRow(name) << QByteArray(clause) << QByteArray(places) << stated;
        };
        row("nothing stated", "The parties agree.", "1 2 3 4", false);
        row("one prevails over one", "In case of conflict, this Agreement prevails over the Order Form.",
            "2 1 3 4", true);
        row("one prevails", "If there is any conflict, the Data Processing Addendum shall prevail.",
            "2 3 1 4", true);
        row("of two", "If this Agreement and the Order Form conflict, this Agreement shall control.",
            "2 1 3 4", true);
        row("of two, the other",
            "In the event of a conflict between the Service Level Agreement and this "
            "Agreement, the Service Level Agreement governs.",
            "1 3 4 2", true);
        row("a list in a sentence",
            "In the event of any inconsistency the following order of precedence applies: the Data "
            "Processing "
            "Addendum, this Agreement, the Order Form, the Service Level Agreement.",
            "3 2 1 4", true);
        row("a list of items",
            "If the documents conflict, they take precedence in the following order:\n\n"
            "(a) the Service Level Agreement;\n\n(b) the Data Processing Addendum;\n\n(c) this Agreement;\n\n"
            "(d) the Order Form.\n",
            "4 3 2 1", true);
        row("in that order",
            "In a conflict the Service Level Agreement, the Order Form and this Agreement prevail in that "
            "order.",
            "2 3 4 1", true);
        row("exhibits",
            "In the event of a conflict between this Agreement and any exhibit, the exhibit shall control.",
            "1 4 2 3", true);
        row("not over exhibits",
            "To the extent any terms set forth in any schedule conflict with this Agreement, the terms of "
            "this "
            "Agreement shall control.",
            "1 2 3 4", true);
        row("with what is no document of the set",
            "If there is any conflict between this Agreement and the rules of the court, this Agreement will "
            "control.",
            "1 2 3 4", false);
        row("another subject",
            "If this Agreement and the Order Form conflict, the rules of the court shall prevail.", "1 2 3 4",
            false);
        row("conflict of laws",
            "This Agreement is governed by the law of Bern without its conflict of laws rules.", "1 2 3 4",
            false);
        row("a purchase order", "In case of conflict this Agreement prevails over any purchase order.",
            "1 2 3 4", false);
        row("the order form, unless",
            "In case of conflict this Agreement prevails over the Order Form unless the "
            "Service Level Agreement says otherwise.",
            "2 1 3 4", true);
    }

    void order()
    {
        QFETCH(QByteArray, clause);
        QFETCH(QByteArray, places);
        QFETCH(bool, stated);
        const QByteArray master = "# Master Services Agreement\n\n" + clause;
        const Together set = together({{"o.md", "# Order Form\n\nThe fee is due."},
                                       {"m.md", master.constData()},
                                       {"d.md", "# Data Processing Addendum\n\nData stays."},
                                       {"s.md", "# Service Level Agreement\n\nIt runs."}});
        QByteArrayList found;
        for (const SetDocument& document : set.documents)
            found << QByteArray::number(document.place);
        QCOMPARE(found.join(' '), places);
        QCOMPARE(set.order_stated, stated);
        QCOMPARE(set.order.empty(), !stated);
    }

    void theHigherDocumentsOrderStands()
    {
        const Together set = together(
            {{"m.md",
              "# Master Services Agreement\n\nIn case of conflict, this Agreement prevails over the Order "
              "Form."},
             {"o.md",
              "# Order Form\n\nIn case of conflict, this Order Form prevails over the Master Services "
              "Agreement."}});
        // An order form usually stands above, so that its own word counts first.
        QCOMPARE(set.documents[1].place, 1);
        QCOMPARE(set.order.size(), std::size_t{1});
        QCOMPARE(set.order[0].document, std::size_t{1});
    }

    void findings_data()
    {
        QTest::addColumn<QByteArray>("master");
        QTest::addColumn<QByteArray>("dpa");
        QTest::addColumn<QByteArray>("verdict");
        QTest::addColumn<int>("decidedBy"); // 0 master, 1 DPA, -1 none
        QTest::addColumn<bool>("assumed");
        const QByteArray over =
            " In case of conflict, this Agreement prevails over the Data Processing Addendum.";
        const QByteArray silent = "The service desk is open on working days.";
        QTest::newRow("silent") << silent << silent << QByteArray("missing") << -1 << false;
        QTest::newRow("only the lower speaks")
            << QByteArray(trains) << silent << QByteArray("adverse") << 0 << false;
        QTest::newRow("the DPA stands above on data")
            << QByteArray(trains) << QByteArray(never_trains) << QByteArray("met") << 1 << true;
        QTest::newRow("a promise below is not kept")
            << QByteArray(trains) + over << QByteArray(never_trains) << QByteArray("adverse") << 0 << false;
        QTest::newRow("a right below is not had")
            << QByteArray(never_trains) + over << QByteArray(trains) << QByteArray("met") << 0 << false;
        QTest::newRow("both say the same")
            << QByteArray(never_trains) << QByteArray(never_trains) << QByteArray("met") << 1 << false;
    }

    void findings()
    {
        QFETCH(QByteArray, master);
        QFETCH(QByteArray, dpa);
        QFETCH(int, decidedBy);
        QFETCH(bool, assumed);
        master.prepend("# Master Services Agreement\n\n");
        dpa.prepend("# Data Processing Addendum\n\n");
        const Together set = together({{"m.md", master.constData()}, {"d.md", dpa.constData()}});
        const JointFinding& joint = finding(set, "no-training");
        QTEST(QByteArray::fromStdString(std::string(to_string(joint.verdict))), "verdict");
        QCOMPARE(joint.decided_by ? int(*joint.decided_by) : -1, decidedBy);
        QCOMPARE(joint.assumed, assumed);
        QVERIFY(!joint.why.empty());
        QVERIFY(joint.confidence > 0 && joint.confidence <= 1);
        for (const SetPassage& passage : joint.evidence) {
            QCOMPARE(int(passage.document), decidedBy);
            const auto& text = m_documents[passage.document].text;
            QCOMPARE(text.substr(passage.evidence.begin, passage.evidence.text.size()),
                     passage.evidence.text);
        }
        if (assumed)
            QVERIFY(!joint.overruled.empty());
    }

    // A short order form is not weighed like an excerpt: what it does not say, the agreement says.
    void aShortDocumentIsNoExcerpt()
    {
        const QByteArray master = QByteArray("# Master Services Agreement\n\n") + never_trains;
        const Together set =
            together({{"m.md", master.constData()},
                      {"o.md", "# Order Form\n\nCustomer: Borealis GmbH\n\nFees: EUR 1,200 a year."}});
        for (const JointFinding& joint : set.findings)
            QVERIFY2(joint.decided_by != std::optional<std::size_t>(1) ||
                         joint.check == "minimum-commitment" || joint.check == "price-review",
                     joint.check.c_str());
        QCOMPARE(to_string(finding(set, "no-training").verdict), std::string_view("met"));
    }

    void ofOneRankTheWorseDecides()
    {
        const QByteArray good = QByteArray("# Order Form A\n\n") + never_trains;
        const QByteArray bad = QByteArray("# Order Form B\n\n") + trains;
        for (const bool first : {true, false}) {
            const File a{"a.md", good.constData()};
            const File b{"b.md", bad.constData()};
            const Together set = first ? together({b, a}) : together({a, b});
            QCOMPARE(to_string(finding(set, "no-training").verdict), std::string_view("adverse"));
            QCOMPARE(set.documents[0].place, set.documents[1].place);
        }
    }

    void silenceOnAHazardIsMet()
    {
        const Together set = together({{"m.md", "# Master Services Agreement\n\nThe desk is open."},
                                       {"d.md", "# Data Processing Addendum\n\nThe door is shut."}});
        const JointFinding& joint = finding(set, "unilateral-change");
        QCOMPARE(to_string(joint.verdict), std::string_view("met"));
        QVERIFY(!joint.decided_by);
    }

    void amendments_data()
    {
        QTest::addColumn<QByteArray>("amendment");
        QTest::addColumn<QByteArray>("verdict");
        QTest::addColumn<QByteArray>("replaced");
        const auto row = [](const char* name, const char* text, const char* verdict, const char* replaced) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(verdict) << QByteArray(replaced);
        };
        row("deletes", "Section 2 of the Agreement is hereby deleted in its entirety.", "missing", "2");
        row("deletes a part", "Section 2.1 is deleted.", "missing", "2.1");
        row("deletes another", "Sections 1 and 3 are deleted.", "adverse", "1,3");
        row("leaves", "Section 2 is amended by adding: each party keeps records.", "adverse", "");
        row("replaces",
            "Section 2.1 is deleted and replaced by: “Provider shall not use Customer Data, including Input "
            "and "
            "Output, to train, fine-tune or improve any machine learning model.”",
            "met", "2.1");
        row("what it has not", "Section 9 is deleted.", "adverse", "");
    }

    void amendments()
    {
        QFETCH(QByteArray, amendment);
        QFETCH(QByteArray, replaced);
        const QByteArray master = QByteArray("# Master Services Agreement\n\n1. Desk. The desk is open.\n\n"
                                             "2. Data. Data is kept as follows.\n\n2.1 Use. ") +
                                  trains + "\n\n3. Doors. The doors are shut at night.\n";
        amendment.prepend("# Amendment No. 1 to the Master Services Agreement\n\n");
        const Together set = together({{"m.md", master.constData()}, {"a.md", amendment.constData()}});
        QTEST(QByteArray::fromStdString(std::string(to_string(finding(set, "no-training").verdict))),
              "verdict");
        QByteArrayList sections;
        for (const std::string& section : set.documents[0].replaced)
            sections << QByteArray::fromStdString(section);
        QCOMPARE(sections.join(','), replaced);
    }

    void absent_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("absent"); // kind:name, …
        const auto row = [](const char* name, const char* text, const char* absent) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(absent);
        };
        row("none", "The desk is open.", "");
        row("by its name", "Personal data is handled as set out in the Data Processing Addendum.",
            "data-processing:Data Processing Addendum");
        row("with an address", "Uptime is stated in the SLA at https://borealis.example/sla.",
            "service-levels:SLA@https://borealis.example/sla");
        row("twice", "The Acceptable Use Policy binds users. The AUP may be found online.",
            "acceptable-use:Acceptable Use Policy");
        row("an attachment", "The fees are stated in Exhibit B.", "other:Exhibit B");
        row("an attachment that is printed", "The fees are stated in Exhibit B.\n\n# Exhibit B\n\nOne euro.",
            "");
        row("what is printed as an attachment",
            "Uptime is stated in the Service Level Agreement.\n\n# Exhibit A: Service Level "
            "Agreement\n\n99.9 %.",
            "");
        row("an attachment with its kind", "See the Service Level Agreement attached as Exhibit A.",
            "service-levels:Service Level Agreement");
        row("words that name no document",
            "Each party may propose an amendment. No service level agreement or "
            "order of a court is needed, and a schedule of rates is not kept.",
            "");
        row("itself",
            "This Agreement is a contract. The Agreement ends when this Master Services Agreement does.", "");
    }

    void absent()
    {
        QFETCH(QByteArray, text);
        text.prepend("# Master Services Agreement\n\n");
        const Together set = together({{"m.md", text.constData()}});
        QByteArrayList found;
        for (const AbsentDocument& document : set.absent) {
            found << QByteArray::fromStdString(document.kind + ":" + document.name +
                                               (document.address.empty() ? "" : "@" + document.address));
            QVERIFY(!document.passages.empty());
            QCOMPARE(document.checks.empty(), document.kind == "other");
        }
        QTEST(found.join(", "), "absent");
    }

    void presentDocumentsAreNotAbsent()
    {
        const Together set = together(
            {{"m.md", "# Master Services Agreement\n\nSee the Data Processing Addendum and the Order Form."},
             {"d.md", "# Data Processing Agreement\n\nData stays."}});
        QCOMPARE(set.absent.size(), std::size_t{1});
        QCOMPARE(set.absent[0].kind, std::string("order-form"));
    }

    void json()
    {
        const QByteArray dpa = QByteArray("# Data Processing Addendum\n\n") + never_trains;
        const auto answer = to_json(together(
            {{"m.md", "# Master Services Agreement\n\nThe desk is open."}, {"d.md", dpa.constData()}}));
        QCOMPARE(answer.at("findings").size(), m_pack.checks.size());
        const auto& joint = answer.at("findings").at(0);
        QCOMPARE(joint.at("decided_by").get<std::string>(), std::string("d.md"));
        QCOMPARE(joint.at("evidence").at(0).at("document").get<std::string>(), std::string("d.md"));
        QCOMPARE(answer.at("precedence").at("stated").get<bool>(), false);
        QCOMPARE(answer.at("notes").size(), std::size_t{1});
    }

    void badKinds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("line 1");
        QTest::newRow("no kinds") << QByteArray(R"({"version": "1", "kinds": [], "concepts": {}})")
                                  << QByteArray("/kinds");
        QTest::newRow("no concepts")
            << QByteArray(
                   R"({"version": "1", "kinds": [{"id": "a", "title": "A", "rank": 1, "decides": []}], "concepts": {}})")
            << QByteArray("“self” is missing");
    }

    void badKinds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const auto kinds = parse_document_kinds("k.json", text.toStdString());
        QVERIFY(!kinds);
        QVERIFY2(QByteArray::fromStdString(kinds.error().message).contains(says),
                 kinds.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_clauses_documents.moc"
