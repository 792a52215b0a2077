// What the menu, the keys and the palette offer.
#include "ui/shell/mainwindow.h"

#include "ui/shell/commandpalette.h"
#include "ui/shell/helpviewer.h"
#include "ui/shell/page.h"
#include "ui/shell/rail.h"
#include "ui/shell/recentfiles.h"
#include "ui/shell/sample.h"
#include "ui/shell/settingsdialog.h"
#include "ui/shell/startscreen.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/filefilters.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>

namespace leeway::ui {

namespace {

void rememberTheme(Theme::Mode mode)
{
    Theme::instance().setMode(mode);
    QSettings().setValue(u"theme", int(mode));
}

}

QAction* MainWindow::addCommand(const QString& text, const QString& icon, const QKeySequence& keys,
                                std::function<void()> run)
{
    auto* action = new QAction(Theme::icon(icon), text, this);
    action->setShortcut(keys);
    action->setProperty("icon", icon);
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action); // so that its keys work while the menu is closed
    m_commands << action;
    return action;
}

void MainWindow::buildActions()
{
    m_new = addCommand(tr("New project…"), u"new"_s, QKeySequence::New, [this] { newProject(); });
    m_open = addCommand(tr("Open…"), u"open"_s, QKeySequence::Open, [this] { chooseProject(); });
    m_sample = addCommand(tr("Open sample"), u"sample"_s, {}, [this] { openSample(); });
    m_sample->setEnabled(Sample::find().has_value());
    QAction* close = addCommand(tr("Close project"), u"close"_s, QKeySequence::Close,
                                [this] { m_workspace.closeProject(); });
    QAction* settings = addCommand(tr("Settings…"), u"settings"_s, QKeySequence(Qt::CTRL | Qt::Key_Comma),
                                   [this] { showSettings(); });
    QAction* help = addCommand(tr("Help"), u"help"_s, QKeySequence::HelpContents, [this] { showHelp(); });
    help->setEnabled(!HelpViewer::files().isEmpty());
    QAction* about = addCommand(tr("About Leeway"), u"info"_s, {}, [this] { showAbout(); });
    QAction* search = addCommand(tr("Search or run a command…"), u"search"_s,
                                 QKeySequence(Qt::CTRL | Qt::Key_K), [this] { showPalette(); });
    m_commands.removeOne(search);
    QAction* quit = addCommand(tr("Quit"), u"close"_s, QKeySequence::Quit, [this] { this->close(); });
    quit->setShortcut(Qt::CTRL | Qt::Key_Q);

    QUndoStack& stack = m_workspace.undoStack();
    QAction* undo = stack.createUndoAction(this, tr("Undo"));
    undo->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Z)});
    QAction* redo = stack.createRedoAction(this, tr("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    for (auto [action, icon] : {std::pair{undo, u"undo"_s}, std::pair{redo, u"redo"_s}}) {
        action->setIcon(Theme::icon(icon));
        action->setProperty("icon", icon);
        addAction(action);
        m_commands << action;
    }

    m_menu->addActions({m_new, m_open});
    m_recentMenu = m_menu->addMenu(tr("Open recent"));
    m_menu->addActions({m_sample, close});
    m_menu->addSeparator();
    m_menu->addActions({undo, redo});
    m_menu->addSeparator();
    m_viewMenu = m_menu->addMenu(tr("View"));
    fillThemes(m_viewMenu);
    m_menu->addActions({search, settings});
    m_menu->addSeparator();
    m_menu->addActions({help, about, quit});
    m_needProject << close;

    QToolButton* menu = m_rail->addFoot(tr("Menu"), u"menu"_s);
    menu->setMenu(m_menu);
    menu->setPopupMode(QToolButton::InstantPopup);
    menu->setToolTip(tr("Menu  F10"));
    menu->setObjectName(u"MenuButton"_s);
    auto* openMenu = new QAction(this);
    openMenu->setShortcut(Qt::Key_F10);
    connect(openMenu, &QAction::triggered, menu, &QToolButton::showMenu);
    addAction(openMenu);
    QToolButton* settingsButton = m_rail->addFoot(tr("Settings"), u"settings"_s);
    settingsButton->setToolTip(tr("Settings  Ctrl+,"));
    connect(settingsButton, &QToolButton::clicked, settings, &QAction::trigger);
}

