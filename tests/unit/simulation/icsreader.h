#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

/// A strict reader of iCalendar files (RFC 5545), as far as whole-day events with alarms need it.
struct IcsFile
{
    struct Event
    {
        QMap<QString, QString> values; // "DTSTART;VALUE=DATE" → value, unescaped where it is text
        QStringList triggers;
    };
    QList<Event> events;
    QStringList errors;

    explicit IcsFile(const QByteArray& bytes)
    {
        if (!bytes.endsWith("\r\n"))
            errors += QStringLiteral("does not end with a line end");
        QStringList lines;
        QByteArray logical;
        qsizetype begin = 0;
        while (begin < bytes.size()) {
            const qsizetype end = bytes.indexOf("\r\n", begin);
            const QByteArray line = bytes.mid(begin, end < 0 ? -1 : end - begin);
            begin = end < 0 ? bytes.size() : end + 2;
            if (line.contains('\r') || line.contains('\n'))
                errors += QStringLiteral("a line end that is half");
            if (line.size() > 75)
                errors += QStringLiteral("a line of %1 bytes").arg(line.size());
            if (line.isEmpty() || QString::fromUtf8(line).contains(QChar::ReplacementCharacter))
                errors += QStringLiteral("an empty line, or a character cut in two");
            if (line.startsWith(' ')) {
                logical += line.mid(1);
                continue;
            }
            if (!logical.isEmpty())
                lines += QString::fromUtf8(logical);
            logical = line;
        }
        lines += QString::fromUtf8(logical);
        read(lines);
    }

private:
    void read(const QStringList& lines)
    {
        QStringList open;
        for (const QString& line : lines) {
            const qsizetype colon = line.indexOf(QLatin1Char(':'));
            if (colon <= 0) {
                errors += QStringLiteral("no name: ") + line;
                continue;
            }
            const QString name = line.left(colon);
            const QString value = line.mid(colon + 1);
            if (name == QStringLiteral("BEGIN")) {
                open += value;
                if (value == QStringLiteral("VEVENT"))
                    events += Event{};
            } else if (name == QStringLiteral("END")) {
                if (open.isEmpty() || open.takeLast() != value)
                    errors += QStringLiteral("ends what is not open: ") + value;
            } else if (open.isEmpty()) {
                errors += QStringLiteral("outside of the calendar: ") + line;
            } else if (open.last() == QStringLiteral("VALARM")) {
                if (name == QStringLiteral("TRIGGER"))
                    events.last().triggers += value;
            } else if (open.last() == QStringLiteral("VEVENT")) {
                if (events.last().values.contains(name))
                    errors += QStringLiteral("twice: ") + name;
                events.last().values[name] = unescaped(value);
            }
        }
        if (!open.isEmpty())
            errors += QStringLiteral("is not closed: ") + open.last();
    }

    QString unescaped(const QString& value)
    {
        QString text;
        for (qsizetype i = 0; i < value.size(); ++i) {
            const QChar c = value[i];
            if (c == QLatin1Char(',') || c == QLatin1Char(';'))
                errors += QStringLiteral("not escaped: ") + value;
            if (c != QLatin1Char('\\')) {
                text += c;
                continue;
            }
            const QChar next = ++i < value.size() ? value[i] : QChar();
            if (next == QLatin1Char('n') || next == QLatin1Char('N'))
                text += QLatin1Char('\n');
            else if (next == QLatin1Char('\\') || next == QLatin1Char(',') || next == QLatin1Char(';'))
                text += next;
            else
                errors += QStringLiteral("a bad escape: ") + value;
        }
        return text;
    }
};
