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
    QTest::addColumn<int>("renewal");
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
    QCOMPARE(term.renewal_months, renewal);
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
