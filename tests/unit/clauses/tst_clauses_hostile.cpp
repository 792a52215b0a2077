// Texts that are hard on the engine: endless sentences, deep lists, labels, bytes that are no text.

#include "core/clauses/review.h"
#include "core/clauses/tokens.h"
#include "core/clauses/types/find.h"
#include "core/document/readers.h"
#include "tests/bench/clauses/adversary.h"
#include "texts.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;

class TestHostile : public QObject
{
    Q_OBJECT

private:
    Pack m_pack;
    TypeModel m_model;

private Q_SLOTS:
    void initTestCase()
    {
        auto pack = load_pack("ai-procurement");
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        m_pack = std::move(*pack);
        auto model = load_type_model();
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        m_model = std::move(*model);
    }

    void every_passage_is_in_the_text_data()
    {
        QTest::addColumn<int>("number");
        const auto all = bench::adversaries();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::addRow("%s", all[i].name.data()) << static_cast<int>(i);
    }

    void every_passage_is_in_the_text()
    {
        QFETCH(int, number);
        const auto all = bench::adversaries();
        const std::string text = all[static_cast<std::size_t>(number)].make(100'000);
        const auto document = document::read_plain(document::Format::Text, "hostile.txt", text);
        QVERIFY2(document, document ? "" : document.error().message.c_str());
        Tokens tokens = tokenize(*document);
        const ClauseHits hits = find_clauses(*document, tokens, m_model);
        for (const ClauseHit& hit : hits.hits)
            QCOMPARE(hit.text, std::string(document->slice(hit.begin, hit.end)));
        const Review found = review(*document, m_pack);
        QCOMPARE(found.findings.size(), found.outside.empty() ? m_pack.checks.size() : 0U);
        for (const Finding& finding : found.findings) {
            for (const Evidence& evidence : finding.evidence)
                QCOMPARE(evidence.text, std::string(document->slice(evidence.begin, evidence.end)));
        }
        QVERIFY(review(*document, std::move(tokens), m_pack) == found);
    }

    // What stands in the middle of an endless sentence counts like any other.
    void finds_a_clause_in_an_endless_sentence()
    {
        const std::string filler = bench::repeated(200'000, "and the parties met on day 5 at noon; ");
        const auto document = test::read("The Provider and the Customer agree: " + filler +
                                         "the Provider shall not increase the Fees by more than 3% in any "
                                         "calendar year; " +
                                         filler + "and so on.");
        const Review found = review(document, m_pack);
        const bool has =
            std::any_of(found.findings.begin(), found.findings.end(), [](const Finding& finding) {
                return std::any_of(finding.parameters.begin(), finding.parameters.end(),
                                   [](const Parameter& p) { return p.value == "3" && p.unit == "percent"; });
            });
        QVERIFY(has);
    }
};

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_clauses_hostile.moc"
