#pragma once

#include <QStringList>

namespace leeway::ui {

/// The projects opened last, newest first; files that are gone are left out.
QStringList recentFiles();
void rememberFile(const QString& file);

}
