#include "core/document/contents.h"
#include "core/document/mail.h"
#include "core/document/notice.h"
#include "core/document/readers.h"
#include "officefile.h"

#include <QPainter>
#include <QPdfWriter>
#include <QtTest>

using namespace leeway::document;
using leeway::base::ErrorCode;

namespace {

const std::string head = "From: =?utf-8?Q?Ren=C3=A9?= <rene@vendor.example>\r\n"
                         "To: buyer@customer.example\r\n"
                         "Subject: =?iso-8859-1?B?VmVydHJhZyD8YmVyIGRpZQ==?=\r\n =?utf-8?Q?_services?=\r\n"
                         "Date: Mon, 30 Nov 2026 09:00:00 +0100\r\n"
                         "MIME-Version: 1.0\r\n";

std::string simple(const std::string& fields, const std::string& body)
{
    return head + fields + "\r\n" + body;
}

struct Part
{
    std::string fields;
    std::string body;
};

std::string multipart(const std::string& kind, const std::vector<Part>& parts, const std::string& border)
{
    std::string out = "Content-Type: multipart/" + kind + "; boundary=\"" + border + "\"\r\n\r\n";
    for (const Part& part : parts)
        out += "--" + border + "\r\n" + part.fields + "\r\n" + part.body + "\r\n";
    return out + "--" + border + "--\r\n";
}

Part file(const std::string& name, const std::string& type, const std::string& bytes)
{
    const QByteArray base64 = QByteArray::fromStdString(bytes).toBase64();
    return {"Content-Type: " + type +
                "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; "
                "filename=\"" +
                name + "\"\r\n",
            base64.toStdString()};
}

Part plain(const std::string& words)
{
    return {"Content-Type: text/plain; charset=utf-8\r\n", words};
}

std::string pdf()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    QPainter painter(&writer);
    painter.drawText(500, 500, QStringLiteral("Provider shall not train models on Customer Data."));
    painter.end();
    return buffer.data().toStdString();
}

QString text_of(const std::string& bytes)
{
    const auto document = read_mail("mail.eml", bytes);
    return document ? QString::fromStdString(document->text)
                    : QString::fromStdString(document.error().message);
}

QStringList names_of(const std::vector<Attachment>& attachments)
{
    QStringList names;
    for (const Attachment& attachment : attachments)
        names << QString::fromStdString(attachment.name);
    return names;
}

}

class TestMail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognised_data();
    void recognised();
    void headers();
    void bodies_data();
    void bodies();
    void attachments();
    void unreadAreNamed();
    void refusals_data();
    void refusals();
    void documentsOfAMail();
    void forwardedMail();
    void contractsOfAMail();
    void hostile_data();
    void hostile();
};

void TestMail::recognised_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<bool>("mail");
    QTest::newRow("mail") << simple("", "Hello") << true;
    QTest::newRow("received") << "Received: from a by b;\r\n\tMon\r\n" + head + "\r\nHello" << true;
    QTest::newRow("from a mailbox") << "From a@b.example Mon Nov 30 09:00:00 2026\n" + head + "\r\nHello"
                                    << true;
    QTest::newRow("memo") << std::string("From: Ann\nTo: Bob\nSubject: Terms\n\nWe agree.") << false;
    QTest::newRow("contract") << std::string("Date: 1 May 2026\nParties: A and B\n\nThey agree.") << false;
    QTest::newRow("text with colons")
        << std::string("Definitions: as follows\nFrom: the start date: x\nplain") << false;
}

void TestMail::recognised()
{
    QFETCH(std::string, bytes);
    QFETCH(bool, mail);
    QCOMPARE(content_of(bytes) == Content::Mail, mail);
    QCOMPARE(*format_of("terms.txt", bytes) == Format::Mail, mail);
}

void TestMail::headers()
{
    const auto document = read_mail("mail.eml", simple("", "We agree."));
    QVERIFY(document);
    QCOMPARE(document->format, Format::Mail);
    const QString text = QString::fromStdString(document->text);
    QVERIFY2(text.startsWith(QStringLiteral("Subject: Vertrag über die services")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("From: René <rene@vendor.example>")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("To: buyer@customer.example")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("Date: Mon, 30 Nov 2026")), qPrintable(text));
    QVERIFY(text.endsWith(QStringLiteral("We agree.")));
    QVERIFY(document->blocks.size() >= 5);
}

