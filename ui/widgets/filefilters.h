#pragma once

#include <QString>

namespace leeway::ui {

/// The file types that hold usage (logs, plain or packed, and cubes) for a file dialog; all files besides.
QString usageFilter();

/// Whether a dropped file is a usage log by its name. JSON is not: price sheets are JSON as well.
bool isUsageLog(const QString& fileName);

}
