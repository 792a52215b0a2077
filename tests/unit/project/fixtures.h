#pragma once

#include "core/base/hash.h"
#include "core/project/project.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <string>

namespace fixtures {

using namespace leeway;

/// A document whose bytes and text are `text`.
inline document::Document document_of(const std::string& name, const std::string& text)
{
    document::Document document;
    document.name = name;
    document.format = document::Format::Text;
    document.sha256 = base::sha256(text);
    document.text = text;
    const auto end = static_cast<std::uint32_t>(text.size());
    document::Block block;
    block.kind = document::BlockKind::Paragraph;
    block.end = end;
    block.number = "8.2";
    block.sentence_count = 1;
    document.blocks.push_back(block);
    document.sentences.push_back({0, end});
    return document;
}

/// Evidence for the words `passage` of `document`.
inline clauses::Evidence evidence_of(const document::Document& document, const std::string& passage,
                                     clauses::Role role = clauses::Role::Gives)
{
    const auto at = document.text.find(passage);
    Q_ASSERT(at != std::string::npos);
    clauses::Evidence evidence;
    evidence.begin = static_cast<std::uint32_t>(at);
    evidence.end = static_cast<std::uint32_t>(at + passage.size());
    evidence.section = "8.2";
    evidence.text = passage;
    evidence.role = role;
    return evidence;
}

inline const std::string first_text =
    "Provider shall not train models on Customer Data. Fees may rise by 3 percent a year. Ümläute €.";

inline clauses::Review review_of(const document::Document& document)
{
    clauses::Review review{
        "ai-procurement", "1.0", std::string(64, 'a'), "1.0", {{"Provider"}, {"Customer", "You"}}, {}, {}};
    clauses::Finding training;
    training.check = "no-training";
    training.verdict = clauses::Verdict::Partial;
    training.confidence = 0.875;
    training.parameters = {{"notice", "14", "days"}, {"index", "CPI", ""}};
    training.evidence = {evidence_of(document, "shall not train models on Customer Data"),
                         evidence_of(document, "models", clauses::Role::Bounds)};
    training.why = {"§8.2 bars training.", "Nothing takes it back."};
    clauses::Finding deletion;
    deletion.check = "data-deletion";
    deletion.verdict = clauses::Verdict::Missing;
    deletion.confidence = 0.5;
    review.findings = {training, deletion};
    return review;
}

inline project::Decision decision_of(const std::string& check, clauses::Verdict verdict)
{
    project::Decision decision;
    decision.check = check;
    decision.verdict = verdict;
    return decision;
}

inline std::filesystem::path path_in(const QTemporaryDir& folder, const char* name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

inline QByteArray bytes_of(const std::filesystem::path& file)
{
    QFile in(QString::fromStdString(file.string()));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

inline void write_bytes(const std::filesystem::path& file, const QByteArray& bytes)
{
    QFile out(QString::fromStdString(file.string()));
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(out.write(bytes), bytes.size());
}

/// Names of everything in a folder, sorted.
inline QByteArrayList files_in(const QTemporaryDir& folder)
{
    QByteArrayList names;
    for (const QString& name : QDir(folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name))
        names += name.toUtf8();
    return names;
}

inline bool holds(const std::string& text, const QString& words)
{
    return QString::fromStdString(text).contains(words);
}

inline bool holds(const std::string& text, const char* words)
{
    return text.find(words) != std::string::npos;
}

template<typename T>
QByteArray message_of(const base::Result<T>& result)
{
    return result ? QByteArray("(no error)") : QByteArray::fromStdString(result.error().message);
}

}

#define VERIFY_RESULT(expression)                                                                            \
    do {                                                                                                     \
        const auto& result_ = (expression);                                                                  \
        QVERIFY2(result_.has_value(), fixtures::message_of(result_).constData());                            \
    } while (false)
