#include "core/clauses/term/term.h"
#include "core/document/readers.h"

#include <QFile>
#include <QTest>

using namespace leeway;

namespace {

QString shown(const std::optional<base::Date>& date)
{
    return date ? QString::fromStdString(base::to_string(*date)) : QStringLiteral("—");
}

document::Document read(const QByteArray& text)
{
    auto document = document::read_plain(document::Format::Markdown, "contract.md", text.toStdString());
    if (!document)
        qFatal("%s", document.error().message.c_str());
    return *document;
}

}

class TestTerm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void datesAreRead_data();
    void datesAreRead();
    void termsAreRead_data();
    void termsAreRead();
    void theSampleIsRead();
};

void TestTerm::datesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("dates");
    QTest::newRow("day first") << QStringLiteral("on 1 january 2026.")
                               << QStringList{QStringLiteral("2026-01-01")};
    QTest::newRow("month first") << QStringLiteral("(december 31st, 2027)")
                                 << QStringList{QStringLiteral("2027-12-31")};
    QTest::newRow("long") << QStringLiteral("the 5th day of february, 2020")
                          << QStringList{QStringLiteral("2020-02-05")};
    QTest::newRow("digits") << QStringLiteral("2026-02-28 to 2027-03-01")
                            << QStringList{QStringLiteral("2026-02-28"), QStringLiteral("2027-03-01")};
    QTest::newRow("short names") << QStringLiteral("sep. 3, 2026 and 4 jul 2026, may 5 2026")
                                 << QStringList{QStringLiteral("2026-09-03"), QStringLiteral("2026-07-04"),
                                                QStringLiteral("2026-05-05")};
    QTest::newRow("no such day") << QStringLiteral("30 february 2026, 2026-13-01") << QStringList{};
    QTest::newRow("not a date") << QStringLiteral(
                                       "section 1 may 2 years; 12 months; 01/02/2026; mayor 5, 2026")
                                << QStringList{};
}

void TestTerm::datesAreRead()
{
    QFETCH(QString, text);
    QFETCH(QStringList, dates);
    QStringList found;
    const std::string bytes = text.toStdString();
    for (const auto& date : clauses::dates_in(bytes))
        found += shown(date.date);
    QCOMPARE(found, dates);
}

void TestTerm::termsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<QString>("ends");
    QTest::addColumn<int>("renewal"); // months, 0: none, -1: of unknown length
    const QString none = QStringLiteral("—");
    QTest::newRow("dates") << QByteArray(
                                  "This Agreement takes effect on 1 January 2026 (the “Effective Date”). "
                                  "This Agreement begins on the Effective Date and continues until "
                                  "31 December 2027 (the “Initial Term”).")
                           << QStringLiteral("2026-01-01") << QStringLiteral("2027-12-31") << 0;
    QTest::newRow("counted")
        << QByteArray(
               "This Services Agreement is entered into as of March 15, 2026 (the \"Effective Date\"). "
               "The initial term of this Agreement is thirty-six (36) months. It renews automatically "
               "for successive periods of one (1) year unless notice is given.")
        << QStringLiteral("2026-03-15") << QStringLiteral("2029-03-14") << 12;
    QTest::newRow("leap day") << QByteArray(
                                     "This Agreement is effective as of February 29, 2024. The term of this "
                                     "Agreement shall be one year.")
                              << QStringLiteral("2024-02-29") << QStringLiteral("2025-02-28") << 0;
    QTest::newRow("another agreement's date")
        << QByteArray(
               "The parties know the master agreement of 3 May 2019. The initial term of this Agreement is "
               "two years.")
        << none << none << 0;
    QTest::newRow("does not renew") << QByteArray(
                                           "This Agreement shall continue until 30 June 2027. It shall not "
                                           "automatically renew for successive terms of one year.")
                                    << none << QStringLiteral("2027-06-30") << 0;
    QTest::newRow("an end before the beginning")
        << QByteArray(
               "This Agreement takes effect on 1 January 2026. This Agreement continues until 1 May 2020.")
        << QStringLiteral("2026-01-01") << none << 0;
    const QByteArray begins("This Agreement takes effect on 1 January 2026. ");
    const QString january = QStringLiteral("2026-01-01");
    QTest::newRow("what goes on after the end")
        << begins + "The duties of confidence under this Agreement shall continue for two years after "
                    "termination. This Agreement shall survive for a period of three years following expiry."
        << january << none << 0;
    QTest::newRow("what holds beyond the term")
        << begins + "During the term of this Agreement and for a period of two years thereafter, records are "
                    "kept. This Agreement will remain in force for ten years after the first sale. At your "
                    "option this Agreement shall renew for a subsequent term of two years."
        << january << none << 0;
    QTest::newRow("a time of notice is no term")
        << begins + "This Agreement shall continue until terminated by either party on not less than six "
                    "months' notice. This Agreement will remain in force unless ended on three months' "
                    "written notice."
        << january << none << 0;
    QTest::newRow("no number at the end of another word")
        << begins + "The initial term of this Agreement is twenty-one months." << january << none << 0;
    QTest::newRow("notice before the next term")
        << begins + "The initial term of this Agreement is two years. It renews automatically unless "
                    "either party gives at least three months' notice, for successive terms of one year."
        << january << QStringLiteral("2027-12-31") << 12;
    QTest::newRow("a next term of unknown length")
        << begins + "This Agreement automatically renews for the same period unless either party gives six "
                    "months' notice that it will not renew."
        << january << none << -1;
    QTest::newRow("from year to year")
        << begins + "It renews automatically from year to year unless it is cancelled 60 days before."
        << january << none << 12;
    QTest::newRow("what ends by itself does not renew")
        << begins +
               "This Agreement shall terminate automatically on 31 December 2026 unless the parties agree to "
               "extend it (together with any renewal terms, the “Term”)."
        << january << none << 0;
    QTest::newRow("a term before the word")
        << begins + "It shall be extended automatically by additional one-year renewal terms." << january
        << none << 12;
    QTest::newRow("renewal by agreement")
        << begins + "It may be renewed for successive periods of one year by mutual agreement." << january
        << none << 0;
    QTest::newRow("silent") << QByteArray("The Provider answers tickets within 2 days.") << none << none << 0;
}

void TestTerm::termsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, begins);
    QFETCH(QString, ends);
    QFETCH(int, renewal);
    const document::Document document = read(text);
    const clauses::Term term = clauses::term_of(document);
    QCOMPARE(shown(term.begins), begins);
    QCOMPARE(shown(term.ends), ends);
    QCOMPARE(term.renews ? (term.renewal_months > 0 ? term.renewal_months : -1) : 0, renewal);
    if (term.ends)
        QVERIFY(term.ends_in.end > term.ends_in.begin);
}

void TestTerm::theSampleIsRead()
{
    QFile file(QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-agreement.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const document::Document document = read(file.readAll());
    const clauses::Term term = clauses::term_of(document);
    QCOMPARE(shown(term.begins), QStringLiteral("2026-01-01"));
    QCOMPARE(shown(term.ends), QStringLiteral("2027-12-31"));
    QCOMPARE(term.renewal_months, 24);
    QCOMPARE(QString::fromStdString(document::section_at(document, term.ends_in.begin)),
             QStringLiteral("15.1"));
    QCOMPARE(QString::fromStdString(document::section_at(document, term.renews_in.begin)),
             QStringLiteral("15.2"));
}

QTEST_GUILESS_MAIN(TestTerm)
#include "tst_clauses_term.moc"