void MainWindow::fillThemes(QMenu* menu)
{
    menu->addSeparator();
    auto* group = new QActionGroup(this);
    const std::tuple<QString, QString, Theme::Mode> modes[] = {
        {tr("Light theme"), u"sun"_s, Theme::Mode::Light},
        {tr("Dark theme"), u"moon"_s, Theme::Mode::Dark},
        {tr("Theme as the system"), u"settings"_s, Theme::Mode::System}};
    for (const auto& [text, icon, mode] : modes) {
        QAction* action = addCommand(text, icon, {}, [mode = mode] { rememberTheme(mode); });
        action->setIcon({}); // the tick stands in its place
        action->setCheckable(true);
        action->setChecked(Theme::instance().mode() == mode);
        group->addAction(action);
        menu->addAction(action);
        connect(&Theme::instance(), &Theme::changed, action,
                [action, mode = mode] { action->setChecked(Theme::instance().mode() == mode); });
    }
    menu->addAction(addCommand(tr("Switch between light and dark"), u"moon"_s,
                               QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), [] {
                                   const bool dark = Theme::instance().palette().isDark();
                                   rememberTheme(dark ? Theme::Mode::Light : Theme::Mode::Dark);
                               }));
}

void MainWindow::fillRecent()
{
    const QStringList files = recentFiles();
    m_start->setRecent(files);
    m_recentMenu->clear();
    m_recentMenu->setEnabled(!files.isEmpty());
    for (const QString& file : files) {
        QAction* action = m_recentMenu->addAction(QFileInfo(file).completeBaseName().replace(u'&', u"&&"_s));
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { openFiles({file}); });
    }
}