void TestMail::bodies_data()
{
    QTest::addColumn<std::string>("mail");
    QTest::addColumn<QString>("has");
    QTest::addColumn<QString>("lacks");
    QTest::newRow("quoted-printable")
        << simple("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
                  "quoted-printable\r\n",
                  "The fee is pay=\r\nable at the caf=E9.")
        << QStringLiteral("The fee is payable at the café.") << QStringLiteral("=E9");
    QTest::newRow("base64")
        << simple("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
                  QByteArray("Prices stay fixed – for €1.").toBase64().toStdString())
        << QStringLiteral("Prices stay fixed – for €1.") << QStringLiteral("UHJp");
    QTest::newRow("no charset") << simple("", "It\x92s the Customer\x92s.")
                                << QStringLiteral("It’s the Customer’s.") << QStringLiteral("\uFFFD");
    QTest::newRow("unknown charset") << simple("Content-Type: text/plain; charset=x-odd\r\n", "Plain words.")
                                     << QStringLiteral("Plain words.") << QStringLiteral("odd");
    QTest::newRow("HTML")
        << simple("Content-Type: text/html; charset=utf-8\r\n",
                  "<html><style>p{}</style><body><h1>Terms</h1><p>No <b>training</b>.</p></body></html>")
        << QStringLiteral("No training.") << QStringLiteral("p{}");
    QTest::newRow("plain before HTML")
        << head + multipart("alternative",
                            {plain("Plain form."), {"Content-Type: text/html\r\n", "<p>Rich form.</p>"}}, "b")
        << QStringLiteral("Plain form.") << QStringLiteral("Rich form.");
    QTest::newRow("empty plain") << head + multipart("alternative",
                                                     {plain(" "),
                                                      {"Content-Type: text/html\r\n", "<p>Rich form.</p>"}},
                                                     "b")
                                 << QStringLiteral("Rich form.") << QStringLiteral("Plain form.");
    QTest::newRow("signed") << head + multipart(
                                          "signed; protocol=\"application/pgp-signature\"",
                                          {plain("Signed words."),
                                           {"Content-Type: application/pgp-signature\r\n", "-----BEGIN PGP"}},
                                          "b")
                            << QStringLiteral("Signed words.") << QStringLiteral("PGP");
    QTest::newRow("words in front and behind")
        << head + multipart("mixed",
                            {plain("Front words."), file("a.txt", "text/plain", "Inner words."),
                             plain("Last words.")},
                            "b")
        << QStringLiteral("Last words.") << QStringLiteral("Inner words.");
    QTest::newRow("no end") << head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nCut words"
                            << QStringLiteral("Cut words") << QStringLiteral("--b");
    QTest::newRow("tags in fields") << simple("Cc: \"<h1>Big\" <a@b.example>\r\nContent-Type: text/html\r\n",
                                              "<p>Words.</p>")
                                    << QStringLiteral("<h1>Big") << QStringLiteral("&lt;");
}

void TestMail::bodies()
{
    QFETCH(std::string, mail);
    QFETCH(QString, has);
    QFETCH(QString, lacks);
    const QString text = text_of(mail);
    QVERIFY2(text.contains(has), qPrintable(text));
    QVERIFY2(!text.contains(lacks), qPrintable(text));
}

void TestMail::attachments()
{
    const std::string docx = office::docx("<w:p><w:r><w:t>Word terms.</w:t></w:r></w:p>");
    const Part logo{"Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n",
                    QByteArray("\x89PNG\r\n\x1a\n....").toBase64().toStdString()};
    const Part related{
        multipart("related", {{"Content-Type: text/html\r\n", "<p>See <img src='cid:logo'></p>"}, logo}, "r"),
        ""};
    const std::string mail =
        head + multipart("mixed",
                         {related, file("Agreement.pdf", "application/octet-stream", pdf()),
                          file("terms.docx", "application/octet-stream", docx),
                          file("../../etc/notes.txt", "text/plain", "Notes."),
                          file("page.html", "text/html", "<html><body><p>Page."),
                          file("invite.ics", "text/calendar", "BEGIN:VCALENDAR"),
                          file("old.doc", "application/msword", "\xD0\xCF\x11\xE0 W\x00o"), plain("Bye.")},
                         "b");
    const auto found = attachments_of("mail.eml", mail);
    QVERIFY(found);
    QCOMPARE(names_of(*found), (QStringList{QStringLiteral("Agreement.pdf"), QStringLiteral("terms.docx"),
                                            QStringLiteral("notes.txt"), QStringLiteral("page.html"),
                                            QStringLiteral("old.doc")}));
    QCOMPARE((*found)[1].bytes, docx);
    QCOMPARE(attachments_of("mail.eml", simple("", "Nothing."))->size(), std::size_t{0});
    const std::string many =
        head + multipart("mixed", std::vector<Part>(300, file("a.txt", "text/plain", "A.")), "b");
    QCOMPARE(attachments_of("mail.eml", many)->size(), most_attachments);
}

void TestMail::unreadAreNamed()
{
    const auto document = read_mail(
        "mail.eml", head + multipart("mixed",
                                     {plain("Words."), file("prices.csv", "text/csv", "a,b\n1,2\n"),
                                      file("model.bin", "application/octet-stream", std::string(64, '\0'))},
                                     "b"));
    QVERIFY(document);
    QCOMPARE(document->notices.size(), std::size_t{2});
    QCOMPARE(document->notices[0].kind, Notice::Kind::Unread);
    QCOMPARE(document->notices[0].text, std::string("prices.csv"));
    QCOMPARE(document->notices[1].text, std::string("model.bin"));
}

