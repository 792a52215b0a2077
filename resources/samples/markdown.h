#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace leeway::samples {

struct Run
{
    QString text{};
    bool bold = false;
};
using Runs = QList<Run>;

struct Block
{
    enum class Kind { Heading, Paragraph, Table };
    Kind kind = Kind::Paragraph;
    int level = 0;                     // of a heading, 1 is the title
    Runs runs{};                       // of a heading or paragraph
    QList<QList<Runs>> rows{};         // of a table, the header first
    QList<Qt::Alignment> alignments{}; // of a table's columns
};

// The headings, paragraphs and tables of GitHub-flavoured Markdown in reading order. List items and
// quotations become paragraphs; rules, images and raw HTML are left out.
QList<Block> readMarkdown(const QByteArray& utf8);

}
