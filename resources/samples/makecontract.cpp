// leeway_makecontract IN.md OUT.pdf: sets a contract in Markdown as an A4 PDF, the same bytes on every run.

#include "resources/samples/markdown.h"
#include "resources/samples/typesetter.h"

#include <QBuffer>
#include <QFile>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHashFunctions>
#include <QPdfWriter>
#include <QSaveFile>

#include <cstdio>

namespace {

constexpr qint64 LargestInput = 4 * 1024 * 1024;

int fail(const QString& message)
{
    std::fprintf(stderr, "leeway_makecontract: %s\n", qPrintable(message));
    return 1;
}

// Qt writes the time of the run; a fixed one of the same length keeps the offsets in the file right.
bool fixCreationDate(QByteArray& pdf)
{
    static const QByteArray key("/CreationDate (D:");
    static const QByteArray fixed("20260101000000");
    const qsizetype at = pdf.indexOf(key);
    if (at < 0 || pdf.indexOf(key, at + 1) >= 0)
        return false;
    pdf.replace(at + key.size(), fixed.size(), fixed);
    return true;
}

}

int main(int argc, char* argv[])
{
    using namespace leeway::samples;

    qputenv("TZ", "UTC");                    // the length of the date in the file depends on the zone
    QHashSeed::setDeterministicGlobalSeed(); // objects of the file are listed in the order of a hash
    QGuiApplication app(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() != 3) {
        fail(QStringLiteral("usage: leeway_makecontract IN.md OUT.pdf"));
        return 2;
    }
    const QString family = QStringLiteral("DejaVu Serif");
    if (QFontInfo(QFont(family)).family() != family)
        return fail(QStringLiteral("the font %1 is missing; install DejaVu fonts").arg(family));

    QFile input(arguments[1]);
    if (!input.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("cannot read %1: %2").arg(arguments[1], input.errorString()));
    if (input.size() > LargestInput)
        return fail(QStringLiteral("%1 is larger than 4 MiB").arg(arguments[1]));
    const QList<Block> blocks = readMarkdown(input.readAll());
    if (blocks.isEmpty() || blocks.first().kind != Block::Kind::Heading || blocks.first().level != 1)
        return fail(QStringLiteral("%1 must begin with a title (# …)").arg(arguments[1]));

    Typesetter typesetter(family);
    typesetter.set(blocks);

    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(Typesetter::UnitsPerInch);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins({});
        QString title;
        for (const Run& run : blocks.first().runs)
            title += run.text;
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("leeway_makecontract"));
        if (!typesetter.paint(writer))
            return fail(QStringLiteral("cannot draw the pages"));
    }
    QByteArray pdf = buffer.data();
    if (!fixCreationDate(pdf))
        return fail(
            QStringLiteral("this version of Qt writes the creation date in a way that is not known here"));

    QSaveFile output(arguments[2]);
    if (!output.open(QIODevice::WriteOnly) || output.write(pdf) != pdf.size() || !output.commit())
        return fail(QStringLiteral("cannot write %1: %2").arg(arguments[2], output.errorString()));
    return 0;
}
