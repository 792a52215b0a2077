#pragma once

#include "sampletraffic.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/theme.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

/// A workspace with a new project in a folder of its own; settings and user folders are a test's.
struct OpenProject
{
    explicit OpenProject(bool traffic) : workspace(leeway::clauses::Pack{})
    {
        opened = folder.isValid() && workspace.createProject(folder.filePath(QStringLiteral("test.leeway")),
                                                             QStringLiteral("Test project"));
        if (!opened || !traffic)
            return;
        workspace.setSheet(sampletraffic::sheet());
        workspace.setScenarios(sampletraffic::scenarios());
        workspace.setCube(sampletraffic::cube());
        workspace.undoStack().clear();
    }

    static void useTestSettings(const QTemporaryDir& folder)
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("leeway-test"));
        QCoreApplication::setApplicationName(QStringLiteral("leeway-test"));
    }

    QTemporaryDir folder;
    leeway::ui::Workspace workspace;
    bool opened = false;
};
