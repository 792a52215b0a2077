#pragma once

#include "core/usage/delivery.h"
#include "core/usage/recognise.h"
#include "core/usage/row.h"
#include "core/usage/source.h"

#include <string>
#include <vector>

namespace leeway::usage {

/// How the records of a log are read.
struct ReadingPlan
{
    LogForm form;
    std::vector<std::string> columns; // by field
    bool by_columns = true;           // also when the format is known
    RowRules rules;
    int threads = 0; // 0: as many as help
};

/// How a log of that form is read, with what `asked` says on top.
base::Result<ReadingPlan> plan_of(LogForm form, const Mapping* asked);

/// Reads all rows of a log into `delivery`, in the order of their lines whatever the number of threads. Rows
/// are delivered by one thread at a time, not always the caller's.
void read_all(LineSource& source, const ReadingPlan& plan, Delivery& delivery);

}
