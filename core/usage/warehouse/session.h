#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/usage/warehouse/connection.h"
#include "core/usage/warehouse/records.h"

#include <string>

namespace leeway::usage::warehouse {

/// A way to ask one engine. Read-only: no statement can change anything there.
class Session
{
public:
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    /// Hands the rows of the answer to `sink`. Blocks; `progress`, told nothing but that time passes, can
    /// stop it, which also ends the query at the server. Errors: Io when the engine cannot be reached or goes
    /// away, NotFound for a program that is not installed, TooLarge over the connection's time limit,
    /// Cancelled, and Database with the engine's own words. No error holds the password.
    virtual base::Status query(const std::string& sql, const RowSink& sink,
                               const base::Progress& progress) = 0;
    [[nodiscard]] virtual const Connection& connection() const = 0;
};

}
