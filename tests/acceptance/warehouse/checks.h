#pragma once

#include "core/usage/warehouse/engines/open.h"
#include "core/usage/warehouse/import.h"
#include "rows.h"

#include <QFile>
#include <QString>
#include <QTest>

// What every engine has to do alike.

inline leeway::usage::warehouse::Connection connection_of(const QString& url)
{
    auto connection = leeway::usage::warehouse::parse_connection(url.toStdString());
    if (!connection)
        qFatal("%s", connection.error().message.c_str());
    return *connection;
}

inline leeway::usage::warehouse::Source source_of(const std::string& table)
{
    return {table, UsageRows::mapping(), {}, {}};
}

inline QString message_of(const leeway::base::Result<leeway::usage::Cube>& cube)
{
    return cube ? QString() : QString::fromStdString(cube.error().message);
}

/// Compares the cube of `table` with that of reading the same rows here.
inline void compare_cubes(leeway::usage::warehouse::Session& session, const std::string& table,
                          const UsageRows& rows)
{
    const auto cube = leeway::usage::warehouse::import_cube(session, source_of(table), UsageRows::sheet());
    QVERIFY2(cube.has_value(), qUtf8Printable(message_of(cube)));
    const leeway::usage::Cube local = rows.local_cube();
    QVERIFY(local.cells.size() > 500 && local.duplicates > 10 && local.bad_lines > 100 &&
            local.averaged > 50);
    QCOMPARE(difference(local, *cube), QString());
    QVERIFY(cube->examples.size() >= 6);
    for (const leeway::usage::BadLine& bad : cube->examples) {
        QCOMPARE(bad.file, table);
        QVERIFY2(bad.reason.find("rows: ") != std::string::npos &&
                     bad.reason.find("request_id “") != std::string::npos,
                 bad.reason.c_str());
    }
}

/// Imports two of the days, and compares them with the cells of those days.
inline void compare_days(leeway::usage::warehouse::Session& session, const std::string& table)
{
    using leeway::usage::Cell;
    leeway::usage::warehouse::Source source = source_of(table);
    source.mapping.column_of.erase("request_id"); // an id may come again on another day
    source.first = leeway::base::Date(std::chrono::year(2025) / 3 / 9);
    source.last = leeway::base::Date(std::chrono::year(2025) / 3 / 10);
    const auto all =
        leeway::usage::warehouse::import_cube(session, {table, source.mapping, {}, {}}, UsageRows::sheet());
    const auto cube = leeway::usage::warehouse::import_cube(session, source, UsageRows::sheet());
    QVERIFY2(cube.has_value() && all.has_value(), qUtf8Printable(message_of(cube)));
    std::vector<Cell> expected;
    for (const Cell& cell : all->cells) {
        if (cell.key.day >= *source.first && cell.key.day <= *source.last)
            expected.push_back(cell);
    }
    QVERIFY(!expected.empty());
    QVERIFY(cube->cells == expected);
    // Rows without a time are on no day, and still told of.
    QVERIFY(std::ranges::any_of(cube->examples, [](const leeway::usage::BadLine& bad) {
        return bad.reason.find("has no readable time") != std::string::npos;
    }));
}

/// A trace of the Azure Public Dataset in the folder of real documents and logs; empty without it.
inline QString azure_trace(const QString& name)
{
    const QString folder = qEnvironmentVariable("LEEWAY_CORPUS");
    const QString path = folder + QStringLiteral("/traffic/azure-2023-") + name + QStringLiteral(".csv");
    return QFile::exists(path) ? path : QString();
}

/// Compares the cube of the table that holds a trace with that of the trace.
inline void compare_azure(leeway::usage::warehouse::Session& session, const std::string& table,
                          const QString& trace)
{
    leeway::usage::Mapping mapping;
    mapping.column_of = {
        {"time", "TIMESTAMP"}, {"input_tokens", "ContextTokens"}, {"output_tokens", "GeneratedTokens"}};
    mapping.fixed = {{"vendor", "azure"}, {"model", "gpt-4"}};
    const auto sheet = leeway::pricing::bundled_sheet();
    QVERIFY(sheet.has_value());
    const auto local = leeway::usage::read_cube({trace.toStdString()}, *sheet, &mapping);
    QVERIFY2(local.has_value(), qUtf8Printable(message_of(local)));
    const auto remote = leeway::usage::warehouse::import_cube(session, {table, mapping, {}, {}}, *sheet);
    QVERIFY2(remote.has_value(), qUtf8Printable(message_of(remote)));
    QVERIFY(remote->requests > 1'000);
    QCOMPARE(difference(*local, *remote), QString());
}
