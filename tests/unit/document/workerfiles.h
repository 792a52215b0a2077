#pragma once

#include "core/document/worker.h"

#include <QPainter>
#include <QPdfWriter>
#include <QtTest>

/// Files for the worker to read: good ones, and such as attack it.
namespace workerfiles {

using leeway::document::Document;
using leeway::document::Limits;

inline std::string file(const char* name)
{
    QFile file(QStringLiteral(LEEWAY_SOURCE_DIR "/tests/unit/document/data/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return file.readAll().toStdString();
}

// A PDF of A4 pages, each drawn by `draw(painter, page)` in points.
inline std::string pdf(int pages, const std::function<void(QPainter&, int)>& draw)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({});
    writer.setResolution(72);
    QPainter painter(&writer);
    painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 10));
    for (int page = 0; page < pages; ++page) {
        if (page > 0)
            writer.newPage();
        draw(painter, page);
    }
    painter.end();
    return buffer.data().toStdString();
}

// A PDF put together from its objects, the first of which is the catalog.
inline std::string hand_made(const QList<QByteArray>& objects)
{
    QByteArray out = "%PDF-1.4\n";
    QList<qsizetype> offsets;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        offsets << out.size();
        out += QByteArray::number(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const qsizetype table = out.size();
    out += "xref\n0 " + QByteArray::number(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const qsizetype offset : offsets)
        out += QByteArray::number(offset).rightJustified(10, '0') + " 00000 n \n";
    out += "trailer << /Root 1 0 R /Size " + QByteArray::number(objects.size() + 1) + " >>\nstartxref\n" +
           QByteArray::number(table) + "\n%%EOF\n";
    return out.toStdString();
}

inline QByteArray stream(const QByteArray& dictionary, const QByteArray& content)
{
    return "<< " + dictionary + " /Length " + QByteArray::number(content.size()) + " >>\nstream\n" + content +
           "\nendstream";
}

// A page that draws forms that draw forms: a million million words from a few hundred bytes.
inline std::string bomb()
{
    constexpr int depth = 12;
    QList<QByteArray> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /XObject "
        "<< /X 5 0 R >> >> >>",
        stream({}, "/X Do")};
    for (int i = 0; i < depth; ++i) {
        const QByteArray next = QByteArray::number(6 + i);
        objects << stream("/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X " +
                              next + " 0 R >> /Font << /F " + QByteArray::number(5 + depth + 1) +
                              " 0 R >> >>",
                          QByteArray("/X Do ").repeated(10));
    }
    objects << stream("/Type /XObject /Subtype /Form /BBox [0 0 300 200]", "0 0 m 1 1 l S")
            << "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    return hand_made(objects);
}

inline std::string image_only()
{
    return pdf(2, [](QPainter& painter, int) {
        QImage image(40, 40, QImage::Format_RGB32);
        image.fill(Qt::gray);
        painter.drawImage(QRect(50, 50, 200, 200), image);
    });
}

inline std::string two_lines()
{
    return pdf(1, [](QPainter& painter, int) {
        painter.drawText(50, 100, QStringLiteral("8.2 Provider shall not train models."));
        painter.drawText(50, 130, QStringLiteral("It returns all data at the end."));
    });
}

inline QString all_text(const Document& document)
{
    return QString::fromStdString(document.text);
}

inline Limits small_limits()
{
    Limits limits;
    limits.cpu = std::chrono::seconds(1);
    limits.wall = std::chrono::seconds(200);
    return limits;
}

}
