#include "ui/widgets/palette.h"
#include "ui/widgets/text.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastOfBlackOnWhite() { QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21); }
    void textOnBackground_data();
    void textOnBackground();
    void everyStyleColorExists();
    void brokenFiles_data();
    void brokenFiles();

private:
    static QByteArray file(const QString& name)
    {
        QFile in(QStringLiteral(LEEWAY_SOURCE_DIR "/resources/theme/") + name);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
};

void TestPalette::textOnBackground_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("background");
    const auto palettes = Palettes::parse(file(u"palette.json"_s));
    QVERIFY2(palettes, palettes ? "" : palettes.error().message.c_str());
    QVERIFY(palettes->textOn.size() > 30);
    for (const Palette* palette : {&palettes->light, &palettes->dark})
        for (const auto& [text, background] : palettes->textOn)
            QTest::addRow("%s: %s on %s", palette->isDark() ? "dark" : "light", qPrintable(text),
                          qPrintable(background))
                << palette->colors().value(text) << palette->colors().value(background);
}

void TestPalette::textOnBackground()
{
    QFETCH(QColor, text);
    QFETCH(QColor, background);
    const double found = contrast(text, background);
    QVERIFY2(found >= 4.5, qPrintable(QString::number(found)));
}

void TestPalette::everyStyleColorExists()
{
    const auto palettes = Palettes::parse(file(u"palette.json"_s));
    QVERIFY(palettes.has_value());
    const QString style = QString::fromUtf8(file(u"leeway.qss"_s));
    static const QRegularExpression color(u"@([a-z]+(?:-[a-z]+)*)(?![a-z/])"_s);
    int checked = 0;
    for (auto it = color.globalMatch(style); it.hasNext(); ++checked) {
        const QString name = it.next().captured(1);
        QVERIFY2(name == u"image" || palettes->light.colors().contains(name), qPrintable(name));
    }
    QVERIFY(checked > 100);
}

void TestPalette::brokenFiles_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("no colours") << QByteArray("{}");
    QTest::newRow("not a colour") << QByteArray(R"({"light": {"ink": "dark"}, "dark": {"ink": "#fff"}})");
    QTest::newRow("only light") << QByteArray(R"({"light": {"ink": "#000"}, "dark": {}})");
    QTest::newRow("unknown pair") << QByteArray(
        R"({"light": {"ink": "#000"}, "dark": {"ink": "#fff"}, "text-on": [["ink", "sky"]]})");
}

void TestPalette::brokenFiles()
{
    QFETCH(QByteArray, json);
    QVERIFY(!Palettes::parse(json));
}

QTEST_GUILESS_MAIN(TestPalette)
#include "tst_palette.moc"
