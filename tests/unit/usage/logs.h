#pragma once

#include "core/usage/reader.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <filesystem>

// Log files for the usage tests.

class LogFolder
{
public:
    /// The path of a new file with this content.
    std::filesystem::path write(const QByteArray& content, const QString& name = QStringLiteral("usage.csv"))
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the test file");
        return file.fileName().toStdString();
    }

private:
    QTemporaryDir m_folder;
};

struct ReadLog
{
    leeway::base::Status status;
    std::vector<leeway::pricing::Usage> lines;
    std::vector<leeway::usage::BadLine> bad;

    [[nodiscard]] QString message() const
    {
        return status ? QString() : QString::fromStdString(status.error().message);
    }
    /// "3: has no time" for each bad line.
    [[nodiscard]] QStringList complaints() const
    {
        QStringList result;
        for (const auto& line : bad)
            result.append(QStringLiteral("%1: %2").arg(line.line).arg(QString::fromStdString(line.reason)));
        return result;
    }
};

inline ReadLog read(const std::filesystem::path& file, const leeway::usage::Mapping* mapping = nullptr)
{
    ReadLog log;
    log.status = leeway::usage::read_usage(
        file, mapping, [&](const leeway::pricing::Usage& usage) { log.lines.push_back(usage); },
        [&](leeway::usage::BadLine line) { log.bad.push_back(std::move(line)); });
    return log;
}

/// "input 10, cache_read 5, …" of what is not zero, without the number of requests when it is 1.
inline QString shown(const leeway::pricing::Counts& counts)
{
    QStringList parts;
    for (std::size_t i = 0; i < leeway::pricing::component_count; ++i) {
        const auto component = static_cast<leeway::pricing::Component>(i);
        if (counts.of[i] == 0 || (component == leeway::pricing::Component::Request && counts.of[i] == 1))
            continue;
        parts.append(
            QStringLiteral("%1 %2").arg(QString::fromUtf8(to_string(component).data())).arg(counts.of[i]));
    }
    return parts.join(QStringLiteral(", "));
}

inline leeway::pricing::Sheet sheet_of(std::string_view text)
{
    auto sheet = leeway::pricing::parse_sheet("sheet.json", text);
    if (!sheet)
        qFatal("%s", sheet.error().message.c_str());
    return *sheet;
}

inline QString text(const leeway::base::Decimal& amount)
{
    return QString::fromStdString(amount.to_string());
}
