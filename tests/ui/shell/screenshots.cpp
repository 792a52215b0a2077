// Saves a picture of every page at two sizes in both themes, and of the start screen.
#include "app/gui/pages.h"
#include "core/clauses/pack.h"
#include "ui/contracts/contractspage.h"
#include "ui/contracts/regulation/regulationdialog.h"
#include "ui/contracts/viewer.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/settingsdialog.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <cstdio>

using namespace leeway;
using namespace leeway::ui;

namespace {

void save(QWidget& widget, const QString& file)
{
    QTest::qWait(50);
    if (!widget.grab().save(file))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
}

void settle(Workspace& workspace)
{
    const bool idle = QTest::qWaitFor([&workspace] { return workspace.tasks().isIdle(); }, 120000);
    if (!idle)
        std::fprintf(stderr, "tasks still run\n");
}

}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setOrganizationName(u"leeway-screenshots"_s);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 3) {
        std::fprintf(stderr, "usage: ui_screenshots PROJECT FOLDER\n");
        return 2;
    }
    const QDir folder(arguments[2]);
    QDir().mkpath(folder.path());
    Theme::install(app, Theme::Mode::Light);
    auto pack = clauses::load_pack("ai-procurement");
    if (!pack) {
        std::fprintf(stderr, "%s\n", pack.error().message.c_str());
        return 4;
    }
    Workspace workspace(std::move(*pack));
    QObject::connect(&workspace, &Workspace::failed,
                     [](const QString& message) { std::fprintf(stderr, "%s\n", qPrintable(message)); });
    MainWindow window(workspace);
    addPages(window, workspace);
    window.show();
    for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        Theme::instance().setMode(mode);
        const QString theme = mode == Theme::Mode::Light ? u"light"_s : u"dark"_s;
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            const QString ending = u"-%1-%2.png"_s.arg(theme).arg(size.width());
            window.resize(size);
            workspace.closeProject();
            save(window, folder.filePath(u"start"_s + ending));
            if (!workspace.openProject(arguments[1]))
                return 3;
            for (const QString& page : {u"overview"_s, u"contracts"_s, u"compare"_s, u"costs"_s,
                                        u"fallback"_s, u"timeline"_s, u"report"_s}) {
                window.showPage(page, page == u"contracts" ? u"no-training"_s : QString());
                QTest::qWait(page == u"report" ? 4000 : 1800); // pages are drawn off-thread
                settle(workspace);
                save(window, folder.filePath(page + ending));
            }
            auto* laws = new RegulationDialog(workspace, &window); // deletes itself on close
            laws->choose(u"eu-data-act"_s);
            laws->show();
            settle(workspace);
            save(*laws, folder.filePath(u"laws"_s + ending));
            laws->close();
            SettingsDialog settings(workspace, &window);
            settings.show();
            if (auto* tabs = settings.findChild<QTabWidget*>())
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    save(settings, folder.filePath(u"settings%1"_s.arg(i) + ending));
                }
        }
    }
    return 0;
}
