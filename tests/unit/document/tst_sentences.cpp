#include "core/document/sentences.h"

#include <QtTest>

using namespace leeway::document;

class TestSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void borders_data();
    void borders();
    void markIsKept();
    void everythingIsCovered();
};

// Sentences are parted by "|" in the tables.
void TestSentences::borders_data()
{
    QTest::addColumn<QByteArray>("marked");
    const auto row = [](const char* name, const char* marked) { QTest::newRow(name) << QByteArray(marked); };
    row("two", "The fees rise.|Notice is given.");
    row("company", "Acme Inc. and Beta Corp. agree on this.|The term starts.");
    row("company ends", "It is made with Acme Inc.|The term is one year.");
    row("reference", "As set out in Sec. 4.2 and Art. 5 the fees rise.|No refund.");
    row("for example", "Some models (e.g. Alpha, i.e. the first) end.|Others stay.");
    row("number", "See No. 5 of the list.|It holds.");
    row("decimal", "Fees rise by 2.5 percent or $1.50.|They never fall.");
    row("enumeration", "Provider shall (a) keep data; (b) return it; and (c) erase it.|It may not sell it.");
    row("quotes", "He said “stop.”|Then it stopped.");
    row("straight quotes", "It is the \"Term.\"|Then it ends.");
    row("question", "What is covered?|All is covered!|Good.");
    row("bracket", "It ends (unless renewed.)|It renews.");
    row("initials", "John F. Kennedy signed.|Others did, too.");
    row("statute", "Under 21 C.F.R. 314.80 it is reported.|It is kept.");
    row("country", "The U.S. Government may use it.|The U.K. may not.");
    row("country ends", "It applies in the U.S.|The fees are paid in dollars.");
    row("lower case", "The site example.com. is used by vs. nobody.");
    row("ellipsis", "It goes on... and on.|It ends.");
    row("numbers start", "Notice is due.|30 days are enough.");
    row("no end", "A line without an end");
    row("doctor", "Dr. Smith and Mr. Jones met.|They left.");
}

void TestSentences::borders()
{
    QFETCH(QByteArray, marked);
    std::string text;
    std::vector<std::string> expected{std::string()};
    for (const char c : marked) {
        if (c == '|') {
            text += ' ';
            expected.emplace_back();
        } else {
            text += c;
            expected.back() += c;
        }
    }
    std::vector<std::string> found;
    for (const Sentence& s : sentences_of(text, 0))
        found.push_back(text.substr(s.begin, s.end - s.begin));
    QCOMPARE(found, expected);
}

void TestSentences::markIsKept()
{
    const std::string text = "8.2. Use. The Provider acts.";
    const auto sentences = sentences_of(text, 5);
    QCOMPARE(sentences.size(), std::size_t{2});
    QCOMPARE(text.substr(sentences[0].begin, sentences[0].end), std::string("8.2. Use."));
}

void TestSentences::everythingIsCovered()
{
    const std::string text = "  One. Two?  Three!(Four) a.b.c. Five.\tSix ";
    std::string covered;
    std::uint32_t last = 0;
    for (const Sentence& s : sentences_of(text, 0)) {
        QVERIFY(s.begin >= last && s.begin < s.end && s.end <= text.size());
        last = s.end;
        covered += text.substr(s.begin, s.end - s.begin);
    }
    std::erase(covered, ' ');
    QCOMPARE(covered, std::string("One.Two?Three!(Four)a.b.c.Five.Six"));
    QVERIFY(sentences_of("", 0).empty());
    QVERIFY(sentences_of(" \t ", 0).empty());
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
