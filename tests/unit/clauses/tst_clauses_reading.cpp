// Parties, modality, negation, exceptions, figures and the words of the lexicon.

#include "core/clauses/grammar.h"
#include "core/clauses/parties.h"
#include "core/clauses/rules.h"
#include "core/clauses/words.h"
#include "texts.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;

namespace {

QString joined(const std::vector<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list << QString::fromStdString(name);
    return list.join(QLatin1Char(','));
}

QString name_of(Modality modality)
{
    static const QStringList names{QStringLiteral("is"),       QStringLiteral("is-not"),
                                   QStringLiteral("may"),      QStringLiteral("must"),
                                   QStringLiteral("must-not"), QStringLiteral("need-not")};
    return names.at(static_cast<int>(modality));
}

QString name_of(Side side)
{
    static const QStringList names{QStringLiteral("none"), QStringLiteral("vendor"),
                                   QStringLiteral("customer"), QStringLiteral("either")};
    return names.at(static_cast<int>(side));
}

}

class TestReading : public QObject
{
    Q_OBJECT

private:
    Pack m_pack;

    Reading reading(const QString& text)
    {
        m_document = test::read(text.toStdString());
        Tokens tokens = tokenize(m_document);
        mark_parties(tokens);
        return read(m_document, m_pack.rules->lexicon, std::move(tokens));
    }
    document::Document m_document;

private Q_SLOTS:
    void initTestCase()
    {
        auto pack = load_pack("ai-procurement");
        QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
        m_pack = std::move(*pack);
    }