void TestMail::refusals_data()
{
    QTest::addColumn<std::string>("mail");
    QTest::addColumn<int>("code");
    QTest::newRow("PGP") << head + multipart("encrypted; protocol=\"application/pgp-encrypted\"",
                                             {{"Content-Type: application/pgp-encrypted\r\n", "Version: 1"},
                                              {"Content-Type: application/octet-stream\r\n", "-----BEGIN"}},
                                             "b")
                         << static_cast<int>(ErrorCode::NeedsPassword);
    QTest::newRow("S/MIME") << simple("Content-Type: application/pkcs7-mime; name=smime.p7m\r\n", "MIAG")
                            << static_cast<int>(ErrorCode::NeedsPassword);
}

void TestMail::refusals()
{
    QFETCH(std::string, mail);
    QFETCH(int, code);
    const auto document = read_mail("mail.eml", mail);
    QVERIFY(!document);
    QCOMPARE(static_cast<int>(document.error().code), code);
    QVERIFY(document.error().message.find("mail.eml") != std::string::npos);
}

void TestMail::documentsOfAMail()
{
    const std::string mail =
        head + multipart("mixed",
                         {plain("Please sign the attached."), file("Agreement.pdf", "application/pdf", pdf()),
                          file("broken.pdf", "application/pdf", "%PDF-1.4 nothing")},
                         "b");
    Worker worker;
    const auto found = documents_in(worker, "mail.eml", mail);
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].name, std::string("mail.eml"));
    QVERIFY(!found[0].within);
    QVERIFY(found[0].document->text.find("Please sign") != std::string::npos);
    QCOMPARE(found[1].name, std::string("mail.eml › Agreement.pdf"));
    QVERIFY(found[1].within);
    QVERIFY2(found[1].document, found[1].document ? "" : found[1].document.error().message.c_str());
    QCOMPARE(found[1].document->name, std::string("Agreement.pdf"));
    QCOMPARE(found[1].document->pages.size(), std::size_t{1});
    QVERIFY(found[1].document->text.find("shall not train") != std::string::npos);
    QVERIFY(!found[2].document);
    QVERIFY2(found[2].document.error().message.find("mail.eml › broken.pdf") != std::string::npos,
             found[2].document.error().message.c_str());
}

void TestMail::forwardedMail()
{
    const std::string inner =
        "From: a@b.example\r\nDate: Sun, 29 Nov 2026 09:00:00 +0100\r\nSubject: Our offer\r\n" +
        multipart("mixed", {plain("The offer."), file("offer.txt", "text/plain", "Offer terms.")}, "i");
    const std::string mail =
        head + multipart("mixed", {plain("See below."), {"Content-Type: message/rfc822\r\n", inner}}, "o");
    Worker worker;
    const auto found = documents_in(worker, "mail.eml", mail);
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[1].name, std::string("mail.eml › Our offer.eml"));
    QVERIFY(found[1].document->text.find("The offer.") != std::string::npos);
    QCOMPARE(found[2].name, std::string("mail.eml › Our offer.eml › offer.txt"));
    QCOMPARE(found[2].document->text, std::string("Offer terms."));
}

void TestMail::contractsOfAMail()
{
    Worker worker;
    const std::string carrying =
        head + multipart("mixed",
                         {plain("See attached."), file("a.txt", "text/plain", "Terms A."),
                          file("b.txt", "text/plain", "Terms B.")},
                         "b");
    const auto carried = contracts_in(worker, "mail.eml", carrying);
    QVERIFY(carried);
    QCOMPARE(carried->size(), std::size_t{2});
    QCOMPARE(carried->front().document->text, std::string("Terms A."));
    const auto alone = contracts_in(worker, "mail.eml", simple("", "These are the terms."));
    QVERIFY(alone);
    QCOMPARE(alone->size(), std::size_t{1});
    QCOMPARE(alone->front().document->format, Format::Mail);
    const std::string broken =
        head + multipart("mixed", {plain("See attached."), file("a.pdf", "application/pdf", "junk")}, "b");
    QVERIFY(!contracts_in(worker, "mail.eml", broken));
}

void TestMail::hostile_data()
{
    QTest::addColumn<std::string>("mail");
    std::string nested = head;
    for (int i = 0; i < 3000; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
                  std::to_string(i) + "\r\n";
    QTest::newRow("parts within parts") << nested + "\r\nwords";
    QTest::newRow("borders without end") << head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + [] {
        std::string borders;
        for (int i = 0; i < 50'000; ++i)
            borders += "--b\r\n";
        return borders;
    }();
    QTest::newRow("one long field") << "X: " + std::string(1 << 20, 'y') + "\r\n" + head + "\r\nwords";
    QTest::newRow("zeros") << simple("", std::string(1000, '\0') + "words");
    QTest::newRow("words that are no words") << simple("Subject: =?utf-8?B?////?= =?x?Q?=ZZ?=\r\n", "words");
}

void TestMail::hostile()
{
    QFETCH(std::string, mail);
    QCOMPARE(content_of(mail) == Content::Mail || mail.size() > (1U << 18), true);
    const auto document = read_mail("mail.eml", mail);
    QVERIFY(document || !document.error().message.empty());
    QVERIFY(attachments_of("mail.eml", mail));
}

QTEST_MAIN(TestMail)
#include "tst_document_mail.moc"
