#include "core/clauses/train/labelled.h"
#include "core/clauses/train/measure.h"
#include "texts.h"

#include <QTest>

using namespace leeway;
using namespace leeway::clauses;

class TestClausesTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passagesToSentences();
    void overlap_data();
    void overlap();
    void measures();
};

void TestClausesTraining::passagesToSentences()
{
    train::LabelledDocument labelled;
    labelled.document =
        test::read("The first sentence says nothing much. The law of Avalon governs this contract. "
                   "A third one closes the paragraph.\n");
    labelled.labels.passages[type_index("governing-law")] = {
        "the LAW of Avalon governs<omitted>this  contract"};
    const auto types = train::sentence_types(labelled);
    QCOMPARE(types.size(), std::size_t{3});
    QCOMPARE(types[0], 0U);
    QCOMPARE(types[1], 1U << type_index("governing-law"));
    QCOMPARE(types[2], 0U);
    QCOMPARE(train::types_of(labelled.labels), 1U << type_index("governing-law"));
}

void TestClausesTraining::overlap_data()
{
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("labelled");
    QTest::addColumn<bool>("expected");
    const QString sentence =
        u"Neither party may assign this contract without the written consent of the other."_qs;
    QTest::newRow("same") << sentence << sentence << true;
    QTest::newRow("other case and marks") << sentence.toUpper().remove(u'.') << sentence << true;
    QTest::newRow("a short one inside") << sentence << u"assign this contract"_qs << true;
    QTest::newRow("a short one outside") << sentence << u"sell this contract"_qs << false;
    QTest::newRow("another sentence")
        << u"Supplier delivers the goods to the warehouse named in the order on Mondays."_qs << sentence
        << false;
    QTest::newRow("nothing") << QString() << sentence << false;
}

void TestClausesTraining::overlap()
{
    QFETCH(QString, found);
    QFETCH(QString, labelled);
    QFETCH(bool, expected);
    QCOMPARE(train::overlap(found.toStdString(), labelled.toStdString()), expected);
    QCOMPARE(train::overlap(labelled.toStdString(), found.toStdString()), expected);
}

void TestClausesTraining::measures()
{
    const auto type = type_index("expiry");
    std::array<train::Labels, 4> labels;
    labels[0].passages[type] = {"It ends in May."};
    labels[2].passages[type] = {"It ends in June."};
    std::vector<train::Answer> answers(4);
    const std::array<double, 4> scores{0.9, 0.7, 0.4, 0.1};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        answers[i].labels = &labels[i];
        answers[i].found.types[type] = scores[i];
        ClauseHit hit;
        hit.type = type;
        hit.score = scores[i];
        hit.text = i == 0 ? "It ends in May." : "Prices are fair.";
        answers[i].found.hits.push_back(hit);
    }
    const auto figures = train::measure(answers);
    QCOMPARE(figures.types[type].documents, std::size_t{2});
    QCOMPARE(figures.types[type].f1, 0.5);                                // one right, one wrong, one missed
    QCOMPARE(figures.types[type].average_precision, (1.0 + 2.0 / 3) / 2); // at ranks 1 and 3
    QCOMPARE(figures.types[type].top, 0.5);
    QCOMPARE(figures.mean.f1, 0.5); // of the one type that occurs
}

QTEST_GUILESS_MAIN(TestClausesTraining)
#include "tst_clauses_training.moc"