    void stems_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("plural") << "fees"
                                << "fee";
        QTest::newRow("past") << "terminated"
                              << "terminate";
        QTest::newRow("doubled") << "cancelled"
                                 << "cancel";
        QTest::newRow("running") << "running"
                                 << "runs";
        QTest::newRow("ies") << "policies"
                             << "policy";
        QTest::newRow("using") << "using"
                               << "use";
        QTest::newRow("agreed") << "agreed"
                                << "agree";
    }
    void stems()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QCOMPARE(stem(one.toStdString()), stem(other.toStdString()));
    }

    void figures_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("value");
        const int days = int(TokenKind::Duration), percent = int(TokenKind::Percent),
                  money = int(TokenKind::Money);
        QTest::newRow("digits") << "on 45 days notice" << days << 45.0;
        QTest::newRow("words and digits") << "thirty (30) days" << days << 30.0;
        QTest::newRow("three months") << "within three months" << days << 90.0;
        QTest::newRow("one year") << "for one year" << days << 360.0;
        QTest::newRow("business days") << "ten (10) business days" << days << 14.0;
        QTest::newRow("working days") << "5 working days" << days << 7.0;
        QTest::newRow("hyphen") << "a sixty-day period" << days << 60.0;
        QTest::newRow("twenty-four months") << "the twenty-four (24) months before" << days << 720.0;
        QTest::newRow("hundred and eighty") << "one hundred and eighty (180) days" << days << 180.0;
        QTest::newRow("a week") << "a week later" << days << 7.0;
        QTest::newRow("a fortnight") << "a fortnight's notice" << days << 14.0;
        QTest::newRow("a quarter") << "one quarter before" << days << 90.0;
        QTest::newRow("percent sign") << "by 3.5 % a year" << percent << 3.5;
        QTest::newRow("per cent") << "ninety-nine per cent" << percent << 99.0;
        QTest::newRow("dollars") << "a fee of $1,250 is due" << money << 1250.0;
        QTest::newRow("euro") << "EUR 40 each" << money << 40.0;
        QTest::newRow("million") << "$2 million" << money << 2e6;
    }
    void figures()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(double, value);
        const auto document = test::read(text.toStdString());
        const Tokens tokens = tokenize(document);
        double found = -1;
        for (const Token& token : tokens.tokens) {
            if (token.kind == static_cast<TokenKind>(kind))
                found = token.value;
        }
        QCOMPARE(found, value);
    }

    void parties_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("vendor");
        QTest::addColumn<QString>("customer");
        QTest::newRow("role words") << "Provider shall host the Services. Customer shall pay the Fees."
                                    << "Provider"
                                    << "Customer";
        QTest::newRow("pronouns")
            << "We will provide the service. You will pay us each month. Your data is kept by us."
            << "we"
            << "you";
        QTest::newRow("names by their acts") << "Quillbrook shall supply the software and shall maintain it. "
                                                "Harnett shall pay the charges. Harnett shall "
                                                "pay interest. Quillbrook grants a licence."
                                             << "Quillbrook"
                                             << "Harnett";
        QTest::newRow("weak role by elimination") << "The Licensor shall deliver the Program to the Company. "
                                                     "The Company shall use it. The Licensor shall correct "
                                                     "errors."
                                                  << "Licensor"
                                                  << "Company";
    }
    void parties()
    {
        QFETCH(QString, text);
        QFETCH(QString, vendor);
        QFETCH(QString, customer);
        const Parties found = find_parties(test::read(text.toStdString()));
        QVERIFY2(joined(found.vendor).contains(vendor, Qt::CaseInsensitive),
                 qPrintable(joined(found.vendor)));
        QVERIFY2(!joined(found.vendor).contains(customer, Qt::CaseInsensitive),
                 qPrintable(joined(found.vendor)));
        QVERIFY2(joined(found.customer).contains(customer, Qt::CaseInsensitive),
                 qPrintable(joined(found.customer)));
        QVERIFY2(!joined(found.customer).contains(vendor, Qt::CaseInsensitive),
                 qPrintable(joined(found.customer)));
    }

    void parties_of_the_opening_words_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("vendor");
        QTest::addColumn<QString>("customer");
        const QString acts =
            QStringLiteral(" %1 shall deliver the goods. %1 shall correct them. %2 shall pay. "
                           "%2 shall order spare parts. The Panel shall be even. The Panel may "
                           "be moved and replaced.");
        QTest::newRow("two names") << QStringLiteral("This deed is made by Quillbrook Inc., a corporation "
                                                     "(\"Quillbrook\"), and Harnett Ltd. (\"Harnett\").") +
                                          acts.arg(QStringLiteral("Quillbrook"), QStringLiteral("Harnett"))
                                   << "Quillbrook"
                                   << "Harnett";
        QTest::newRow("a name of two words")
            << QStringLiteral(
                   "This deed is made by Blue Quill, Inc., a corporation (\"BLUE QUILL\"), and Harnett "
                   "Ltd. (the \"Buyer\").") +
                   acts.arg(QStringLiteral("Blue Quill"), QStringLiteral("Buyer"))
            << "Quill"
            << "Buyer";
        QTest::newRow("the other side of a sure name")
            << QStringLiteral(
                   "This deed is made by Quillbrook Inc. (the \"Company\"), and Harnett Ltd., a limited "
                   "company (the \"Provider\").") +
                   QStringLiteral(
                       " The Provider shall deliver. The Company shall maintain the site. The Company "
                       "shall supply tools.")
            << "Provider"
            << "Company";
        QTest::newRow("who grants is the vendor")
            << QStringLiteral(
                   "This deed is made by Quillbrook Inc. (\"Quillbrook\") and Harnett Ltd. "
                   "(\"Harnett\"). Quillbrook shall provide services to its users. Quillbrook shall "
                   "host. Harnett grants Quillbrook a licence. Harnett grants to Quillbrook the use of "
                   "its code. Harnett may charge. Harnett shall visit.")
            << "Harnett"
            << "Quillbrook";
    }
    void parties_of_the_opening_words()
    {
        QFETCH(QString, text);
        QFETCH(QString, vendor);
        QFETCH(QString, customer);
        const Parties found = find_parties(test::read(text.toStdString()));
        QVERIFY2(joined(found.vendor).contains(vendor, Qt::CaseInsensitive),
                 qPrintable(joined(found.vendor)));
        QVERIFY2(joined(found.customer).contains(customer, Qt::CaseInsensitive),
                 qPrintable(joined(found.customer)));
        QVERIFY2(!joined(found.vendor).contains(customer, Qt::CaseInsensitive),
                 qPrintable(joined(found.vendor)));
        QVERIFY(!joined(found.vendor).contains(QStringLiteral("Panel")));
        QVERIFY(!joined(found.customer).contains(QStringLiteral("Panel")));
    }
    void parties_a_and_b()
    {
        const auto document = test::read("Party B shall provide the System. Party A shall pay the price.");
        Tokens tokens = tokenize(document);
        mark_parties(tokens);
        QCOMPARE(name_of(tokens.tokens[tokens.sentences[0].begin].side), QStringLiteral("vendor"));
        QCOMPARE(name_of(tokens.tokens[tokens.sentences[1].begin].side), QStringLiteral("customer"));
    }

    void clauses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("actor");
        QTest::addColumn<QString>("modality");
        QTest::newRow("may") << "Provider may change the Fees."
                             << "vendor"
                             << "may";
        QTest::newRow("may not") << "Provider may not change the Fees."
                                 << "vendor"
                                 << "must-not";
        QTest::newRow("shall") << "Provider shall keep the Fees."
                               << "vendor"
                               << "must";
        QTest::newRow("shall not") << "Provider shall not raise the Fees."
                                   << "vendor"
                                   << "must-not";
        QTest::newRow("neither") << "Neither Customer nor its staff shall copy the Software."
                                 << "customer"
                                 << "must-not";
        QTest::newRow("no right") << "Customer has no right to end the Order."
                                  << "customer"
                                  << "must-not";
        QTest::newRow("need not") << "Provider is not obliged to keep the data."
                                  << "vendor"
                                  << "need-not";
        QTest::newRow("entitled") << "Customer is entitled to leave."
                                  << "customer"
                                  << "may";
        QTest::newRow("reserves") << "Provider reserves the right to end the Service."
                                  << "vendor"
                                  << "may";
        QTest::newRow("won't") << "We won't use your files."
                               << "vendor"
                               << "must-not";
        QTest::newRow("can't") << "You can't resell the Service."
                               << "customer"
                               << "must-not";
        QTest::newRow("does not") << "Provider does not store prompts."
                                  << "vendor"
                                  << "must-not";
        QTest::newRow("passive") << "The Fees may be changed by Provider."
                                 << "vendor"
                                 << "may";
        QTest::newRow("either party") << "Either party may end this Agreement."
                                      << "either"
                                      << "may";
        QTest::newRow("both named") << "Provider and the Customer may leave."
                                    << "either"
                                    << "may";
        QTest::newRow("shall have the right") << "Provider shall have the right to keep copies."
                                              << "vendor"
                                              << "may";
        QTest::newRow("including but not limited to")
            << "All tools, including but not limited to saws, shall be kept by Provider."
            << "vendor"
            << "must";
        QTest::newRow("not later than")
            << "Provider shall erase the data not later than two weeks after the end."
            << "vendor"
            << "must";
        QTest::newRow("whether or not") << "Provider shall hand over all work, whether or not complete."
                                        << "vendor"
                                        << "must";
        QTest::newRow("right, not duty") << "Provider shall have the right, but not the obligation, to leave."
                                         << "vendor"
                                         << "may";
        QTest::newRow("will provide") << "Provider will provide you with access."
                                      << "vendor"
                                      << "must";
        QTest::newRow("as directed by the other")
            << "Provider shall return all copies as directed by Customer."
            << "vendor"
            << "must";
        QTest::newRow("a thing named after a party") << "Use of Provider Services by minors."
                                                     << "none"
                                                     << "is";
        QTest::newRow("possessive is no subject") << "Provider's staff visit Customer."
                                                  << "customer"
                                                  << "is";
    }
    void clauses()
    {
        QFETCH(QString, text);
        const Reading r = reading(text + QStringLiteral(" Provider shall host. Customer shall pay."));
        QVERIFY(!r.clauses.empty());
        QTEST(name_of(r.clauses.front().actor), "actor");
        QTEST(name_of(r.clauses.front().modality), "modality");
    }

    void exceptions_and_conditions()
    {
        const Reading r = reading(QStringLiteral("Provider shall not raise the Fees, except that it may pass "
                                                 "on taxes. If Customer fails to pay, Provider may suspend "
                                                 "the Service."));
        QCOMPARE(r.sentences.size(), std::size_t{2});
        const auto first = r.sentences[0].clauses;
        QVERIFY(first.end - first.begin >= 2);
        QVERIFY(!r.clauses[first.begin].exception);
        QVERIFY(r.clauses[first.begin + 1].exception);
        QCOMPARE(name_of(r.clauses[first.begin + 1].modality), QStringLiteral("may"));
        const auto second = r.sentences[1].clauses;
        QVERIFY(second.end - second.begin >= 2);
        QVERIFY(r.clauses[second.begin].condition);
        QVERIFY(!r.clauses[second.end - 1].condition);
        QCOMPARE(name_of(r.clauses[second.end - 1].actor), QStringLiteral("vendor"));
    }

    void list_items_go_on_with_their_lead_in()
    {
        const Reading r = reading(
            QStringLiteral("Customer shall not:\n\n- resell the Services;\n- train a model with Output.\n\n"
                           "Provider shall host the Services."));
        bool found = false;
        for (std::size_t s = 0; s < r.sentences.size(); ++s) {
            if (r.sentences[s].context < 0)
                continue;
            found = true;
            const Clause& clause = r.clauses[r.sentences[s].clauses.begin];
            QCOMPARE(name_of(clause.actor), QStringLiteral("customer"));
            QCOMPARE(name_of(clause.modality), QStringLiteral("must-not"));
        }
        QVERIFY(found);
    }

    void items_of_a_sentence_go_on_with_what_introduced_them()
    {
        const Reading r = reading(QStringLiteral(
            "Customer shall not (i) send any material that may infringe a right or (ii) train a "
            "model with Output. Provider shall host the Services."));
        const auto clauses = r.sentences.front().clauses;
        QVERIFY(clauses.end - clauses.begin >= 3);
        const Clause& last = r.clauses[clauses.end - 1];
        QCOMPARE(name_of(last.actor), QStringLiteral("customer"));
        QCOMPARE(name_of(last.modality), QStringLiteral("must-not"));
    }

    void defined_terms_speak_of_their_definition()
    {
        const Reading r = reading(QStringLiteral("“Betterment” means the training of models and machine "
                                                 "learning. Provider shall not use records for Betterment."));
        const int train = m_pack.rules->lexicon.find("train");
        QVERIFY(train >= 0);
        QVERIFY(r.has(r.sentences.size() - 1, static_cast<ConceptId>(train)));
    }
};

QTEST_GUILESS_MAIN(TestReading)
#include "tst_clauses_reading.moc"
