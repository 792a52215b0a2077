#pragma once

#include "core/usage/cube.h"
#include "core/usage/reader.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

/// A table of requests such as a company keeps, with everything in it that the reduction must get right: all
/// parts of the key, ids that come twice, lines of several requests, lengths around the tiers, bad rows.
class UsageRows
{
public:
    explicit UsageRows(int count);

    /// CSV with a header; NULL as `null` says.
    [[nodiscard]] QByteArray csv(const QByteArray& null) const;
    [[nodiscard]] int size() const { return static_cast<int>(m_rows.size()); }

    /// The names of the columns, none of which is a field's.
    static const QStringList& columns();
    static leeway::usage::Mapping mapping();
    /// Tiers of whole requests and marginal ones, from and above a threshold, and off-peak hours that begin
    /// at half past.
    static leeway::pricing::Sheet sheet();
    /// What reading the rows from a file gives.
    [[nodiscard]] leeway::usage::Cube local_cube() const;

private:
    std::vector<QByteArrayList> m_rows;
};

/// What is different between two cubes, cell by cell; empty when nothing is. Bad rows are compared by number.
QString difference(const leeway::usage::Cube& local, const leeway::usage::Cube& remote);
