#include "core/document/language.h"
#include "core/document/notice.h"
#include "core/document/readers.h"

#include <QtTest>

using namespace leeway::document;

namespace {

const std::string english =
    "The Provider shall make the Services available to the Customer during the Term. The Customer owns all "
    "of its "
    "data and all results. The Provider shall not use them to train any model. Either party may end this "
    "Agreement "
    "for material breach that is not cured within thirty days after written notice of it.\n\n";
const std::string german =
    "Der Anbieter stellt dem Kunden die Dienste während der Vertragslaufzeit zur Verfügung. Alle Daten und "
    "Ergebnisse gehören dem Kunden. Der Anbieter darf sie nicht verwenden, um Modelle zu trainieren. Jede "
    "Partei "
    "kann diesen Vertrag aus wichtigem Grund mit einer Frist von dreißig Tagen schriftlich kündigen.\n\n";
const std::string french = "Le prestataire fournit les services au client pendant la durée du contrat. "
                           "Toutes les données et tous les "
                           "résultats appartiennent au client. Le prestataire ne peut pas les utiliser pour "
                           "entraîner des modèles. Chaque "
                           "partie peut résilier le présent contrat en cas de manquement grave après un "
                           "préavis de trente jours.\n\n";
const std::string spanish =
    "El proveedor pondrá los servicios a disposición del cliente durante la vigencia del contrato. Todos los "
    "datos "
    "y resultados pertenecen al cliente. El proveedor no podrá utilizarlos para entrenar modelos. Cualquiera "
    "de las "
    "partes podrá resolver este contrato por incumplimiento grave con un preaviso de treinta días.\n\n";
const std::string italian =
    "Il fornitore mette i servizi a disposizione del cliente per la durata del contratto. Tutti i dati e i "
    "risultati "
    "appartengono al cliente. Il fornitore non può utilizzarli per addestrare modelli. Ciascuna parte può "
    "recedere "
    "dal presente contratto per grave inadempimento con un preavviso di trenta giorni.\n\n";
const std::string dutch =
    "De leverancier stelt de diensten gedurende de looptijd van de overeenkomst aan de klant ter "
    "beschikking. Alle "
    "gegevens en resultaten zijn eigendom van de klant. De leverancier mag ze niet gebruiken om modellen te "
    "trainen. "
    "Elke partij kan deze overeenkomst met een opzegtermijn van dertig dagen schriftelijk beëindigen.\n\n";

std::string repeated(const std::string& text, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i)
        result += text;
    return result;
}

Document document_of(const std::string& text)
{
    Document document;
    read_text(document, text);
    return document;
}

}

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognises_data();
    void recognises();
    void bilingual_data();
    void bilingual();
    void notWords_data();
    void notWords();
    void names();
};

void TestLanguage::recognises_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << english << QStringLiteral("en");
    QTest::newRow("German") << german << QStringLiteral("de");
    QTest::newRow("French") << french << QStringLiteral("fr");
    QTest::newRow("Spanish") << spanish << QStringLiteral("es");
    QTest::newRow("Italian") << italian << QStringLiteral("it");
    QTest::newRow("Dutch") << dutch << QStringLiteral("nl");
    QTest::newRow("long German") << repeated(german, 400) << QStringLiteral("de");
    QTest::newRow("short German is taken as English")
        << std::string("Der Kunde zahlt monatlich.") << QStringLiteral("en");
    QTest::newRow("English with a German name and address")
        << english +
               "Müller und Söhne Gesellschaft mit beschränkter Haftung, Straße des 17. Juni 135, "
               "Berlin.\n\n" +
               english
        << QStringLiteral("en");
    QTest::newRow("English in capitals")
        << QString::fromStdString(english).toUpper().toStdString() << QStringLiteral("en");
}

void TestLanguage::recognises()
{
    QFETCH(std::string, text);
    QFETCH(QString, language);
    const Document document = document_of(text);
    QCOMPARE(QString::fromStdString(languages_of(document).front().code), language);
    const QString outside = language == u"en" ? QString() : language;
    QCOMPARE(QString::fromStdString(outside_language(document, "en")), outside);
    QVERIFY(warnings(document).empty());
}

void TestLanguage::bilingual_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QStringList>("languages");
    QTest::addColumn<QString>("outside");
    QTest::newRow("clause by clause") << repeated(english + german, 30)
                                      << QStringList{QStringLiteral("de"), QStringLiteral("en")} << QString();
    QTest::newRow("one behind the other")
        << repeated(english, 30) + repeated(french, 30)
        << QStringList{QStringLiteral("en"), QStringLiteral("fr")} << QString();
    std::string columns;
    for (int i = 0; i < 30; ++i)
        columns += QString::fromStdString(english).trimmed().toStdString() + "\t" +
                   QString::fromStdString(german).trimmed().toStdString() + "\n";
    QTest::newRow("in two columns") << columns << QStringList{QStringLiteral("de"), QStringLiteral("en")}
                                    << QString();
    QTest::newRow("an English summary")
        << english + repeated(german, 30) << QStringList{QStringLiteral("de")} << QStringLiteral("de");
}

void TestLanguage::bilingual()
{
    QFETCH(std::string, text);
    QFETCH(QStringList, languages);
    QFETCH(QString, outside);
    Document document;
    document.text = text;
    QStringList found;
    double sum = 0;
    for (const LanguageShare& language : languages_of(document)) {
        found << QString::fromStdString(language.code);
        sum += language.share;
    }
    found.sort();
    QCOMPARE(found, languages);
    QVERIFY(sum > 0.85 && sum < 1.001);
    const auto sentences = warnings(document);
    QCOMPARE(sentences.size(), std::size_t(outside.isEmpty() ? 1 : 0));
    QVERIFY(sentences.empty() || sentences[0].find("the English part only") != std::string::npos);
    QCOMPARE(QString::fromStdString(outside_language(document, "en")), outside);
}

void TestLanguage::notWords_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("figures") << repeated("12.50 17 % 2026-11-30\n", 400);
    QTest::newRow("one letter") << std::string(100'000, 'x');
    QTest::newRow("one long line of bytes above 0x7F") << repeated("€", 30'000);
}

void TestLanguage::notWords()
{
    QFETCH(std::string, text);
    Document document;
    document.text = text;
    QCOMPARE(outside_language(document, "en"), std::string());
}

void TestLanguage::names()
{
    QCOMPARE(language_name("de"), std::string("German"));
    QCOMPARE(language_name("fr"), std::string("French"));
    QCOMPARE(language_name("qq"), std::string("qq"));
}

QTEST_GUILESS_MAIN(TestLanguage)
#include "tst_document_language.moc"