QString MainWindow::documentsFolder() const
{
    if (m_workspace.isOpen())
        return QFileInfo(m_workspace.file()).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void MainWindow::newProject()
{
    QFileDialog dialog(this, tr("New project: where to keep it"), documentsFolder(),
                       tr("Leeway projects (*.leeway)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(u"leeway"_s);
    dialog.selectFile(tr("AI purchase.leeway"));
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return;
    const QString file = dialog.selectedFiles().constFirst();
    m_workspace.createProject(file, QFileInfo(file).completeBaseName());
}

void MainWindow::chooseProject()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a project"), documentsFolder(),
                                                      tr("Leeway projects (*.leeway);;All files (*)"));
    if (!file.isEmpty())
        openFiles({file});
}

void MainWindow::openSample()
{
    const auto sample = Sample::find();
    if (!sample) {
        Q_EMIT m_workspace.failed(tr("The sample's files are not installed."));
        return;
    }
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString file = folder.filePath(u"Leeway sample.leeway"_s);
    if (QFileInfo::exists(file)) {
        m_workspace.openProject(file);
        return;
    }
    QDir().mkpath(folder.path());
    if (!m_workspace.createProject(file, tr("Northgate CRM assistant")))
        return;
    const auto own = pricing::load_sheet(utf8(sample->prices));
    const auto sheet = own ? pricing::merged(m_workspace.snapshot().sheet, *own) : own;
    const auto scenarios = simulation::load_scenarios(utf8(sample->scenarios));
    if (!sheet || !scenarios) {
        Q_EMIT m_workspace.failed(str(sheet ? scenarios.error().message : sheet.error().message));
        return;
    }
    m_workspace.setSheet(*sheet); // before the usage, which is read with its thresholds
    m_workspace.setScenarios(*scenarios);
    m_workspace.addDocuments({sample->contract});
    m_workspace.importUsage({sample->usage});
}

void MainWindow::openFiles(const QStringList& files)
{
    QStringList contracts;
    QStringList usage;
    for (const QString& file : files) {
        const QString name = QFileInfo(file).fileName().toLower();
        if (name.endsWith(u".leeway"))
            m_workspace.openProject(file);
        else if (isUsageLog(name))
            usage << file;
        else if (name.endsWith(u".json") || name.endsWith(u".json.gz"))
            m_workspace.importPrices(file);
        else
            contracts << file;
    }
    if (!m_workspace.isOpen() && !(contracts.isEmpty() && usage.isEmpty()))
        newProject(); // what was dropped needs a place
    if (!m_workspace.isOpen())
        return;
    m_workspace.addDocuments(contracts);
    if (!usage.isEmpty()) {
        showPage(u"costs"_s);
        Page* costs = m_pageOf.value(u"costs"_s);
        if (costs == nullptr || !costs->takeFiles(usage))
            m_workspace.importUsage(usage);
    } else if (!contracts.isEmpty())
        showPage(u"contracts"_s);
}

void MainWindow::showSettings()
{
    SettingsDialog(m_workspace, this).exec();
    QSettings().setValue(u"theme", int(Theme::instance().mode()));
}

void MainWindow::showHelp()
{
    (new HelpViewer(this))->show();
}

void MainWindow::showAbout()
{
    QMessageBox box(this);
    box.setWindowTitle(tr("About Leeway"));
    box.setText(tr("Leeway %1").arg(QApplication::applicationVersion()));
    box.setInformativeText(
        tr("Know how free you are to leave, before you sign.\n\nIndex formula %1, rule pack %2 %3, Qt %4.\n"
           "Free software under the GNU General Public License, version 3 or later. It comes without any "
           "warranty and "
           "is no legal advice.")
            .arg(str(scoring::formula_version), str(m_workspace.pack().id), str(m_workspace.pack().version),
                 QString::fromLatin1(qVersion())));
    box.exec();
}

void MainWindow::showPalette()
{
    m_palette->open(commands());
}

std::vector<Command> MainWindow::commands() const
{
    std::vector<Command> result;
    const auto add = [&](const QAction* action, const QString& kind) {
        if (!action->isEnabled() || !action->isVisible() || action->menu() != nullptr)
            return;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        result.push_back({QString(action->text()).remove(u'&'), keys.isEmpty() ? kind : keys, kind,
                          action->property("icon").toString(),
                          [action = const_cast<QAction*>(action)] { action->trigger(); }});
    };
    if (const Page* page = currentPage())
        for (const QAction* action : page->pageActions()) {
            add(action, page->title());
            if (action->menu() != nullptr)
                for (const QAction* entry : action->menu()->actions())
                    if (!entry->isSeparator())
                        add(entry, page->title());
        }
    for (const QAction* action : m_commands)
        add(action, tr("Command"));
    if (!m_workspace.isOpen())
        return result;
    Workspace& workspace = m_workspace;
    for (const auto& contract : workspace.snapshot().contracts)
        result.push_back({str(contract.title), tr("Contract"), str(contract.vendor), u"contracts"_s,
                          [&workspace, id = contract.id] {
                              workspace.selectContract(id);
                              Q_EMIT workspace.goTo(u"contracts"_s, {});
                          }});
    if (workspace.part() != nullptr)
        for (const auto& row : workspace.part()->checklist) {
            const clauses::Check* check = workspace.pack().find(row.check);
            result.push_back({str(row.title), verdictWord(row.verdict),
                              str(row.check) + u' ' + (check != nullptr ? str(check->question) : QString()),
                              verdictKey(row.verdict), [&workspace, id = str(row.check)] {
                                  Q_EMIT workspace.goTo(u"contracts"_s, id);
                              }});
        }
    return result;
}

}
