#pragma once

#include "core/base/progress.h"
#include "core/usage/cube.h"
#include "core/usage/warehouse/query.h"
#include "core/usage/warehouse/session.h"

namespace leeway::usage::warehouse {

/// The statement that import_cube() would run, for people to read. Asks the engine for the table's columns
/// only.
base::Result<Query> plan(Session& session, const Source& source, const pricing::Sheet& sheet,
                         const base::Progress& progress = {});

/// The cube of a table, equal to that of reading its rows from a file, but that its bad rows are counted by
/// reason. All or nothing: after an error, there is no part of a cube.
base::Result<Cube> import_cube(Session& session, const Source& source, const pricing::Sheet& sheet,
                               const base::Progress& progress = {});

}
