#pragma once

#include "core/report/model.h"

namespace samples {

/// One contract with 22 checks, four scenarios over 36 months, dates and an audit trail.
leeway::report::Model whole();

/// `count` contracts that differ a little.
leeway::report::Model several(int count);

/// One contract with `checks` checks whose texts are long; every third word is a German compound that is
/// wider than any column.
leeway::report::Model large(int checks);

/// A new project: no contract, no usage.
leeway::report::Model empty();

}
