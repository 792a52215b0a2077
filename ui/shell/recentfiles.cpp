#include "ui/shell/recentfiles.h"

#include "ui/widgets/text.h"

#include <QFileInfo>
#include <QSettings>

namespace leeway::ui {

namespace {

constexpr int most = 8;
constexpr auto key = "recent";

}

QStringList recentFiles()
{
    QStringList files = QSettings().value(QLatin1StringView(key)).toStringList();
    files.removeIf([](const QString& file) { return !QFileInfo::exists(file); });
    return files;
}

void rememberFile(const QString& file)
{
    QStringList files = recentFiles();
    files.removeAll(file);
    files.prepend(file);
    QSettings().setValue(QLatin1StringView(key), files.mid(0, most));
}

}
